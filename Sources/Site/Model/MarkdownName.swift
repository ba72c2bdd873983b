import Text

/// How files of Markdown are called.
enum MarkdownName {
    private static let endings = ["md", "markdown", "mkd", "mdown"]

    /// Whether a file of that ending, in any case, is Markdown.
    static func isEnding(_ ending: ArraySlice<UInt8>) -> Bool {
        endings.contains { known in
            ending.elementsEqual(known.utf8) { $0.asciiLowercased == $1 }
        }
    }

    /// Whether a link to that path means a source.
    static func ends(_ path: [UInt8]) -> Bool {
        guard let dot = path.lastIndex(of: UInt8(ascii: ".")) else { return false }
        return isEnding(path[(dot + 1)...])
    }
}
