import Engine
import Templates
import Text

/// An ordered list of pages as a template sees it: `site.posts`, `section.pages`, `term.pages`, and slices of
/// them.
///
/// A reader depends on what it looked at: on the slice it took, on the count alone, or, when it goes through
/// all of them, on the whole order. The pages' own fields are separate edges.
final class PageCollection: HostObject {
    private unowned let catalog: Catalog
    private let list: Symbol
    /// The part of the list that this stands for; `nil` is all of it.
    private let bounds: Range<Int>?

    init(catalog: Catalog, list: Symbol, bounds: Range<Int>? = nil) {
        self.catalog = catalog
        self.list = list
        self.bounds = bounds
    }

    var typeName: String { "pages" }
    var traits: HostTraits { [.sequence, .iterable] }

    func elements(in render: inout RenderContext) throws(TemplateError) -> [Value]? {
        catalog.views(indices(render.rendering))
    }

    func count(in render: inout RenderContext) throws(TemplateError) -> Int? {
        count(render.rendering)
    }

    func item(_ key: Value, in render: inout RenderContext) throws(TemplateError) -> Value? {
        guard case .int(var position) = key else { return nil }
        // Nothing stands there, and the position after it has no number.
        if position == .max { return nil }
        let rendering = render.rendering
        if position < 0 {
            // Counting from the end takes the count.
            position += count(rendering)
            if position < 0 { return nil }
        }
        return catalog.views(slice(position, position + 1, rendering)).first
    }

    func slice(
        start: Int?, stop: Int?, step: Int, in render: inout RenderContext
    ) throws(TemplateError) -> Value? {
        guard step == 1 else { return nil }
        let rendering = render.rendering
        let from = start ?? 0
        if from >= 0, let stop, stop >= 0 { return .object(narrowed(from, max(from, stop))) }
        let total = count(rendering)
        let begin = from < 0 ? max(0, total + from) : from
        let end = stop.map { $0 < 0 ? max(0, total + $0) : $0 } ?? total
        return .object(narrowed(begin, max(begin, end)))
    }

    func apply(
        filter: Symbol, _ arguments: borrowing Arguments, in render: inout RenderContext
    ) throws(TemplateError) -> Value? {
        switch filter {
        case Self.first: return catalog.views(slice(0, 1, render.rendering)).first
        case Self.length, Self.count: return .int(count(render.rendering))
        default: return nil
        }
    }

    /// Asks a node of the query's own, which reads what all pages are tested and sorted by; this page depends on
    /// the pages of its part.
    func answer(
        _ query: CollectionQuery, _ part: CollectionQuery.Part, in render: inout RenderContext
    ) throws(TemplateError) -> CollectionQuery.Answer? {
        let rendering = render.rendering
        guard bounds == nil, !list.bytes.contains(UInt8(ascii: "|")),
            query.attributes.allSatisfy(PageQueryRule.mayRead),
            // In a text, addresses are without the path of the base URL.
            rendering.source == nil || !query.attributes.contains(where: { PageAttribute($0) == .url })
        else { return nil }
        let name = PageQueryRule.name(language: catalog.languageSymbol, list: list, query: query)
        let pulled = rendering.context.pull(PageQueryRule.self, name)
        let pages: ArraySlice<Symbol>?
        switch part {
        case .all: pages = pulled.read(PageQuery.all)
        case .slice(let start, let end): pages = pulled.read(PageQuery.slice(start, end))
        case .last: pages = pulled.read(PageQuery.last)
        case .count: return pulled.read(PageQuery.count).map { .count($0) }
        }
        return pages.map { .elements(catalog.views(of: $0)) }
    }

    func equals(_ other: any HostObject, in render: inout RenderContext) throws(TemplateError) -> Bool {
        guard let other = other as? PageCollection else { return false }
        return other.list == list && other.bounds == bounds
            && other.catalog.languageSymbol == catalog.languageSymbol
    }

    /// How many pages there are; recorded.
    func count(_ rendering: Rendering) -> Int {
        if let bounds { return slice(0, bounds.count, rendering).count }
        return rendering.count(of: list, in: catalog)
    }

    /// The pages, as positions in the catalogue; recorded.
    func indices(_ rendering: Rendering) -> ArraySlice<Int32> {
        if let bounds { return slice(0, bounds.count, rendering) }
        return rendering.list(list, in: catalog)
    }

    private func slice(_ start: Int, _ end: Int, _ rendering: Rendering) -> ArraySlice<Int32> {
        var from = start
        var to = end
        if let bounds {
            from = Self.shifted(bounds.lowerBound, start, bounds.upperBound)
            to = Self.shifted(bounds.lowerBound, end, bounds.upperBound)
        }
        return rendering.list(list, from..<max(from, to), in: catalog)
    }

    private func narrowed(_ start: Int, _ end: Int) -> PageCollection {
        guard let bounds else { return PageCollection(catalog: catalog, list: list, bounds: start..<end) }
        let from = Self.shifted(bounds.lowerBound, start, bounds.upperBound)
        let to = Self.shifted(bounds.lowerBound, end, bounds.upperBound)
        return PageCollection(catalog: catalog, list: list, bounds: from..<to)
    }

    /// A bound further on, kept below another; numbers come from templates and may be any.
    private static func shifted(_ low: Int, _ by: Int, _ high: Int) -> Int {
        let (sum, overflow) = low.addingReportingOverflow(by)
        return overflow ? high : min(sum, high)
    }

    private static let first: Symbol = "first"
    private static let length: Symbol = "length"
    private static let count: Symbol = "count"
}
