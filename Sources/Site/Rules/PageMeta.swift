import Engine
import Formats
import Synchronization
import Templates
import Text

/// The head of a content file, and where its text begins: what lists, feeds and templates know of a page
/// without reading its text.
final class PageMeta: RuleValue {
    typealias Field = FrontMatter.Field

    let path: RelativePath
    /// What this file hands down to the pages below it.
    let cascade: Cascade
    let structure: SharedStructure
    /// Where the text begins.
    let bodyStart: Int
    /// In which line that is: places in the text are told by lines.
    let bodyPlace: BodyPlace
    /// Stands for the text.
    let bodyFingerprint: Fingerprint
    let dates: PageDates
    private let titleText: StringValue?
    private let head: Head
    /// The file's bytes, kept until the body has been made; see `BodyBuffer`.
    private let buffer: Mutex<SourceFile?>
    private let knownFingerprints = FingerprintMemo()

    init(
        path: RelativePath, front: FrontMatter, cascade: Cascade, structure: PageStructure,
        bodyStart: Int, bodyPlace: BodyPlace,
        bodyFingerprint: Fingerprint, dates: PageDates, file: SourceFile? = nil
    ) {
        self.path = path
        head = Head(front)
        self.cascade = cascade
        self.structure = SharedStructure(structure)
        self.bodyStart = bodyStart
        self.bodyPlace = bodyPlace
        self.bodyFingerprint = bodyFingerprint
        self.dates = dates
        titleText = front.title.map { StringValue(Array($0)) }
        buffer = Mutex(file)
    }

    /// A head out of the store, of which nobody has the file at hand.
    init(
        path: RelativePath, head: Head, title: [UInt8]?, cascade: Cascade, structure: PageStructure,
        bodyStart: Int, bodyPlace: BodyPlace, bodyFingerprint: Fingerprint, dates: PageDates
    ) {
        self.path = path
        self.head = head
        self.cascade = cascade
        self.structure = SharedStructure(structure)
        self.bodyStart = bodyStart
        self.bodyPlace = bodyPlace
        self.bodyFingerprint = bodyFingerprint
        self.dates = dates
        titleText = title.map { StringValue($0) }
        buffer = Mutex(nil)
    }

    deinit {
        buffer.withLock { file in
            if let file { BodyBuffer.release(file.bytes.count) }
        }
    }

    /// The head, with what sections above hand down.
    var front: FrontMatter { head.front }

    /// The author's own keys.
    var params: DataValue { front.params }

    func fingerprint(of projection: Projection) -> Fingerprint {
        switch Self.parts[projection.name] {
        // What is asked for once is not worth the place.
        case .structure, .body, .bodyStart, .cascade: workedOut(projection)
        default: knownFingerprints.fingerprint(of: projection.name) { workedOut(projection) }
        }
    }

    private func workedOut(_ projection: Projection) -> Fingerprint {
        if let part = Self.parts[projection.name] {
            switch part {
            case .structure: return structure.fingerprint
            case .body: return bodyFingerprint
            case .bodyStart:
                var builder = FingerprintBuilder()
                builder.combine(bodyStart)
                builder.combine(bodyPlace.lines)
                builder.combine(bodyPlace.before)
                return builder.finish()
            case .cascade: return cascade.fingerprint
            case .date: return PageDates.fingerprint(dates.date)
            case .updated: return PageDates.fingerprint(dates.updated)
            case .expires: return PageDates.fingerprint(dates.expires)
            case .image: return front.image.map { Fingerprint(of: Array($0)) } ?? .absent
            case .imageAlternative: return Fingerprint(of: front.imageAlternative.map { Array($0) } ?? [])
            case .images:
                var builder = FingerprintBuilder()
                for path in Self.imagePaths(front) { builder.combine(path) }
                return builder.finish()
            }
        }
        if let field = Self.fields[projection.name] { return front.fingerprint(of: field) }
        let name = projection.name.bytes
        if name.starts(with: Self.paramPrefix) {
            return front.params.fingerprint(atPath: Array(name[Self.paramPrefix.count...]))
        }
        if name.starts(with: Self.termPrefix) {
            var builder = FingerprintBuilder()
            for term in front.terms(of: Symbol(name[Self.termPrefix.count...])) {
                builder.combine(term)
            }
            return builder.finish()
        }
        return .absent
    }

    func shortText(of projection: Projection) -> String? {
        guard let field = Self.fields[projection.name], let value = front[field], value.isScalar else {
            return nil
        }
        return String(decoding: value.text, as: UTF8.self)
    }

    /// The file with the text, and where the text begins. The text, and nothing else of the file, is depended on.
    static func bodySource(_ meta: Pulled<PageMetaRule>, in context: RuleContext) -> (
        file: SourceFile, start: Int
    )? {
        meta.record(body.projection)
        return meta.unrecorded.bodySource(in: context)
    }

    private func bodySource(in context: RuleContext) -> (file: SourceFile, start: Int)? {
        let kept = buffer.withLock { file in
            defer { file = nil }
            return file
        }
        if let kept {
            BodyBuffer.release(kept.bytes.count)
            return (kept, bodyStart)
        }
        // A text that was changed meanwhile is made of what is there, if anything is: the next build makes it again.
        guard let (file, _) = readAgain(in: context), file.bytes.count >= bodyStart else { return nil }
        return (file, bodyStart)
    }

    /// The file again, as it was when the head was read, `nil` when it was changed since: for places in its text, which
    /// with the text itself is depended on.
    static func wholeFile(_ meta: Pulled<PageMetaRule>, in context: RuleContext) -> SourceFile? {
        meta.record(body.projection)
        guard let (file, isAsRecorded) = meta.unrecorded.readAgain(in: context), isAsRecorded else {
            return nil
        }
        return file
    }

    private func readAgain(in context: RuleContext) -> (file: SourceFile, isAsRecorded: Bool)? {
        // Of a file that is no text, or none at all, nothing is made.
        if bodyFingerprint == .absent { return nil }
        return context.file(
            path,
            recordedBy: { file in
                file.bytes.count >= bodyStart && Fingerprint(of: file.bytes[bodyStart...]) == bodyFingerprint
            })
    }

    private enum Part: UInt8, CaseIterable {
        case structure, body, bodyStart, cascade, date, updated, expires, image, imageAlternative, images
    }
    private static let parts = SymbolTableOf<Part>(Part.allCases.map { (Symbol(partName($0)), $0) })
    private static let fields = SymbolTableOf<Field>(Field.allCases.map { (fieldSymbol($0), $0) })
    private static let paramPrefix = Array("params.".utf8)
    private static let termPrefix = Array("terms:".utf8)

    private static func partName(_ part: Part) -> String {
        switch part {
        case .structure: "@structure"
        case .body: "@body"
        case .bodyStart: "@body-start"
        case .cascade: "@cascade"
        case .date: "@date"
        case .updated: "@updated"
        case .expires: "@expires"
        case .image: "@image"
        case .imageAlternative: "@image-alternative"
        case .images: "@images"
        }
    }

    private static func fieldSymbol(_ field: Field) -> Symbol { Symbol(field.name) }
    private static func part(_ part: Part) -> Projection { Projection(Symbol(partName(part))) }

    // MARK: Readings
    static let structure = Reading<PageMeta, SharedStructure>(part(.structure)) { $0.structure }
    static let cascade = Reading<PageMeta, Cascade>(part(.cascade)) { $0.cascade }
    static let body = Reading<PageMeta, Fingerprint>(part(.body)) { $0.bodyFingerprint }
    /// Where the text begins, which with the text says all places in it.
    static let bodyStart = Reading<PageMeta, Int>(part(.bodyStart)) { $0.bodyStart }
    static let title = Reading<PageMeta, StringValue?>("title") { $0.titleText }
    static let date = Reading<PageMeta, Value>(part(.date)) { PageDates.value($0.dates.date) }
    static let updated = Reading<PageMeta, Value>(part(.updated)) { PageDates.value($0.dates.updated) }
    static let expires = Reading<PageMeta, Value>(part(.expires)) { PageDates.value($0.dates.expires) }
    static let weight = Reading<PageMeta, Value>("weight") { .int($0.front.weight ?? 0) }
    static let image = Reading<PageMeta, Value>(part(.image)) {
        $0.front.image.map { .safeless(Array($0)) } ?? .none
    }
    static let imageAlternative = Reading<PageMeta, [UInt8]>(part(.imageAlternative)) {
        $0.front.imageAlternative.map { Array($0) } ?? []
    }
    static let linkTitle = Reading<PageMeta, [UInt8]?>("linkTitle") { $0.front.linkTitle.map { Array($0) } }
    static let robots = Reading<PageMeta, [UInt8]>("robots") { $0.front.robots }
    static let isNoIndex = Reading<PageMeta, Bool>("noIndex") { $0.front[.noIndex]?.boolean == true }
    static let images = Reading<PageMeta, Value>(part(.images)) {
        .frozen(imagePaths($0.front).map { .text($0) })
    }
    static let authors = Reading<PageMeta, Value>("authors") {
        .frozen($0.front.authors.map(\.templateValue))
    }
    static let author = Reading<PageMeta, Value>("authors") {
        $0.front.authors.first.map(\.templateValue) ?? .none
    }
    static let people = Reading<PageMeta, [Person]>("authors") {
        $0.front.authors.flatMap { People.all(in: $0) }
    }
    static let series = Reading<PageMeta, [UInt8]?>("series") { $0.front.series.map { Array($0) } }
    static let excerptSeparator = Reading<PageMeta, [UInt8]?>("excerptSeparator") { meta in
        meta.front.text(.excerptSeparator).map { Array($0) }
    }

    /// A field as a template sees it, or `nil`.
    static func field(_ field: Field) -> Reading<PageMeta, Value?> { readings[Int(field.rawValue)] }

    private static let readings: [Reading<PageMeta, Value?>] = Field.allCases.map { field in
        Reading(Projection(fieldSymbol(field))) { $0.front[field]?.templateValue }
    }

    /// A field as it is written, or `nil`.
    static func written(_ field: Field) -> Reading<PageMeta, DataValue?> {
        Reading(Projection(fieldSymbol(field))) { $0.front[field] }
    }

    /// The value at a path below `params`, or `nil`.
    static func param(at path: [UInt8]) -> Reading<PageMeta, DataValue?> {
        Reading(paramProjection(Configuration.isPath(path) ? path : [])) {
            $0.params.value(at: String(decoding: path, as: UTF8.self))
        }
    }

    /// The terms of a taxonomy.
    static func terms(_ taxonomy: [UInt8]) -> Reading<PageMeta, [[UInt8]]> {
        Reading(termsProjection(taxonomy)) {
            $0.front.terms(of: Symbol(taxonomy)).map { Array($0) }
        }
    }

    /// The projection of the terms of a taxonomy.
    static func termsProjection(_ taxonomy: [UInt8]) -> Projection {
        Projection(Symbol(termPrefix + taxonomy))
    }

    /// The projection of a path below `params`.
    static func paramProjection(_ path: [UInt8]) -> Projection {
        path.isEmpty ? Projection(fieldSymbol(.params)) : Projection(Symbol(paramPrefix + path))
    }

    private static func imagePaths(_ front: FrontMatter) -> [String] {
        let images = front.texts(.images).map { String(decoding: $0, as: UTF8.self) }
        if !images.isEmpty { return images }
        return front.image.map { [String(decoding: $0, as: UTF8.self)] } ?? []
    }
}

/// The dates of a page, told in the site's zone.
struct PageDates: Sendable {
    var date: Instant?
    var updated: Instant?
    var expires: Instant?

    static func fingerprint(_ instant: Instant?) -> Fingerprint {
        guard let instant else { return .absent }
        var builder = FingerprintBuilder()
        builder.combine(instant.seconds)
        builder.combine(instant.nanosecond)
        builder.combine(instant.offsetSeconds)
        builder.combine(instant.abbreviation.span)
        return builder.finish()
    }

    static func value(_ instant: Instant?) -> Value { instant.map { .object(DateValue($0)) } ?? .none }
}
