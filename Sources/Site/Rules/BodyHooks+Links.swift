import Engine
import Formats
import Markup
import Text

/// Where links and images lead.
extension BodyHooks {
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

    func address(of link: MarkdownLink) -> ResolvedLink? {
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
        let query = path.count > target.count ? Array(path[target.count...]) : []
        return ResolvedLink(
            url: rendering.entry(of: found.page, in: found.catalog).url + query + fragment)
    }

    mutating func resolveReference(_ reference: LiquidReference) -> [UInt8]? {
        let catalog = rendering.catalog
        switch reference.kind {
        case .relativeURL:
            return reference.target.first == UInt8(ascii: "/")
                ? reference.target : [UInt8(ascii: "/")] + reference.target
        case .link, .postURL:
            // Jekyll names posts by file name without folder and extension.
            let wanted = Normalization.composed(
                reference.target.split(separator: UInt8(ascii: "/")).last.map { Array($0) }
                    ?? reference.target)
            for index in rendering.positions(called: wanted, in: catalog) {
                let page = catalog.page(at: Int(index))
                guard let source = rendering.source(of: page, in: catalog) else { continue }
                let path = RelativePath(unchecked: source.bytes)
                // A bundle is called like its folder as well, which Jekyll does not know.
                if Normalization.areEquivalent(path.stem, wanted)
                    || Normalization.areEquivalent(path.name, wanted)
                {
                    return rendering.entry(of: page, in: catalog).url
                }
            }
            return nil
        }
    }
}
