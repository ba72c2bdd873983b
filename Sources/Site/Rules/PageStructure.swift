import Text

/// The part of a page's head that decides where it lives and in which lists it stands, in which order.
///
/// It is one projection of the head: the catalogue runs again when it changes and not when anything else does.
struct PageStructure: Sendable {
    /// When the page is dated, as an instant; from the head or from the file's name.
    var date: Int64?
    /// The civil date, for permalinks: year, month, day, hour, minute, second.
    var civil: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int)?
    /// When it goes live, if that is not its date.
    var goesLive: Int64?
    var expires: Int64?
    var isDraft = false
    var slug: [UInt8]?
    /// The whole URL as written, if the head names one.
    var wholeURL: [UInt8]?
    var aliases: [[UInt8]] = []
    var weight = 0
    var terms: [(taxonomy: [UInt8], names: [[UInt8]])] = []
    var series: [UInt8]?
    var template: [UInt8]?
    var isRendered = true
    var isListed = true
    var isInSitemap = true
    /// Section keys.
    var sortBy: [UInt8]?
    var paginateBy: Int?
    var isTransparent = false
    /// Where a section sends its visitors instead.
    var redirectTo: [UInt8]?

    /// The date as the page shows it.
    var told: Instant? {
        guard let date, let civil,
            let day = CivilDate(year: civil.year, month: civil.month, day: civil.day)
        else { return nil }
        let local = day.dayNumber * 86_400 + civil.hour * 3600 + civil.minute * 60 + civil.second
        return Instant(seconds: Int(date), offsetSeconds: local - Int(date))
    }

    var fingerprint: Fingerprint {
        var builder = FingerprintBuilder()
        func combine(_ instant: Int64?) {
            builder.combine(instant != nil)
            builder.combine(UInt64(bitPattern: instant ?? 0))
        }
        func combine(_ bytes: [UInt8]?) {
            builder.combine(bytes != nil)
            builder.combine(bytes ?? [])
        }
        combine(date)
        combine(
            civil.map {
                Int64(
                    (($0.year * 13 + $0.month) * 32 + $0.day) * 86_400 + $0.hour * 3600 + $0.minute * 60
                        + $0.second)
            })
        combine(goesLive)
        combine(expires)
        builder.combine(isDraft)
        combine(slug)
        combine(wholeURL)
        builder.combine(aliases.count)
        for alias in aliases { builder.combine(alias) }
        builder.combine(weight)
        builder.combine(terms.count)
        for list in terms {
            builder.combine(list.taxonomy)
            builder.combine(list.names.count)
            for name in list.names { builder.combine(name) }
        }
        combine(series)
        combine(template)
        builder.combine(isRendered)
        builder.combine(isListed)
        builder.combine(isInSitemap)
        combine(sortBy)
        builder.combine(paginateBy != nil)
        builder.combine(paginateBy ?? 0)
        builder.combine(isTransparent)
        combine(redirectTo)
        return builder.finish()
    }
}

/// A structure as it is handed on: one reference, where the structure itself has a dozen, and each copy would count them all.
@dynamicMemberLookup
final class SharedStructure: Sendable {
    /// That of a page of which no head says anything.
    static let empty = SharedStructure(PageStructure())

    let parts: PageStructure

    init(_ parts: PageStructure) { self.parts = parts }

    @inline(__always)
    subscript<Part>(dynamicMember part: KeyPath<PageStructure, Part>) -> Part { parts[keyPath: part] }
}
