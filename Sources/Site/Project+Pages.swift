public import Engine
import Formats
import Synchronization
public import Text

/// A page of the site as a dashboard or a badge wants it.
public struct PageSummary: Sendable {
    /// Its title.
    public let title: String
    /// Where it is written; `nil` where it is left out.
    public let output: RelativePath?
    /// The file it comes from.
    public let source: RelativePath?
    /// Its date as `2026-01-02`; empty when it has none.
    public let date: String
    /// Whether `site build` would publish it, and if not, why not.
    public let status: PageListing.Status
}

extension Project {
    /// All pages that come from files, in the order of their paths; then those that are left out.
    ///
    /// - Parameter now: seconds since 1970; what is later is of the future.
    /// - Returns: one summary a page.
    /// - Complexity: O(n) in the pages, whose heads are all looked at.
    public func pageSummaries(now: Int64) -> [PageSummary] {
        guard let configuration = engine.value(of: ConfigurationRule.self, .empty) else { return [] }
        var summaries: [PageSummary] = []
        for language in configuration.languages.all {
            guard let catalog = engine.value(of: CatalogRule.self, Symbol(language.code)) else { continue }
            func add(_ source: Symbol, _ output: RelativePath?) {
                guard let meta = engine.value(of: PageMetaRule.self, source) else { return }
                let path = RelativePath(unchecked: source.bytes)
                summaries.append(
                    PageSummary(
                        title: meta.front.title.map { String(decoding: $0, as: UTF8.self) }
                            ?? ContentName(path, languages: configuration.languages.codes).title,
                        output: output, source: path,
                        date: meta.dates.date.map {
                            String(String(decoding: DateValue.isoformat($0), as: UTF8.self).prefix(10))
                        } ?? "",
                        status: Self.status(meta.structure, now: now)))
            }
            let contents = Catalog.all.extract(catalog)
            for page in contents.pages where page.kind == .page {
                let entry = contents.entry(of: page)
                if let source = entry.source { add(source, entry.output) }
            }
            for page in contents.skipped { add(Symbol(page.path.bytes), nil) }
        }
        return summaries
    }

    /// The page that is written to a path, if a file makes it.
    public func page(writtenTo output: RelativePath, now: Int64) -> (
        source: RelativePath, status: PageListing.Status
    )? {
        guard let configuration = engine.value(of: ConfigurationRule.self, .empty) else { return nil }
        for language in configuration.languages.all {
            guard let catalog = engine.value(of: CatalogRule.self, Symbol(language.code)),
                let source = catalog.unrecordedSource(writtenTo: output)
            else { continue }
            let structure = engine.value(of: PageMetaRule.self, source)?.structure ?? .empty
            return (RelativePath(unchecked: source.bytes), Self.status(structure, now: now))
        }
        return nil
    }

    /// The errors that keep a page from being what it should be: those in what it is made from. Of the sources of pages
    /// its own counts alone, so that one page that cannot be read does not hold up all that list it.
    ///
    /// - Parameters:
    ///   - output: where it is written, or where it would be.
    ///   - source: the file it is made from, if there is one.
    /// - Returns: the errors, sorted.
    public func errors(behind output: RelativePath, of source: RelativePath?) -> [Diagnostic] {
        engine.errors(behindOutput: output).filter { error in
            guard let file = error.location?.path, file != source else { return true }
            return engine.value(of: PageMetaRule.self, Symbol(file.bytes)) == nil
        }
    }

    /// Gives inputs of a preview what `site.json` was when it could be read last, so that the site stays what it was while it
    /// cannot.
    public func keepConfiguration(in inputs: inout BuildInputs) {
        guard let configuration = engine.value(of: ConfigurationRule.self, .empty) else { return }
        inputs.flags[ConfigurationRule.former] = String(
            decoding: configuration.site.file.bytes, as: UTF8.self)
    }

    /// The site's title.
    public var title: String { engine.value(of: ConfigurationRule.self, .empty)?.site.title ?? "" }

    private static func status(_ structure: SharedStructure, now: Int64) -> PageListing.Status {
        if structure.isDraft { return .draft }
        if let begin = structure.goesLive ?? structure.date, begin > now { return .future }
        if let end = structure.expires, end <= now { return .expired }
        return .published
    }
}

extension Project {
    /// Whether a file is Markdown by its name, in any of the endings that count: what pages are made from.
    public static func isMarkdown(_ path: RelativePath) -> Bool { MarkdownName.isEnding(path.fileExtension) }

    /// Where the page of a source is written.
    public func output(ofSource source: RelativePath) -> RelativePath? {
        guard let configuration = engine.value(of: ConfigurationRule.self, .empty) else { return nil }
        let code = configuration.languages.language(of: source)
        guard let catalog = engine.value(of: CatalogRule.self, Symbol(code)),
            case let contents = Catalog.all.extract(catalog),
            let index = contents.indexBySource[Symbol(source.bytes)]
        else { return nil }
        return contents.entry(of: contents.pages[Int(index)]).output
    }
}
