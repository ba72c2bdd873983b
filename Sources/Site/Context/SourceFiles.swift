import Engine
import Text

/// Files that lie beside the source of a page, and where they are published.
enum SourceFiles {
    /// The folder of the output in which the files of a bundle lie: that of its page, or one of the page's name where that
    /// is a file among those of others, `blog/trip.html`. So no bundle meets the files of another.
    static func folder(ofBundleAt page: RelativePath) -> RelativePath {
        page.name.elementsEqual("index.html".utf8) ? page.parent : page.parent.appending(Array(page.stem))
    }

    /// The address of a file that lies beside a source under a relative name, as GitHub and editors show it; `nil`
    /// where the name means something as the address it is, or nothing at all. In a bundle its own files come first.
    static func address(of target: [UInt8], beside source: RelativePath, _ rendering: Rendering) -> [UInt8]? {
        let target = Normalization.composed(target)
        guard target.first != UInt8(ascii: "/"), target.last != UInt8(ascii: "/"),
            let file = RelativePath(source.parent.bytes + [UInt8(ascii: "/")] + target),
            let output = rendering.context.read(OutputFilesRule.self, .empty, OutputFiles.output(of: file))
        else { return nil }
        let catalog = rendering.catalog
        if let index = rendering.position(ofReference: source, in: catalog) {
            let page = rendering.entry(of: catalog.page(at: index), in: catalog)
            if let written = LinkCheck.address(target, on: page) {
                if written == output { return nil }
                let isOfBundle =
                    output.isInside(folder(ofBundleAt: page.output)) && file.isInside(source.parent)
                    && isBundle(source, rendering)
                if !isOfBundle,
                    rendering.context.read(OutputFilesRule.self, .empty, OutputFiles.contains(written))
                {
                    return nil
                }
            }
        }
        return OutputRoute.escaped([UInt8(ascii: "/")] + output.bytes)
    }

    /// The same as seen from a page that is a file and no folder: nothing that lies beside its source lies beside it. `nil`
    /// on other pages, where the name is the address.
    static func address(of target: [UInt8], onFile page: CatalogPage.Entry, _ rendering: Rendering)
        -> [UInt8]?
    {
        guard page.url.last != UInt8(ascii: "/"), let source = page.source else { return nil }
        return address(of: target, beside: RelativePath(unchecked: source.bytes), rendering)
    }

    private static func isBundle(_ source: RelativePath, _ rendering: Rendering) -> Bool {
        let languages = rendering.configuration(Configuration.languages)
        return ContentName.split(source.stem, languages: languages.codes).stem.elementsEqual("index".utf8)
    }
}
