import Formats
import Text

/// What a section hands down to the pages below it: fields, each for all of them or for some.
///
/// Hugo's meaning: of several parts that fit a page, the first that has a field gives it, and what a nearer section says
/// comes before what one further up says.
struct Cascade: Sendable {
    /// Which pages a part is for: those that match every pattern that is there.
    struct Target: Sendable {
        /// `page`, `section`, `home`, `taxonomy`, `term`.
        var kind: String?
        /// The page's place below the content folder, as in `/blog/**`.
        var path: String?
        /// The language's code.
        var language: String?
        /// What is built for: `production`.
        var environment: String?

        var isEmpty: Bool { kind == nil && path == nil && language == nil && environment == nil }
    }

    /// A page that asks what is handed down to it.
    struct Receiver {
        var kind: PageKind
        /// Its place below the content folder without ending and language, led by a slash: `/blog/trip`.
        var path: [UInt8]
        /// The same as it is written on the disk: `/blog/trip/index.md`.
        var file: [UInt8]
        var language: [UInt8]
        /// Asked for only where a target names one.
        var environment: () -> [UInt8]
    }

    private struct Part: Sendable {
        var target: Target
        var fields: FrontMatter
    }

    private var parts: [Part] = []

    /// Hands nothing down.
    static let empty = Cascade()

    /// Adds fields for some pages, after those that are there.
    mutating func append(_ fields: FrontMatter, for target: Target) {
        if fields.fields.isEmpty { return }
        // What is for all pages is put together at once.
        if target.isEmpty, let last = parts.indices.last, parts[last].target.isEmpty {
            parts[last].fields = parts[last].fields.filled(from: fields)
        } else {
            parts.append(Part(target: target, fields: fields))
        }
    }

    /// These parts, and after them those of the section around.
    func followed(by outer: Cascade) -> Cascade {
        var cascade = self
        for part in outer.parts { cascade.append(part.fields, for: part.target) }
        return cascade
    }

    /// The fields for one page.
    func fields(for receiver: Receiver) -> FrontMatter {
        var fields = FrontMatter.empty
        for part in parts where part.target.matches(receiver) { fields = fields.filled(from: part.fields) }
        return fields
    }

    /// Stands for all of it.
    var fingerprint: Fingerprint {
        if parts.isEmpty { return .absent }
        var builder = FingerprintBuilder()
        for part in parts {
            for pattern in part.target.patterns {
                builder.combine(pattern != nil)
                builder.combine(Array((pattern ?? "").utf8))
            }
            builder.combine(part.fields.fingerprint)
        }
        return builder.finish()
    }

    /// Writes it down for the store.
    func put(to writer: inout CompactWriter) {
        writer.put(list: parts) { writer, part in
            for pattern in part.target.patterns { writer.put(optional: pattern.map { Array($0.utf8) }) }
            writer.put(part.fields.encoded())
        }
    }

    /// What ``put(to:)`` wrote; `nil` where it makes no sense.
    init?(from reader: inout CompactReader) {
        let parts = reader.list { reader -> Part? in
            func pattern(_ reader: inout CompactReader) -> String? {
                reader.optionalBytes().map { String(decoding: $0, as: UTF8.self) }
            }
            let target = Target(
                kind: pattern(&reader), path: pattern(&reader), language: pattern(&reader),
                environment: pattern(&reader))
            return FrontMatter(decoding: reader.bytes()[...]).map { Part(target: target, fields: $0) }
        }
        self.parts = parts
    }

    private init() {}
}

extension Cascade.Target {
    fileprivate var patterns: [String?] { [kind, path, language, environment] }

    fileprivate func matches(_ receiver: Cascade.Receiver) -> Bool {
        func fits(_ pattern: String?, _ texts: [[UInt8]]) -> Bool {
            guard let pattern else { return true }
            return Self.alternatives(pattern).contains { alternative in
                let glob = GlobPattern(alternative, matchesWhole: true)
                return texts.contains { glob.matches($0) }
            }
        }
        // Hugo's paths are in lower case.
        return fits(kind, [Array(receiver.kind.name.utf8)])
            && fits(path?.lowercased(), [receiver.path, receiver.file].map { Self.lowercased($0) })
            && fits(language, [receiver.language])
            && (environment == nil || fits(environment, [receiver.environment()]))
    }

    private static func lowercased(_ bytes: [UInt8]) -> [UInt8] {
        Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8)
    }

    /// A pattern with `{a,b}` in it as patterns without.
    private static func alternatives(_ pattern: String) -> [String] {
        guard let open = pattern.firstIndex(of: "{"),
            let close = pattern[open...].firstIndex(of: "}")
        else { return [pattern] }
        let before = String(pattern[..<open])
        let after = String(pattern[pattern.index(after: close)...])
        let inside = pattern[pattern.index(after: open)..<close]
        return inside.split(separator: ",", omittingEmptySubsequences: false)
            .flatMap { alternatives(before + String($0) + after) }
    }
}

/// Reads the `cascade` of a section's head: a map of fields, or a list of such maps with their targets.
struct CascadeReader {
    private let file: SourceFile
    private(set) var diagnostics: [Diagnostic] = []

    init(file: SourceFile) {
        self.file = file
    }

    /// What is handed down.
    mutating func read(_ value: DataValue) -> Cascade {
        var cascade = Cascade.empty
        for map in value.kind == .list ? Array(value.elements) : [value] {
            var target = Cascade.Target()
            for entry in map.entries where Self.isTarget(entry) { read(entry.value, into: &target) }
            let (fields, found) = FrontMatterReader.uniform(map, in: file) { !Self.isTarget($0) }
            diagnostics += found
            cascade.append(fields, for: target)
        }
        return cascade
    }

    private mutating func read(_ value: DataValue, into target: inout Cascade.Target) {
        guard value.kind == .map else {
            diagnostics.append(
                Diagnostic(
                    .wrongType, "the target of a cascade should be a map, not \(value.describedKind)",
                    at: value.range, in: file, hint: "target: {path: \"/blog/**\", kind: page}"))
            return
        }
        for entry in value.entries {
            let pattern = String(decoding: entry.value.text, as: UTF8.self)
            switch entry.keyText {
            case "kind": target.kind = pattern
            case "path": target.path = pattern
            case "lang": target.language = pattern
            case "environment": target.environment = pattern
            case "sites" where entry.value["matrix"]?["languages"] != nil:
                // Newer Hugo's way to name languages.
                let languages = entry.value["matrix"]?["languages"]?.elements.compactMap(\.string) ?? []
                target.language =
                    "{" + languages.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ",") + "}"
            default:
                diagnostics.append(
                    Diagnostic(
                        .unknownKey, "unknown key \"\(entry.keyText)\" in the target of a cascade",
                        at: entry.keyRange, in: file, hint: "known are kind, path, lang and environment"))
            }
        }
    }

    private static func isTarget(_ entry: DataEntry) -> Bool {
        entry.key.elementsEqual("target".utf8) || entry.key.elementsEqual("_target".utf8)
    }
}
