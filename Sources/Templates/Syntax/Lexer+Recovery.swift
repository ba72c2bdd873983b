import Text

/// Reading anew from where a tag could have ended that has lost its end.
extension Lexer {
    /// A place where a tag could have ended.
    struct LostEnd {
        /// Where what follows begins.
        let offset: Int
        /// Whether the end of the tag stands there, or else the begin of another.
        let isEnd: Bool
        /// The first token that is read anew.
        let token: Int
    }

    /// Where a tag could have ended, if before it does there is the begin of another, or a string holds its end.
    ///
    /// - Parameters:
    ///   - begin: the token that begins the tag.
    ///   - end: the token that ends it, or one that cannot stand in a tag.
    /// - Returns: the first such place, or `nil`.
    func lostEnd(of begin: Int, upTo end: Int) -> LostEnd? {
        let close = tokens[begin].kind == .blockBegin ? UInt8(ascii: "%") : UInt8(ascii: "}")
        for index in begin + 1..<Swift.max(begin + 1, end) {
            let token = tokens[index]
            let start = Int(token.start)
            switch token.kind {
            case .leftBrace:
                if beginsTag(start) { return LostEnd(offset: start, isEnd: false, token: index) }
            case .string, .invalid:
                for offset in start..<Swift.max(start, Int(token.end) - 1) {
                    if isPair(close, UInt8(ascii: "}"), at: offset) {
                        return LostEnd(offset: offset, isEnd: true, token: index)
                    }
                    if beginsTag(offset) { return LostEnd(offset: offset, isEnd: false, token: index) }
                }
            default: continue
            }
        }
        return nil
    }

    private func beginsTag(_ offset: Int) -> Bool {
        let open = UInt8(ascii: "{")
        return isPair(open, UInt8(ascii: "%"), at: offset) || isPair(open, open, at: offset)
            || isPair(open, UInt8(ascii: "#"), at: offset)
    }
}
