import Glibc
import Templates
import Text

/// Renders templates that were changed at random, and checks that there is always an end and never a trap.
///
/// Before each, it is written to the file that `TEMPLATES_FUZZ_FILE` names: after a death of the process, that one is
/// to blame. What takes longer than two minutes is ended by the system.
struct Fuzzer {
    private var random: RandomBytes
    private let cases: [FuzzCase]
    private let file: String?
    private(set) var inputs = 0
    private(set) var rendered = 0
    private(set) var slowest = 0.0
    /// What was found wrong.
    private(set) var mistakes: [String] = []

    init(seed: UInt64, file: String?) {
        random = RandomBytes(state: seed)
        cases = FuzzCase.all
        self.file = file
    }

    /// Changes one case and renders it.
    mutating func step() {
        var one = cases[random.below(cases.count)]
        var changes = 1 + random.below(6)
        while changes > 0 {
            let other = cases[random.below(cases.count)]
            let template = random.below(one.templates.count)
            let donor = other.templates[random.below(other.templates.count)].text
            random.change(&one.templates[template].text, donor)
            changes -= 1
        }
        let settings = settings()
        let entry = random.below(8) == 0 ? random.below(one.templates.count) : one.entry
        note(one)
        alarm(120)
        let start = clock()
        let first = render(one, settings, entry: entry)
        // The same template gives the same, whatever happened before.
        if random.below(16) == 0, render(one, settings, entry: entry) != first {
            mistakes.append("another output the second time: \(one.text)")
        }
        alarm(0)
        slowest = max(slowest, Double(clock() - start) / Double(CLOCKS_PER_SEC))
        inputs += 1
    }

    /// Renders what was written to the file of a process that died, in all ways; what it saw is taken from the first case.
    mutating func replay(_ path: String) {
        guard let one = cases.first?.replaced(by: SharedFiles.read(path) ?? []) else { return }
        for bits in 0..<24 {
            var settings = TemplateSettings()
            settings.extensions = [.do, .loopControls, .i18n, .debug]
            settings.undefined = Self.behaviors[bits >> 2]
            settings.autoescape = bits & 1 != 0
            settings.trimBlocks = bits & 2 != 0
            for entry in one.templates.indices { _ = render(one, settings, entry: entry) }
        }
    }

    private static let behaviors: [UndefinedBehavior] = [
        .reported, .reported, .lenient, .strict, .chainable, .debug,
    ]

    private mutating func settings() -> TemplateSettings {
        var settings = TemplateSettings()
        settings.extensions = [.do, .loopControls, .i18n, .debug]
        settings.undefined = Self.behaviors[random.below(Self.behaviors.count)]
        settings.autoescape = random.below(2) == 0
        settings.trimBlocks = random.below(4) == 0
        settings.lstripBlocks = random.below(4) == 0
        return settings
    }

    private mutating func render(_ one: FuzzCase, _ settings: TemplateSettings, entry: Int) -> [UInt8] {
        let compiler = TemplateCompiler(environment: Environment(settings: settings))
        var programs: [Program] = []
        for template in one.templates {
            let file = SourceFile(path: RelativePath(unchecked: Array("t".utf8)), bytes: template.text)
            let (program, findings) = compiler.compile(file, name: template.name)
            if program.isBroken != findings.contains(where: { $0.severity == .error }) {
                mistakes.append("broken without a finding: \(one.text)")
            }
            programs.append(program)
        }
        if !programs[entry].isBroken { rendered += 1 }
        var limits = TemplateLimits()
        limits.steps = 20_000
        limits.stringBytes = 1 << 18
        limits.outputBytes = 1 << 18
        limits.listCount = 10_000
        limits.depth = 30
        let result = Renderer(loader: DictionaryLoader(programs), limits: limits).render(
            programs[entry],
            variables: one.variables(isFrozen: settings.trimBlocks, isFresh: settings.lstripBlocks))
        return result.bytes + result.diagnostics.flatMap { Array($0.message.utf8) }
    }

    private func note(_ one: FuzzCase) {
        guard let file else { return }
        let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { return }
        let bytes = Array(one.text.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
    }
}
