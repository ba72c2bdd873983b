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
                if continuesDefinitions(after: frame) { isInDefinitionList = true } else { output.put("</dl>\n") }
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
        writeAttributes(takeAttributes(index) ?? attributesInLastLine(index))
        output.put(0x3E)
        if pendingTask == index {
            writeCheckBox(stack.last?.index ?? 0)
            pendingTask = 0
        }
        return open(index, .paragraph, tagStart: tagStart)
    }

    private mutating func leaveParagraph(_ frame: Frame) {
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
            endText(.paragraph)
        case .term:
            output.put("</dt>\n")
            endText(.paragraph)
        default:
            endText(.paragraph)
        }
    }

    /// Whether paragraphs here are the bare content of an item of a tight list.
    private func isTight() -> Bool {
        guard stack.count >= 2 else { return false }
        let grandparent = document.nodes[stack[stack.count - 2].index]
        return grandparent.type == .list && grandparent.isTight
    }

    // MARK: - Lists

    private mutating func enterList(_ index: Int) -> Int {
        let node = document.nodes[index]
        output.startLine()
        if !options.conformance, !document.definitionMarks.isEmpty, isDefinitionList(index) {
            if !isInDefinitionList { output.put("<dl>\n") }
            isInDefinitionList = true
            return open(index, .definitions)
        }
        if node.isOrdered {
            output.put("<ol")
            if node.number != 1 {
                output.put(" start=\"")
                output.put(number: Int(node.number))
                output.put(0x22)
            }
        } else {
            output.put("<ul")
        }
        if !options.conformance {
            var attributes = takeAttributes(index)
            if index + 1 < document.nodes.count, document.nodes[index + 1].isTask {
                attributes = attributes ?? AttributeList()
                attributes?.add(class: "contains-task-list")
            }
            writeAttributes(attributes)
        }
        output.put(">\n")
        return open(index)
    }

    private mutating func enterItem(_ index: Int) -> Int {
        let node = document.nodes[index]
        output.startLine()
        if stack.last?.tag == .definitions {
            output.put("<dd>")
            return open(index)
        }
        output.put("<li")
        if options.conformance {
            output.put(0x3E)
            if node.isTask {
                output.put(
                    node.isChecked
                        ? "<input type=\"checkbox\" checked=\"\" disabled=\"\" /> "
                        : "<input type=\"checkbox\" disabled=\"\" /> ")
            }
            return open(index)
        }
        let first = index + 1
        let isTight = stack.last.map { document.nodes[$0.index].isTight } ?? false
        let hasParagraph = first < node.endIndex && document.nodes[first].type == .paragraph
        var attributes: AttributeList?
        if isTight, hasParagraph { attributes = attributesInLastLine(first) }
        if node.isTask {
            attributes = attributes ?? AttributeList()
            attributes?.add(class: "task-list-item")
        }
        writeAttributes(attributes)
        output.put(0x3E)
        if node.isTask {
            if isTight || !hasParagraph { writeCheckBox(index) } else { pendingTask = first }
        }
        return open(index)
    }

    private mutating func writeCheckBox(_ index: Int) {
        let isChecked = document.nodes[index].isChecked
        output.put("<input type=\"checkbox\" disabled aria-label=\"")
        output.escape(isChecked ? options.words.taskDone : options.words.taskOpen)
        output.put(isChecked ? "\" checked> " : "\"> ")
    }

    // MARK: - Definition lists

    /// Whether a list was written with `:`.
    private mutating func isDefinitionList(_ index: Int) -> Bool {
        guard document.nodes[index].type == .list, index + 1 < document.nodes.count else { return false }
        return document.isDefinition(item: index + 1)
    }

    /// Whether after a list of definitions the next term follows at once.
    private mutating func continuesDefinitions(after frame: Frame) -> Bool {
        guard let parent = stack.last, frame.end < parent.end, document.nodes[frame.end].type == .paragraph else {
            return false
        }
        let list = document.nodes[frame.end].endIndex
        return list < parent.end && isDefinitionList(list)
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
        guard index + 2 < end, document.nodes[index + 1].type == .paragraph, document.nodes[index + 2].type == .text
        else { return nil }
        let range = document.nodes[index + 2].textRange
        let heap = document.heap
        guard range.count >= 6, heap[range.lowerBound] == UInt8(ascii: "["), heap[range.lowerBound + 1] == UInt8(ascii: "!")
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
            ("note", words.note), ("tip", words.tip), ("important", words.important), ("warning", words.warning),
            ("caution", words.caution),
        ]
        guard let found = known.first(where: { word.elementsEqual($0.0.utf8) }) else { return nil }
        // After the mark, `+` or `-` (it folds, in Obsidian), and a title of its own up to the end of the line.
        var titleStart = close + 1
        if titleStart < range.upperBound, heap[titleStart] == UInt8(ascii: "+") || heap[titleStart] == UInt8(ascii: "-") {
            titleStart += 1
        }
        while titleStart < range.upperBound, heap[titleStart] == 0x20 { titleStart += 1 }
        let next = index + 3
        let paragraphEnd = document.nodes[index + 1].endIndex
        guard next == paragraphEnd || document.nodes[next].type == .softBreak || document.nodes[next].type == .lineBreak
        else { return nil }
        let title = titleStart < range.upperBound ? Array(heap[titleStart..<range.upperBound]) : Array(found.1.utf8)
        document.nodes[index + 2].type = .none
        if next == paragraphEnd { document.nodes[index + 1].type = .none } else { document.nodes[next].type = .none }
        return (found.0, title)
    }

    // MARK: - Tables

    private mutating func enterTable(_ index: Int) -> Int {
        output.startLine()
        if options.scrollableTables, !options.conformance {
            output.put("<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
            output.escape(options.words.table)
            output.put("\">\n")
        }
        let attributes = options.conformance ? nil : takeAttributes(index) ?? attributesInLastRow(index)
        output.put("<table")
        writeAttributes(attributes)
        output.put(0x3E)
        hasTableBody = false
        return open(index)
    }

    private mutating func enterTableRow(_ index: Int) -> Int {
        output.startLine()
        if document.nodes[index].isHeader {
            output.put("<thead>\n")
        } else if !hasTableBody {
            output.put("<tbody>\n")
            hasTableBody = true
        }
        output.put("<tr>")
        return open(index)
    }

    private mutating func enterTableCell(_ index: Int) -> Int {
        let node = document.nodes[index]
        output.startLine()
        output.put(node.isHeader ? "<th" : "<td")
        if options.conformance {
            switch node.level {
            case UInt8(ascii: "l"): output.put(" align=\"left\"")
            case UInt8(ascii: "c"): output.put(" align=\"center\"")
            case UInt8(ascii: "r"): output.put(" align=\"right\"")
            default: break
            }
        } else {
            switch node.level {
            case UInt8(ascii: "l"): output.put(" style=\"text-align:left\"")
            case UInt8(ascii: "c"): output.put(" style=\"text-align:center\"")
            case UInt8(ascii: "r"): output.put(" style=\"text-align:right\"")
            default: break
            }
        }
        output.put(0x3E)
        startText(index)
        searchStart = 0
        return open(index)
    }

    private mutating func leaveTable(_ frame: Frame) {
        let node = document.nodes[frame.index]
        switch node.type {
        case .tableCell:
            output.put(node.isHeader ? "</th>" : "</td>")
            endText(.cell)
        case .tableRow:
            output.startLine()
            output.put("</tr>")
            if node.isHeader {
                output.startLine()
                output.put("</thead>")
            }
        default:
            if hasTableBody {
                output.startLine()
                output.put("</tbody>\n")
            }
            hasTableBody = false
            output.startLine()
            output.put("</table>\n")
            if options.scrollableTables, !options.conformance { output.put("</div>\n") }
        }
    }
}
