import Text

extension MarkdownRenderer {
    /// Takes a list of attributes that stands as a paragraph of its own after a block.
    mutating func readAhead(_ index: Int) {
        let next = document.nodes[index].endIndex
        guard let frame = stack.last, next < frame.end, next + 1 < document.nodes.count else { return }
        let paragraph = document.nodes[next]
        let text = document.nodes[next + 1]
        guard paragraph.type == .paragraph, paragraph.endIndex == next + 2, text.type == .text,
            text.textCount >= 3, document.heap[Int(text.text)] == UInt8(ascii: "{"),
            document.nodes[index].type != .htmlBlock,
            document.nodes[index].type != .paragraph
                || document.nodes[index].endIndex > index + 1,
            let attributes = AttributeList(document.heap, text.textRange)
        else { return }
        blockAttributes = attributes
        blockAttributesOwner = index
        consumedParagraph = next
    }

    /// The attributes that were read ahead for a block.
    mutating func takeAttributes(_ index: Int) -> AttributeList? {
        guard blockAttributesOwner == index else { return nil }
        defer { blockAttributes = nil }
        return blockAttributes
    }

    /// Takes a list of attributes from the last line of a paragraph.
    mutating func attributesInLastLine(_ index: Int) -> AttributeList? {
        let last = document.nodes[index].endIndex - 1
        guard options.attributes, last > index + 1, document.nodes[last].type == .text,
            document.nodes[last - 1].type == .softBreak, document.nodes[last].textCount >= 3,
            document.heap[Int(document.nodes[last].text)] == UInt8(ascii: "{"),
            let attributes = AttributeList(document.heap, document.nodes[last].textRange)
        else { return nil }
        document.nodes[last].type = .none
        document.nodes[last - 1].type = .none
        return attributes
    }

    /// Takes kramdown's list of attributes from the first line of a paragraph: it stands directly before its block.
    mutating func attributesInFirstLine(_ index: Int) -> AttributeList? {
        let first = index + 1
        guard options.attributes, first + 2 < document.nodes[index].endIndex,
            document.nodes[first].type == .text, document.nodes[first + 1].type == .softBreak,
            document.nodes[first].textCount >= 4
        else { return nil }
        let text = Int(document.nodes[first].text)
        guard document.heap[text] == UInt8(ascii: "{"), document.heap[text + 1] == UInt8(ascii: ":"),
            let attributes = AttributeList(document.heap, document.nodes[first].textRange)
        else { return nil }
        document.nodes[first].type = .none
        document.nodes[first + 1].type = .none
        return attributes
    }

    /// Takes a list of attributes from the last row of a table: cmark-gfm reads the line after a table as a row.
    mutating func attributesInLastRow(_ index: Int) -> AttributeList? {
        guard options.attributes else { return nil }
        let end = document.nodes[index].endIndex
        var row = index + 1
        while row < end, document.nodes[row].endIndex < end { row = document.nodes[row].endIndex }
        guard row + 2 < end, !document.nodes[row].isHeader, document.nodes[row + 2].type == .text,
            document.nodes[row + 1].endIndex == row + 3,
            // Only the first cell has anything in it.
            (row + 3..<end).allSatisfy({ document.nodes[$0].type == .tableCell }),
            let attributes = AttributeList(document.heap, document.nodes[row + 2].textRange)
        else { return nil }
        for inner in row..<end {
            document.nodes[inner].type = .none
            document.nodes[inner].end = UInt32(inner + 1)
        }
        return attributes
    }

    /// Takes a list of attributes from the end of a heading.
    mutating func attributesAtEnd(_ index: Int) -> AttributeList? {
        let last = document.nodes[index].endIndex - 1
        guard options.attributes, last > index, document.nodes[last].type == .text else { return nil }
        let range = document.nodes[last].textRange
        guard range.count >= 3, document.heap[range.upperBound - 1] == UInt8(ascii: "}") else { return nil }
        var open = range.upperBound - 1
        while open > range.lowerBound, document.heap[open] != UInt8(ascii: "{") { open -= 1 }
        guard document.heap[open] == UInt8(ascii: "{"),
            let attributes = AttributeList(document.heap, open..<range.upperBound)
        else { return nil }
        while open > range.lowerBound, document.heap[open - 1] == 0x20 { open -= 1 }
        document.nodes[last].textCount = UInt32(open - range.lowerBound)
        return attributes
    }

    /// Takes a list of attributes from the start of the text that follows an inline: `![](a.png){: width="80"}`.
    mutating func attributesAfter(_ index: Int) -> AttributeList? {
        let next = document.nodes[index].endIndex
        guard options.attributes, !options.conformance, let frame = stack.last, next < frame.end,
            document.nodes[next].type == .text, document.nodes[next].textCount >= 3
        else { return nil }
        let range = document.nodes[next].textRange
        guard document.heap[range.lowerBound] == UInt8(ascii: "{"),
            let close = document.heap[range].firstIndex(of: UInt8(ascii: "}")),
            let attributes = AttributeList(document.heap, range.lowerBound..<close + 1)
        else { return nil }
        document.nodes[next].text = UInt32(close + 1)
        document.nodes[next].textCount = UInt32(range.upperBound - close - 1)
        return attributes
    }

    /// Writes attributes into the start tag that is open.
    mutating func writeAttributes(_ attributes: AttributeList?) {
        guard let attributes else { return }
        if !attributes.id.isEmpty {
            if !ids.claim(attributes.id) { reportDuplicate(attributes.id, in: stack.last?.index ?? 0) }
            output.putID(attributes.id)
        }
        if !attributes.classes.isEmpty {
            output.put(" class=\"")
            output.escape(attributes.classes)
            output.put(0x22)
        }
        writeAttributes(attributes.others)
    }

    /// Writes attributes into the start tag that is open.
    mutating func writeAttributes(_ attributes: [HTMLAttribute]) {
        for attribute in allowed(attributes) {
            output.put(0x20)
            output.put(attribute.name)
            output.put("=\"")
            output.escape(attribute.value)
            output.put(0x22)
        }
    }

    /// Those that may be written, by this renderer or by who writes the element in its place.
    func allowed(_ attributes: [HTMLAttribute]) -> [HTMLAttribute] {
        // Most elements have none. A closure that held the renderer would hold a copy of it.
        if attributes.isEmpty { return attributes }
        let rawHTML = options.rawHTML
        return attributes.allSatisfy { Self.isAllowed($0, rawHTML: rawHTML) }
            ? attributes : attributes.filter { Self.isAllowed($0, rawHTML: rawHTML) }
    }

    /// Without raw HTML, attributes must not run scripts or load anything either.
    private static func isAllowed(_ attribute: HTMLAttribute, rawHTML: Bool) -> Bool {
        let isName = attribute.name.allSatisfy {
            $0 >= 97 && $0 <= 122 || $0 >= 48 && $0 <= 57 || $0 == 45 || $0 == 95 || $0 == 58
        }
        if !isName || attribute.name.isEmpty { return false }
        if rawHTML { return true }
        return harmless.contains { attribute.name.elementsEqual($0.utf8) }
    }

    private static var harmless: [String] {
        [
            "id", "class", "title", "lang", "dir", "width", "height", "loading", "start", "rel", "alt",
            "decoding",
        ]
    }

    /// Notes an id that is taken.
    mutating func reportDuplicate(_ id: [UInt8], in block: Int) {
        let range = document.range(ofBlock: block)
        report(.duplicateID, "two elements have the id \"\(String(decoding: id, as: UTF8.self))\"", at: range)
    }

    /// The node after this one within the same parent.
    func sibling(_ index: Int) -> Int? {
        let next = document.nodes[index].endIndex
        guard let frame = stack.last, next < frame.end else { return nil }
        return next
    }
}
