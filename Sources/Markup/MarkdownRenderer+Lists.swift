import Text

/// Lists of all kinds: bullets, numbers, tasks, definitions.
extension MarkdownRenderer {
    mutating func enterList(_ index: Int) -> Int {
        let node = document.nodes[index]
        if !options.conformance, isContentsMark(index) { return node.endIndex }
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

    mutating func enterItem(_ index: Int) -> Int {
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

    mutating func writeCheckBox(_ index: Int) {
        let isChecked = document.nodes[index].isChecked
        output.put("<input type=\"checkbox\" disabled aria-label=\"")
        output.escape(isChecked ? options.words.taskDone : options.words.taskOpen)
        output.put(isChecked ? "\" checked> " : "\"> ")
    }

    // MARK: - Definition lists

    /// Whether a list was written with `:`.
    mutating func isDefinitionList(_ index: Int) -> Bool {
        guard document.nodes[index].type == .list, index + 1 < document.nodes.count else { return false }
        return document.isDefinition(item: index + 1)
    }

    /// Whether after a list of definitions the next term follows at once.
    mutating func continuesDefinitions(after frame: Frame) -> Bool {
        guard let parent = stack.last, frame.end < parent.end, document.nodes[frame.end].type == .paragraph
        else {
            return false
        }
        let list = document.nodes[frame.end].endIndex
        return list < parent.end && isDefinitionList(list)
    }

    /// Whether a list is kramdown's mark for the table of contents: one item that ends in `{:toc}`. Templates have the
    /// table as a value of its own, so the mark is nothing.
    private func isContentsMark(_ index: Int) -> Bool {
        let end = document.nodes[index].endIndex
        guard options.attributes, index + 3 < end, document.nodes[index + 1].endIndex == end,
            document.nodes[end - 1].type == .text
        else { return false }
        var text: [UInt8] = []
        document.appendPlain(document.nodes[end - 1].textRange, to: &text)
        return text.elementsEqual("{:toc}".utf8)
    }
}
