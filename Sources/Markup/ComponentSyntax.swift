import Text

/// Reads component calls: `{{< name "positional" key="v" n=3 >}}`, `{{< /name >}}`, `{{% name /%}}`.
enum ComponentSyntax {
    /// One call, opening or closing.
    struct Call {
        var name: [UInt8] = []
        var positional: [ComponentArgument] = []
        var named: [NamedComponentArgument] = []
        var isClosing = false
        var isSelfClosing = false
        /// The whole call.
        var range: Range<Int>
    }

    /// What stands at `{{<` or `{{%`.
    enum Reading {
        case call(Call)
        /// `{{</* … */>}}`: what it prints, and where it ends.
        case escaped([UInt8], end: Int)
        /// It starts like a call and is none; what is wrong, and where it ends.
        case malformed(String, end: Int)
    }

    /// The longest call in bytes: one that is never closed must not swallow the rest of the text.
    static var lengthLimit: Int { 16_384 }

    /// Reads at `{{<` or `{{%`.
    static func read(_ bytes: [UInt8], at start: Int) -> Reading {
        var cursor = Cursor(bytes: bytes, start: start)
        if startsEscaped(bytes, start) { return readEscaped(cursor) }
        cursor.skipSpaces()
        var call = Call(range: start..<start)
        if !cursor.isAtEnd, cursor.byte == UInt8(ascii: "/") {
            call.isClosing = true
            cursor.index += 1
            cursor.skipSpaces()
        }
        let nameStart = cursor.index
        while !cursor.isAtEnd, isName(cursor.byte), !cursor.closesItself { cursor.index += 1 }
        call.name = Array(bytes[nameStart..<cursor.index])
        if call.name.isEmpty { return .malformed("a component call has no name", end: start + 3) }
        return readArguments(cursor, of: call)
    }

    /// Where a call is read.
    private struct Cursor {
        let bytes: [UInt8]
        let start: Int
        var index: Int
        private let close: UInt8

        init(bytes: [UInt8], start: Int) {
            self.bytes = bytes
            self.start = start
            index = start + 3
            let mark = bytes[start + 2]
            close = mark == UInt8(ascii: "<") ? UInt8(ascii: ">") : mark
        }

        var isAtEnd: Bool { index >= bytes.count }
        var byte: UInt8 { bytes[index] }
        /// Whether `>}}` or `%}}` stands here.
        var closes: Bool { closes(at: index) }
        /// Whether `/>}}` or `/%}}` stands here.
        var closesItself: Bool { byte == UInt8(ascii: "/") && closes(at: index + 1) }

        func closes(at index: Int) -> Bool {
            index + 3 <= bytes.count && bytes[index] == close && bytes[index + 1] == UInt8(ascii: "}")
                && bytes[index + 2] == UInt8(ascii: "}")
        }

        mutating func skipSpaces() {
            while !isAtEnd, HTMLTokenizer.isSpace(byte) { index += 1 }
        }

        /// Whether a text in quotes begins here: `"…"` or `'…'`, or as it stands between back-quotes.
        var isAtQuote: Bool {
            !isAtEnd
                && (byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`"))
        }

        /// Where the `=` behind a name stands, blanks before it or not.
        var equalsMark: Int? {
            var next = index
            while next < bytes.count, HTMLTokenizer.isSpace(bytes[next]) { next += 1 }
            return next < bytes.count && bytes[next] == UInt8(ascii: "=") ? next : nil
        }
    }

    private static func readEscaped(_ cursor: Cursor) -> Reading {
        let (bytes, start) = (cursor.bytes, cursor.start)
        let inner = start + 5
        var index = inner
        while index + 5 <= min(bytes.count, start + lengthLimit) {
            if bytes[index] == UInt8(ascii: "*"), bytes[index + 1] == UInt8(ascii: "/"),
                cursor.closes(at: index + 2)
            {
                return .escaped(
                    Array(bytes[start..<start + 3] + bytes[inner..<index] + bytes[(index + 2)..<(index + 5)]),
                    end: index + 5)
            }
            index += 1
        }
        return .malformed("an escaped component call has no end", end: start + 3)
    }

    private static func readArguments(_ cursor: Cursor, of call: Call) -> Reading {
        var cursor = cursor
        var call = call
        let start = cursor.start
        while true {
            cursor.skipSpaces()
            if cursor.isAtEnd { break }
            if cursor.closes {
                call.range = start..<cursor.index + 3
                return .call(call)
            }
            if cursor.closesItself {
                call.isSelfClosing = true
                call.range = start..<cursor.index + 4
                return .call(call)
            }
            if cursor.index - start > lengthLimit || cursor.byte == UInt8(ascii: "{") { break }
            var opensText = cursor.isAtQuote
            guard let first = readValue(&cursor) else { return endless(call, cursor, opensText) }
            // Blanks around the mark are no mistake: `key = "v"`.
            guard let mark = cursor.equalsMark, !first.isQuoted else {
                call.positional.append(first.argument)
                continue
            }
            cursor.index = mark + 1
            cursor.skipSpaces()
            if !cursor.isAtEnd, cursor.closes {
                return .malformed(
                    "the argument \"\(String(decoding: first.bytes, as: UTF8.self))\" of \"\(String(decoding: call.name, as: UTF8.self))\" has no value",
                    end: min(cursor.bytes.count, start + 3))
            }
            opensText = cursor.isAtQuote
            guard !cursor.isAtEnd, let value = readValue(&cursor) else {
                return endless(call, cursor, opensText)
            }
            call.named.removeAll { $0.name == first.bytes }
            call.named.append(NamedComponentArgument(name: first.bytes, value: value.argument))
        }
        return endless(call, cursor, false)
    }

    private static func endless(_ call: Call, _ cursor: Cursor, _ opensText: Bool) -> Reading {
        let name = String(decoding: call.name, as: UTF8.self)
        return .malformed(
            opensText
                ? "a text in the call of \"\(name)\" has no closing quote"
                : "the call of \"\(name)\" has no end",
            end: min(cursor.bytes.count, cursor.start + 3))
    }

    /// Code with `{{</* x */>}}` turned into `{{< x >}}`.
    static func unescaped(_ code: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var copied = 0
        var index = 0
        while let brace = code.next(UInt8(ascii: "{"), from: index) {
            index = brace + 1
            guard startsEscaped(code, brace), case .escaped(let text, let end) = read(code, at: brace) else {
                continue
            }
            result.append(contentsOf: code[copied..<brace])
            result.append(contentsOf: text)
            copied = end
            index = end
        }
        if copied == 0 { return code }
        result.append(contentsOf: code[copied...])
        return result
    }

    /// Whether `{{</*` or `{{%/*` stands at an offset.
    static func startsEscaped(_ bytes: [UInt8], _ at: Int) -> Bool {
        at + 5 <= bytes.count && bytes[at + 1] == UInt8(ascii: "{") && bytes[at + 3] == UInt8(ascii: "/")
            && bytes[at + 4] == UInt8(ascii: "*")
            && (bytes[at + 2] == UInt8(ascii: "<") || bytes[at + 2] == UInt8(ascii: "%"))
    }

    private struct Value {
        var bytes: [UInt8]
        var isQuoted: Bool

        /// Bare words are typed by how they look.
        var argument: ComponentArgument {
            if isQuoted { return .string(bytes) }
            if bytes.elementsEqual("true".utf8) { return .bool(true) }
            if bytes.elementsEqual("false".utf8) { return .bool(false) }
            guard let first = bytes.first,
                first.isASCIIDigit || first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
            else { return .string(bytes) }
            let text = String(decoding: bytes, as: UTF8.self)
            if let number = Int(text) { return .integer(number) }
            let isNumeric = bytes.allSatisfy { $0.isASCIIDigit || "+-.eE".utf8.contains($0) }
            if isNumeric, let number = Double(text), number.isFinite { return .double(number) }
            return .string(bytes)
        }
    }

    private static func readValue(_ cursor: inout Cursor) -> Value? {
        if cursor.isAtQuote { return readQuoted(cursor.byte, &cursor) }
        let start = cursor.index
        while !cursor.isAtEnd, !HTMLTokenizer.isSpace(cursor.byte), cursor.byte != UInt8(ascii: "="),
            cursor.byte != UInt8(ascii: "\""), cursor.byte != UInt8(ascii: "`"), !cursor.closes,
            !cursor.closesItself
        {
            cursor.index += 1
        }
        if cursor.index == start { return nil }
        return Value(bytes: Array(cursor.bytes[start..<cursor.index]), isQuoted: false)
    }

    private static func readQuoted(_ quote: UInt8, _ cursor: inout Cursor) -> Value? {
        cursor.index += 1
        let limit = cursor.index + lengthLimit
        var value: [UInt8] = []
        while !cursor.isAtEnd, cursor.byte != quote {
            if cursor.index > limit { return nil }
            if quote != UInt8(ascii: "`"), cursor.byte == UInt8(ascii: "\\"),
                cursor.index + 1 < cursor.bytes.count
            {
                cursor.index += 1
                switch cursor.byte {
                case UInt8(ascii: "n"): value.append(0x0A)
                case UInt8(ascii: "t"): value.append(0x09)
                default: value.append(cursor.byte)
                }
            } else {
                value.append(cursor.byte)
            }
            cursor.index += 1
        }
        if cursor.isAtEnd { return nil }
        cursor.index += 1
        return Value(bytes: value, isQuoted: true)
    }

    private static func isName(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") || byte >= 0x80
    }
}
