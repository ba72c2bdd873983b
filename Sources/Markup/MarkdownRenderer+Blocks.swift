import Text

extension MarkdownRenderer {
    /// Writes what comes before the content of a block.
    ///
    /// - Returns: the index of the node to go on with.
    mutating func enterBlock(_ index: Int) -> Int {
        let node = document.nodes[index]
        if node.type == .none { return node.endIndex }
        if options.attributes, !options.conformance { readAhead(index) }
        switch node.type {
        case .document:
            return open(index)
        case .paragraph:
            return enterParagraph(index)
        case .heading:
            return enterHeading(index)
        case .list:
            return enterList(index)
        case .item:
            return enterItem(index)
        case .blockQuote:
            return enterBlockQuote(index)
        case .codeBlock:
            emitCodeBlock(index)
        case .htmlBlock:
            emitHTMLBlock(index)
        case .thematicBreak:
            output.startLine()
            output.put("<hr")
            writeAttributes(takeAttributes(index))
            output.put(options.conformance ? " />\n" : ">\n")
            noteBlockEnd()
            return node.endIndex
        case .footnoteDefinition:
            return enterFootnote(index)
        case .table:
            return enterTable(index)
        case .tableRow:
            return enterTableRow(index)
        case .tableCell:
            return enterTableCell(index)
        default:
            return node.endIndex
        }
        noteBlockEnd()
        return node.endIndex
    }

    /// Writes what comes after the content of a block.
    mutating func leaveBlock(_ frame: Frame) {
        let node = document.nodes[frame.index]
        switch node.type {
        case .paragraph:
            leaveParagraph(frame)
        case .heading:
            leaveHeading(frame)
        case .list:
            if frame.tag == .definitions {
                isInDefinitionList = false
                if continuesDefinitions(after: frame) {
                    isInDefinitionList = true
                } else {
                    output.put("</dl>\n")
                }
            } else {
                output.put(node.isOrdered ? "</ol>\n" : "</ul>\n")
            }
        case .item:
            if stack.last?.tag == .definitions { output.put("</dd>\n") } else { output.put("</li>\n") }
        case .blockQuote:
            output.startLine()
            output.put(frame.tag == .alert ? "</div>\n" : "</blockquote>\n")
        case .footnoteDefinition:
            leaveFootnote(frame)
        case .table, .tableRow, .tableCell:
            leaveTable(frame)
        default:
            break
        }
        noteBlockEnd()
    }

    /// Notes the end of a block of the outermost document, for automatic summaries.
    private mutating func noteBlockEnd() {
        guard stack.count == 1, depth == 0, !isInDefinitionList, footnoteIndex == 0 else { return }
        body.blockEnds.append(
            BlockEnd(offset: output.count, words: body.wordCount, isBalanced: output.rawDepth == 0))
    }

    // MARK: - Paragraphs

    private mutating func enterParagraph(_ index: Int) -> Int {
        startText(index)
        searchStart = 0
        if options.conformance {
            if isTight() { return open(index, .nothing) }
            output.startLine()
            output.put("<p>")
            return open(index, .paragraph)
        }
        if consumedParagraph == index { return document.nodes[index].endIndex }
        if !document.definitionMarks.isEmpty, let list = sibling(index), isDefinitionList(list) {
            if !isInDefinitionList {
                output.startLine()
                output.put("<dl")
                writeAttributes(takeAttributes(index))
                output.put(">\n")
            }
            isInDefinitionList = true
            output.put("<dt>")
            return open(index, .term)
        }
        if !document.marks.isEmpty, isOnlyCalls(index) {
            if !isTight() { output.startLine() }
            return open(index, .nothing)
        }
        if isTight() || bareParagraph == index { return open(index, .nothing) }
        output.startLine()
        let tagStart = output.count
        output.put("<p")
        writeAttributes(
            takeAttributes(index) ?? attributesInLastLine(index) ?? attributesInFirstLine(index))
        output.put(0x3E)
        if pendingTask == index {
            writeCheckBox(stack.last?.index ?? 0)
            pendingTask = 0
        }
        return open(index, .paragraph, tagStart: tagStart)
    }

    private mutating func leaveParagraph(_ frame: Frame) {
        let isInItem = stack.last.map { document.nodes[$0.index].type == .item } ?? false
        let kind: TextBlock.Kind = footnoteIndex > 0 ? .note : isInItem ? .item : .paragraph
        switch frame.tag {
        case .paragraph:
            if let parent = stack.last, document.nodes[parent.index].type == .footnoteDefinition,
                frame.end == parent.end
            {
                output.put(0x20)
                writeBackReference(parent.index)
            }
            // Nothing is left of a paragraph whose only content was dropped.
            if output.count == frame.start, !options.conformance {
                output.truncate(to: frame.tagStart)
            } else {
                output.put("</p>\n")
            }
            endText(kind)
        case .term:
            output.put("</dt>\n")
            // A term without its text says nothing: both are of the list.
            endText(kind == .paragraph ? .item : kind)
        default:
            endText(kind)
        }
    }

    /// Whether paragraphs here are the bare content of an item of a tight list.
    func isTight() -> Bool {
        guard stack.count >= 2 else { return false }
        let grandparent = document.nodes[stack[stack.count - 2].index]
        return grandparent.type == .list && grandparent.isTight
    }

    // MARK: - Block quotes

    private mutating func enterBlockQuote(_ index: Int) -> Int {
        output.startLine()
        if !options.conformance, options.alerts, let alert = readAlert(index) {
            output.put("<div")
            var attributes = takeAttributes(index) ?? AttributeList()
            attributes.add(class: "markdown-alert markdown-alert-\(alert.name)")
            writeAttributes(attributes)
            output.put(" role=\"note\">\n<p class=\"markdown-alert-title\">")
            output.escape(alert.title)
            output.put("</p>\n")
            return open(index, .alert)
        }
        output.put("<blockquote")
        writeAttributes(takeAttributes(index))
        output.put(">\n")
        return open(index)
    }

    /// Recognises `[!NOTE]` at the start of a block quote and takes it out of the tree.
    private mutating func readAlert(_ index: Int) -> (name: String, title: [UInt8])? {
        let end = document.nodes[index].endIndex
        guard index + 2 < end, document.nodes[index + 1].type == .paragraph,
            document.nodes[index + 2].type == .text
        else { return nil }
        let range = document.nodes[index + 2].textRange
        let heap = document.heap
        guard range.count >= 6, heap[range.lowerBound] == UInt8(ascii: "["),
            heap[range.lowerBound + 1] == UInt8(ascii: "!")
        else { return nil }
        var close = range.lowerBound + 2
        var word: [UInt8] = []
        while close < range.upperBound, heap[close] != UInt8(ascii: "]"), word.count < 12 {
            word.append(heap[close] | 0x20)
            close += 1
        }
        guard close < range.upperBound, heap[close] == UInt8(ascii: "]") else { return nil }
        let words = options.words
        let known: [(String, String)] = [
            ("note", words.note), ("tip", words.tip), ("important", words.important),
            ("warning", words.warning),
            ("caution", words.caution),
        ]
        guard let found = known.first(where: { word.elementsEqual($0.0.utf8) }) else { return nil }
        // After the mark, `+` or `-` (it folds, in Obsidian), and a title of its own up to the end of the line.
        var titleStart = close + 1
        if titleStart < range.upperBound,
            heap[titleStart] == UInt8(ascii: "+") || heap[titleStart] == UInt8(ascii: "-")
        {
            titleStart += 1
        }
        while titleStart < range.upperBound, heap[titleStart] == 0x20 { titleStart += 1 }
        let next = index + 3
        let paragraphEnd = document.nodes[index + 1].endIndex
        guard
            next == paragraphEnd || document.nodes[next].type == .softBreak
                || document.nodes[next].type == .lineBreak
        else { return nil }
        let title =
            titleStart < range.upperBound ? Array(heap[titleStart..<range.upperBound]) : Array(found.1.utf8)
        document.nodes[index + 2].type = .none
        if next == paragraphEnd {
            document.nodes[index + 1].type = .none
        } else {
            document.nodes[next].type = .none
        }
        return (found.0, title)
    }
}
