import Engine
import Text

/// Files that lie beside the source of a page, and where they are published.
enum SourceFiles {
    /// The address of a file that lies beside a source under a relative name, as GitHub and editors show it; `nil`
    /// where the name means something as the address it is, or nothing at all.
    static func address(of target: [UInt8], beside source: RelativePath, _ rendering: Rendering) -> [UInt8]? {
        let target = Normalization.composed(target)
        guard target.first != UInt8(ascii: "/"), target.last != UInt8(ascii: "/"),
            let file = RelativePath(source.parent.bytes + [UInt8(ascii: "/")] + target),
            let output = rendering.context.read(OutputFilesRule.self, .empty, OutputFiles.output(of: file))
        else { return nil }
        let catalog = rendering.catalog
        if let index = rendering.position(ofReference: source, in: catalog),
            let written = LinkCheck.address(
                target, on: rendering.entry(of: catalog.page(at: index), in: catalog)),
            rendering.context.read(OutputFilesRule.self, .empty, OutputFiles.contains(written))
        {
            return nil
        }
        return OutputRoute.escaped([UInt8(ascii: "/")] + output.bytes)
    }
}
