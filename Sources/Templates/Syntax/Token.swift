import Text

/// One token with its range in the source.
struct Token {
    /// What it is.
    var kind: TokenKind
    /// Where it is.
    var start: UInt32
    /// Where it ends.
    var end: UInt32
    /// The name, for `name`.
    var symbol = Symbol.empty
    /// The position in the lexer's table of values (`string`, `integer`, `float`, `data`) or mistakes (`invalid`).
    var index: UInt32 = 0

    var range: SourceRange { SourceRange(Int(start), Int(end)) }
}

/// What a token is, with the words Jinja2 uses for it in messages.
enum TokenKind: UInt8 {
    case data, variableBegin, variableEnd, blockBegin, blockEnd
    case name, string, integer, float
    case add, sub, mul, div, floorDiv, mod, pow, tilde
    case leftBracket, rightBracket, leftParenthesis, rightParenthesis, leftBrace, rightBrace
    case equal, notEqual, greater, greaterOrEqual, less, lessOrEqual
    case assign, dot, colon, pipe, comma, semicolon
    /// Bytes that are no token; the mistake is reported when the parser arrives here.
    case invalid
    case end

    var description: String {
        switch self {
        case .data: "template data / text"
        case .variableBegin: "begin of print statement"
        case .variableEnd: "end of print statement"
        case .blockBegin: "begin of statement block"
        case .blockEnd: "end of statement block"
        case .name: "name"
        case .string: "string"
        case .integer: "integer"
        case .float: "float"
        case .add: "+"
        case .sub: "-"
        case .mul: "*"
        case .div: "/"
        case .floorDiv: "//"
        case .mod: "%"
        case .pow: "**"
        case .tilde: "~"
        case .leftBracket: "["
        case .rightBracket: "]"
        case .leftParenthesis: "("
        case .rightParenthesis: ")"
        case .leftBrace: "{"
        case .rightBrace: "}"
        case .equal: "=="
        case .notEqual: "!="
        case .greater: ">"
        case .greaterOrEqual: ">="
        case .less: "<"
        case .lessOrEqual: "<="
        case .assign: "="
        case .dot: "."
        case .colon: ":"
        case .pipe: "|"
        case .comma: ","
        case .semicolon: ";"
        case .invalid: "unexpected character"
        case .end: "end of template"
        }
    }
}
