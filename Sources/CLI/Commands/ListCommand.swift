import ArgumentParser
import Engine
import Site
import Text

/// `site list`: content files by whether they are published.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List content: drafts, future, expired, published or all.",
        discussion: """
            One line for each file: path, status, date, address; separated by tabs.

            Example: site list drafts
            """)

    enum Selection: String, ExpressibleByArgument, CaseIterable {
        case drafts, future, expired, published, all
    }

    @Argument(help: "Which: drafts, future, expired, published or all.")
    var selection = Selection.all

    @OptionGroup var common: CommonOptions

    func run() throws {
        let progress = ProgressLine(common)
        let console = Console(common, above: progress)
        let location = try SiteLocation(source: common.source, output: nil)
        let session = try SiteSession(
            location, ContentOptions.parse([]), environment: "production", publishes: false)
        _ = progress.accompany { counts in
            var inputs = session.inputs()
            inputs.progress = counts
            return session.project.engine.refresh(inputs, changed: .everything)
        }
        let pages = session.project.pages().filter { page in
            switch selection {
            case .all: true
            case .drafts: page.status == .draft
            case .future: page.status == .future
            case .expired: page.status == .expired
            case .published: page.status == .published
            }
        }
        if common.format == .json {
            var json = JSONWriter(.pretty)
            json.beginArray()
            for page in pages {
                json.beginObject()
                json.key("path")
                json.string(page.path.bytes)
                json.key("status")
                json.string(page.status.rawValue)
                json.key("date")
                if page.date == nil { json.null() } else { json.string(page.dateText) }
                json.key("url")
                if page.url.isEmpty { json.null() } else { json.string(page.url) }
                json.endObject()
            }
            json.endArray()
            console.output(json.finish())
            return
        }
        for page in pages {
            console.print(
                "\(Self.shown(page.path))\t\(page.status.rawValue)\t\(page.dateText)\t\(String(decoding: page.url, as: UTF8.self))"
            )
        }
    }
    /// A path on one line: what would end it or go on to the next column is escaped, what would steer a terminal not shown.
    private static func shown(_ path: RelativePath) -> String {
        // Byte by byte: as a character of Swift, CR LF is neither of both.
        let escaped = path.bytes.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "\n"): Array("\\n".utf8)
            case UInt8(ascii: "\r"): Array("\\r".utf8)
            case UInt8(ascii: "\t"): Array("\\t".utf8)
            default: [byte]
            }
        }
        return TerminalText.name(String(decoding: escaped, as: UTF8.self))
    }
}
