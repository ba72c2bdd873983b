import Engine
import Files
import Text

/// Links as Pelican writes them: `{filename}other.md`, `{static}/images/a.png`, `{tag}swift`, `{index}`; with bars
/// for braces in old blogs.
///
/// A path with a slash at its start counts from the content folder, any other from the folder of the page.
enum PelicanLinks {
    /// What stands in braces, and what follows.
    static func parts(of link: [UInt8]) -> (place: String, rest: [UInt8])? {
        guard let open = link.first, open == UInt8(ascii: "{") || open == UInt8(ascii: "|"),
            let close = link.dropFirst().firstIndex(of: open == UInt8(ascii: "{") ? UInt8(ascii: "}") : open)
        else { return nil }
        let place = String(decoding: link[1..<close], as: UTF8.self)
        guard ["filename", "static", "attach", "tag", "category", "author", "index"].contains(place) else {
            return nil
        }
        return (place, Normalization.composed(Percent.decoded(Array(link[(close + 1)...]))))
    }

    /// The address of such a link, or `nil` when there is nothing there.
    static func address(
        _ place: String, _ rest: [UInt8], from source: RelativePath, _ rendering: Rendering
    ) -> [UInt8]? {
        let catalog = rendering.catalog
        switch place {
        case "index": return [UInt8(ascii: "/")]
        case "tag", "category", "author": return term(rest, of: taxonomy(of: place) ?? [], rendering)
        default:
            let isRooted = rest.first == UInt8(ascii: "/")
            if let index = References.find(
                isRooted ? [UInt8(ascii: "@")] + rest : rest, from: source, rendering: rendering)
            {
                return rendering.entry(of: catalog.page(at: index), in: catalog).url
            }
            let languages = rendering.configuration(Configuration.languages)
            let folder = isRooted ? languages.contentFolder(of: rendering.language.bytes) : source.parent
            guard let file = RelativePath(folder.bytes + [UInt8(ascii: "/")] + rest),
                let output = rendering.context.read(
                    OutputFilesRule.self, .empty, OutputFiles.output(of: file))
            else { return nil }
            return OutputRoute.escaped([UInt8(ascii: "/")] + output.bytes)
        }
    }

    /// The taxonomy whose terms a place names, if it does.
    static func taxonomy(of place: String) -> [UInt8]? {
        switch place {
        case "tag": Array("tags".utf8)
        case "category": Array("categories".utf8)
        case "author": Array("authors".utf8)
        default: nil
        }
    }

    private static func term(_ name: [UInt8], of taxonomy: [UInt8], _ rendering: Rendering) -> [UInt8]? {
        let catalog = rendering.catalog
        return rendering.position(ofTerm: name, of: taxonomy, in: catalog).map {
            rendering.entry(of: catalog.page(at: $0), in: catalog).url
        }
    }
}
