import Engine
import Files
import Site
import Synchronization
import Testing
import TestSupport
import Text

/// The checks can fail: a rule that reads behind its context's back is caught.
@Suite struct HonestyTests {
    /// A rule that asks a file system itself leaves no edge, so it stands when the file changes: what every test
    /// here compares, an incremental build with a clean one, differs.
    @Test func aReadBehindTheContextIsCaught() {
        #expect(Self.differs(PeepingRule(isHonest: false)))
        #expect(!Self.differs(PeepingRule(isHonest: true)))
    }

    private static func differs(_ rule: PeepingRule) -> Bool {
        let source = MemoryFileSystem(["a.txt": "one"])
        PeepingRule.source.withLock { $0 = source }
        let engine = BuildEngine(
            rules: [rule, PeepingManifestRule()], source: source, root: PeepingManifestRule.key(.empty))
        _ = engine.build(BuildInputs(now: 0))
        source.advanceClock(nanoseconds: 10_000_000_000)
        source.put("a.txt", "two")
        _ = engine.build(BuildInputs(now: 0))
        let clean = engine.cleanBuild(BuildInputs(now: 0))
        return clean.outputs.contains { engine.output($0.path)?.fingerprint != $0.value.fingerprint }
    }
}

/// Copies a file: through its context, or behind its back.
private struct PeepingRule: Rule {
    static let kind = RuleKind(number: 200, name: "peeping")
    static let stratum = 0
    static let source = Mutex<MemoryFileSystem?>(nil)
    let isHonest: Bool

    func placeholder(for name: Symbol) -> OutputValue { OutputValue(bytes: []) }

    func run(_ name: Symbol, in context: RuleContext) -> OutputValue {
        if isHonest {
            return OutputValue(bytes: context.file(RelativePath(unchecked: name.bytes))?.bytes ?? [])
        }
        return OutputValue(bytes: Self.source.withLock { $0 }?.bytes(of: name.text) ?? [])
    }
}

private struct PeepingManifestRule: Rule {
    static let kind = RuleKind(number: 201, name: "peeping-manifest")
    static let stratum = 1

    func placeholder(for name: Symbol) -> ManifestValue { ManifestValue([]) }

    func run(_ name: Symbol, in context: RuleContext) -> ManifestValue {
        ManifestValue([
            .init(
                path: RelativePath(unchecked: Array("a.txt".utf8)), producer: PeepingRule.key(Symbol("a.txt"))
            )
        ])
    }
}
