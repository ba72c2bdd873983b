import Text

/// Reads the plain YAML that nearly every head is written in, without libyaml.
///
/// Maps and lists as blocks, keys of letters, digits and `_-.:`, values of one line (plain, in quotes without
/// escapes, `[a, "b"]`), text that is folded or kept as a block, comments and blank lines:
///
///     title: "A day"          # a comment
///     tags: [one, 'two']
///     author:
///       - name: Ann
///
/// Whatever is anything else, and whatever there could be a finding about, it declines to read, and
/// ``YAMLReader`` hands it to libyaml. What it reads, it reads as libyaml does to the last offset: the same
/// tree, word by word (`PlainYAMLTests`).
struct PlainYAML: ~Copyable, ~Escapable {
    /// The value of a part of a file, or `nil` when it is not all plain.
    ///
    /// - Precondition: the part is UTF-8.
    /// - Complexity: O(n), a small fraction of what libyaml takes.
    static func read(_ bytes: [UInt8], _ part: Range<Int>) -> DataValue? {
        let text = bytes.span.extracting(0..<part.upperBound)
        guard PlainBytes.areAll(in: text.extracting(part)) else { return nil }
        var reader = PlainYAML(bytes, text, start: part.lowerBound)
        reader.settle()
        guard reader.column == 0, let root = reader.map(), reader.column == atEnd else {
            return nil
        }
        return reader.builder.finish(root)
    }

    /// The column when no content is left.
    private static let atEnd = -1
    /// Deeper nesting is libyaml's.
    private static let depthLimit = 16
    /// libyaml looks for the colon of a key within 1024 characters.
    private static let keyLimit = 256

    let bytes: [UInt8]
    /// The bytes up to the end of the part.
    let text: Span<UInt8>
    var builder: DataBuilder
    /// The next byte.
    var place: Int
    /// Where the line of the next byte starts.
    var line: Int
    /// How far the content that comes next is indented.
    private var column = atEnd
    private var depth = 0

    @_lifetime(copy text)
    private init(_ bytes: [UInt8], _ text: Span<UInt8>, start: Int) {
        self.bytes = bytes
        self.text = text
        builder = DataBuilder(expectedBytes: text.count - start)
        place = start
        line = start
    }

    // MARK: Blocks

    /// The map whose first key comes next; `nil` here and below: not plain.
    @_lifetime(self: copy self)
    private mutating func map() -> DataBuilder.Node? {
        let start = place
        let own = column
        var entries: [DataBuilder.Entry] = []
        entries.reserveCapacity(8)
        depth += 1
        guard depth <= Self.depthLimit else { return nil }
        repeat {
            let key = place
            guard let end = keyEnd() else { return nil }
            place = end + 1
            skipSpaces()
            guard let node = entryValue(own, after: end + 1), column <= own else { return nil }
            entries.append(builder.entry(bytes[key..<end], node, keyRange: SourceRange(key, end)))
        } while column == own
        depth -= 1
        let ranks = builder.sortedRanks(of: entries)
        // Names given twice are findings.
        guard !builder.hasRepeats(entries, ranks) else { return nil }
        return builder.map(unique: entries, ranks: ranks, at: SourceRange(start, blockEnd(from: start)))
    }

    /// What follows a key and the blanks after it; then the next content comes.
    @_lifetime(self: copy self)
    private mutating func entryValue(_ own: Int, after colon: Int) -> DataBuilder.Node? {
        switch byte(at: place) {
        case UInt8(ascii: "\n"), UInt8(ascii: "#"): break
        case UInt8(ascii: ">"), UInt8(ascii: "|"): return blockText(under: own)
        default:
            guard let node = value(), finishLine() else { return nil }
            return node
        }
        guard finishLine() else { return nil }
        // The marks of a list may stand under the key.
        if column >= own, column != Self.atEnd, byte(at: place) == UInt8(ascii: "-") { return list() }
        if column > own { return map() }
        return builder.null(at: SourceRange(at: colon))
    }

    /// The list whose first mark comes next.
    @_lifetime(self: copy self)
    private mutating func list() -> DataBuilder.Node? {
        let start = place
        let own = column
        var elements: [DataBuilder.Node] = []
        elements.reserveCapacity(8)
        depth += 1
        guard depth <= Self.depthLimit else { return nil }
        repeat {
            guard byte(at: place + 1) == UInt8(ascii: " ") else { return nil }
            place += 2
            skipSpaces()
            guard !isAtLineEnd else { return nil }
            if keyEnd() != nil {
                column = place - line
                guard let node = map() else { return nil }
                elements.append(node)
            } else {
                guard let node = value(), finishLine() else { return nil }
                elements.append(node)
            }
            guard column <= own else { return nil }
        } while column == own && byte(at: place) == UInt8(ascii: "-")
        depth -= 1
        return builder.list(elements, at: SourceRange(start, blockEnd(from: start)))
    }

    /// Where a block ends: before the blanks and line breaks in front of what comes next. Comments count in.
    private func blockEnd(from start: Int) -> Int {
        var end = place
        while end > start, text[end - 1] <= 0x20 { end -= 1 }
        return end
    }

    /// The place of the colon after the key that comes next, if one does.
    private func keyEnd() -> Int? {
        guard isLetter(byte(at: place)) else { return nil }
        var end = place + 1
        while end < text.count, isInKey(at: end) { end += 1 }
        guard end - place <= Self.keyLimit, byte(at: end) == UInt8(ascii: ":"), isGap(at: end + 1) else {
            return nil
        }
        return end
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte == UInt8(ascii: "_")
    }

    /// Whether a byte can be in a key after its first: also a colon that more follows (`cSpell:ignore`).
    private func isInKey(at offset: Int) -> Bool {
        let byte = text[offset]
        return isLetter(byte) || byte.isASCIIDigit || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":") && !isGap(at: offset + 1)
    }

    // MARK: Bytes

    /// The byte at an offset; a line break at the end of everything.
    func byte(at offset: Int) -> UInt8 {
        offset < text.count ? text[offset] : UInt8(ascii: "\n")
    }

    var isAtLineEnd: Bool { byte(at: place) == UInt8(ascii: "\n") }

    /// Whether a blank, a line break or the end is at an offset.
    func isGap(at offset: Int) -> Bool { byte(at: offset) <= 0x20 }

    @_lifetime(self: copy self)
    mutating func skipSpaces() {
        while place < text.count, text[place] == UInt8(ascii: " ") { place += 1 }
    }

    @_lifetime(self: copy self)
    mutating func skipToLineEnd() {
        while place < text.count, text[place] != UInt8(ascii: "\n") { place += 1 }
    }

    /// Takes the rest of the line after a value, and goes on to the next content; `false` when there is more than
    /// a comment.
    @_lifetime(self: copy self)
    mutating func finishLine() -> Bool {
        skipSpaces()
        if byte(at: place) == UInt8(ascii: "#"), text[place - 1] == UInt8(ascii: " ") { skipToLineEnd() }
        guard isAtLineEnd else { return false }
        if place < text.count { place += 1 }
        line = place
        settle()
        return true
    }

    /// Goes from the start of a line on to the next content, past blank lines and comments.
    @_lifetime(self: copy self)
    mutating func settle() {
        while true {
            skipSpaces()
            if byte(at: place) == UInt8(ascii: "#") { skipToLineEnd() }
            guard isAtLineEnd else {
                column = place - line
                return
            }
            guard place < text.count else {
                column = Self.atEnd
                return
            }
            place += 1
            line = place
        }
    }
}
