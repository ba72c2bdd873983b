import Engine
import Templates
import Text

/// One page's bytes: its template rendered with what the template asks for.
struct PageOutputRule: Rule {
    static let kind = RuleKind.pageOutput
    static let stratum = Stratum.outputs

    func placeholder(for name: Symbol) -> OutputValue { OutputValue(bytes: []) }

    func run(_ name: Symbol, in context: RuleContext) -> OutputValue {
        let part = PagePart(symbol: name)
        let rendering = Rendering(context: context, language: Symbol(part.page.language), part: part)
        let catalog = rendering.catalog
        guard let index = rendering.position(of: part.page, in: catalog) else {
            return OutputValue(bytes: [])
        }
        let page = catalog.page(at: index)
        let entry = rendering.entry(of: page, in: catalog)
        let view = catalog.view(at: index)
        // Its links are checked in any case: now, while its text is at hand.
        if entry.source != nil, part.number == 1 { context.suggest(LinkCheckRule.self, part.page.symbol) }
        guard let program = TemplateChoice.program(for: page, in: catalog, rendering) else {
            return OutputValue(bytes: [])
        }
        var variables = Variables([(Self.page, view)])
        switch page.kind {
        case .section, .home: variables[Self.section] = view
        case .taxonomy:
            if let taxonomy = rendering.taxonomy(of: page, in: catalog) {
                variables[Self.taxonomy] = .object(TaxonomyView(catalog: catalog, taxonomy: taxonomy))
            }
        case .term: variables[Self.term] = view
        case .page, .archive, .notFound:
            variables[Self.section] = catalog.view(at: rendering.sectionPosition(of: page, in: catalog))
        }
        // A section's template that is to do for a term as well finds in it what it looks for.
        if page.kind == .term, program.source.path.name.elementsEqual("section.html".utf8) {
            variables[Self.section] = view
        }
        if page.isList, rendering.listing(of: page, in: catalog).pageSize > 0 {
            variables[Self.paginator] = .object(
                PaginatorView(catalog: catalog, page: page, number: part.number))
        }
        var circumstance = "while rendering \(entry.source?.text ?? entry.output.text)"
        if part.number > 1 { circumstance += ", page \(part.number)" }
        return OutputValue(
            bytes: SiteRenderer.render(program, variables, rendering: rendering, circumstance: circumstance))
    }

    private static let page: Symbol = "page"
    private static let section: Symbol = "section"
    private static let taxonomy: Symbol = "taxonomy"
    private static let term: Symbol = "term"
    private static let paginator: Symbol = "paginator"
}

/// Which template writes a page: the head's own choice, else the first candidate that exists.
enum TemplateChoice {
    /// The program; a finding when there is none.
    static func program(for page: CatalogPage, in catalog: Catalog, _ rendering: Rendering) -> Program? {
        let (named, candidates) = self.names(for: page, in: catalog, rendering)
        let names = named + candidates
        for (index, name) in names.enumerated() {
            guard let found = rendering.program(name) else { continue }
            let own = index < named.count ? nil : ownInstead(of: name, in: candidates, rendering.context)
            let program = own.flatMap { rendering.program($0) } ?? found
            reportUnknown(for: page, in: catalog, taken: own ?? name, rendering)
            return program.isBroken ? nil : program
        }
        // Where one of them cannot be read, that is told of it.
        if names.contains(where: {
            rendering.context.read(TemplateProgramRule.self, Symbol($0), TemplateProgram.unreadable)
        }) {
            return nil
        }
        let tried = names.map { "\"\(String(decoding: $0, as: UTF8.self))\"" }.joined(separator: ", ")
        rendering.context.find(
            Diagnostic(
                .noTemplate,
                "there is no template for this \(page.kind == .page ? "" : page.kind.name + " ")page",
                at: rendering.source(of: page, in: catalog).map {
                    SourceLocation(path: RelativePath(unchecked: $0.bytes))
                },
                hint: page.kind == .taxonomy || page.kind == .term
                    ? "write one, or turn these pages off: \"taxonomies\": {} in site.json" : nil,
                notes: [DiagnosticNote("looked for \(tried) in templates/ and in the theme")]))
        return nil
    }

    /// Says that the template a page names is not there. Names that other generators' themes all have are
    /// no slip: such a page means what the usual template does.
    private static func reportUnknown(
        for page: CatalogPage, in catalog: Catalog, taken: [UInt8], _ rendering: Rendering
    ) {
        // Further parts of a list have the head of the first.
        guard rendering.part?.number == 1, let source = rendering.source(of: page, in: catalog),
            case .string(let own)? = rendering.meta(source, PageMeta.field(.template))
        else { return }
        let wanted = spellings(of: own.bytes)
        let plain = String(decoding: RelativePath(unchecked: own.bytes).stem, as: UTF8.self).lowercased()
        guard !wanted.contains(taken),
            !["post", "page", "default", "home", "base", "single", "list", "section", "index", "blog"]
                .contains(plain)
        else { return }
        let shown = String(decoding: own.bytes, as: UTF8.self)
        // Names are compared without their ending, which all have in common.
        let names = ThemeFiles.all(.templates, below: .root, in: rendering.context)
            .filter { $0.fileExtension.elementsEqual("html".utf8) }
            .map { $0.text.dropLast(".html".count) }
        let stem = shown.hasSuffix(".html") ? String(shown.dropLast(".html".count)) : shown
        rendering.context.find(
            Diagnostic(
                .unknownTemplate,
                "there is no template \"\(shown)\"; \"\(String(decoding: taken, as: UTF8.self))\" is used",
                at: HeadPlaces.location(
                    in: RelativePath(unchecked: source.bytes), [.template], rendering.context
                ) { $0 == own.bytes },
                hint: Spelling.hint(for: stem, among: names.map { String($0) })
                    ?? (RelativePath(stem).map { $0.text == stem } ?? false
                        ? "write templates/\(spellings(of: Array(stem.utf8)).first.map { String(decoding: $0, as: UTF8.self) } ?? stem), or take the key out of the page"
                        : "a template is named by its path below templates/")))
    }

    /// The site's own template of the same name for all folders, where only the theme has one for this folder: whoever
    /// writes `page.html` means every page that has no template of the site's for itself.
    ///
    /// - Parameters:
    ///   - name: the candidate that was found.
    ///   - candidates: all of them, likeliest first.
    ///   - context: where the looks are recorded.
    /// - Returns: its name, or `nil` where the one that was found stands.
    static func ownInstead(of name: [UInt8], in candidates: [[UInt8]], _ context: RuleContext) -> [UInt8]? {
        let slash = UInt8(ascii: "/")
        // The theme's page for what is not found may fit none of the site's templates: those that it has go before.
        if name.elementsEqual("404.html".utf8), candidates.count > 1,
            !context.read(TemplateProgramRule.self, Symbol(name), TemplateProgram.isOwn)
        {
            return candidates.first {
                context.read(TemplateProgramRule.self, Symbol($0), TemplateProgram.isOwn)
            }
        }
        guard let end = name.lastIndex(of: slash), let place = candidates.firstIndex(of: name),
            !context.read(TemplateProgramRule.self, Symbol(name), TemplateProgram.isOwn)
        else { return nil }
        let last = name[(end + 1)...]
        return candidates[(place + 1)...].first { other in
            let start = other.lastIndex(of: slash).map { $0 + 1 } ?? 0
            return other[start...] == last
                && context.read(TemplateProgramRule.self, Symbol(other), TemplateProgram.isOwn)
        }
    }

    /// What the head names, and the candidates by convention, each likeliest first.
    private static func names(for page: CatalogPage, in catalog: Catalog, _ rendering: Rendering) -> (
        named: [[UInt8]], candidates: [[UInt8]]
    ) {
        var named: [[UInt8]] = []
        if let source = rendering.source(of: page, in: catalog) {
            if case .string(let own)? = rendering.meta(source, PageMeta.field(.template)) {
                named = spellings(of: own.bytes)
            }
        }
        let folder = rendering.sectionFolder(of: page, in: catalog)
        // Whoever writes the text for what is not found wants the rest of that page as well.
        let special =
            page.kind == .page && rendering.entry(of: page, in: catalog).isNotFound
            ? candidates(.notFound, folder: folder, taxonomy: []) : []
        return (
            named,
            special
                + candidates(
                    page.kind, folder: folder,
                    taxonomy: rendering.taxonomy(of: page, in: catalog)?.name ?? [])
        )
    }

    /// The candidates of a kind of page, by convention.
    static func candidates(_ kind: PageKind, folder: RelativePath, taxonomy: [UInt8]) -> [[UInt8]] {
        func own(_ name: String) -> [[UInt8]] {
            var names: [[UInt8]] = []
            var above = folder
            while !above.isRoot {
                names.append(above.appending(name).bytes)
                above = above.parent
            }
            return names
        }
        func plain(_ names: String...) -> [[UInt8]] { names.map { Array($0.utf8) } }
        switch kind {
        case .home: return plain("home.html", "section.html", "page.html")
        case .section: return own("section.html") + plain("section.html", "page.html")
        case .page: return own("page.html") + plain("page.html")
        case .taxonomy: return [taxonomy + Array("/taxonomy.html".utf8)] + plain("taxonomy.html")
        case .term: return [taxonomy + Array("/term.html".utf8)] + plain("term.html", "section.html")
        case .archive: return plain("archive.html")
        case .notFound: return plain("404.html")
        }
    }

    /// `post` may be written for `post.html`; other generators' heads do.
    static func spellings(of name: [UInt8]) -> [[UInt8]] {
        let hasExtension = name.split(separator: UInt8(ascii: "/")).last?.contains(UInt8(ascii: ".")) ?? false
        return hasExtension ? [name] : [name + Array(".html".utf8), name]
    }
}
