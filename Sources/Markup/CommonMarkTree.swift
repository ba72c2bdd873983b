import CCMark

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A Markdown document as cmark-gfm reads it: a flat list of nodes in order of entry, and their text.
///
/// The only file that touches cmark-gfm. The library's own tree lives for the length of a parse; what leaves
/// here are plain numbers and bytes.
struct CommonMarkTree {
    /// The nodes; the first is the document.
    var nodes: [Node]
    /// The bytes that nodes refer to.
    var heap: [UInt8]
    /// There is nothing, since the text would take too much memory.
    let isTooLarge: Bool

    /// Reads Markdown.
    init(_ text: Span<UInt8>, extensions: MarkdownExtensions, smart: Bool) {
        _ = Self.prepared
        var document = unsafe ccmark_document()
        let parsed = unsafe text.withUnsafeBufferPointer { buffer in
            unsafe ccmark_parse(
                buffer.baseAddress, buffer.count, UInt32(extensions.rawValue), smart, &document)
        }
        guard parsed else {
            nodes = []
            heap = []
            isTooLarge = true
            return
        }
        nodes = unsafe UnsafeBufferPointer(start: document.nodes, count: document.node_count).map(Node.init)
        heap = unsafe Array(UnsafeBufferPointer(start: document.heap, count: document.heap_count))
        unsafe ccmark_free(&document)
        isTooLarge = false
    }

    /// The HTML of cmark-gfm's own renderer, to compare with.
    static func referenceHTML(_ text: [UInt8], extensions: MarkdownExtensions, smart: Bool = false) -> [UInt8]
    {
        _ = prepared
        return unsafe text.withUnsafeBufferPointer { buffer in
            guard
                let html = unsafe ccmark_reference_html(
                    buffer.baseAddress, buffer.count, UInt32(extensions.rawValue), smart)
            else { return [] }
            defer { unsafe free(html) }
            return unsafe Array(
                UnsafeBufferPointer(start: html, count: strlen(html)).map { UInt8(bitPattern: $0) })
        }
    }

    /// Registers the extensions, once for the process and before any parse.
    private static let prepared: Void = ccmark_prepare()
}

/// One node of the flat tree.
struct Node {
    /// What it is.
    var type: NodeKind
    /// What is true of it; see ``isTight`` and those after it.
    private let flags: UInt8
    /// Heading: 1 to 6. Cell: `l`, `c`, `r` or 0.
    let level: UInt8
    /// The index after the last node inside.
    var end: UInt32
    /// Where its text starts in the heap: the destination of a link, the label of a footnote.
    var text: UInt32
    var textCount: UInt32
    /// Where its title, info string or label starts in the heap.
    let extra: UInt32
    let extraCount: UInt32
    /// List: start. Footnote mark: which mark of its footnote. Footnote: how many marks.
    let number: Int32
    /// Lines and columns from 1, columns in bytes.
    let startLine: Int32
    let startColumn: Int32
    let endLine: Int32
    let endColumn: Int32

    fileprivate init(_ node: ccmark_node) {
        type = NodeKind(rawValue: node.kind) ?? .none
        flags = node.flags
        level = node.level
        end = node.end
        text = node.text
        textCount = node.text_count
        extra = node.extra
        extraCount = node.extra_count
        number = node.number
        startLine = node.start_line
        startColumn = node.start_column
        endLine = node.end_line
        endColumn = node.end_column
    }

    /// Where its text lies in the heap.
    var textRange: Range<Int> { Int(text)..<Int(text) + Int(textCount) }
    /// Where its title, info string or label lies in the heap.
    var extraRange: Range<Int> { Int(extra)..<Int(extra) + Int(extraCount) }
    /// The index after the last node inside.
    var endIndex: Int { Int(end) }
    /// A list whose paragraphs are not wrapped.
    var isTight: Bool { flags & 1 != 0 }
    /// A numbered list.
    var isOrdered: Bool { flags & 2 != 0 }
    /// An item with a check box.
    var isTask: Bool { flags & 4 != 0 }
    /// An item whose box is checked.
    var isChecked: Bool { flags & 8 != 0 }
    /// A row or cell of a table's head.
    var isHeader: Bool { flags & 16 != 0 }
}

/// What a node is.
enum NodeKind: UInt8 {
    case none = 0
    case document, blockQuote, list, item, codeBlock, htmlBlock, paragraph, heading, thematicBreak
    case footnoteDefinition, table, tableRow, tableCell
    case text, softBreak, lineBreak, code, htmlInline, emphasis, strong, strikethrough, link, image
    case footnoteReference
}
