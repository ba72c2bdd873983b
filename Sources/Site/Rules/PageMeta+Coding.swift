import Engine
import Synchronization
import Templates
import Text

/// How a page's head lies in the store:
///
///     path | bodyStart | lines before it | what of its line is before it | bodyFingerprint | date? | updated? | expires? | structure | title? | cascade | front
///
/// in the words of ``Text/CompactWriter``; `?` is preceded by a byte that says whether it is there. What lists
/// show comes first; the whole head, which few readers of a stored value ask for, is taken apart when it is.
extension PageMeta {
    /// The value for the store.
    func encoded() -> [UInt8] {
        var writer = CompactWriter(capacity: 512)
        writer.put(path.bytes)
        writer.put(bodyStart)
        writer.put(bodyPlace.lines)
        writer.put(bodyPlace.before)
        writer.put(bodyFingerprint)
        for date in [dates.date, dates.updated, dates.expires] { Self.put(date, &writer) }
        structure.parts.put(to: &writer)
        writer.put(optional: front.title.map { Array($0) })
        cascade.put(to: &writer)
        writer.put(front.encoded())
        return writer.bytes
    }

    /// A value out of bytes that ``encoded()`` made; `nil` where they are anything else.
    convenience init?(decoding bytes: Span<UInt8>) {
        var reader = CompactReader(bytes)
        let path = RelativePath(unchecked: reader.bytes())
        let bodyStart = reader.number()
        let bodyPlace = BodyPlace(lines: reader.number(), before: reader.fingerprint())
        let bodyFingerprint = reader.fingerprint()
        let dates = PageDates(
            date: Self.instant(&reader), updated: Self.instant(&reader), expires: Self.instant(&reader))
        let structure = PageStructure(from: &reader)
        let title = reader.optionalBytes()
        let cascade = Cascade(from: &reader)
        let front = reader.bytes()
        guard reader.isAtEnd, let cascade else { return nil }
        self.init(
            path: path, head: Head(encoded: front), title: title, cascade: cascade, structure: structure,
            bodyStart: bodyStart, bodyPlace: bodyPlace, bodyFingerprint: bodyFingerprint, dates: dates)
    }

    private static func put(_ instant: Instant?, _ writer: inout CompactWriter) {
        writer.put(instant != nil)
        guard let instant else { return }
        writer.put(signed: instant.seconds)
        writer.put(instant.nanosecond)
        writer.put(signed: instant.offsetSeconds)
        writer.put(instant.abbreviation.bytes)
    }

    private static func instant(_ reader: inout CompactReader) -> Instant? {
        guard reader.truth() else { return nil }
        let seconds = reader.signed()
        let nanosecond = reader.number()
        let offset = reader.signed()
        return Instant(
            seconds: seconds, nanosecond: nanosecond, offsetSeconds: offset, abbreviation: reader.symbol())
    }

    /// A head that may still be as it lay in the store.
    final class Head: Sendable {
        private let made: FrontMatter?
        private let encoded: [UInt8]
        private let decoded = Mutex<FrontMatter?>(nil)

        init(_ front: FrontMatter) {
            made = front
            encoded = []
        }

        init(encoded: [UInt8]) {
            made = nil
            self.encoded = encoded
        }

        var front: FrontMatter {
            if let made { return made }
            return decoded.withLock { decoded in
                if let decoded { return decoded }
                // The store has checked that these are the bytes that were written.
                let front = FrontMatter(decoding: encoded[...]) ?? .empty
                decoded = front
                return front
            }
        }
    }
}

extension PageStructure {
    func put(to writer: inout CompactWriter) {
        writer.put(optional: date.map { Int($0) })
        writer.put(civil != nil)
        if let civil {
            for part in [civil.year, civil.month, civil.day, civil.hour, civil.minute, civil.second] {
                writer.put(signed: part)
            }
        }
        writer.put(optional: goesLive.map { Int($0) })
        writer.put(optional: expires.map { Int($0) })
        for truth in [isDraft, isRendered, isListed, isInSitemap, isTransparent] { writer.put(truth) }
        for text in [slug, wholeURL, series, template, sortBy, redirectTo] {
            writer.put(optional: text)
        }
        writer.put(list: aliases) { $0.put($1) }
        writer.put(wide: weight)
        writer.put(paginateBy != nil)
        writer.put(wide: paginateBy ?? 0)
        writer.put(list: terms) { writer, terms in
            writer.put(terms.taxonomy)
            writer.put(list: terms.names) { $0.put($1) }
        }
    }

    init(from reader: inout CompactReader) {
        date = reader.optionalNumber().map { Int64($0) }
        if reader.truth() {
            civil = (
                reader.signed(), reader.signed(), reader.signed(), reader.signed(), reader.signed(),
                reader.signed()
            )
        }
        goesLive = reader.optionalNumber().map { Int64($0) }
        expires = reader.optionalNumber().map { Int64($0) }
        isDraft = reader.truth()
        isRendered = reader.truth()
        isListed = reader.truth()
        isInSitemap = reader.truth()
        isTransparent = reader.truth()
        slug = reader.optionalBytes()
        wholeURL = reader.optionalBytes()
        series = reader.optionalBytes()
        template = reader.optionalBytes()
        sortBy = reader.optionalBytes()
        redirectTo = reader.optionalBytes()
        aliases = reader.list { $0.bytes() }
        weight = reader.wide()
        let isPaginated = reader.truth()
        let size = reader.wide()
        paginateBy = isPaginated ? size : nil
        terms = reader.list { reader in
            let taxonomy = reader.bytes()
            return (taxonomy, reader.list { $0.bytes() })
        }
    }
}
