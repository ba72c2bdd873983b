import Text

/// One text as cmark-gfm read it: its tree, and the way back to the file.
struct MarkdownDocument {
    /// The nodes in order of entry.
    var nodes: [Node]
    /// The bytes of the nodes.
    let heap: [UInt8]
    /// The text that was read: the source with component calls replaced by marks.
    let text: [UInt8]
    /// The way from ``text`` back to offsets of the file, first step first.
    let maps: [SourceMap]
    /// What is added to an offset of the last step.
    let base: Int
    /// What each mark stands for.
    let marks: [MarkdownMark]
    /// Offsets in ``text`` of `:` that were made list markers, ascending.
    let definitionMarks: [Int]
    /// The text before marks were put in; empty when there are none.
    let original: [UInt8]
    /// The way from ``original`` back to offsets of the file.
    let originalMaps: [SourceMap]
    /// Lines that define links, from documents around this one.
    let inheritedDefinitions: [UInt8]
    private let hasEscapedCalls: Bool
    /// Definitions of links that other documents made: what follows this offset is not of this text.
    let ownCount: Int
    /// Where each line of ``text`` starts; empty until someone asks.
    private var lineStarts: [Int] = []
    /// There is nothing in it, since reading it would take too much memory.
    let isTooLarge: Bool
    /// Where the destination of each link definition lies in ``text``.
    private var definitions: [[UInt8]: Range<Int>]?

    /// Reads a prepared text.
    init(_ source: MarkdownSource, options: MarkdownOptions) {
        let tree = CommonMarkTree(
            source.text.span, extensions: options.extensions, smart: options.smartPunctuation)
        nodes = tree.nodes
        isTooLarge = tree.isTooLarge
        heap = tree.heap
        text = source.text
        maps = source.maps
        base = source.base
        marks = source.marks
        definitionMarks = source.definitionMarks
        ownCount = source.ownCount
        original = source.original
        originalMaps = source.originalMaps
        inheritedDefinitions = source.inheritedDefinitions
        hasEscapedCalls = source.hasEscapedCalls
    }

    /// The range of the file of a range of ``text``.
    func range(_ start: Int, _ end: Int) -> SourceRange {
        var start = min(start, ownCount)
        var end = max(start, min(end, ownCount))
        for map in maps.reversed() {
            let mappedEnd = map.source(of: end, isEnd: true)
            start = map.source(of: start)
            end = max(start, mappedEnd)
        }
        return SourceRange(base + start, base + end)
    }

    /// The range of the file of a range of ``original``.
    func originalRange(_ start: Int, _ end: Int) -> SourceRange {
        var start = start
        var end = end
        for map in originalMaps.reversed() {
            let mappedEnd = map.source(of: end, isEnd: true)
            start = map.source(of: start)
            end = max(start, mappedEnd)
        }
        return SourceRange(base + start, base + end)
    }

    /// Whether an item of a list was written with `:`.
    mutating func isDefinition(item index: Int) -> Bool {
        let start = textRange(ofBlock: index).lowerBound
        let place = definitionMarks.lowerBound { $0 < start }
        return place < definitionMarks.count && definitionMarks[place] == start
    }

    /// What was written where a mark is now.
    func source(ofMark number: Int) -> [UInt8] {
        let range: Range<Int>
        switch marks[number] {
        case .call(let token): range = token.whole
        case .literal(_, let source), .formula(_, _, let source): range = source
        case .reference(_, _, let source): range = source
        }
        return Array(original[range])
    }

    /// Code as it is shown: what was written, `{{</* x */>}}` as `{{< x >}}`.
    func code(_ range: Range<Int>) -> [UInt8] {
        let code = restored(range)
        return hasEscapedCalls ? ComponentSyntax.unescaped(code) : code
    }

    /// Text of a node with its marks turned back into what was written: in code nothing is called.
    func restored(_ range: Range<Int>) -> [UInt8] {
        if marks.isEmpty { return Array(heap[range]) }
        var restored: [UInt8] = []
        restored.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            guard heap[index] == 0xEF, let mark = MarkdownMark.read(heap, index, range.upperBound),
                mark.number < marks.count
            else {
                restored.append(heap[index])
                index += 1
                continue
            }
            index = mark.end
            if restored.suffix(4).elementsEqual("<!--".utf8), index + 3 <= range.upperBound,
                heap[index..<index + 3].elementsEqual("-->".utf8)
            {
                restored.removeLast(4)
                index += 3
            }
            if case .literal(let bytes, _) = marks[mark.number] {
                restored.append(contentsOf: bytes)
            } else {
                restored.append(contentsOf: source(ofMark: mark.number))
            }
        }
        return restored
    }

    /// Where a block lies in ``text``.
    mutating func textRange(ofBlock index: Int) -> Range<Int> {
        if lineStarts.isEmpty { findLines() }
        let node = nodes[index]
        let start = offset(line: Int(node.startLine), column: Int(node.startColumn) - 1)
        var end = offset(line: Int(node.endLine), column: Int(node.endColumn))
        if end <= start {
            // The library does not always know where a block ends: take its first line.
            end = start
            while end < text.count, text[end] != 0x0A, text[end] != 0x0D { end += 1 }
        }
        return start..<end
    }

    /// The range of the file of a block.
    mutating func range(ofBlock index: Int) -> SourceRange {
        let range = textRange(ofBlock: index)
        return self.range(range.lowerBound, range.upperBound)
    }

    /// Where the destination of a link is written in ``text``: in its block, else in a definition.
    mutating func destination(_ bytes: [UInt8], block: Int, from searchStart: Int) -> Range<Int>? {
        let block = textRange(ofBlock: block)
        let start = max(block.lowerBound, min(searchStart, block.upperBound))
        // Destinations come in the order of the links; further on than this it is another's.
        if let found = find(bytes, start, min(block.upperBound, start + 16_384)) { return found }
        if definitions == nil { findDefinitions() }
        return definitions?[bytes]
    }

    /// Where the value of an attribute of raw HTML is written in ``text``: in its block.
    mutating func attributeValue(_ bytes: [UInt8], block: Int, from searchStart: Int) -> Range<Int>? {
        let block = textRange(ofBlock: block)
        let start = max(block.lowerBound, min(searchStart, block.upperBound))
        return find(bytes, start, min(block.upperBound, start + 16_384), inHTML: true)
    }

    /// Appends text without marks.
    func appendPlain(_ range: Range<Int>, to plain: inout [UInt8]) {
        if marks.isEmpty {
            plain.append(contentsOf: heap[range])
            return
        }
        var index = range.lowerBound
        while index < range.upperBound {
            if let mark = MarkdownMark.read(heap, index, range.upperBound), mark.number < marks.count {
                switch marks[mark.number] {
                case .literal(let bytes, _), .formula(let bytes, _, _): plain.append(contentsOf: bytes)
                case .call, .reference: break
                }
                index = mark.end
            } else {
                plain.append(heap[index])
                index += 1
            }
        }
    }

    private func offset(line: Int, column: Int) -> Int {
        guard line >= 1, line <= lineStarts.count else { return text.count }
        return min(text.count, lineStarts[line - 1] + max(0, column))
    }

    private mutating func findLines() {
        var starts = [0]
        starts.reserveCapacity(text.count / 32 + 1)
        // A carriage return alone ends a line too, as cmark has it; few texts have any.
        let count = text.count
        var nextReturn = text.next(0x0D, from: 0) ?? count
        var index = 0
        while index < count {
            let feed = text.endOfLine(from: index)
            while nextReturn < feed {
                if nextReturn + 1 != feed || feed == count { starts.append(nextReturn + 1) }
                nextReturn = text.next(0x0D, from: nextReturn + 1) ?? count
            }
            if feed == count { break }
            starts.append(feed + 1)
            index = feed + 1
        }
        lineStarts = starts
    }

    private func find(_ bytes: [UInt8], _ start: Int, _ end: Int, inHTML: Bool = false) -> Range<Int>? {
        guard let first = bytes.first, end - start >= bytes.count else { return nil }
        var index = start
        let last = end - bytes.count
        while index <= last {
            if text[index] == first {
                var same = 1
                while same < bytes.count, text[index + same] == bytes[same] { same += 1 }
                // A path such as `a` must not be found inside a word: something must come before it.
                if same == bytes.count,
                    index == start || Self.mayPrecede(text[index - 1])
                        || inHTML && Self.mayPrecedeValue(text[index - 1])
                {
                    return index..<index + same
                }
            }
            index += 1
        }
        return nil
    }

    private static func mayPrecede(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "(") || byte == UInt8(ascii: "<") || byte <= 0x20 || byte == UInt8(ascii: ":")
            || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "[")
    }

    private static func mayPrecedeValue(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "=")
            || byte == UInt8(ascii: ",")
    }

    /// Finds lines such as `[label]: destination`.
    private mutating func findDefinitions() {
        if lineStarts.isEmpty { findLines() }
        var found: [[UInt8]: Range<Int>] = [:]
        for start in lineStarts {
            var index = start
            while index < text.count, text[index] == 0x20 || text[index] == UInt8(ascii: ">") { index += 1 }
            guard index < text.count, text[index] == UInt8(ascii: "[") else { continue }
            while index + 1 < text.count, text[index] != 0x0A {
                if text[index] == UInt8(ascii: "]"), text[index + 1] == UInt8(ascii: ":") { break }
                index += 1
            }
            guard index + 1 < text.count, text[index] == UInt8(ascii: "]") else { continue }
            index += 2
            while index < text.count, text[index] <= 0x20 || text[index] == UInt8(ascii: "<") { index += 1 }
            let first = index
            while index < text.count, text[index] > 0x20, text[index] != UInt8(ascii: ">") { index += 1 }
            let destination = Array(text[first..<index])
            if found[destination] == nil { found[destination] = first..<index }
        }
        definitions = found
    }
}
