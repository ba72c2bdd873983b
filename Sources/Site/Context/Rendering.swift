import Engine
import Formats
import Templates
import Text

/// The recorder of one rendering: everything that a template reads goes through it and leaves an edge.
///
/// It is the `host` of the template engine's ``RenderContext``. Views are shared and know nothing of who looks
/// at them; whoever looks brings its `Rendering` along.
final class Rendering {
    /// Where reads are recorded.
    let context: RuleContext
    /// The language of the page being rendered.
    let language: Symbol
    /// The page being rendered, with its number; `nil` for what is no page.
    let part: PagePart?
    /// The source of the text being rendered; `nil` outside of texts.
    var source: RelativePath?
    /// How deep components call components.
    var componentDepth = 0
    private var knownBasePath: [UInt8]?
    private var knownBaseURL: [UInt8]?
    private var ownCatalog: Held<CatalogRule>?
    /// Which catalogue that is; asked at each read.
    private var ownCatalogIdentity: ObjectIdentifier?
    private var catalogs: [(language: Symbol, pulled: Pulled<CatalogRule>)] = []
    private var knownConfiguration: Held<ConfigurationRule>?
    private var knownThemeSettings: Pulled<DataFileRule>?
    private var knownThemeParams: DataValue??
    private var lastMeta: (source: Symbol, pulled: Pulled<PageMetaRule>)?
    /// Parts of the own catalogue that were noted lately, each by its number at the place that this gives. A list
    /// asks each page for several things, and each asks for the page.
    private var lastNoted = InlineArray<64, UInt32>(repeating: .max)
    private var hasNotedClassification = false
    /// The formats of dates that were asked for.
    var usedDateFormats = DateFilter.Used()

    /// What is pulled once and read all the time. An object of this rendering's own: what all renderings share would be
    /// counted at each read, by all threads at the same place.
    private final class Held<R: Rule> {
        let pulled: Pulled<R>

        init(_ pulled: Pulled<R>) {
            self.pulled = pulled
        }
    }

    init(context: RuleContext, language: Symbol, part: PagePart? = nil) {
        self.context = context
        self.language = language
        self.part = part
    }

    /// The catalogue of the rendering's language.
    var catalog: Catalog { pulledCatalog(language).unrecorded }

    /// The catalogue of a language.
    func catalog(of language: Symbol) -> Catalog { pulledCatalog(language).unrecorded }

    /// Records that a part of a catalogue was read: see the readings in `Rendering+Catalog`.
    func note(_ catalog: Catalog, _ part: Symbol) {
        if ObjectIdentifier(catalog) == ownCatalogIdentity {
            let place = Int(part.rawValue) & (lastNoted.count - 1)
            if lastNoted[place] == part.rawValue { return }
            lastNoted[place] = part.rawValue
            ownCatalog?.pulled.record(Projection(part))
            return
        }
        pulledCatalog(catalog.languageSymbol).record(Projection(part))
    }

    private func pulledCatalog(_ language: Symbol) -> Pulled<CatalogRule> {
        if language == self.language {
            if let ownCatalog { return ownCatalog.pulled }
            let pulled = context.pull(CatalogRule.self, language)
            ownCatalog = Held(pulled)
            ownCatalogIdentity = ObjectIdentifier(pulled.unrecorded)
            return pulled
        }
        for known in catalogs where known.language == language { return known.pulled }
        let pulled = context.pull(CatalogRule.self, language)
        catalogs.append((language, pulled))
        return pulled
    }

    /// Reads a part of a page's head. The last page is kept at hand: a list asks each page for several things.
    func meta<Result>(_ source: Symbol, _ reading: Reading<PageMeta, Result>) -> Result {
        pulledMeta(source).read(reading)
    }

    /// The head of a page, of which parts are then recorded one by one.
    func pulledMeta(_ source: Symbol) -> Pulled<PageMetaRule> {
        if let lastMeta, lastMeta.source == source { return lastMeta.pulled }
        let pulled = context.pull(PageMetaRule.self, source)
        lastMeta = (source, pulled)
        return pulled
    }

    /// Reads a part of a page's body.
    func body<Result>(_ source: Symbol, _ reading: Reading<PageBody, Result>) -> Result {
        context.read(PageBodyRule.self, source, reading)
    }

    /// The page whose text or output is made; `nil` for what is no page.
    var shownPage: CatalogPage? {
        if let source {
            return position(ofReference: source, in: catalog).map { catalog.page(at: $0) }
        }
        return part.flatMap { position(of: $0.page, in: catalog) }.map { catalog.page(at: $0) }
    }

    /// Reads a part of the configuration.
    func configuration<Result>(_ reading: Reading<Configuration, Result>) -> Result {
        heldConfiguration.pulled.read(reading)
    }

    /// Records that it matters by what the site classifies its pages.
    func noteClassification() {
        if hasNotedClassification { return }
        hasNotedClassification = true
        configuration(Configuration.classification)
    }

    /// The configuration, of which parts are then recorded one by one.
    var pulledConfiguration: Pulled<ConfigurationRule> { heldConfiguration.pulled }

    private var heldConfiguration: Held<ConfigurationRule> {
        if let knownConfiguration { return knownConfiguration }
        let held = Held(context.pull(ConfigurationRule.self, .empty))
        knownConfiguration = held
        return held
    }

    /// The program of a template, or `nil`; either is depended on.
    func program(_ name: [UInt8]) -> Program? {
        context.read(TemplateProgramRule.self, Symbol(name), TemplateProgram.code)
    }

    /// The path of the base URL, without a slash at its end: what stands before every root-relative URL. Nothing in a
    /// text, which is independent of it: there the path comes in when the text is put into a page.
    var basePath: [UInt8] {
        if source != nil { return [] }
        if let knownBasePath { return knownBasePath }
        let path = configuration(Configuration.basePath)
        knownBasePath = path
        return path
    }

    /// The base URL without a slash at its end.
    var baseURL: [UInt8] {
        if let knownBaseURL { return knownBaseURL }
        let url = configuration(Configuration.baseURL)
        knownBaseURL = url
        return url
    }
}

/// What a theme says in its `theme.json`: `params` holds what the site's `params` are where they say nothing.
extension Rendering {
    /// The theme's `params`, which leaves no edge: see ``recordThemeParams(_:)``.
    var unrecordedThemeParams: DataValue? {
        if let knownThemeParams { return knownThemeParams }
        let params = themeSettings?.unrecorded.data["params"]
        let known = params?.kind == .map ? params : nil
        knownThemeParams = .some(known)
        return known
    }

    /// What the theme's `params` have at a path.
    func themeParam(at path: [UInt8]) -> DataValue? {
        recordThemeParams(Configuration.paramProjection(Configuration.isPath(path) ? path : []))
        return unrecordedThemeParams?.value(at: String(decoding: path, as: UTF8.self))
    }

    /// Records that the theme's `params` were looked at, below a path: as ``Configuration/paramProjection(_:)`` has it.
    func recordThemeParams(_ projection: Projection) { themeSettings?.record(projection) }

    private var themeSettings: Pulled<DataFileRule>? {
        if let knownThemeSettings { return knownThemeSettings }
        let theme = context.read(ThemeRule.self, .empty, Theme.all)
        guard let folder = theme.root ?? (theme.isCarried ? CarriedFiles.theme : nil) else { return nil }
        let pulled = context.pull(DataFileRule.self, Symbol(folder.appending("theme.json").bytes))
        knownThemeSettings = pulled
        return pulled
    }
}

/// What a site says of itself in each of its languages.
extension Rendering {
    /// People with addresses that can be followed from anywhere.
    func abroad(_ people: [Person]) -> [Person] {
        people.map { person in
            guard let url = person.url, url.first == UInt8(ascii: "/"), !url.starts(with: "//".utf8) else {
                return person
            }
            return Person(name: person.name, url: baseURL + url, email: person.email)
        }
    }

    /// The title of the site in a language.
    func siteTitle(in language: [UInt8]) -> [UInt8] {
        own { Configuration.title(in: Symbol(language)) } ?? configuration(Configuration.title)
    }

    /// The description of the site in a language.
    func siteDescription(in language: [UInt8]) -> [UInt8] {
        own { Configuration.description(in: Symbol(language)) } ?? configuration(Configuration.description)
    }

    /// What a language has of its own, on sites that say something of languages.
    private func own<Words>(_ reading: () -> Reading<Configuration, Words?>) -> Words? {
        configuration(Configuration.languages).areNamed ? configuration(reading()) : nil
    }

    /// The site's `params` with what differs in a language laid over them; reads are recorded by path.
    func siteParams(in language: [UInt8]) -> RecordedData {
        let isNamed = configuration(Configuration.languages).areNamed
        return RecordedData(root: isNamed ? .language(Symbol(language)) : .configuration)
    }

    /// What the menus of a language are called, in the order of the configuration.
    func menuNames(in language: [UInt8]) -> [[UInt8]] {
        let names = configuration(Configuration.menuNames)
        return names
            + (own { Configuration.menuNames(in: Symbol(language)) } ?? []).filter {
                !names.contains($0)
            }
    }

    /// The entries of a menu in a language, or `nil` when there is none of that name.
    func menu(_ name: Symbol, in language: [UInt8]) -> [DataValue]? {
        own { Configuration.menu(name, in: Symbol(language)) } ?? configuration(Configuration.menu(name))
    }
}

extension RenderContext {
    /// The recorder of this rendering.
    ///
    /// - Precondition: the rendering was started by this room, which always gives a `Rendering`.
    @inline(__always)
    var rendering: Rendering {
        // Asked at each read: a comparison of types costs less than a cast.
        guard let host, type(of: host) == Rendering.self else {
            preconditionFailure("a template of the site is rendered without its recorder")
        }
        return unsafe unsafeDowncast(host, to: Rendering.self)
    }
}

extension RenderContext {
    /// Hands the recorder of this rendering to a closure; no reference is counted, since pages are asked at each step.
    ///
    /// - Precondition: as for `rendering`.
    @inline(__always)
    func withRendering<Result>(_ body: (Rendering) -> Result) -> Result {
        guard let result = withHost(Rendering.self, body) else {
            preconditionFailure("a template of the site is rendered without its recorder")
        }
        return result
    }
}
