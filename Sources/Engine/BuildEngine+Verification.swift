public import Text

/// What building from nothing gives: the measure of every other build.
public struct CleanBuild: Sendable {
    /// Every output with its content, sorted by path.
    public var outputs: [(path: RelativePath, value: OutputValue)] = []
    /// All findings, sorted.
    public var diagnostics: [Diagnostic] = []
}

extension BuildEngine {
    /// Builds everything from nothing in memory: no store, nothing published. The oracle behind `build --verify`.
    public func cleanBuild(_ inputs: BuildInputs) -> CleanBuild {
        let engine = BuildEngine(rules: rules, source: evaluator.source, root: root)
        let report = engine.build(inputs)
        var result = CleanBuild()
        result.diagnostics = report.diagnostics
        for path in engine.outputPaths {
            if let value = engine.output(path) { result.outputs.append((path, value)) }
        }
        return result
    }
}
