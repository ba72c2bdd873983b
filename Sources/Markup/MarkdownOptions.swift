/// What Markdown may contain and how it is written as HTML.
///
/// The defaults differ from the HTML that cmark-gfm itself writes, on purpose, in these points;
/// ``conformance`` switches all of them off at once:
///
/// | What | cmark-gfm | Our default | Why |
/// |---|---|---|---|
/// | table cells | `align="center"` | `style="text-align:center"` | `align` is not in HTML 5 |
/// | headings | no id | `id` by GitHub's rule, `{#id .class}` taken | links into pages |
/// | `> [!NOTE]` | block quote | `<div class="alert …" role="note">` with a title | GitHub alerts |
/// | `Term` / `: Text` | paragraph | `<dl>` | PHP Markdown Extra definition lists |
/// | `{: .class #id}`, `{.class}` lines | text | attributes of the block | kramdown, Goldmark |
/// | task list item | bare check box | `class="task-list-item"`, the check box has a label | accessibility |
/// | footnotes | `<sup class="footnote-ref">`, `↩` | the same with roles and labels | accessibility |
/// | code block | `class="language-a,b"` from the first word | the language alone, see ``CodeFence`` | Zola and Hugo options |
/// | void elements | `<br />` | `<br>` | HTML 5 |
/// | component calls, Liquid | text | called, or reported and dropped | contract.md |
public struct MarkdownOptions: Hashable, Sendable {
    /// Whether raw HTML is passed on; otherwise it is dropped with a finding.
    public var rawHTML = true
    /// Whether straight quotes, `--` and `...` become curly quotes, dashes and an ellipsis.
    public var smartPunctuation = false
    /// Whether headings get ids, and by which rule.
    public var headingIDs = HeadingIDs.github
    /// Whether `> [!NOTE]` is an alert.
    public var alerts = true
    /// Whether `{#id .class key=value}` after headings and after blocks are attributes.
    public var attributes = true
    /// Whether `Term` followed by `: Text` is a definition list.
    public var definitionLists = true
    /// Whether component calls, and the marks of Liquid and Zola, are recognised.
    public var components = true
    /// Whether `$…$`, `$$…$$`, `\(…\)`, `\[…\]` and code blocks in `math` are formulas: elements of class `math` that hold
    /// their source for a script that sets them.
    public var math = false
    /// Whether the text was written for Jekyll: Liquid runs before Markdown there, so that the marks of `{% raw %}` are none
    /// of code either, and kramdown's `$$…$$` is a formula in a line where it does not stand alone.
    public var isOfJekyll = false
    /// Whether code blocks and tables can be reached by keyboard (`tabindex="0"`), so that wide ones can be
    /// scrolled without a mouse (WCAG 2.1.1).
    public var focusableBlocks = false
    /// Whether images get `loading="lazy"` and `decoding="async"`; the first image of a body never does.
    public var lazyImages = false
    /// The title of the page: a heading of level 1 that says it again at the start of the text is left out; empty for
    /// none.
    public var title: [UInt8] = []
    /// A further text that ends the summary, such as Jekyll's `excerpt_separator`; empty for none.
    public var summarySeparator: [UInt8] = []
    /// How many words an automatic summary has at least.
    public var summaryWords = 70
    /// How deep block quotes and lists may be nested; deeper marks are text. cmark-gfm is quadratic in this.
    public var nestingLimit = 64
    /// How many cells a row of a table may have; wider rows are text. cmark-gfm is quadratic in this.
    public var tableCellLimit = 200
    /// The words for alerts and footnotes.
    public var words = MarkdownWords()
    /// Whether the HTML is byte for byte that of cmark-gfm's own renderer.
    public var conformance = false
    /// Which extensions of GitHub's Markdown are read.
    public var extensions: MarkdownExtensions = .all

    /// The defaults.
    public init() {}
}

/// By which rule headings without an id of their own get one.
public enum HeadingIDs: UInt8, Hashable, Sendable {
    /// No ids but those written as `{#id}`.
    case none = 0
    /// GitHub: lower case, letters of any script, digits, `_` and `-` kept, spaces to hyphens, repeats `-1`.
    case github = 1
    /// ASCII letters and digits, all else made single hyphens: `what-s-next` (Zola's slugs); letters of
    /// Latin, Greek and Cyrillic are written with ASCII letters, those of other scripts are dropped.
    case ascii = 2
    /// kramdown: ASCII only, and what stands before the first letter is dropped.
    case kramdown = 3
}

/// Extensions of GitHub's Markdown over CommonMark.
public struct MarkdownExtensions: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// Extensions from their bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Tables.
    public static let table = MarkdownExtensions(rawValue: 1)
    /// `~~struck~~`.
    public static let strikethrough = MarkdownExtensions(rawValue: 2)
    /// Bare addresses become links.
    public static let autolink = MarkdownExtensions(rawValue: 4)
    /// `- [x] done`.
    public static let taskList = MarkdownExtensions(rawValue: 8)
    /// `[^1]`.
    public static let footnotes = MarkdownExtensions(rawValue: 16)
    /// Some tags that could take over the page lose their `<`.
    public static let tagFilter = MarkdownExtensions(rawValue: 32)
    /// What GitHub shows in files, without the tag filter.
    public static let all: MarkdownExtensions = [.table, .strikethrough, .autolink, .taskList, .footnotes]
}

/// The words that the renderer itself writes, in the language of the page.
public struct MarkdownWords: Hashable, Sendable {
    /// The title of `> [!NOTE]`.
    public var note = "Note"
    /// The title of `> [!TIP]`.
    public var tip = "Tip"
    /// The title of `> [!IMPORTANT]`.
    public var important = "Important"
    /// The title of `> [!WARNING]`.
    public var warning = "Warning"
    /// The title of `> [!CAUTION]`.
    public var caution = "Caution"
    /// The label of the list of footnotes.
    public var footnotes = "Footnotes"
    /// What a screen reader says for the arrow from a footnote to its mark.
    public var backToContent = "Back to content"
    /// What a screen reader says for the check box of an open task.
    public var taskOpen = "Open task"
    /// What a screen reader says for the check box of a task that is done.
    public var taskDone = "Completed task"

    /// English.
    public init() {}

    /// What a text may need words for.
    public struct Use: OptionSet, Sendable {
        /// One bit for each use.
        public let rawValue: UInt8

        /// Uses from their bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Titles of `> [!NOTE]` and its like.
        public static let alerts = Use(rawValue: 1)
        /// What stands around footnotes.
        public static let footnotes = Use(rawValue: 2)
        /// The check boxes of tasks.
        public static let tasks = Use(rawValue: 4)
    }

    /// What a text may need words for, going by what stands after its opening brackets.
    ///
    /// - Complexity: O(n), at the speed of a search for one byte.
    public static func uses(in text: [UInt8], from start: Int) -> Use {
        var uses: Use = []
        var index = start
        while let bracket = text.next(UInt8(ascii: "["), from: index) {
            index = bracket + 1
            guard index < text.count else { break }
            switch text[index] {
            case UInt8(ascii: "!"): uses.insert(.alerts)
            case UInt8(ascii: "^"): uses.insert(.footnotes)
            case UInt8(ascii: " "), 0x09, UInt8(ascii: "x"), UInt8(ascii: "X"):
                if index + 1 < text.count, text[index + 1] == UInt8(ascii: "]") { uses.insert(.tasks) }
            default: break
            }
        }
        return uses
    }
}
