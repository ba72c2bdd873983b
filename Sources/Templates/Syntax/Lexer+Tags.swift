import Text

/// Inside a tag: names, marks and literals, up to its end.
extension Lexer {
    mutating func tag(isVariable: Bool) {
        brackets.removeAll(keepingCapacity: true)
        while offset < end {
            if brackets.isEmpty, tagEnd(isVariable: isVariable) { return }
            let white = Whitespace.end(of: source, from: offset, end: end)
            if white > offset {
                offset = white
                continue
            }
            lineStarting = false
            token(isVariable: isVariable)
            if isBroken {
                isBroken = false
                append(isVariable ? .variableEnd : .blockEnd, offset, offset)
                return
            }
        }
    }

    mutating func tagEnd(isVariable: Bool) -> Bool {
        let start = offset
        var cursor = offset
        var sign: UInt8 = 0
        if source[cursor] == UInt8(ascii: "-") || (!isVariable && source[cursor] == UInt8(ascii: "+")) {
            sign = source[cursor]
            cursor += 1
        }
        if isVariable {
            guard matches("}}", at: cursor) else { return false }
            cursor += 2
            append(.variableEnd, start, cursor)
            offset = sign == 0 ? cursor : Whitespace.end(of: source, from: cursor, end: end)
            lineStarting = offset > cursor && Whitespace.isLineEnd(source[offset - 1])
        } else {
            guard matches("%}", at: cursor) else { return false }
            append(.blockEnd, start, cursor + 2)
            offset = afterTag(cursor + 2, sign: sign)
        }
        return true
    }

    private mutating func token(isVariable: Bool) {
        let start = offset
        let byte = source[offset]
        if byte.isASCIIDigit {
            number()
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            if !string() { unexpected(start) }
        } else if let length = Identifier.wordLength(source, at: offset, end: end) {
            offset += length
            let name = source[start..<offset]
            if Identifier.isValid(name) {
                append(.name, start, offset, symbol: Symbol(name))
            } else {
                fail("Invalid character in identifier", start, offset)
            }
        } else if let (kind, length) = Self.symbolToken(source, at: offset, end: end) {
            offset += length
            balance(kind, start)
        } else {
            unexpected(start)
        }
    }

    private mutating func balance(_ kind: TokenKind, _ start: Int) {
        switch kind {
        case .leftBrace: brackets.append(UInt8(ascii: "}"))
        case .leftParenthesis: brackets.append(UInt8(ascii: ")"))
        case .leftBracket: brackets.append(UInt8(ascii: "]"))
        case .rightBrace, .rightParenthesis, .rightBracket:
            let found = kind.description
            guard let expected = brackets.popLast() else {
                fail("unexpected '\(found)'", start, offset)
                // One brace where the tag should end: what follows is read as if it did.
                isBroken = kind == .rightBrace
                return
            }
            if expected != source[start] {
                fail("unexpected '\(found)', expected '\(Character(UnicodeScalar(expected)))'", start, offset)
                brackets.removeAll(keepingCapacity: true)
                closeTag(at: start)
                return
            }
        default: break
        }
        append(kind, start, offset)
    }

    /// A brace that closes no bracket most likely closes the tag, in which a bracket was left open: so what follows the
    /// tag is read as it was meant, and its mistakes are found too.
    private mutating func closeTag(at brace: Int) {
        if matches("}}", at: brace) {
            offset = brace
        } else if brace > 0, matches("%}", at: brace - 1) {
            offset = brace - 1
        }
    }

    /// One character that starts no token; the offset in the message counts characters, as Jinja2 does.
    private mutating func unexpected(_ start: Int) {
        var length = 1
        while start + length < end, source[start + length] & 0xC0 == 0x80 { length += 1 }
        let before = normalized(0, start)
        let position = String(decoding: before, as: UTF8.self).unicodeScalars.count
        let text = String(decoding: source[start..<start + length], as: UTF8.self)
        let quoted = text == "'" ? "\"'\"" : "'\(text)'"
        offset = start + length
        fail("unexpected char \(quoted) at \(position)", start, offset)
        brackets.removeAll(keepingCapacity: true)
        if text == "'" || text == "\"" { skipToTagEnd() }
    }

    /// After a string without an end, everything up to the end of the tag would be noise.
    private mutating func skipToTagEnd() {
        while offset + 1 < end {
            if source[offset + 1] == UInt8(ascii: "}"),
                source[offset] == UInt8(ascii: "}") || source[offset] == UInt8(ascii: "%")
            {
                return
            }
            offset += 1
        }
        offset = end
    }

    private mutating func string() -> Bool {
        let quote = source[offset]
        var cursor = offset + 1
        while cursor < end, source[cursor] != quote {
            cursor += source[cursor] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard cursor < end else { return false }
        let start = offset
        offset = cursor + 1
        switch StringLiteral.unescaped(normalized(start + 1, cursor)) {
        case .success(let bytes):
            append(.string(StringValue(bytes)), as: .string, start, offset)
        case .failure(let mistake): fail(mistake.message, start, offset)
        }
        return true
    }

    private mutating func number() {
        let start = offset
        let mayBeFloat = start == 0 || source[start - 1] != UInt8(ascii: ".")
        if mayBeFloat, let length = NumberLiteral.floatLength(source, at: start, end: end) {
            offset = start + length
            let text = source[start..<offset].filter { $0 != UInt8(ascii: "_") }
            append(
                .double(Double(String(decoding: text, as: UTF8.self)) ?? .infinity), as: .float, start, offset
            )
            return
        }
        let (length, value) = NumberLiteral.integer(source, at: start, end: end)
        offset = start + length
        guard let value else {
            fail("the whole number is too large; 9223372036854775807 is the largest", start, offset)
            return
        }
        append(.int(value), as: .integer, start, offset)
    }
}
