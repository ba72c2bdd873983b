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
        func size(_ image: [UInt8]) -> ImageSize? {
            Pictures.size(of: image, on: facts.page, in: facts.catalog, facts.rendering)
        }
        if let (image, name) = own(facts) {
            let size = size(image)
            // What has a size is there.
            if size != nil || !isMissing(image, facts) {
                return SharedPicture(url: url(image, facts), size: size, alternative: name)
            }
            if facts.rendering.part.map({ $0.number <= 1 }) ?? true { reportMissing(image, facts) }
        }
        return common(facts).map { image, name in
            SharedPicture(url: url(image, facts), size: size(image), alternative: name)
        }
    }

    /// Whether the picture that a page's head names is not there.
    private static func isMissing(_ image: [UInt8], _ facts: PageFacts) -> Bool {
        let path = Percent.decoded(Addresses.withoutQuery(Addresses.splitFragment(image).path))
        guard !path.isEmpty, !Addresses.isAbsolute(image) else { return false }
        if let address = address(of: path, facts), SiteAddresses.find(address, facts.rendering) != nil {
            return false
        }
        return !facts.rendering.configuration(Configuration.ignoredLinks).contains(image)
    }

    private static func address(of path: [UInt8], _ facts: PageFacts) -> [UInt8]? {
        LinkCheckRule.resolve(path, against: Percent.decoded(facts.entry.url))
    }

    /// Says so.
    private static func reportMissing(_ image: [UInt8], _ facts: PageFacts) {
        let rendering = facts.rendering
        let path = Percent.decoded(Addresses.withoutQuery(Addresses.splitFragment(image).path))
        guard let source = facts.source else { return }
        let address = address(of: path, facts)
        let place = HeadPlaces.location(
            in: RelativePath(unchecked: source.bytes), [.image], rendering.context
        ) { Normalization.areEquivalent($0, image) }
        rendering.context.find(
            Diagnostic(
                .brokenImage,
                "there is no image \"\(String(decoding: image, as: UTF8.self))\", which stands for this page where it is shared",
                at: place,
                hint: address.flatMap {
                    SiteAddresses.assetHint($0, rendering)
                        ?? SiteAddresses.nearest(to: $0, isFile: true, rendering)
                }))
    }

    /// Its absolute URL alone: how large it is, is then not depended on.
    static func url(of facts: PageFacts) -> [UInt8]? {
        if let (image, _) = own(facts), !isMissing(image, facts) { return url(image, facts) }
        return common(facts).map { image, _ in url(image, facts) }
    }

    /// The address that the page's head names, and what it shows.
    private static func own(_ facts: PageFacts) -> (image: [UInt8], name: [UInt8])? {
        let rendering = facts.rendering
        guard let source = facts.source,
            case .string(let image) = rendering.meta(source, PageMeta.image), !image.bytes.isEmpty
        else { return nil }
        let written = rendering.meta(source, PageMeta.imageAlternative)
        let address = Normalization.composed(image.bytes)
        return (beside(address, source, facts) ?? address, written.isEmpty ? facts.title.bytes : written)
    }

    /// The same of the site's own picture.
    private static func common(_ facts: PageFacts) -> (image: [UInt8], name: [UInt8])? {
        let rendering = facts.rendering
        let common = rendering.configuration(Configuration.commonImage)
        if common.isEmpty { return nil }
        let isRooted = Addresses.isAbsolute(common) || common.first == UInt8(ascii: "/")
        let written = rendering.configuration(Configuration.commonImageAlternative)
        return (
            isRooted ? common : [UInt8(ascii: "/")] + common,
            written.isEmpty ? rendering.siteTitle(in: facts.catalog.language) : written
        )
    }

    /// The whole address of a file that lies beside the source: a name means in the head what it means in the text.
    private static func beside(_ image: [UInt8], _ source: Symbol, _ facts: PageFacts) -> [UInt8]? {
        if Addresses.isAbsolute(image) { return nil }
        return SourceFiles.address(
            of: Percent.decoded(image), beside: RelativePath(unchecked: source.bytes), facts.rendering)
    }

    private static func url(_ image: [UInt8], _ facts: PageFacts) -> [UInt8] {
        if Addresses.isAbsolute(image) { return image }
        if image.first == UInt8(ascii: "/") { return facts.rendering.baseURL + image }
        // Relative to the folder of the page, which for a page that is a file is the folder around it.
        let address = facts.permalink
        let folder = address[...(address.lastIndex(of: UInt8(ascii: "/")) ?? 0)]
        return folder + image
    }
}

/// Pictures that the site publishes.
enum Pictures {
    /// How large the picture at an address is.
    ///
    /// - Parameters:
    ///   - url: an address without the path of the base URL, percent-encoded or not: `/img/x.png`, `x.png`.
    ///   - page: what a relative address is relative to; recorded if it is.
    ///   - catalog: the page's; without it, that of the rendering's language.
    ///   - rendering: where the look is recorded.
    /// - Returns: the size, or `nil` where that address is none of this site, or no picture.
    static func size(
        of url: [UInt8], on page: @autoclosure () -> CatalogPage?, in catalog: Catalog? = nil,
        _ rendering: Rendering
    ) -> ImageSize? {
        guard let output = output(of: url, on: page(), in: catalog, rendering),
            let source = rendering.context.read(OutputFilesRule.self, .empty, OutputFiles.source(of: output))
        else { return nil }
        return rendering.context.read(ImageFactsRule.self, Symbol(source.bytes), ImageFacts.size)
    }

    /// Whether there is a file at an address of this site; whether there is one at any other is not for us to say.
    static func isPublished(
        _ url: [UInt8], on page: @autoclosure () -> CatalogPage?, in catalog: Catalog? = nil,
        _ rendering: Rendering
    ) -> Bool {
        guard let output = output(of: url, on: page(), in: catalog, rendering) else { return true }
        return rendering.context.read(OutputFilesRule.self, .empty, OutputFiles.contains(output))
    }

    /// The output that an address means, if it is one of this site.
    private static func output(
        of url: [UInt8], on page: @autoclosure () -> CatalogPage?, in catalog: Catalog?,
        _ rendering: Rendering
    ) -> RelativePath? {
        if Addresses.isAbsolute(url) { return nil }
        let path = Normalization.composed(
            Percent.decoded(Addresses.withoutQuery(Addresses.splitFragment(url).path)))
        let output: RelativePath?
        if path.first == UInt8(ascii: "/") {
            output = RelativePath(Array(path.dropFirst()))
        } else if !path.isEmpty, let page = page() {
            let entry = rendering.entry(of: page, in: catalog ?? rendering.catalog)
            // The files of a bundle do not lie beside a page that is a file.
            if let address = SourceFiles.address(of: path, onFile: entry, rendering) {
                output = RelativePath(Percent.decoded(address))
            } else {
                output = LinkCheck.address(path, on: entry)
            }
        } else {
            output = nil
        }
        return output.flatMap { $0.isRoot ? nil : $0 }
    }
}
