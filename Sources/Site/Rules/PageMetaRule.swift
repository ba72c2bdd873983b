import Engine
import Formats
import Markup
import Text

/// Reads the head of a content file.
struct PageMetaRule: Rule {
    static let kind = RuleKind.pageMeta
    static let version = 2
    static let stratum = Stratum.sources
    static let traits: RuleTraits = [.eager, .kept]

    func placeholder(for name: Symbol) -> PageMeta { Self.nothing(RelativePath(unchecked: name.bytes)) }

    func run(_ name: Symbol, in context: RuleContext) -> PageMeta {
        let path = RelativePath(unchecked: name.bytes)
        guard let file = context.file(path) else { return Self.nothing(path) }
        if let offset = UTF8Validation.firstInvalidOffset(in: file.bytes) {
            context.find(
                Diagnostic(
                    .invalidUTF8, "this file is not valid UTF-8", at: SourceRange(offset, offset + 1),
                    in: file,
                    hint: Self.encodingHint(file)))
            return Self.nothing(path)
        }
        let reading = FrontMatterReader.read(file)
        let findings = HeadCheck.findings(reading.frontMatter, in: file) {
            context.read(ConfigurationRule.self, .empty, Configuration.ownBaseURLs)
        }
        for diagnostic in reading.diagnostics + findings { context.find(diagnostic) }
        let (inherited, receiver) = self.inherited(path, in: context)
        var front = reading.frontMatter.filled(from: inherited.fields(for: receiver))
        if front.title == nil, let title = LeadingHeading.text(in: file, from: reading.bodyStart) {
            front = front.filled(from: FrontMatter(title: title))
        }
        front = front.filled(withCategories: Self.categories(of: receiver))
        // What a section hands down is what it was handed itself, under what it says.
        let cascade = self.cascade(of: reading.frontMatter, file, in: context).followed(by: inherited)
        let dating = context.read(ConfigurationRule.self, .empty, Configuration.dating)
        let languages = context.read(ConfigurationRule.self, .empty, Configuration.languages)
        if let finding = HeadCheck.dateSourceFinding(reading.frontMatter, dating.git, in: file) {
            context.find(finding)
        }
        if let finding = HeadCheck.languageFinding(reading.frontMatter, path, languages, in: file) {
            context.find(finding)
        }
        let fileName = ContentName(path, languages: languages.codes)
        if fileName.hasImpossibleDate, reading.frontMatter.date == nil {
            context.find(
                Diagnostic(
                    .impossibleDate, "the date in the name of this file does not exist",
                    at: SourceLocation(path: path)))
        }
        var (structure, dates) = PageStructureReader.read(front, path, fileName, dating, context: context)
        if structure.date != nil, receiver.kind == .page {
            fill(&front, &structure, of: receiver, in: context)
        }
        let keeps = BodyBuffer.take(file.bytes.count)
        return PageMeta(
            path: path, front: front, cascade: cascade, structure: structure, bodyStart: reading.bodyStart,
            bodyFingerprint: Fingerprint(of: file.bytes[reading.bodyStart...]), dates: dates,
            file: keeps ? file : nil)
    }

    static func encode(_ value: PageMeta) -> [UInt8]? { value.encoded() }

    static func decode(_ bytes: Span<UInt8>) -> PageMeta? { PageMeta(decoding: bytes) }

    /// What the sections above hand down: the nearest `_index.md` says all of it. And to whom.
    private func inherited(_ path: RelativePath, in context: RuleContext) -> (Cascade, Cascade.Receiver) {
        let languages = context.read(ConfigurationRule.self, .empty, Configuration.languages)
        let code = languages.language(of: path)
        let root = languages.contentFolder(of: code)
        let sections = context.pull(SectionSourcesRule.self, Symbol(code))
        var receiver = Cascade.Receiver(kind: .page, path: [], file: [], language: code) {
            Array((context.flag("environment") ?? "production").utf8)
        }
        guard let relative = path.relative(to: root) else { return (.empty, receiver) }
        var folder = relative.parent
        receiver.file = [UInt8(ascii: "/")] + relative.bytes
        receiver.path = [UInt8(ascii: "/")] + folder.bytes
        let isIndex = sections.read(SectionSources.index(of: folder)) == path
        if isIndex {
            receiver.kind = kind(ofSection: folder, in: context)
            if folder.isRoot { return (.empty, receiver) }
            folder = folder.parent
        } else {
            let stem = ContentName.split(path.stem, languages: languages.codes).stem
            if !stem.elementsEqual("index".utf8) {
                receiver.path += (folder.isRoot ? [] : [UInt8(ascii: "/")]) + stem
            }
        }
        while true {
            if let index = sections.read(SectionSources.index(of: folder)), index != path {
                return (context.read(PageMetaRule.self, Symbol(index.bytes), PageMeta.cascade), receiver)
            }
            if folder.isRoot { return (.empty, receiver) }
            folder = folder.parent
        }
    }

    /// Gives a page the term of its folder, in taxonomies that ask for it and of which it says nothing (Pelican's way).
    private func fill(
        _ front: inout FrontMatter, _ structure: inout PageStructure, of receiver: Cascade.Receiver,
        in context: RuleContext
    ) {
        for taxonomy in context.read(ConfigurationRule.self, .empty, Configuration.taxonomies)
        where taxonomy.isFromFolder && front.terms(of: taxonomy.name).isEmpty {
            guard let file = RelativePath(receiver.file) else { return }
            let folder = file.stem.elementsEqual("index".utf8) ? file.parent.parent : file.parent
            guard let term = folder.components.last(where: { $0.first != UInt8(ascii: "_") }) else { return }
            front = front.filled(withTerm: Array(term), of: taxonomy.name)
            let names = front.terms(of: taxonomy.name).map { Normalization.composed(Array($0)) }
            if !names.isEmpty { structure.terms.append((Array(taxonomy.name.utf8), names)) }
        }
    }

    /// The folders above Jekyll's `_posts` are categories of the posts in it.
    private static func categories(of receiver: Cascade.Receiver) -> [[UInt8]] {
        let parts = receiver.file.split(separator: UInt8(ascii: "/"))
        guard let posts = parts.firstIndex(where: { $0.elementsEqual("_posts".utf8) }) else { return [] }
        return parts[..<posts].map { Array($0) }
    }

    /// What the page of an `_index.md` is: the home page, a section, a taxonomy or a term.
    private func kind(ofSection folder: RelativePath, in context: RuleContext) -> PageKind {
        if folder.isRoot { return .home }
        for taxonomy in context.read(ConfigurationRule.self, .empty, Configuration.taxonomies) {
            guard let path = RelativePath(taxonomy.path), folder.isInside(path) else { continue }
            return folder == path ? .taxonomy : .term
        }
        return .section
    }

    private func cascade(of front: FrontMatter, _ file: SourceFile, in context: RuleContext) -> Cascade {
        guard let value = front[.cascade] else { return .empty }
        var reader = CascadeReader(file: file)
        let cascade = reader.read(value)
        for diagnostic in reader.diagnostics { context.find(diagnostic) }
        return cascade
    }

    /// What a file that is not UTF-8 probably is, and how to make it so.
    private static func encodingHint(_ file: SourceFile) -> String {
        let isWide = file.bytes.starts(with: [0xFF, 0xFE]) || file.bytes.starts(with: [0xFE, 0xFF])
        // A picture, say, under a name of Markdown.
        if !isWide, file.bytes.contains(0) { return "it does not look like text; give it another name" }
        let guess = isWide ? ("UTF-16", "UTF-16") : ("Latin-1 or Windows-1252", "WINDOWS-1252")
        return
            "it looks like \(guess.0); save it as UTF-8, or: iconv -f \(guess.1) -t UTF-8 \(file.path.text)"
    }

    private static func nothing(_ path: RelativePath) -> PageMeta {
        PageMeta(
            path: path, front: .empty, cascade: .empty, structure: PageStructure(), bodyStart: 0,
            bodyFingerprint: .absent, dates: PageDates())
    }
}

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
        for taxonomy in context.read(ConfigurationRule.self, .empty, Configuration.taxonomies) {
            let names = front.terms(of: taxonomy.name)
            if names.isEmpty { continue }
            structure.terms.append(
                (Array(taxonomy.name.utf8), names.map { Normalization.composed(Array($0)) }))
        }
        return (structure, dates)
    }
}
