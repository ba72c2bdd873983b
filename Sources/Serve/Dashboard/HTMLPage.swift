import Text

/// A page of the preview's own as it is written: what comes from the site goes through ``text(_:)``.
struct HTMLPage: ~Copyable {
    private var writer = ByteWriter(capacity: 16 * 1024)

    /// The page up to its body.
    init(title: String) {
        raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
        text(title)
        raw("</title>\n<link rel=\"stylesheet\" href=\"/_site/dashboard.css\">\n</head>\n<body>\n")
    }

    /// Appends markup of our own.
    mutating func raw(_ markup: String) {
        writer.append(markup)
    }

    /// Appends text or the value of a quoted attribute, escaped.
    mutating func text(_ text: String) {
        writer.append(text, escapedAs: .html)
    }

    /// Appends a link. One that would run a script leads nowhere.
    mutating func link(_ text: String, to address: String) {
        let scheme = address.utf8.prefix { $0 != UInt8(ascii: ":") }.map { $0 | 0x20 }
        let isScript = ["javascript", "data", "vbscript"].contains { scheme.elementsEqual($0.utf8) }
        raw("<a href=\"")
        self.text(isScript ? "#" : address)
        raw("\">")
        self.text(text)
        raw("</a>")
    }

    /// Ends the page.
    consuming func finish() -> [UInt8] {
        raw("</body>\n</html>\n")
        return writer.finish()
    }
}
