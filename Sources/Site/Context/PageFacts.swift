import Engine
import Formats
import Markup
import Templates
import Text

/// What can be found out about a page, each answer with its edge: used by views, feeds and head metadata alike.
struct PageFacts {
    let catalog: Catalog
    let page: CatalogPage
    let rendering: Rendering

    /// What the catalogue says of the page.
    var entry: CatalogPage.Entry { rendering.entry(of: page, in: catalog) }

    /// The file that describes the page, if one does.
    var source: Symbol? { rendering.source(of: page, in: catalog) }

    /// The title; without one, what the page's name makes of it.
    var title: StringValue {
        if let source, let title = rendering.meta(source, PageMeta.title) { return title }
        switch page.kind {
        case .home: return StringValue(rendering.siteTitle(in: catalog.language))
        case .term: return rendering.termTitle(of: page, in: catalog)
        case .taxonomy:
            return InterfaceWords.title(of: self)
                ?? StringValue(
                    rendering.taxonomy(of: page, in: catalog).map { ContentName.title(of: $0.name) } ?? "")
        case .section:
            return StringValue(ContentName.title(of: rendering.sectionFolder(of: page, in: catalog).name))
        case .archive: return InterfaceWords.title(of: self) ?? StringValue("Archive")
        case .notFound: return InterfaceWords.title(of: self) ?? StringValue("Page not found")
        case .page:
            return StringValue(
                source.map {
                    ContentName(
                        RelativePath(unchecked: $0.bytes),
                        languages: rendering.configuration(Configuration.languages).codes
                    ).title
                } ?? "")
        }
    }

    /// The description in the head, or `none`.
    var description: Value {
        guard let source else {
            return page.kind == .home ? .safeless(rendering.siteDescription(in: catalog.language)) : .none
        }
        return rendering.meta(source, PageMeta.field(PageMeta.Field.description))
            ?? (page.kind == .home ? .safeless(rendering.siteDescription(in: catalog.language)) : .none)
    }

    /// The root-relative URL, with the path of the base URL.
    var url: [UInt8] {
        let base = rendering.basePath
        return base.isEmpty ? entry.url : base + entry.url
    }

    /// The absolute URL.
    var permalink: [UInt8] { rendering.baseURL + entry.url }

    /// The last part of the URL.
    var slug: [UInt8] {
        let parts = entry.url.split(separator: UInt8(ascii: "/"))
        return parts.last.map { Array($0) } ?? []
    }

    /// The terms of one taxonomy that this page names, as views; an empty list for an unknown taxonomy.
    ///
    /// `listed` gives the list of the taxonomy at an index, which every page that names this one asks for: a view keeps it.
    func terms(of taxonomy: Symbol, listed: (Int) -> Value) -> Value? {
        guard let index = rendering.taxonomies(in: catalog).firstIndex(where: { $0.symbol == taxonomy })
        else {
            // A site that does not classify by them has no pages for them: then they are plain text.
            guard let source else { return nil }
            let names = rendering.meta(source, PageMeta.terms(taxonomy.bytes))
            return names.isEmpty ? nil : .items(names.map { .safeless($0) })
        }
        return rendering.bearsTerms(page, of: index, in: catalog) ? listed(index) : .items([])
    }

    /// What the page's head says.
    func metaValue(_ attribute: PageAttribute) -> Value? {
        guard let source else {
            switch attribute {
            case .weight: return .int(0)
            case .aliases, .authors, .images: return .items([])
            case .date, .updated, .expires, .author, .image, .seriesName, .template: return Value.none
            case .imageAlternative: return .safeless([])
            default: return nil
            }
        }
        switch attribute {
        case .date: return rendering.meta(source, PageMeta.date)
        case .updated: return rendering.meta(source, PageMeta.updated)
        case .expires: return rendering.meta(source, PageMeta.expires)
        case .weight: return rendering.meta(source, PageMeta.weight)
        case .aliases:
            return .items(
                entry.aliases.map { .safeless(OutputRoute.escaped([UInt8(ascii: "/")] + $0.bytes)) })
        case .authors: return rendering.meta(source, PageMeta.authors)
        case .author: return rendering.meta(source, PageMeta.author)
        case .image: return rendering.meta(source, PageMeta.image)
        case .imageAlternative: return .safeless(rendering.meta(source, PageMeta.imageAlternative))
        case .images: return rendering.meta(source, PageMeta.images)
        case .seriesName: return rendering.meta(source, PageMeta.series).map { .safeless($0) } ?? Value.none
        case .template: return rendering.meta(source, PageMeta.field(PageMeta.Field.template)) ?? Value.none
        default: return nil
        }
    }

    /// What the page's body gives.
    func bodyValue(_ attribute: PageAttribute) -> Value? {
        guard let source else {
            switch attribute {
            case .wordCount, .readingTime: return .int(0)
            case .headings: return .items([])
            default: return .safe([])
            }
        }
        switch attribute {
        case .content:
            // On another page, what is relative to this one is made root-relative.
            let isElsewhere =
                rendering.source.map { Symbol($0.bytes) != source }
                ?? rendering.part.map { $0.page != page.id } ?? true
            let place =
                isElsewhere
                ? URLPlacement(basePath: rendering.basePath, page: entry.url, ids: .keep)
                : URLPlacement(basePath: rendering.basePath)
            return .safe(rendering.body(source, PageBody.html).html(at: place))
        case .summary: return .safe(summary(source))
        case .toc: return .safe(rendering.body(source, PageBody.toc))
        case .headings: return rendering.body(source, PageBody.headings)
        case .wordCount: return .int(rendering.body(source, PageBody.wordCount))
        case .readingTime: return .int(max(1, (rendering.body(source, PageBody.wordCount) + 199) / 200))
        default: return nil
        }
    }

    /// What a list says of the page, as plain text: the summary in the head, or the beginning of the running text.
    var excerpt: [UInt8] {
        guard let source else { return [] }
        if let written = writtenSummary(source) { return HTMLText.plain(written) }
        return rendering.body(source, PageBody.excerpt)
    }

    /// The summary in the head, up to the mark in the text, or the first blocks; HTML.
    ///
    /// `place` is where it will be read; another page of the site, if nothing is said.
    func summary(_ source: Symbol, at place: URLPlacement? = nil) -> [UInt8] {
        if let written = writtenSummary(source, at: place) { return written }
        return rendering.body(source, PageBody.summary).html(
            at: place ?? URLPlacement(basePath: rendering.basePath, page: entry.url))
    }

    /// The summary that the author wrote: in the head, or above a mark in the text; HTML, or `nil` where one would be made
    /// of the first blocks.
    var ownSummary: [UInt8]? {
        guard let source else { return nil }
        return writtenSummary(source)
            ?? rendering.body(source, PageBody.markedSummary)?.html(
                at: URLPlacement(basePath: rendering.basePath, page: entry.url))
    }

    /// The summary in the head, which is Markdown, as HTML; one paragraph without its `p`.
    func writtenSummary(_ source: Symbol, at place: URLPlacement? = nil) -> [UInt8]? {
        guard case .string(let written)? = rendering.meta(source, PageMeta.field(.summary)) else {
            return nil
        }
        var options = rendering.configuration(Configuration.markdown).options
        options.headingIDs = .none
        // A component, or a template for links, may print summaries itself.
        options.components = false
        let path = RelativePath(unchecked: source.bytes)
        let file = SourceFile(path: path, bytes: written.bytes)
        // Links mean what they mean in the text of the page. What is wrong with them is the text's to say.
        let own = Rendering(context: rendering.context, language: catalog.languageSymbol)
        InterfaceWords.take(of: written.bytes, from: 0, into: &options.words, own)
        var hooks = LinkHooks(BodyHooks(rendering: own, source: path, file: file))
        let html = Markdown.render(file, from: 0, options: options, hooks: &hooks).content.html(
            at: place ?? URLPlacement(basePath: rendering.basePath, page: entry.url))
        return HTMLBytes.withoutSingleParagraph(html)
    }

    /// The files that lie beside a bundle.
    var resources: Value {
        guard let source else { return .items([]) }
        let files = rendering.context.read(
            ContentTreeRule.self, catalog.languageSymbol,
            ContentTree.files(of: RelativePath(unchecked: source.bytes)))
        let folder = SourceFiles.folder(ofBundleAt: entry.output)
        let base = rendering.basePath + [UInt8(ascii: "/")]
        return Value.items(
            files.map { file in
                Value.frozen([
                    ("name", .safeless(file.rest.bytes)),
                    ("path", .safeless(file.path.bytes)),
                    (
                        "url",
                        .safeless(
                            base + OutputRoute.escaped(folder.appending(file.rest.composed.bytes).bytes))
                    ),
                ])
            })
    }

    /// A date of the page, if it has it.
    func dateValue(_ attribute: PageAttribute) -> DateValue? {
        guard case .object(let object)? = metaValue(attribute) else { return nil }
        return object as? DateValue
    }

    /// The page's authors, or the site's where it names none. One whom the page names as the site does is the site's.
    var people: [Person] {
        let own = rendering.configuration(Configuration.people)
        guard let source else { return own }
        let named = rendering.meta(source, PageMeta.people)
        if named.isEmpty { return own }
        return named.map { person in
            guard person.url == nil, let known = own.first(where: { $0.name == person.name }) else {
                return person
            }
            return Person(name: person.name, url: known.url, email: person.email ?? known.email)
        }
    }

    /// The same for those who read them away from the site.
    var peopleAbroad: [Person] { rendering.abroad(people) }
}
