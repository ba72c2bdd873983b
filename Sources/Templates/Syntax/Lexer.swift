import Text

/// Bytes to tokens, white-space control included: Jinja2's `lexer.py` without its regular expressions.
///
/// The lexer never fails: what is no token becomes an `invalid` token with its mistake, and the parser reports
/// it on arrival, so that the first mistake reported is the one that Jinja2 would have met.
struct Lexer {
    let source: [UInt8]
    let settings: TemplateSettings
    /// Where the template ends: without its last newline, unless that is to be kept.
    let end: Int
    /// Where it reads.
    var offset = 0
    private(set) var tokens: [Token] = []
    /// Values of strings and numbers, and text between tags with its line ends as `\n`.
    private(set) var values: [Value] = []
    private(set) var mistakes: [String] = []
    /// Whether the tag ends here though nothing says so.
    var isBroken = false
    /// The marks that close what is open in the tag, the innermost last.
    var brackets: [UInt8] = []
    /// How many tokens there were when text was lost to a comment or a raw block without an end.
    var tokensBeforeLoss: Int?
    /// Whether a comment had no end, so that no later one has.
    var lacksCommentEnd = false
    /// Whether what was read last ended a line; decides whether white space before a tag starts one.
    var lineStarting = true

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

    /// Appends text with its line ends as `\n`.
    mutating func emitText(from start: Int, to end: Int) {
        guard start < end else { return }
        append(.string(StringValue(normalized(start, end))), as: .data, start, end)
    }

    /// The source between two places with its line ends as `\n`.
    func normalized(_ start: Int, _ end: Int) -> [UInt8] {
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

    /// Whether a text stands at a place.
    func matches(_ text: StaticString, at cursor: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard cursor + count <= end else { return false }
        return text.withUTF8Buffer { buffer in
            for index in 0..<count where unsafe buffer[index] != source[cursor + index] { return false }
            return true
        }
    }

    /// Appends a token.
    mutating func append(
        _ kind: TokenKind, _ start: Int, _ end: Int, symbol: Symbol = .empty, index: Int = 0
    ) {
        tokens.append(
            Token(kind: kind, start: UInt32(start), end: UInt32(end), symbol: symbol, index: UInt32(index)))
    }

    /// Appends a token that stands for a value.
    mutating func append(_ value: Value, as kind: TokenKind, _ start: Int, _ end: Int) {
        values.append(value)
        append(kind, start, end, index: values.count - 1)
    }

    /// Appends a token that is none, for the parser to report.
    mutating func fail(_ message: String, _ start: Int, _ end: Int) {
        mistakes.append(message)
        append(.invalid, start, end, index: mistakes.count - 1)
    }
}
