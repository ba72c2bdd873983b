import Engine
import Markup
import Templates
import Text

/// Functions for a page's `head`.
extension SiteLanguage {
    static let headFunctions: [Entry] = [
        function(
            "seo", "",
            "Description, canonical address, Open Graph, Twitter card, language alternates and JSON-LD of the page.",
            example: "{{ seo() }}"
        ) { arguments, render throws(TemplateError) in
            .safe(HeadMetadata.html(render.rendering))
        },
        function(
            "feeds_links", "", "A `link` to each feed of the site, and of the section or term that is shown.",
            example: "{{ feeds_links() }}"
        ) { arguments, render throws(TemplateError) in
            let rendering = render.rendering
            var writer = ByteWriter(capacity: 256)
            for feed in FeedLinks.all(for: rendering.part?.page, rendering: rendering) {
                writer.append("<link rel=\"alternate\" type=\"\(feed.format.mediaType)\" title=\"")
                writer.append(feed.title, escapedAs: .html)
                writer.append("\" href=\"")
                writer.append(rendering.basePath + feed.url, escapedAs: .html)
                writer.append("\">\n")
            }
            return .safe(trimmed(writer.finish()))
        },
    ]

    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        bytes.last == UInt8(ascii: "\n") ? Array(bytes.dropLast()) : bytes
    }
}
