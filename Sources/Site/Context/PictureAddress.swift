import Templates
import Text

/// Where a picture that a template names is, path of the base URL included, with a finding if there is none.
enum PictureAddress {
    /// As it is written on the page that is being made: relative, where it lies beside it.
    static func here(_ path: [UInt8], _ render: inout RenderContext) -> [UInt8] {
        let rendering = render.rendering
        if Addresses.isAbsolute(path) { return path }
        let isRooted = path.first == UInt8(ascii: "/")
        if !isRooted, let asset = Assets.find(path, rendering) { return rendering.basePath + asset.url }
        if !Pictures.isPublished(path, on: rendering.shownPage, rendering) {
            reportMissing(
                path, &render,
                hint: isRooted
                    ? nil : "a picture of another page is image(\"…\", page=item), its own is item.image_url")
        }
        if !isRooted, let page = rendering.shownPage,
            let address = SourceFiles.address(
                of: Percent.decoded(path), onFile: rendering.entry(of: page, in: rendering.catalog),
                rendering)
        {
            return rendering.basePath + address
        }
        return (isRooted ? rendering.basePath : []) + path
    }

    /// As it is written in the head or the text of any page, for a reader on another: from the root of the host. What lies
    /// in the page's bundle comes before assets, as where the page is shared.
    static func on(_ view: PageView, _ path: [UInt8], _ render: inout RenderContext) -> [UInt8] {
        let rendering = render.rendering
        let path = Normalization.composed(path)
        if Addresses.isAbsolute(path) || path.isEmpty { return path }
        let base = rendering.basePath
        // A name means what it means in the head and in the text: the file beside the source.
        if let source = rendering.source(of: view.page, in: view.catalog),
            let address = SourceFiles.address(
                of: Percent.decoded(path), beside: RelativePath(unchecked: source.bytes), rendering)
        {
            return base + address
        }
        let isThere = Pictures.isPublished(path, on: view.page, in: view.catalog, rendering)
        if path.first == UInt8(ascii: "/") {
            if !isThere { reportMissing(path, &render, hint: nil) }
            return base + path
        }
        if !isThere {
            if let asset = Assets.find(path, rendering) { return base + asset.url }
            reportMissing(path, &render, hint: nil)
        }
        let entry = rendering.entry(of: view.page, in: view.catalog)
        if let address = SourceFiles.address(of: Percent.decoded(path), onFile: entry, rendering) {
            return base + address
        }
        // What is relative to a page is so to the folder of its address.
        return base + (LinkCheckRule.resolve(path, against: entry.url) ?? path)
    }

    private static func reportMissing(_ path: [UInt8], _ render: inout RenderContext, hint: String?) {
        render.report(
            .missingFile, "there is no image \"\(String(decoding: path, as: UTF8.self))\"",
            hint: Assets.nearest(to: path, render.rendering) ?? hint)
    }
}
