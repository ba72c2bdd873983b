import Formats
import Text

/// Reads the `cascade` of a section's head: a map of fields, or a list of such maps with their targets.
struct CascadeReader {
    private let file: SourceFile
    private(set) var diagnostics: [Diagnostic] = []

    init(file: SourceFile) {
        self.file = file
    }

    /// What is handed down. A part whose target is not understood is for nobody: for whom it was meant, nobody knows.
    mutating func read(_ value: DataValue) -> Cascade {
        var cascade = Cascade.empty
        for map in value.kind == .list ? Array(value.elements) : [value] where !map.isNull {
            guard map.kind == .map else {
                report(
                    .wrongType, "\"cascade\" should be a map of keys, not \(map.describedKind)",
                    at: map.range,
                    hint: map.string.map { "write cascade: {\(String(decoding: $0, as: UTF8.self)): …}" })
                continue
            }
            var target: Cascade.Target? = Cascade.Target()
            for entry in map.entries where Self.isTarget(entry) { read(entry.value, into: &target) }
            let (fields, found) = FrontMatterReader.uniform(map, in: file) { !Self.isTarget($0) }
            diagnostics += found
            if let target { cascade.append(fields, for: target) }
        }
        return cascade
    }

    /// Reads a target; it is `nil` once something is not understood.
    private mutating func read(_ value: DataValue, into target: inout Cascade.Target?) {
        guard value.kind == .map else {
            report(
                .wrongType, "the target of a cascade should be a map, not \(value.describedKind)",
                at: value.range, hint: "target: {path: \"/blog/**\", kind: page}")
            target = nil
            return
        }
        for entry in value.entries {
            let pattern = entry.keyText == "sites" ? languages(entry) : pattern(entry)
            switch pattern == nil ? "" : entry.keyText {
            case "kind": target?.kind = pattern
            case "path": target?.path = pattern
            case "lang", "sites": target?.language = pattern
            case "environment": target?.environment = pattern
            default: target = nil
            }
        }
    }

    /// The pattern of a key, if there is such a key and its value is one.
    private mutating func pattern(_ entry: DataEntry) -> GlobPattern? {
        let key = entry.keyText
        guard ["kind", "path", "lang", "environment"].contains(key) else {
            report(
                .unknownKey,
                "unknown key \"\(key)\" in the target of a cascade; its fields are handed to no page",
                at: entry.keyRange, hint: "known are kind, path, lang and environment")
            return nil
        }
        let value = entry.value
        guard value.isScalar, !value.text.isEmpty else {
            let words = value.elements.compactMap(\.string).map { String(decoding: $0, as: UTF8.self) }
            report(
                .wrongType,
                "\"\(key)\" in the target of a cascade should be a pattern, not \(value.describedKind)",
                at: value.range,
                hint: words.isEmpty
                    ? nil : "write \(key): \"{\(words.joined(separator: ","))}\" for each of them")
            return nil
        }
        guard key == "path" else { return Cascade.Target.pattern(value.text) }
        if let first = value.text.first, !"/*?{".utf8.contains(first) {
            report(
                .keyWithoutEffect,
                "no page has a path as \"\(String(decoding: value.text, as: UTF8.self))\" in the target of a cascade: they begin with a slash",
                at: value.range, hint: "write path: \"/\(String(decoding: value.text, as: UTF8.self))\"")
        }
        // Hugo's paths are in lower case.
        return Cascade.Target.pattern(Cascade.Target.lowercased(value.text))
    }

    /// Newer Hugo's way to name languages: `sites: {matrix: {languages: [en, fr]}}`. Other parts of the matrix tell
    /// sites apart that there are not here.
    private mutating func languages(_ entry: DataEntry) -> GlobPattern? {
        let matrix = entry.value["matrix"]
        let written = matrix?["languages"]
        let codes = (written?.kind == .list ? written.map { Array($0.elements) } : written.map { [$0] }) ?? []
        let texts = codes.compactMap(\.string)
        guard entry.value.count == 1, matrix?.count == 1, !texts.isEmpty, texts.count == codes.count else {
            report(
                .unknownKey,
                "of \"sites\" in the target of a cascade only languages are understood; its fields are handed to no page",
                at: entry.keyRange, hint: "write lang: \"{en,fr}\"")
            return nil
        }
        return Cascade.Target.pattern(
            [UInt8(ascii: "{")] + texts.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "}")])
    }

    private mutating func report(
        _ code: DiagnosticCode, _ message: String, at range: SourceRange, hint: String?
    ) {
        diagnostics.append(Diagnostic(code, message, at: range, in: file, hint: hint))
    }

    private static func isTarget(_ entry: DataEntry) -> Bool {
        entry.key.elementsEqual("target".utf8) || entry.key.elementsEqual("_target".utf8)
    }
}
