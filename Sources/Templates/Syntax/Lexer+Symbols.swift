/// The tokens that are no words, numbers or texts.
extension Lexer {
    /// The symbol at a place and how many bytes it has, or `nil`.
    static func symbolToken(_ bytes: [UInt8], at offset: Int, end: Int) -> (TokenKind, Int)? {
        let byte = bytes[offset]
        let next = offset + 1 < end ? bytes[offset + 1] : 0
        switch byte {
        case UInt8(ascii: "/"): return next == byte ? (.floorDiv, 2) : (.div, 1)
        case UInt8(ascii: "*"): return next == byte ? (.pow, 2) : (.mul, 1)
        case UInt8(ascii: "="): return next == byte ? (.equal, 2) : (.assign, 1)
        case UInt8(ascii: "!"): return next == UInt8(ascii: "=") ? (.notEqual, 2) : nil
        case UInt8(ascii: ">"): return next == UInt8(ascii: "=") ? (.greaterOrEqual, 2) : (.greater, 1)
        case UInt8(ascii: "<"): return next == UInt8(ascii: "=") ? (.lessOrEqual, 2) : (.less, 1)
        case UInt8(ascii: "+"): return (.add, 1)
        case UInt8(ascii: "-"): return (.sub, 1)
        case UInt8(ascii: "%"): return (.mod, 1)
        case UInt8(ascii: "~"): return (.tilde, 1)
        case UInt8(ascii: "["): return (.leftBracket, 1)
        case UInt8(ascii: "]"): return (.rightBracket, 1)
        case UInt8(ascii: "("): return (.leftParenthesis, 1)
        case UInt8(ascii: ")"): return (.rightParenthesis, 1)
        case UInt8(ascii: "{"): return (.leftBrace, 1)
        case UInt8(ascii: "}"): return (.rightBrace, 1)
        case UInt8(ascii: "."): return (.dot, 1)
        case UInt8(ascii: ":"): return (.colon, 1)
        case UInt8(ascii: "|"): return (.pipe, 1)
        case UInt8(ascii: ","): return (.comma, 1)
        case UInt8(ascii: ";"): return (.semicolon, 1)
        default: return nil
        }
    }
}
