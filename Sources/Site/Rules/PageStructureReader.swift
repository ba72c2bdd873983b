import Engine
import Formats
import Text

/// Takes what decides about a page's place out of its head and file name.
enum PageStructureReader {
    static func read(
        _ front: FrontMatter, _ path: RelativePath, _ fileName: ContentName,
        _ dating: (zone: TimeZoneRules, git: GitDatesSettings), context: RuleContext
    ) -> (PageStructure, PageDates) {
        var structure = PageStructure()
        let zone = dating.zone
        // The address comes last: `path = "2018/07/27/slug"` is how Zola's blogs are dated.
        let written = front.date ?? fileName.date ?? front.url.flatMap { ContentName.date(inAddress: $0) }
        let history = GitHistoryReader.dates(
            of: path, isDated: written != nil, isUpdated: front.updated != nil, source: front.dateSource,
            dating.git, context)
        let date =
            written.map { Instant($0, in: zone) }
            ?? history.created.map { Instant(seconds: $0).told(in: zone) }
        let dates = PageDates(
            date: date,
            updated: front.updated.map { Instant($0, in: zone) }
                ?? history.updated.map { Instant(seconds: $0).told(in: zone) },
            expires: front.expires.map { Instant($0, in: zone) })
        structure.date = date.map { Int64($0.seconds) }
        structure.civil = date.map {
            ($0.date.year, $0.date.month, $0.date.day, $0.hour, $0.minute, $0.second)
        }
        structure.goesLive = front.publishDate.map { Int64(Instant($0, in: zone).seconds) }
        structure.expires = dates.expires.map { Int64($0.seconds) }
        structure.isDraft = front.isDraft || path.components.contains { $0.elementsEqual("_drafts".utf8) }
        structure.slug = front.slug.map { Array($0) }
        // What is no address is a finding, and then the page lives where its file says.
        structure.wholeURL = front.url.flatMap { url in
            HeadCheck.path(ofURL: Array(url)) {
                context.read(ConfigurationRule.self, .empty, Configuration.ownBaseURLs)
            }
        }.flatMap { HeadCheck.isPossible($0) ? $0 : nil }
        structure.aliases = front.aliases.map { Array($0) }
        structure.weight = front.weight ?? 0
        structure.series = front.series.map { Array($0) }
        structure.template = front.template.map { Array($0) }
        structure.isRendered = front.isRendered
        structure.isListed = front.isListed
        // A page whose canonical address is on another site is for that site's sitemap.
        let isForeign =
            front.text(.canonical).map { canonical in
                Addresses.isAbsolute(Array(canonical))
                    && !canonical.starts(
                        with: context.read(ConfigurationRule.self, .empty, Configuration.baseURL))
            } ?? false
        structure.isInSitemap = (front[.sitemap]?.boolean ?? true) && !isForeign && !front.isNoIndex
        structure.sortBy = front.text(.sortBy).map { Array($0) }
        structure.paginateBy = front[.paginateBy]?.integer
        structure.isTransparent = front[.transparent]?.boolean ?? false
        structure.redirectTo = front.text(.redirectTo).map { Array($0) }
        for taxonomy in context.read(ConfigurationRule.self, .empty, Configuration.taxonomyHeads) {
            let names = front.terms(of: taxonomy.name)
            if names.isEmpty { continue }
            structure.terms.append(
                (Array(taxonomy.name.utf8), names.map { Normalization.composed(Array($0)) }))
        }
        return (structure, dates)
    }
}
