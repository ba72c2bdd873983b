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
        let mark = bytes[start + 2]
        let close: UInt8 = mark == UInt8(ascii: "<") ? UInt8(ascii: ">") : mark
        let end = bytes.count
        var index = start + 3
        func closes(_ at: Int) -> Bool {
            at + 3 <= end && bytes[at] == close && bytes[at + 1] == UInt8(ascii: "}")
                && bytes[at + 2] == UInt8(ascii: "}")
        }
        func skipSpaces() {
            while index < end, HTMLTokenizer.isSpace(bytes[index]) { index += 1 }
        }
        if index + 2 <= end, bytes[index] == UInt8(ascii: "/"), bytes[index + 1] == UInt8(ascii: "*") {
            var at = index + 2
            while at + 5 <= min(end, start + lengthLimit) {
                if bytes[at] == UInt8(ascii: "*"), bytes[at + 1] == UInt8(ascii: "/"), closes(at + 2) {
                    return .escaped(
                        Array(
                            bytes[start..<start + 3] + bytes[(index + 2)..<at] + bytes[(at + 2)..<(at + 5)]),
                        end: at + 5)
                }
                at += 1
            }
            return .malformed("an escaped component call has no end", end: start + 3)
        }
        skipSpaces()
        var call = Call(range: start..<start)
        if index < end, bytes[index] == UInt8(ascii: "/") {
            call.isClosing = true
            index += 1
            skipSpaces()
        }
        let nameStart = index
        while index < end, isName(bytes[index]), !(bytes[index] == UInt8(ascii: "/") && closes(index + 1)) {
            index += 1
        }
        call.name = Array(bytes[nameStart..<index])
        if call.name.isEmpty { return .malformed("a component call has no name", end: start + 3) }
        while true {
            skipSpaces()
            if index >= end { break }
            if closes(index) {
                call.range = start..<index + 3
                return .call(call)
            }
            if bytes[index] == UInt8(ascii: "/"), closes(index + 1) {
                call.isSelfClosing = true
                call.range = start..<index + 4
                return .call(call)
            }
            if index - start > lengthLimit || bytes[index] == UInt8(ascii: "{") { break }
            guard let first = readValue(bytes, &index, closes) else { break }
            if index < end, bytes[index] == UInt8(ascii: "="), !first.isQuoted {
                index += 1
                skipSpaces()
                if index < end, closes(index) {
                    return .malformed(
                        "the argument \"\(String(decoding: first.bytes, as: UTF8.self))\" of \"\(String(decoding: call.name, as: UTF8.self))\" has no value",
                        end: min(end, start + 3))
                }
                guard index < end, let value = readValue(bytes, &index, closes) else { break }
                call.named.removeAll { $0.name == first.bytes }
                call.named.append(NamedComponentArgument(name: first.bytes, value: value.argument))
            } else {
                call.positional.append(first.argument)
            }
        }
        return .malformed(
            "the call of \"\(String(decoding: call.name, as: UTF8.self))\" has no end",
            end: min(end, start + 3))
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
                first &- 48 < 10 || first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
            else { return .string(bytes) }
            let text = String(decoding: bytes, as: UTF8.self)
            if let number = Int(text) { return .integer(number) }
            let isNumeric = bytes.allSatisfy { $0 &- 48 < 10 || "+-.eE".utf8.contains($0) }
            if isNumeric, let number = Double(text), number.isFinite { return .double(number) }
            return .string(bytes)
        }
    }

    private static func readValue(_ bytes: [UInt8], _ index: inout Int, _ closes: (Int) -> Bool) -> Value? {
        let quote = bytes[index]
        var value: [UInt8] = []
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "`") {
            index += 1
            let limit = index + lengthLimit
            while index < bytes.count, bytes[index] != quote {
                if index > limit { return nil }
                if quote == UInt8(ascii: "\""), bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count {
                    index += 1
                    switch bytes[index] {
                    case UInt8(ascii: "n"): value.append(0x0A)
                    case UInt8(ascii: "t"): value.append(0x09)
                    default: value.append(bytes[index])
                    }
                } else {
                    value.append(bytes[index])
                }
                index += 1
            }
            guard index < bytes.count else { return nil }
            index += 1
            return Value(bytes: value, isQuoted: true)
        }
        while index < bytes.count, !HTMLTokenizer.isSpace(bytes[index]), bytes[index] != UInt8(ascii: "="),
            bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "`"), !closes(index),
            !(bytes[index] == UInt8(ascii: "/") && closes(index + 1))
        {
            value.append(bytes[index])
            index += 1
        }
        return value.isEmpty ? nil : Value(bytes: value, isQuoted: false)
    }

    private static func isName(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") || byte >= 0x80
    }
}
