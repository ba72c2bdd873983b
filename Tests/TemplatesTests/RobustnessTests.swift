import Glibc
import Templates
import Testing
import Text

/// Whatever the bytes are, there is a program and there are findings, never a trap.
struct RobustnessTests {
    private static let sources: [(name: String, text: [UInt8])] = {
        var sources: [(name: String, text: [UInt8])] = []
        for one in ConformanceCase.all {
            guard case .dict(let dict) = one.input["templates"] else { continue }
            for value in dict.values { sources.append((one.name, value.stringValue?.bytes ?? [])) }
        }
        for (name, text) in RenderCase.sources { sources.append((name, text)) }
        return sources
    }()

    private static let environment: Environment = {
        var settings = TemplateSettings()
        settings.extensions = [.do, .loopControls, .i18n, .debug]
        settings.undefined = .reported
        settings.autoescape = true
        return Environment(settings: settings)
    }()

    private static func run(_ bytes: [UInt8]) -> Int {
        let compiler = TemplateCompiler(environment: environment)
        let file = SourceFile(path: RelativePath(unchecked: Array("main".utf8)), bytes: bytes)
        let (program, findings) = compiler.compile(file, name: "main")
        var limits = TemplateLimits()
        limits.steps = 20_000
        limits.stringBytes = 1 << 20
        limits.outputBytes = 1 << 20
        let result = Renderer(loader: DictionaryLoader([program]), limits: limits).render(
            program, variables: variables)
        return findings.count + result.diagnostics.count
    }

    private static let variables = Variables([
        ("x", .int(1)), ("s", .text("text <b>")), ("a", .frozen([.int(1), .text("a")])),
        ("items", .frozen([.int(1)])),
        ("p", .frozen([.frozen([("name", .text("n")), ("age", .int(3))])])),
    ])

    @Test("truncated at any byte, a template gives findings and no trap")
    func truncations() {
        var findings = 0
        for source in Self.sources where source.text.count < 600 {
            for end in source.text.indices { findings += Self.run(Array(source.text[..<end])) }
        }
        #expect(findings > 0 || Self.sources.isEmpty)
    }

    /// Runs for `TEMPLATES_FUZZ_SECONDS`, a moment by default; prints the seed with which it can be repeated.
    @Test("random changes of templates give findings and no trap")
    func fuzz() {
        func setting(_ name: String) -> UInt64? {
            guard let value = unsafe getenv(name) else { return nil }
            return UInt64(unsafe String(cString: value))
        }
        var random = RandomBytes(state: setting("TEMPLATES_FUZZ_SEED") ?? UInt64(time(nil)))
        let seed = random.state
        let end = time(nil) + Int(setting("TEMPLATES_FUZZ_SECONDS") ?? 1)
        let sources =
            Self.sources.isEmpty ? [("none", Array("{{ x }}{% if x %}{% endif %}".utf8))] : Self.sources
        var rounds = 0
        repeat {
            for _ in 0..<20 {
                var bytes = sources[random.below(sources.count)].1
                for _ in 0...random.below(4) { random.change(&bytes, sources[random.below(sources.count)].1) }
                _ = Self.run(bytes)
                rounds += 1
            }
        } while time(nil) < end
        #expect(rounds > 0, "seed \(seed)")
    }
}

/// A small generator of random changes.
struct RandomBytes {
    var state: UInt64

    init(state: UInt64) { self.state = state | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }

    mutating func below(_ limit: Int) -> Int { limit <= 0 ? 0 : Int(next() % UInt64(limit)) }

    private static let words = [
        "{{", "}}", "{%", "%}", "{#", "#}", "-%}", "{%-", "|", "(", ")", "[", "]", "if", "for", "in",
        "endfor", "endif",
        "'", "\"", "loop", "set", "macro", "block", "endblock", "super()", "self", "caller", "..", "0x",
        "1e9", "**", "//",
        "recursive", "x", "é", "\u{0}", "\r\n", "~", "is", "not", "else", "include 'main'", "extends",
        "import", "raw",
    ].map { Array($0.utf8) }

    /// Removes, doubles, inserts or replaces a piece.
    mutating func change(_ bytes: inout [UInt8], _ other: [UInt8]) {
        let start = below(bytes.count + 1)
        let end = min(bytes.count, start + below(12))
        switch below(6) {
        case 0: bytes.removeSubrange(start..<end)
        case 1: bytes.insert(contentsOf: Self.words[below(Self.words.count)], at: start)
        case 2: bytes.insert(contentsOf: Array(bytes[start..<end]), at: start)
        case 3: if start < bytes.count { bytes[start] = UInt8(truncatingIfNeeded: next()) }
        case 4:
            let from = below(other.count + 1)
            bytes.insert(contentsOf: other[from..<min(other.count, from + below(40))], at: start)
        default: bytes.replaceSubrange(start..<end, with: Self.words[below(Self.words.count)])
        }
    }
}
