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

    /// Runs for `TEMPLATES_FUZZ_SECONDS` of processor time, a moment by default, from `TEMPLATES_FUZZ_SEED`; says each
    /// minute how far it is. A build for release needs `-Xswiftc -enable-testing`.
    @Test("random changes of templates give findings and no trap")
    func fuzz() {
        func setting(_ name: String) -> String? { unsafe getenv(name).map { unsafe String(cString: $0) } }
        let seed = setting("TEMPLATES_FUZZ_SEED").flatMap { UInt64($0) } ?? UInt64(time(nil))
        let seconds = setting("TEMPLATES_FUZZ_SECONDS").flatMap { Double($0) } ?? 1
        var fuzzer = Fuzzer(seed: seed, file: setting("TEMPLATES_FUZZ_FILE"))
        if let file = setting("TEMPLATES_FUZZ_REPLAY") { fuzzer.replay(file) }
        func report(_ what: String, _ used: Double) {
            if seconds < 60 { return }
            print(
                "fuzz \(what): seed \(seed), \(Int(used)) s of processor time, \(fuzzer.inputs) inputs, "
                    + "\(fuzzer.rendered) renderings, slowest \(Int(fuzzer.slowest * 1000)) ms, "
                    + "\(fuzzer.mistakes.count) mistakes")
            fflush(nil)
        }
        let start = clock()
        var used = 0.0
        var minute = 1
        while used < seconds, fuzzer.mistakes.count < 20 {
            for _ in 0..<20 { fuzzer.step() }
            used = Double(clock() - start) / Double(CLOCKS_PER_SEC)
            if used > Double(60 * minute) {
                report("goes on", used)
                minute += 1
            }
        }
        report("is done", used)
        #expect(fuzzer.inputs > 0)
        #expect(fuzzer.mistakes.isEmpty, "seed \(seed)")
    }
}
