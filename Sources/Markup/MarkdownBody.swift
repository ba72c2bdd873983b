public import Text

/// Rendered Markdown, independent of the address at which the site is published.
///
/// HTML with the places of its URLs and ids (``content``), and everything that lists, feeds, search and checks
/// want to know of it, so that nobody parses the HTML again.
public struct MarkdownBody: Hashable, Sendable {
    /// The HTML of the whole body with the places of its URLs and ids.
    public var content = HTMLFragment()
    /// The headings in order, those of component bodies included.
    public var headings: [Heading] = []
    /// The text without marks, each block ended by a line feed.
    public var text: [UInt8] = []
    /// The blocks of the text.
    public var textBlocks: [TextBlock] = []
    /// Every link and image of the Markdown as it was written.
    public var links: [BodyLink] = []
    /// How many words the text has; a CJK character counts as one.
    public var wordCount = 0
    /// Where the summary ends in the HTML, when the author marked it.
    public var summaryEnd: Int?
    /// Where it ends in the text.
    public var summaryTextEnd: Int?
    /// Places in the HTML where a block of the document ends, with the words so far: for the automatic summary.
    public var blockEnds: [BlockEnd] = []
    /// Ranges of the HTML that are marks of footnotes: dropped from summaries.
    public var footnoteMarks: [Range<Int>] = []
    /// The index in ``links`` of the first image.
    public var firstImage: Int?
    /// The languages of the code blocks, lower case, each once, in order of appearance.
    public var codeLanguages: [[UInt8]] = []
    /// Names of the components that were called, each once, in order of appearance.
    public var componentNames: [[UInt8]] = []
    /// Whether there are formulas.
    public var hasMath = false
    /// What is wrong, in order of the text.
    public var diagnostics: [Diagnostic] = []

    /// An empty body.
    public init() {}

    /// The HTML as it is: root-relative URLs without base path.
    public var html: [UInt8] { content.html }
}

/// One heading of a body.
public struct Heading: Hashable, Sendable {
    /// 1 to 6.
    public var level: Int
    /// Its id; empty when headings have none.
    public var id: [UInt8]
    /// Its text without marks.
    public var text: [UInt8]
    /// Its text as HTML, without links and footnote marks, fit for a table of contents.
    public var html: [UInt8]
    /// Where it is written.
    public var range: SourceRange
}

/// The text of one block without marks.
public struct TextBlock: Hashable, Sendable {
    /// What kind of block it was.
    public enum Kind: UInt8, Hashable, Sendable {
        /// Running text.
        case paragraph = 0
        /// A heading.
        case heading = 1
        /// Code; search may weigh it less.
        case code = 2
        /// A cell of a table.
        case cell = 3
        /// The text of raw HTML or of what a component printed.
        case html = 5
        /// Text in an item of a list or in a definition.
        case item = 6
        /// Text in a footnote.
        case note = 7
    }
    /// What kind of block it was.
    public var kind: Kind
    /// Where its text lies in ``MarkdownBody/text``: one line, but for code.
    public var range: Range<Int>
    /// The index in ``MarkdownBody/headings`` of the heading that it stands under.
    public var heading: Int?
}

/// A link or image as the author wrote it.
public struct BodyLink: Hashable, Sendable {
    /// The destination as written, escapes resolved.
    public var destination: [UInt8]
    /// The destination that was published.
    public var url: [UInt8]
    /// The text of the link, the description of the image; without marks.
    public var text: [UInt8]
    /// Whether it is an image.
    public var isImage: Bool
    /// Where the destination is written; its block where it cannot be found.
    public var range: SourceRange
}

/// The end of a block of the document.
public struct BlockEnd: Hashable, Sendable {
    /// The offset in the HTML after the block.
    public var offset: Int
    /// How many words stand before it.
    public var words: Int
    /// Whether no element of raw HTML is open here.
    public var isBalanced: Bool
}
