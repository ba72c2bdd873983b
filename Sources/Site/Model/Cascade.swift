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
        var kind: GlobPattern?
        /// The page's place below the content folder, in lower case, as in `/blog/**`.
        var path: GlobPattern?
        /// The language's code.
        var language: GlobPattern?
        /// What is built for: `production`.
        var environment: GlobPattern?

        var isEmpty: Bool { kind == nil && path == nil && language == nil && environment == nil }

        /// A pattern of a target, where `{a,b}` is a choice.
        static func pattern(_ text: some Sequence<UInt8>) -> GlobPattern {
            GlobPattern(text, matchesWhole: true, hasChoices: true)
        }
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
        // Hugo's paths are in lower case.
        let places =
            parts.contains { $0.target.path != nil }
            ? [receiver.path, receiver.file].map { Target.lowercased($0) } : []
        var fields = FrontMatter.empty
        for part in parts where part.target.matches(receiver, at: places) {
            fields = fields.filled(from: part.fields)
        }
        return fields
    }

    /// Stands for all of it.
    var fingerprint: Fingerprint {
        if parts.isEmpty { return .absent }
        var builder = FingerprintBuilder()
        for part in parts {
            for pattern in part.target.patterns {
                builder.combine(pattern != nil)
                builder.combine(pattern?.bytes ?? [])
            }
            builder.combine(part.fields.fingerprint)
        }
        return builder.finish()
    }

    /// Writes it down for the store.
    func put(to writer: inout CompactWriter) {
        writer.put(list: parts) { writer, part in
            for pattern in part.target.patterns { writer.put(optional: pattern?.bytes) }
            writer.put(part.fields.encoded())
        }
    }

    /// What ``put(to:)`` wrote; `nil` where it makes no sense.
    init?(from reader: inout CompactReader) {
        let parts = reader.list { reader -> Part? in
            func pattern(_ reader: inout CompactReader) -> GlobPattern? {
                reader.optionalBytes().map { Target.pattern($0) }
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
    fileprivate var patterns: [GlobPattern?] { [kind, path, language, environment] }

    fileprivate func matches(_ receiver: Cascade.Receiver, at places: [[UInt8]]) -> Bool {
        if let kind, !kind.matches(Array(receiver.kind.name.utf8)) { return false }
        if let path, !places.contains(where: { path.matches($0) }) { return false }
        if let language, !language.matches(receiver.language) { return false }
        if let environment, !environment.matches(receiver.environment()) { return false }
        return true
    }

    static func lowercased(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        Array(String(decoding: Array(bytes), as: UTF8.self).lowercased().utf8)
    }
}
