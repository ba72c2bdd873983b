import Text

/// Text between tags, comments and raw blocks: what is outside of tags.
extension Lexer {
    mutating func root() {
        let textStart = offset
        var cursor = offset
        while cursor + 1 < end {
            if source[cursor] == UInt8(ascii: "{") {
                let next = source[cursor + 1]
                if next == UInt8(ascii: "{") || next == UInt8(ascii: "%") || next == UInt8(ascii: "#") {
                    break
                }
            }
            cursor += 1
        }
        guard cursor + 1 < end else {
            emitText(from: textStart, to: end)
            offset = end
            return
        }
        let kind = source[cursor + 1]
        var inner = cursor + 2
        var sign: UInt8 = 0
        if inner < end, source[inner] == UInt8(ascii: "-") || source[inner] == UInt8(ascii: "+") {
            sign = source[inner]
            inner += 1
        }
        let textEnd = strippedEnd(
            from: textStart, to: cursor, sign: sign, isVariable: kind == UInt8(ascii: "{"))
        emitText(from: textStart, to: textEnd)
        switch kind {
        case UInt8(ascii: "#"): comment(from: cursor, inner: inner)
        case UInt8(ascii: "{"):
            append(.variableBegin, cursor, inner)
            offset = inner
            lineStarting = false
            tag(isVariable: true)
        default:
            if let body = rawBegin(inner) {
                raw(from: cursor, body: body)
            } else {
                append(.blockBegin, cursor, inner)
                offset = inner
                lineStarting = false
                tag(isVariable: false)
            }
        }
    }

    /// Where the text before a tag ends once white space before the tag is stripped.
    private func strippedEnd(from start: Int, to cursor: Int, sign: UInt8, isVariable: Bool) -> Int {
        if sign == UInt8(ascii: "-") { return Whitespace.start(of: source, before: cursor, start: start) }
        guard sign == 0, settings.lstripBlocks, !isVariable else { return cursor }
        var line = cursor
        while line > start, !Whitespace.isLineEnd(source[line - 1]) { line -= 1 }
        guard line > start || lineStarting else { return cursor }
        return Whitespace.end(of: source, from: line, end: cursor) == cursor ? line : cursor
    }

    private mutating func comment(from start: Int, inner: Int) {
        var cursor = lacksCommentEnd ? end : inner
        while cursor + 1 < end {
            if source[cursor] == UInt8(ascii: "#"), source[cursor + 1] == UInt8(ascii: "}") {
                let sign = cursor > inner ? source[cursor - 1] : 0
                offset = afterTag(cursor + 2, sign: sign)
                return
            }
            cursor += 1
        }
        lacksCommentEnd = true
        fail("Missing end of comment tag", start, inner)
        tokensBeforeLoss = tokensBeforeLoss ?? tokens.count
        // Most comments are one line; what follows is looked through for mistakes too.
        offset = source[inner..<end].firstIndex(of: 0x0A) ?? end
    }

    /// What follows the end of a block or comment tag: white space goes with `-`, one line end with trimming.
    mutating func afterTag(_ cursor: Int, sign: UInt8) -> Int {
        var next = cursor
        if sign == UInt8(ascii: "-") {
            next = Whitespace.end(of: source, from: cursor, end: end)
        } else if sign != UInt8(ascii: "+"), settings.trimBlocks {
            next = afterLineEnd(cursor)
        }
        lineStarting = next > 0 && Whitespace.isLineEnd(source[next - 1])
        return next
    }

    private func afterLineEnd(_ cursor: Int) -> Int {
        guard cursor < end else { return cursor }
        if source[cursor] == 0x0A { return cursor + 1 }
        if source[cursor] == 0x0D {
            return cursor + 1 < end && source[cursor + 1] == 0x0A ? cursor + 2 : cursor + 1
        }
        return cursor
    }

    /// The start of the body, if a raw tag is here.
    private func rawBegin(_ inner: Int) -> Int? {
        var cursor = Whitespace.end(of: source, from: inner, end: end)
        guard matches("raw", at: cursor) else { return nil }
        cursor = Whitespace.end(of: source, from: cursor + 3, end: end)
        if matches("-%}", at: cursor) { return Whitespace.end(of: source, from: cursor + 3, end: end) }
        return matches("%}", at: cursor) ? cursor + 2 : nil
    }

    private mutating func raw(from start: Int, body: Int) {
        lineStarting = body > 0 && Whitespace.isLineEnd(source[body - 1])
        var cursor = body
        while cursor + 1 < end {
            if source[cursor] == UInt8(ascii: "{"), source[cursor + 1] == UInt8(ascii: "%") {
                var inner = cursor + 2
                var sign: UInt8 = 0
                if inner < end, source[inner] == UInt8(ascii: "-") || source[inner] == UInt8(ascii: "+") {
                    sign = source[inner]
                    inner += 1
                }
                var last = Whitespace.end(of: source, from: inner, end: end)
                if matches("endraw", at: last) {
                    last = Whitespace.end(of: source, from: last + 6, end: end)
                    var endSign: UInt8 = 0
                    if last < end, source[last] == UInt8(ascii: "-") || source[last] == UInt8(ascii: "+") {
                        endSign = source[last]
                        last += 1
                    }
                    if matches("%}", at: last) {
                        emitText(
                            from: body,
                            to: strippedEnd(from: body, to: cursor, sign: sign, isVariable: false))
                        offset = afterTag(last + 2, sign: endSign)
                        return
                    }
                }
            }
            cursor += 1
        }
        fail("Missing end of raw directive", start, body)
        tokensBeforeLoss = tokensBeforeLoss ?? tokens.count
        offset = end
    }
}
