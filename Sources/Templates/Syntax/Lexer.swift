import Text

/// Bytes to tokens, white-space control included: Jinja2's `lexer.py` without its regular expressions.
///
/// The lexer never fails: what is no token becomes an `invalid` token with its mistake, and the parser reports
/// it on arrival, so that the first mistake reported is the one that Jinja2 would have met.
struct Lexer {
    private let source: [UInt8]
    private let settings: TemplateSettings
    /// Where the template ends: without its last newline, unless that is to be kept.
    private let end: Int
    private var offset = 0
    private(set) var tokens: [Token] = []
    /// Values of strings and numbers, and text between tags with its line ends as `\n`.
    private(set) var values: [Value] = []
    private(set) var mistakes: [String] = []
    /// Whether the tag ends here though nothing says so.
    private var isBroken = false
    private var brackets: [UInt8] = []
    /// How many tokens there were when text was lost to a comment or a raw block without an end.
    private var tokensBeforeLoss: Int?
    /// Whether a comment had no end, so that no later one has.
    private var lacksCommentEnd = false
    /// Whether what was read last ended a line; decides whether white space before a tag starts one.
    private var lineStarting = true

    init(_ source: SourceFile, settings: TemplateSettings) {
        self.source = source.bytes
        self.settings = settings
        var end = source.bytes.count
        if !settings.keepTrailingNewline, end > 0 {
            if source.bytes[end - 1] == 0x0A {
                end -= end > 1 && source.bytes[end - 2] == 0x0D ? 2 : 1
            } else if source.bytes[end - 1] == 0x0D {
                end -= 1
            }
        }
        self.end = end
    }

    /// Reads the whole template.
    mutating func run() {
        readToEnd()
    }

    private mutating func readToEnd() {
        while offset < end { root() }
        // As in Jinja2, what is missing at the end is missed where the last token begins.
        let last = tokens.last?.start ?? UInt32(end)
        tokens.append(Token(kind: .end, start: last, end: last))
    }

    /// Reads the rest of the template anew: from a place in a tag, at which that tag ends, or behind it.
    ///
    /// - Parameters:
    ///   - start: where to go on.
    ///   - count: how many of the tokens stay.
    ///   - tag: the begin of the tag that ends there; `nil` when another begins.
    mutating func readAgain(from start: Int, keeping count: Int, endOf tag: TokenKind?) {
        tokens.removeLast(tokens.count - count)
        if let lost = tokensBeforeLoss, lost > count { tokensBeforeLoss = nil }
        offset = start
        lineStarting = false
        if let tag { _ = tagEnd(isVariable: tag == .variableBegin) }
        readToEnd()
    }

    /// Whether text before a token was lost to a comment or a raw block without an end, and with it what it opened and
    /// ended.
    func hasLostText(before token: Int) -> Bool { tokensBeforeLoss.map { token >= $0 } ?? false }

    /// Whether two bytes stand at a place.
    func isPair(_ first: UInt8, _ second: UInt8, at offset: Int) -> Bool {
        offset + 1 < end && source[offset] == first && source[offset + 1] == second
    }

    // MARK: Text between tags

    private mutating func root() {
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

    /// Appends text with its line ends as `\n`.
    private mutating func emitText(from start: Int, to end: Int) {
        guard start < end else { return }
        values.append(.string(StringValue(normalized(start, end))))
        append(.data, start, end, index: values.count - 1)
    }

    private func normalized(_ start: Int, _ end: Int) -> [UInt8] {
        let slice = source[start..<end]
        guard slice.contains(0x0D) else { return Array(slice) }
        var result: [UInt8] = []
        result.reserveCapacity(slice.count)
        var index = start
        while index < end {
            let byte = source[index]
            index += 1
            if byte == 0x0D {
                result.append(0x0A)
                if index < end, source[index] == 0x0A { index += 1 }
            } else {
                result.append(byte)
            }
        }
        return result
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
    private mutating func afterTag(_ cursor: Int, sign: UInt8) -> Int {
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

    // MARK: Raw blocks

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

    private func matches(_ text: StaticString, at cursor: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard cursor + count <= end else { return false }
        return text.withUTF8Buffer { buffer in
            for index in 0..<count where unsafe buffer[index] != source[cursor + index] { return false }
            return true
        }
    }

    // MARK: Inside a tag

    private mutating func tag(isVariable: Bool) {
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

    private mutating func tagEnd(isVariable: Bool) -> Bool {
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
        if byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") {
            number()
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            if !string() { unexpected(start) }
        } else if let length = Identifier.wordLength(source, at: offset, end: end) {
            offset += length
            let name = source[start..<offset]
            if Identifier.isValid(name) {
                tokens.append(
                    Token(kind: .name, start: UInt32(start), end: UInt32(offset), symbol: Symbol(name)))
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

    private mutating func append(_ kind: TokenKind, _ start: Int, _ end: Int, index: Int = 0) {
        tokens.append(Token(kind: kind, start: UInt32(start), end: UInt32(end), index: UInt32(index)))
    }

    private mutating func fail(_ message: String, _ start: Int, _ end: Int) {
        mistakes.append(message)
        append(.invalid, start, end, index: mistakes.count - 1)
    }

    // MARK: Literals

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
            values.append(.string(StringValue(bytes)))
            append(.string, start, offset, index: values.count - 1)
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
            values.append(.double(Double(String(decoding: text, as: UTF8.self)) ?? .infinity))
            append(.float, start, offset, index: values.count - 1)
            return
        }
        let (length, value) = NumberLiteral.integer(source, at: start, end: end)
        offset = start + length
        guard let value else {
            fail("the whole number is too large; 9223372036854775807 is the largest", start, offset)
            return
        }
        values.append(.int(value))
        append(.integer, start, offset, index: values.count - 1)
    }
}
