import Engine
import Templates
import Text

/// One numbered part of a long list, as a list page's template sees it: `paginator`.
final class PaginatorView: HostObject {
    private let catalog: Catalog
    private let page: CatalogPage
    private let number: Int

    init(catalog: Catalog, page: CatalogPage, number: Int) {
        self.catalog = catalog
        self.page = page
        self.number = number
    }

    var typeName: String { "paginator" }
    var knownAttributes: [Symbol] { Self.names }

    func attribute(_ name: Symbol, in render: inout RenderContext) throws(TemplateError) -> Value? {
        let rendering = render.rendering
        let listing = rendering.listing(of: page, in: catalog)
        let size = Int(listing.pageSize)
        switch name.text {
        case "items", "pages", "posts":
            if size <= 0 { return .object(PageCollection(catalog: catalog, list: listing.partsList)) }
            // A list that nobody can hold in one part ends far below the largest number.
            let start = (number - 1).multipliedReportingOverflow(by: size).partialValue
            return .object(
                PageCollection(catalog: catalog, list: listing.partsList, bounds: start..<(start &+ size)))
        case "number", "index", "current": return .int(number)
        case "total", "pages_count", "number_pagers": return .int(total(rendering))
        case "size", "per_page": return .int(size)
        case "count", "total_items": return .int(count(rendering))
        case "order":
            return .text(
                listing.partsList == rendering.entry(of: page, in: catalog).list ? "newest" : "oldest")
        case "first": return url(1, rendering)
        case "last": return url(total(rendering), rendering)
        case "next": return number < total(rendering) ? url(number + 1, rendering) : .none
        case "previous": return number > 1 ? url(number - 1, rendering) : .none
        default: return nil
        }
    }

    func call(
        method: Symbol, _ arguments: borrowing CallArguments, in render: inout RenderContext
    ) throws(TemplateError) -> Value? {
        guard method == Self.urlOf else { return nil }
        guard case .int(let wanted)? = arguments.positional.first ?? arguments.keyword("number") else {
            throw TemplateError(.type, "url_of() takes the number of a part")
        }
        let rendering = render.rendering
        guard wanted >= 1, wanted <= total(rendering) else {
            throw TemplateError(.value, "there is no part \(wanted): the list has \(total(rendering))")
        }
        return url(wanted, rendering)
    }

    private func count(_ rendering: Rendering) -> Int {
        rendering.count(of: rendering.listing(of: page, in: catalog).partsList, in: catalog)
    }

    private func total(_ rendering: Rendering) -> Int {
        rendering.partCount(of: page, in: catalog)
    }

    private func url(_ part: Int, _ rendering: Rendering) -> Value {
        .safeless(
            rendering.basePath
                + Pagination.url(
                    of: rendering.entry(of: page, in: catalog).url, part: part,
                    folder: rendering.configuration(Configuration.paginationPath),
                    endsInSlash: rendering.configuration(Configuration.endsInSlash)))
    }

    private static let urlOf: Symbol = "url_of"
    private static let names: [Symbol] = [
        "items", "number", "total", "size", "count", "first", "last", "next", "previous", "order", "url_of",
    ]
}

/// A long list as several pages.
enum Pagination {
    /// How many parts a list has; an empty list has one.
    static func parts(count: Int, size: Int) -> Int {
        if size <= 0 || count <= size { return 1 }
        return (count - 1) / size + 1
    }

    /// The URL of a part: `/posts/`, then `/posts/page/2/`; without the last slash where addresses have none.
    static func url(of page: [UInt8], part: Int, folder: [UInt8], endsInSlash: Bool) -> [UInt8] {
        if part <= 1 { return page }
        var url = page
        if url.last != UInt8(ascii: "/") { url.append(UInt8(ascii: "/")) }
        url.append(contentsOf: folder)
        url.append(UInt8(ascii: "/"))
        url.append(contentsOf: String(part).utf8)
        if endsInSlash { url.append(UInt8(ascii: "/")) }
        return url
    }

    /// Where a part is written.
    static func output(of page: CatalogPage.Entry, part: Int, folder: [UInt8]) -> RelativePath {
        if part <= 1 { return page.output }
        return page.output.parent.appending(folder).appending(String(part)).appending("index.html")
    }
}
