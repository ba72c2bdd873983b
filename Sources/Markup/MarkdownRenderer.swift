import Text

/// Writes a tree of Markdown as HTML and gathers on the way what a ``MarkdownBody`` knows.
///
/// One renderer makes one body. Bodies of components are documents of their own, rendered in between with the
/// same renderer, so that ids stay unique and headings in order. The walk keeps its own stack: nesting costs
/// memory, never the thread's stack.
struct MarkdownRenderer {
    let file: SourceFile
    let options: MarkdownOptions
    let overrides: MarkdownOverrides
    /// Asked for links and components, seldom enough for an existential: a generic renderer would run unspecialised
    /// in other rooms.
    var hooks: any MarkdownHooks

    /// The HTML of the document being rendered.
    var output = HTMLOutput()
    /// What is gathered for the whole body.
    var body = MarkdownBody()
    var ids = HeadingIDTable()
    /// The ids of this document's footnotes and of their marks.
    var footnoteIDs: [FootnotePlace: [UInt8]] = [:]
    /// How often each component was called.
    var ordinals: [[UInt8]: Int] = [:]
    /// Raw HTML that was dropped: how often, and where first.
    var droppedHTML = 0
    var firstDroppedHTML: SourceRange?
    /// How many findings of each code there were.
    var findingCounts: [DiagnosticCode: Int] = [:]
    /// The lines of the document that may define links, once a component's body has asked for them.
    var definitionLines: [Range<Int>]?
    /// So many bytes of definitions may still be read again for the bodies of components.
    var definitionAllowance = 16 << 20
    /// How many documents are inside each other, and how many there were.
    var depth = 0
    var documentCount = 0
    /// The number of this document; 0 for the text of the file.
    var documentNumber = 0
    /// The one paragraph of a body that stands within a line: it is not wrapped.
    var bareParagraph: Int?
    /// Whether a block was just written in the midst of a paragraph: a line break after it is nothing.
    var skipBreakAfterSplit = false

    /// The document being rendered.
    var document: MarkdownDocument
    var stack: [Frame] = []
    /// Where the text of the open block began in ``MarkdownBody/text``.
    var textStart = 0
    /// The last block that holds inlines: where to look for what stands in it.
    var textBlock = 0
    /// From where on destinations are looked for in the source.
    var searchStart = 0
    var footnoteIndex = 0
    var writtenFootnote = 0
    var hasTableBody = false
    var pendingTask = 0
    var isInDefinitionList = false
    /// Attributes read ahead for the block about to be written.
    var blockAttributes: AttributeList?
    var blockAttributesOwner = -1
    /// A paragraph that was nothing but the attributes of the block before it.
    var consumedParagraph = -1
    /// The headings whose HTML is being written, and where an override's heading starts.
    var openHeading = HeadingInProgress()
    /// Links whose content is being written, innermost last.
    var openLinks: [LinkInProgress] = []

    /// An open node.
    struct Frame {
        var index: Int
        var end: Int
        var tag: Tag
        /// Where its start tag and its content start in the output.
        var tagStart: Int
        var start: Int
    }

    /// What has to be written when a node is closed.
    enum Tag: UInt8 {
        /// What its kind says.
        case usual
        /// Nothing.
        case nothing
        /// A paragraph as `<p>`.
        case paragraph
        /// A paragraph as `<dt>`.
        case term
        /// A list as `<dl>`, its items as `<dd>`.
        case definitions
        /// A block quote as an alert.
        case alert
        /// A heading that a hook writes.
        case overridden
    }

    init(
        file: SourceFile, document: MarkdownDocument, options: MarkdownOptions, hooks: any MarkdownHooks
    ) {
        self.file = file
        self.options = options
        self.document = document
        self.hooks = hooks
        overrides = options.conformance ? [] : hooks.overrides
    }

    /// Writes the whole document.
    mutating func render() {
        let count = document.nodes.count
        output.bytes.reserveCapacity(output.count + document.text.count * 5 / 4 + 128)
        body.text.reserveCapacity(body.text.count + document.text.count)
        var index = 0
        while true {
            while let frame = stack.last, frame.end == index {
                stack.removeLast()
                leave(frame)
            }
            if index >= count { break }
            index = enter(index)
        }
        if footnoteIndex > 0 { endFootnotes() }
    }

    /// The body, once everything is written.
    consuming func finish() -> MarkdownBody {
        if let range = firstDroppedHTML {
            let times = droppedHTML == 1 ? "once" : "\(droppedHTML) times"
            report(.rawHTMLDropped, "raw HTML is dropped (\(times) in this file)", at: range)
        }
        body.content = HTMLFragment(html: output.bytes, urls: output.urls, ids: output.ids)
        body.diagnostics.sort()
        countFindingsLeftOut()
        return body
    }

    /// Opens a node whose content follows, and says where to go on.
    @inline(__always)
    mutating func open(_ index: Int, _ tag: Tag = .usual, tagStart: Int? = nil) -> Int {
        let end = document.nodes[index].endIndex
        stack.append(
            Frame(index: index, end: end, tag: tag, tagStart: tagStart ?? output.count, start: output.count))
        return index + 1
    }

    /// Writes what comes before a node's content.
    ///
    /// - Returns: the index of the node to go on with.
    private mutating func enter(_ index: Int) -> Int {
        let node = document.nodes[index]
        switch node.type {
        case .text:
            emitText(node.textRange)
            return index + 1
        case .softBreak:
            if skipBreakAfterSplit, output.endsWith("<p>") {
                skipBreakAfterSplit = false
                return index + 1
            }
            if let frame = stack.last, frame.tag == .term {
                endText(.paragraph)
                output.put("</dt>\n<dt>")
            } else {
                output.put(0x0A)
                body.text.append(0x20)
            }
            return index + 1
        case .lineBreak:
            output.put(options.conformance ? "<br />\n" : "<br>\n")
            body.text.append(0x20)
            return index + 1
        case .code:
            emitCode(index)
            return index + 1
        case .htmlInline:
            emitInlineHTML(index)
            return index + 1
        case .emphasis:
            output.put("<em>")
            return open(index)
        case .strong:
            output.put("<strong>")
            return open(index)
        case .strikethrough:
            output.put("<del>")
            return open(index)
        case .link:
            return enterLink(index)
        case .image:
            emitImage(index)
            return node.endIndex
        case .footnoteReference:
            emitFootnoteReference(index)
            return index + 1
        default:
            return enterBlock(index)
        }
    }

    /// Writes what comes after a node's content.
    private mutating func leave(_ frame: Frame) {
        switch document.nodes[frame.index].type {
        case .emphasis: output.put("</em>")
        case .strong: output.put("</strong>")
        case .strikethrough: output.put("</del>")
        case .link: leaveLink(frame)
        default: leaveBlock(frame)
        }
    }

    // MARK: - The text of blocks

    /// Begins the plain text of a block.
    mutating func startText(_ index: Int) {
        textStart = body.text.count
        textBlock = index
    }

    /// Ends the plain text of a block: counts its words and notes it.
    mutating func endText(_ kind: TextBlock.Kind) {
        var end = body.text.count
        while end > textStart, body.text[end - 1] <= 0x20 { end -= 1 }
        var start = textStart
        while start < end, body.text[start] <= 0x20 { start += 1 }
        if start < end {
            if kind != .code { body.wordCount += WordCounter.count(body.text, start..<end) }
            body.textBlocks.append(
                TextBlock(
                    kind: kind, range: start..<end,
                    heading: body.headings.isEmpty ? nil : body.headings.count - 1))
            body.text.removeLast(body.text.count - end)
            body.text.append(0x0A)
        } else {
            body.text.removeLast(body.text.count - textStart)
        }
        textStart = body.text.count
    }

    /// The text without marks of everything inside a node.
    func plainText(in index: Int) -> [UInt8] {
        var text: [UInt8] = []
        for inner in index + 1..<max(index + 1, document.nodes[index].endIndex) {
            let node = document.nodes[inner]
            switch node.type {
            case .text, .code: document.appendPlain(node.textRange, to: &text)
            case .softBreak, .lineBreak: text.append(0x20)
            default: break
            }
        }
        return text
    }

    /// How many findings of one code are kept for a body: placing each costs a walk over the file.
    static var findingLimit: Int { 100 }

    /// Notes a finding.
    mutating func report(
        _ code: DiagnosticCode, _ message: String, at range: SourceRange, hint: String? = nil
    ) {
        let count = findingCounts[code, default: 0] + 1
        findingCounts[code] = count
        if count > Self.findingLimit { return }
        body.diagnostics.append(Diagnostic(code, message, at: range, in: file, hint: hint))
    }

    /// Says of codes with too many findings how many were left out.
    private mutating func countFindingsLeftOut() {
        for index in body.diagnostics.indices.reversed() {
            let code = body.diagnostics[index].code
            guard let count = findingCounts[code], count > Self.findingLimit else { continue }
            body.diagnostics[index].notes.append(
                DiagnosticNote("\(count - Self.findingLimit) more of this kind in the file"))
            findingCounts[code] = nil
        }
    }
}
