import Text

/// Values that are no blocks of maps and lists.
extension PlainYAML {
    /// The value that comes next, which is neither blank nor a comment.
    @_lifetime(self: copy self)
    mutating func value() -> DataBuilder.Node? {
        switch text[place] {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return quoted()
        case UInt8(ascii: "["): return flowList()
        default: return plain(isInFlow: false)
        }
    }

    /// Text in quotes, without escapes.
    @_lifetime(self: copy self)
    private mutating func quoted() -> DataBuilder.Node? {
        let start = place
        let quote = text[start]
        let escape = quote == UInt8(ascii: "\"") ? UInt8(ascii: "\\") : quote
        var end = start + 1
        while end < text.count {
            let byte = text[end]
            if byte == quote || byte == escape || byte == UInt8(ascii: "\n") { break }
            end += 1
        }
        guard byte(at: end) == quote else { return nil }
        end += 1
        // Two single quotes stand for one.
        guard byte(at: end) != quote else { return nil }
        place = end
        return builder.string(bytes[(start + 1)..<(end - 1)], at: SourceRange(start, end))
    }

    /// `[a, "b", 'c']`.
    @_lifetime(self: copy self)
    private mutating func flowList() -> DataBuilder.Node? {
        let start = place
        var elements: [DataBuilder.Node] = []
        elements.reserveCapacity(8)
        place += 1
        skipSpaces()
        while byte(at: place) != UInt8(ascii: "]") {
            guard !isAtLineEnd else { return nil }
            let isQuoted = text[place] == UInt8(ascii: "\"") || text[place] == UInt8(ascii: "'")
            guard let node = isQuoted ? quoted() : plain(isInFlow: true) else { return nil }
            elements.append(node)
            skipSpaces()
            if byte(at: place) == UInt8(ascii: ",") {
                place += 1
                skipSpaces()
            } else if byte(at: place) != UInt8(ascii: "]") {
                return nil
            }
        }
        place += 1
        return builder.list(elements, at: SourceRange(start, place))
    }

    /// Text without quotes: to the end of the line or a comment, in a flow list to the next mark.
    @_lifetime(self: copy self)
    private mutating func plain(isInFlow: Bool) -> DataBuilder.Node? {
        let start = place
        guard startsPlain(isInFlow: isInFlow) else { return nil }
        var end = start + 1
        var next = end
        scan: while next < text.count {
            let byte = text[next]
            switch byte {
            case UInt8(ascii: "\n"): break scan
            case UInt8(ascii: " "):
                next += 1
                continue scan
            case UInt8(ascii: "#") where text[next - 1] == UInt8(ascii: " "):
                if isInFlow { return nil }
                break scan
            case UInt8(ascii: ":"):
                // A value of its own, or the error that it must not be one.
                if isGap(at: next + 1) || isInFlow && isFlowMark(text[next + 1]) { return nil }
            case UInt8(ascii: ","), UInt8(ascii: "]"):
                if isInFlow { break scan }
            case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "?"):
                if isInFlow { return nil }
            default: break
            }
            next += 1
            end = next
        }
        place = end
        return builder.plainYAML(bytes[start..<end], at: SourceRange(start, end))
    }

    /// Whether the next byte can start plain text and nothing else.
    private func startsPlain(isInFlow: Bool) -> Bool {
        switch text[place] {
        case UInt8(ascii: "-"): !isGap(at: place + 1) && !(isInFlow && isFlowMark(text[place + 1]))
        case UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "*"),
            UInt8(ascii: "!"), UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""),
            UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"):
            false
        default: true
        }
    }

    private func isFlowMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
            UInt8(ascii: "?"):
            true
        default: false
        }
    }

    /// Text below `>` or `|`, perhaps with a `-`: lines that are indented alike, none of them blank.
    @_lifetime(self: copy self)
    mutating func blockText(under own: Int) -> DataBuilder.Node? {
        let start = place
        let separator = text[start] == UInt8(ascii: ">") ? UInt8(ascii: " ") : UInt8(ascii: "\n")
        place += 1
        let isStripped = byte(at: place) == UInt8(ascii: "-")
        if isStripped { place += 1 }
        guard isAtLineEnd, place < text.count else { return nil }
        place += 1
        line = place
        var content: [UInt8] = []
        var end = start
        var indent: Int?
        var isOver = false
        while place < text.count {
            skipSpaces()
            if isAtLineEnd {
                // Blanks on a blank line may be text.
                guard place == line, place < text.count, indent != nil else { return nil }
                isOver = true
            } else {
                if place - line <= own { break }
                guard !isOver, place - line == indent ?? place - line else { return nil }
                if indent != nil { content.append(separator) }
                indent = place - line
                let first = place
                skipToLineEnd()
                // The last line break is text, too.
                guard place < text.count else { return nil }
                content.append(contentsOf: bytes[first..<place])
                end = place
            }
            place += 1
            line = place
        }
        guard indent != nil else { return nil }
        if !isStripped { content.append(UInt8(ascii: "\n")) }
        place = line
        while text[end - 1] == UInt8(ascii: " ") { end -= 1 }
        settle()
        return builder.string(content[...], at: SourceRange(start, end))
    }
}
