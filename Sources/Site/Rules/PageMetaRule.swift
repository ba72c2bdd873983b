import Engine
import Formats
import Markup
import Text

/// Reads the head of a content file.
struct PageMetaRule: Rule {
    static let kind = RuleKind.pageMeta
    static let version = 4
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
        for diagnostic in reading.diagnostics + findings where !isTaxonomy(diagnostic, in: context) {
            context.find(diagnostic)
        }
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
            bodyPlace: BodyPlace(of: reading.bodyStart, in: file.bytes),
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

    /// Whether a finding takes for a slip what the site classifies by.
    private func isTaxonomy(_ diagnostic: Diagnostic, in context: RuleContext) -> Bool {
        diagnostic.code == .unknownKey
            && context.read(ConfigurationRule.self, .empty, Configuration.taxonomyHeads).contains {
                diagnostic.message == FrontMatterNormalizer.slipMessage($0.name)
            }
    }

    /// Gives a page the term of its folder, in taxonomies that ask for it and of which it says nothing (Pelican's way).
    private func fill(
        _ front: inout FrontMatter, _ structure: inout PageStructure, of receiver: Cascade.Receiver,
        in context: RuleContext
    ) {
        for taxonomy in context.read(ConfigurationRule.self, .empty, Configuration.taxonomyHeads)
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
        for taxonomy in context.read(ConfigurationRule.self, .empty, Configuration.taxonomyHeads) {
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
            bodyPlace: .start,
            bodyFingerprint: .absent, dates: PageDates())
    }
}
