import Engine
import Formats
import Templates
import Text

/// The picture that stands for a page where it is shared.
struct SharedPicture {
    /// Its absolute URL.
    let url: [UInt8]
    /// Its size, where the site has the file.
    let size: ImageSize?
    /// What it shows, for those who do not see it.
    let alternative: [UInt8]

    /// The page's own, or the site's for pages that have none; `nil` when there is neither.
    static func of(_ facts: PageFacts) -> SharedPicture? {
        let rendering = facts.rendering
        if let source = facts.page.source,
            case .string(let image) = rendering.meta(source, PageMeta.image), !image.bytes.isEmpty
        {
            return make(image.bytes, named: facts.title.bytes, facts)
        }
        let common = rendering.configuration(Configuration.commonImage)
        if common.isEmpty { return nil }
        let isRooted = Addresses.isAbsolute(common) || common.first == UInt8(ascii: "/")
        let written = rendering.configuration(Configuration.commonImageAlternative)
        return make(
            isRooted ? common : [UInt8(ascii: "/")] + common,
            named: written.isEmpty ? rendering.siteTitle(in: facts.catalog.language) : written, facts)
    }

    private static func make(_ image: [UInt8], named name: [UInt8], _ facts: PageFacts) -> SharedPicture {
        if Addresses.isAbsolute(image) { return SharedPicture(url: image, size: nil, alternative: name) }
        let size = Pictures.size(of: image, on: facts.page, facts.rendering)
        if image.first == UInt8(ascii: "/") {
            return SharedPicture(url: facts.rendering.baseURL + image, size: size, alternative: name)
        }
        // Relative to the folder of the page, which for a page that is a file is the folder around it.
        let address = facts.permalink
        let folder = address[...(address.lastIndex(of: UInt8(ascii: "/")) ?? 0)]
        return SharedPicture(url: folder + image, size: size, alternative: name)
    }
}

/// Pictures that the site publishes.
enum Pictures {
    /// How large the picture at an address is.
    ///
    /// - Parameters:
    ///   - url: an address without the path of the base URL, percent-encoded or not: `/img/x.png`, `x.png`.
    ///   - page: what a relative address is relative to; recorded if it is.
    ///   - rendering: where the look is recorded.
    /// - Returns: the size, or `nil` where that address is none of this site, or no picture.
    static func size(of url: [UInt8], on page: CatalogPage?, _ rendering: Rendering) -> ImageSize? {
        if Addresses.isAbsolute(url) { return nil }
        let path = Percent.decoded(Addresses.withoutQuery(Addresses.splitFragment(url).path))
        let output: RelativePath?
        if path.first == UInt8(ascii: "/") {
            output = RelativePath(Array(path.dropFirst()))
        } else if let page, !path.isEmpty {
            rendering.note(rendering.catalog, page.id.symbol)
            output = LinkCheck.address(path, on: page)
        } else {
            output = nil
        }
        guard let output, !output.isRoot,
            let source = rendering.context.read(OutputFilesRule.self, .empty, OutputFiles.source(of: output))
        else { return nil }
        return rendering.context.read(ImageFactsRule.self, Symbol(source.bytes), ImageFacts.size)
    }
}
