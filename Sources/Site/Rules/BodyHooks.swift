import Engine
import Formats
import Markup
import Templates
import Text

/// What a page's Markdown asks of the site: components, links, references of other generators.
struct BodyHooks: MarkdownHooks {
    let rendering: Rendering
    let source: RelativePath
    /// Where the text is read, for places of calls.
    private let file: SourceFile
    private(set) var findings: [Diagnostic] = []
    /// How often each of the findings was made: a component that is called six times makes the same mistake six times.
    private var times: [Int] = []
    private var known: [FoundInCall: Int] = [:]

    init(rendering: Rendering, source: RelativePath, file: SourceFile) {
        self.rendering = rendering
        self.source = source
        self.file = file
        rendering.source = source
    }

    /// Which elements the site or its theme writes by a template of its own.
    var overrides: MarkdownOverrides {
        var overrides: MarkdownOverrides = []
        for (name, override) in Self.renderTemplates
        where rendering.context.read(TemplateProgramRule.self, name, TemplateProgram.exists) {
            overrides.insert(override)
        }
        return overrides
    }

    mutating func component(_ call: ComponentCall) -> ComponentResult {
        let name = Array("components/".utf8) + call.name + Array(".html".utf8)
        guard let program = rendering.program(name) else {
            if call.name.elementsEqual("ref".utf8) || call.name.elementsEqual("relref".utf8) {
                return .html(HTMLBytes.escaped(reference(call)))
            }
            if call.name.elementsEqual("param".utf8), let value = parameter(call) {
                return .html(HTMLBytes.escaped(value))
            }
            return nearestComponent(to: call.name).map { .unknownSuggesting($0) } ?? .unknown
        }
        guard rendering.componentDepth < 16 else { return .html([]) }
        var named: [(Value, Value)] = []
        for argument in call.named { named.append((.safeless(argument.name), argument.value.templateValue)) }
        var variables = Variables([
            ("args", .frozen(call.positional.map(\.templateValue))),
            ("kwargs", .dict(DictValue(frozen: named))),
            ("body", .safe(call.bodyHTML)),
            ("raw_body", .safeless(call.rawBody ?? [])),
            ("inline", .bool(call.isInline)),
            ("ordinal", .int(call.ordinal)),
        ])
        if let view = pageView { variables[Symbol("page")] = view }
        rendering.componentDepth += 1
        defer { rendering.componentDepth -= 1 }
        let (html, findings) = SiteRenderer.renderWithoutReporting(program, variables, rendering: rendering)
        for finding in findings { note(finding, in: call) }
        return .html(html)
    }

    /// A finding of a component's template, told once for all calls of the text.
    private struct FoundInCall: Hashable {
        let place: SourceLocation?
        let code: String
        let message: String
    }

    /// Keeps a finding of a component with the place of the call; of the same in later calls, that there are more.
    private mutating func note(_ finding: Diagnostic, in call: ComponentCall) {
        let key = FoundInCall(
            place: finding.location, code: finding.code.name, message: finding.message)
        if let index = known[key] {
            times[index] += 1
            return
        }
        known[key] = findings.count
        var finding = finding
        finding.notes.append(
            DiagnosticNote(
                "in the component \"\(String(decoding: call.name, as: UTF8.self))\", called here",
                at: SourceLocation(call.range, in: file)))
        findings.append(finding)
        times.append(1)
    }

    /// What the components of the text found, once the text is written.
    var allFindings: [Diagnostic] {
        zip(findings, times).map { finding, times in
            if times == 1 { return finding }
            var finding = finding
            finding.notes.append(
                DiagnosticNote("and in \(times - 1) more call\(times == 2 ? "" : "s") of this text"))
            return finding
        }
    }

    /// The address that Hugo's `ref` and `relref` stand for. One that is not found stays a reference, which the check
    /// of links then reports.
    private func reference(_ call: ComponentCall) -> [UInt8] {
        let argument = call.positional.first ?? call.named.first { $0.name.elementsEqual("path".utf8) }?.value
        guard case .string(let written)? = argument else { return [] }
        let (path, fragment) = Addresses.splitFragment(Array(written))
        if path.isEmpty { return fragment }
        if let language = call.named.first(where: { $0.name.elementsEqual("lang".utf8) })?.value,
            case .string(let code) = language, !code.elementsEqual(rendering.language.bytes)
        {
            return reference(path, fragment, inLanguage: code)
        }
        if let found = References.locate(path, from: source, rendering: rendering) {
            rendering.note(found.catalog, found.catalog.pages[found.index].id.symbol)
            return found.catalog.pages[found.index].url + fragment
        }
        let catalog = rendering.catalog
        // Hugo looks for a name in the whole site where it is not found beside the page.
        rendering.note(catalog, CatalogName.pages)
        let name = RelativePath(unchecked: path).name
        let named = catalog.pages.indices.filter { position in
            guard let own = catalog.pages[position].source else { return false }
            let file = RelativePath(unchecked: own.bytes)
            // A bundle is called like its folder.
            return Normalization.areEquivalent(file.name, name)
                || Normalization.areEquivalent(file.stem, name)
                || (file.stem.elementsEqual("index".utf8)
                    && Normalization.areEquivalent(file.parent.name, name))
        }
        let index = named.count == 1 ? named[0] : nil
        guard let index else { return Array("@/".utf8) + path.drop { $0 == UInt8(ascii: "/") } + fragment }
        rendering.note(catalog, catalog.pages[index].id.symbol)
        return catalog.pages[index].url + fragment
    }

    /// The address of a page of another language; one that is not found stays a reference.
    private func reference(_ path: [UInt8], _ fragment: [UInt8], inLanguage code: some Collection<UInt8>)
        -> [UInt8]
    {
        let languages = rendering.configuration(Configuration.languages)
        let unknown = Array("@/".utf8) + path.drop { $0 == UInt8(ascii: "/") } + fragment
        guard let language = languages.all.first(where: { SiteLanguages.isSame($0.code, code) }) else {
            return unknown
        }
        let place = Rendering(context: rendering.context, language: Symbol(language.code))
        let beside = languages.translated(
            source, from: rendering.language.bytes, to: language)
        guard let index = References.find(path, from: beside, rendering: place) else { return unknown }
        let page = place.catalog.pages[index]
        place.note(place.catalog, page.id.symbol)
        return page.url + fragment
    }

    /// The value that Hugo's `param` stands for: of the page's head, else of the site's `params`; `nil` when neither
    /// has it.
    private func parameter(_ call: ComponentCall) -> [UInt8]? {
        guard case .string(let written)? = call.positional.first else { return nil }
        let path = Array(written)
        let name = String(decoding: path, as: UTF8.self)
        let meta = rendering.pulledMeta(Symbol(source.bytes))
        var value: DataValue?
        if let field = FrontMatter.Field(spelled: name) {
            meta.record(PageMeta.field(field).projection)
            value = meta.value.front[field]
            if let list = value, list.kind == .list, list.count == 1 { value = list.elements[0] }
        }
        if value == nil {
            meta.record(PageMeta.paramProjection(path))
            value = meta.value.params.value(at: name)
        }
        if value == nil {
            let configuration = rendering.pulledConfiguration
            configuration.record(Configuration.paramProjection(path))
            value = configuration.value.params.value(at: name)
        }
        if value == nil {
            rendering.recordThemeParams(Configuration.paramProjection(path))
            value = rendering.themeParams?.value(at: name)
        }
        guard let value, value.isScalar else { return nil }
        return Array(value.text)
    }

    /// The component that was probably meant, of the site or its theme.
    private func nearestComponent(to name: [UInt8]) -> String? {
        let folder = RelativePath(unchecked: Array("components".utf8))
        var names: [[UInt8]] = []
        for file in ThemeFiles.all(.templates, below: folder, in: rendering.context)
        where file.fileExtension.elementsEqual("html".utf8) {
            names.append(Array(file.bytes.dropLast(".html".utf8.count)))
        }
        return Spelling.nearest(to: name, among: names).map { String(decoding: $0, as: UTF8.self) }
    }

    mutating func resolveLink(_ link: MarkdownLink) -> ResolvedLink? {
        let resolved = address(of: link)
        guard link.isImage, rendering.configuration(Configuration.writesImageSizes) else { return resolved }
        let url = resolved?.url ?? link.destination
        guard let size = Pictures.size(of: url, on: rendering.shownPage, rendering) else { return resolved }
        // With both a browser keeps the room free before the picture is there.
        return ResolvedLink(
            url: url,
            attributes: [HTMLAttribute("width", "\(size.width)"), HTMLAttribute("height", "\(size.height)")])
    }

    private func address(of link: MarkdownLink) -> ResolvedLink? {
        let (path, fragment) = Addresses.splitFragment(link.destination)
        let target = Addresses.withoutQuery(path)
        if target.isEmpty || Addresses.isAbsolute(link.destination) { return nil }
        if let (place, rest) = PelicanLinks.parts(of: path) {
            guard let url = PelicanLinks.address(place, rest, from: source, rendering) else { return nil }
            return ResolvedLink(url: url + fragment)
        }
        let isSource =
            target.starts(with: "@/".utf8) || MarkdownName.ends(target)
        guard isSource else {
            let written = Percent.decoded(target)
            let rest = path[target.count...] + fragment
            if let url = SourceFiles.address(of: written, beside: source, rendering) {
                return ResolvedLink(url: url + rest)
            }
            // Addresses are published in composed form, however they are typed.
            let composed = Normalization.composed(written)
            return composed == written ? nil : ResolvedLink(url: OutputRoute.escaped(composed) + rest)
        }
        guard let found = References.locate(Percent.decoded(target), from: source, rendering: rendering)
        else { return nil }
        let catalog = found.catalog
        let page = catalog.pages[found.index]
        rendering.note(catalog, page.id.symbol)
        let query = path.count > target.count ? Array(path[target.count...]) : []
        return ResolvedLink(url: page.url + query + fragment)
    }

    mutating func resolveReference(_ reference: LiquidReference) -> [UInt8]? {
        let catalog = rendering.catalog
        switch reference.kind {
        case .relativeURL:
            return reference.target.first == UInt8(ascii: "/")
                ? reference.target : [UInt8(ascii: "/")] + reference.target
        case .link, .postURL:
            // Jekyll names posts by file name without folder and extension.
            rendering.context.record(CatalogRule.self, catalog.languageSymbol, Projection(CatalogName.pages))
            let wanted =
                reference.target.split(separator: UInt8(ascii: "/")).last.map { Array($0) }
                ?? reference.target
            for page in catalog.pages {
                guard let source = page.source else { continue }
                let path = RelativePath(unchecked: source.bytes)
                if Normalization.areEquivalent(path.stem, wanted)
                    || Normalization.areEquivalent(path.name, wanted)
                {
                    rendering.note(catalog, page.id.symbol)
                    return page.url
                }
            }
            return nil
        }
    }

    mutating func link(_ element: LinkElement) -> [UInt8]? {
        override("render/link.html", fields(of: element))
    }

    mutating func image(_ element: LinkElement) -> [UInt8]? {
        override("render/image.html", fields(of: element))
    }

    mutating func heading(_ element: HeadingElement) -> [UInt8]? {
        override(
            "render/heading.html",
            [
                ("level", .int(element.level)), ("id", .safeless(element.id)),
                ("content", .safe(element.content)),
                ("text", .safeless(element.text)), ("attributes", attributes(element.attributes)),
            ])
    }

    mutating func codeBlock(_ element: CodeBlockElement) -> [UInt8]? {
        override(
            "render/code.html",
            [
                ("language", .safeless(element.fence.language)), ("code", .safeless(element.code)),
                ("attributes", attributes(element.attributes)),
                ("options", attributes(element.fence.options)), ("name", .safeless(element.fence.name)),
                ("marked_lines", lines(element.fence.markedLines)),
                ("hidden_lines", lines(element.fence.hiddenLines)),
                ("line_numbers", element.fence.lineNumbers.map { .bool($0) } ?? .none),
                ("first_line", .int(element.fence.firstLine)),
            ])
    }

    /// The numbers of lines, each once, rising; of more than any code has, the first ten thousand that are named.
    private func lines(_ ranges: [ClosedRange<Int>]) -> Value {
        var numbers: Set<Int> = []
        var left = 10_000
        for range in ranges where left > 0 {
            let part = range.prefix(left)
            left -= part.count
            numbers.formUnion(part)
        }
        return .frozen(numbers.sorted().map { .int($0) })
    }

    private func fields(of element: LinkElement) -> [(Symbol, Value)] {
        [
            ("destination", .safeless(element.destination)), ("title", .safeless(element.title)),
            ("content", .safe(element.content)), ("is_block", .bool(element.isBlock)),
            ("attributes", attributes(element.attributes)),
        ]
    }

    private func attributes(_ attributes: [HTMLAttribute]) -> Value {
        .dict(DictValue(frozen: attributes.map { (.safeless($0.name), .safeless($0.value)) }))
    }

    private func override(_ name: String, _ fields: [(Symbol, Value)]) -> [UInt8]? {
        guard let program = rendering.program(Array(name.utf8)) else { return nil }
        var variables = Variables(fields)
        if let view = pageView { variables[Symbol("page")] = view }
        return SiteRenderer.render(
            program, variables, rendering: rendering,
            circumstance: "while rendering the text of \(source.text)")
    }

    /// The page that the text belongs to.
    private var pageView: Value? {
        let catalog = rendering.catalog
        guard let index = catalog.indexBySource[Symbol(source.bytes)] else { return nil }
        return catalog.pageValues[Int(index)]
    }

    private static let renderTemplates: [(Symbol, MarkdownOverrides)] = [
        ("render/link.html", .link), ("render/image.html", .image), ("render/heading.html", .heading),
        ("render/code.html", .codeBlock),
    ]
}

/// Hooks that say where links lead, and leave all else as it usually is.
struct LinkHooks: MarkdownHooks {
    private var hooks: BodyHooks

    init(_ hooks: BodyHooks) { self.hooks = hooks }

    mutating func resolveLink(_ link: MarkdownLink) -> ResolvedLink? { hooks.resolveLink(link) }
}
