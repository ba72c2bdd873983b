import Engine
import Formats
import Templates
import Text

/// Reads the structure of every page of a language and puts the catalogue together.
struct CatalogRule: Rule {
    static let kind = RuleKind.catalog
    static let version = 2
    static let stratum = Stratum.catalog
    static let traits: RuleTraits = [.eager, .kept]

    func placeholder(for name: Symbol) -> Catalog { .empty(name) }

    func run(_ name: Symbol, in context: RuleContext) -> Catalog {
        let code = name.bytes
        let tree = context.read(ContentTreeRule.self, name, ContentTree.all)
        let keys = tree.sources.map { Symbol($0.path.bytes) }
        context.prepare(PageMetaRule.self, keys)
        let metas = keys.map { context.pull(PageMetaRule.self, $0) }
        let structures = metas.map { $0.read(PageMeta.structure) }
        let (kept, skipped, hidden) = Visibility.select(tree.sources, structures, in: context)

        // Whatever the catalogue will look like, the text of each page that is published is made.
        context.anticipate(
            PageBodyRule.self,
            kept.filter {
                tree.sources[$0].role != .section && structures[$0].isRendered
                    && structures[$0].redirectTo == nil
            }.map { keys[$0] })

        let languages = context.read(ConfigurationRule.self, .empty, Configuration.languages)
        let site = context.read(ConfigurationRule.self, .empty, Configuration.urls)
        let zone = context.read(ConfigurationRule.self, .empty, Configuration.timeZone)
        let prefix = languages.all.first { $0.code == code }?.urlPrefix ?? .root
        let planner = RoutePlanner(site, urlPrefix: prefix, zone: zone, codes: languages.codes)
        var titles: [Symbol: [UInt8]] = [:]
        func title(_ index: Int) -> [UInt8] {
            if let known = titles[keys[index]] { return known }
            let title =
                metas[index].read(PageMeta.title)?.bytes
                ?? Array(ContentName(tree.sources[index].path, languages: languages.codes).title.utf8)
            titles[keys[index]] = title
            return title
        }
        var indexByPath: [RelativePath: Int] = [:]
        for index in kept { indexByPath[tree.sources[index].path] = index }

        let pagination = context.read(ConfigurationRule.self, .empty, Configuration.pagination)
        let templates = TemplateUse(context)
        let settings = CatalogBuilder.Settings(
            language: code, urlPrefix: prefix,
            postSections: context.read(ConfigurationRule.self, .empty, Configuration.postSections).map {
                $0.compactMap { RelativePath($0) }
            },
            taxonomies: classifications(context),
            pageSize: pagination.size, isOldestFirst: pagination.isOldestFirst,
            paginates: { kind, folder, taxonomy, template in
                templates.mentionsPaginator(
                    template.map { TemplateChoice.spellings(of: $0) } ?? [],
                    else: TemplateChoice.candidates(kind, folder: folder, taxonomy: taxonomy))
            },
            hasArchive: templates.exists("archive.html"), hasNotFound: templates.exists("404.html"),
            route: { source, structure, path in
                let route = planner.route(source, structure, path: path) {
                    source.flatMap { indexByPath[$0.path] }.map { title($0) } ?? []
                }
                return Self.settled(route, of: source, path, in: context)
            })
        var builder = CatalogBuilder(settings: settings)
        // A title is read only where a section is sorted by it.
        let sortsByTitle = Set(
            kept.filter { tree.sources[$0].role == .section && structures[$0].sortBy == Array("title".utf8) }
                .map { tree.sources[$0].folder })
        let entries = kept.map { index in
            CatalogBuilder.Entry(
                source: tree.sources[index], structure: structures[index],
                title: sortsByTitle.isEmpty ? nil : title(index))
        }
        let catalog = builder.build(entries, skipped: skipped, hidden: hidden)
        if code == languages.main.code { reportMissingSections(catalog.unrecorded, languages, in: context) }
        reportSpellings(builder.spellings, in: context)
        reportReplacements(builder.replacements, languages.contentFolder(of: code), in: context)
        reportOvertaken(builder.overtaken, in: context)
        return catalog
    }

    static func encode(_ value: Catalog) -> [UInt8]? { value.encoded() }

    static func decode(_ bytes: Span<UInt8>) -> Catalog? { Catalog.decoded(bytes) }

    /// The route of a page with its findings; one that is impossible is a place of its own, where nothing is published.
    private static func settled(
        _ route: Result<Route, OutputRoute.Problem>, of source: ContentTree.Source?, _ path: RelativePath,
        in context: RuleContext
    ) -> Route {
        func place(_ fields: [FrontMatter.Field], where isMeant: ([UInt8]) -> Bool) -> SourceLocation? {
            source.map { HeadPlaces.location(in: $0.path, fields, context, where: isMeant) }
        }
        switch route {
        case .success(let route):
            for pattern in route.patterns {
                context.find(
                    Diagnostic(
                        .aliasPattern,
                        "the alias \"\(String(decoding: pattern, as: UTF8.self))\" is a pattern, for which no page can be written",
                        at: place([.aliases]) { $0 == pattern },
                        hint: "name the addresses one by one, or let the host redirect them"))
            }
            return route
        case .failure(let problem):
            context.find(
                Diagnostic(
                    .pathLeavesOutput, "the address of this page \(problem.message)",
                    at: place([.aliases, .url]) {
                        if case .failure = OutputRoute.make(RoutePlanner.path(of: $0)) { true } else { false }
                    },
                    hint: "check its slug, URL and aliases"))
            return Route(
                url: [UInt8(ascii: "/")],
                output: RelativePath(
                    unchecked: Array("@invalid/".utf8) + (source?.path.bytes ?? path.bytes)))
        }
    }

    private func classifications(_ context: RuleContext) -> [CatalogBuilder.Classification] {
        let style = context.read(ConfigurationRule.self, .empty, Configuration.slugs)
        return context.read(ConfigurationRule.self, .empty, Configuration.taxonomies).map { taxonomy in
            CatalogBuilder.Classification(
                name: Array(taxonomy.name.utf8),
                path: RelativePath(taxonomy.path) ?? RelativePath(unchecked: Array(taxonomy.name.utf8)),
                isHierarchical: taxonomy.isHierarchical, pageSize: taxonomy.pageSize,
                hasFeeds: taxonomy.hasFeeds, thin: taxonomy.thin,
                slug: { Slug.make($0, style: style) })
        }
    }
}

/// What a catalogue must know of templates.
struct TemplateUse {
    private let context: RuleContext

    init(_ context: RuleContext) {
        self.context = context
    }

    /// Whether there is a template of that name.
    func exists(_ name: String) -> Bool {
        context.read(TemplateProgramRule.self, Symbol(name), TemplateProgram.exists)
    }

    /// Whether the template that is chosen names the paginator, itself or in what it extends and includes.
    func mentionsPaginator(_ named: [[UInt8]], else candidates: [[UInt8]]) -> Bool {
        for (index, name) in (named + candidates).enumerated()
        where context.read(TemplateProgramRule.self, Symbol(name), TemplateProgram.exists) {
            let own =
                index < named.count ? nil : TemplateChoice.ownInstead(of: name, in: candidates, context)
            var seen: Set<[UInt8]> = [own ?? name]
            var open = [own ?? name]
            while let next = open.popLast() {
                let program = context.pull(TemplateProgramRule.self, Symbol(next))
                if program.read(TemplateProgram.paginates) { return true }
                for named in program.read(TemplateProgram.names) where seen.insert(named).inserted {
                    open.append(named)
                }
            }
            return false
        }
        return false
    }
}

/// Which pages are published now: no drafts, nothing from the future, nothing expired, unless asked for.
enum Visibility {
    /// - Returns: the positions of the pages that are kept, in order, what was skipped with the reason, and the folders of
    ///   sections that were, sorted.
    static func select(
        _ sources: [ContentTree.Source], _ structures: [SharedStructure], in context: RuleContext
    ) -> (kept: [Int], skipped: [SkippedPage], hidden: [RelativePath]) {
        let drafts = context.flag("drafts") != nil
        let future = context.flag("future") != nil
        let expired = context.flag("expired") != nil
        var instants: Set<Int64> = []
        for structure in structures {
            if !future, let begin = structure.goesLive ?? structure.date { instants.insert(begin) }
            if !expired, let end = structure.expires { instants.insert(end) }
        }
        let clock = Past(instants.sorted(), in: context)
        var kept: [Int] = []
        var skipped: [SkippedPage] = []
        var hidden: [(folder: RelativePath, reason: SkippedPage.Reason, until: Int64?)] = []
        for (index, structure) in structures.enumerated() {
            var reason: (SkippedPage.Reason, Int64?)?
            if structure.isDraft, !drafts {
                reason = (.draft, nil)
            } else if !future, let begin = structure.goesLive ?? structure.date, !clock.isPast(begin) {
                reason = (.future, begin)
            } else if !expired, let end = structure.expires, clock.isPast(end) {
                reason = (.expired, end)
            }
            if let reason {
                skipped.append(SkippedPage(path: sources[index].path, reason: reason.0, until: reason.1))
                // A section that is not published hides what is in it.
                // The home page's date is that of its text, not of the site.
                if sources[index].role == .section, !sources[index].folder.isRoot {
                    hidden.append((sources[index].folder, reason.0, reason.1))
                }
            } else {
                kept.append(index)
            }
        }
        if hidden.isEmpty { return (kept, skipped, []) }
        kept.removeAll { index in
            guard let above = hidden.first(where: { sources[index].folder.isInside($0.folder) }) else {
                return false
            }
            skipped.append(SkippedPage(path: sources[index].path, reason: above.reason, until: above.until))
            return true
        }
        skipped.sort { $0.path < $1.path }
        return (kept, skipped, hidden.map(\.folder).sorted())
    }

    /// Which of many instants are past. Two edges say it for all: the last that is, and the first that is not.
    private struct Past {
        private let firstFuture: Int64?

        init(_ instants: [Int64], in context: RuleContext) {
            var low = 0
            var high = instants.count
            while low < high {
                let middle = (low + high) / 2
                if context.isPast(instants[middle]) { low = middle + 1 } else { high = middle }
            }
            firstFuture = low < instants.count ? instants[low] : nil
        }

        func isPast(_ instant: Int64) -> Bool {
            firstFuture.map { instant < $0 } ?? true
        }
    }
}
