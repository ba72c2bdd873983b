import Text

/// What the info string of a code block says: language, marked lines, line numbers, name.
///
/// What others write is read: Hugo's ` ```swift {hl_lines=[1,"3-4"], linenos=true} `, Zola's
/// ` ```swift,linenos,hl_lines=1 3-4,name=a.swift `, rustdoc's ` ```rust,ignore `, Docusaurus' and VitePress'
/// ` ```js {1,3-4} ` and Pandoc's ` ```{.python #first .wide} `.
public struct CodeFence: Hashable, Sendable {
    /// The language as written, without options; empty for none.
    public var language: [UInt8] = []
    /// Lines to mark, counted from 1 within the block, inclusive.
    public var markedLines: [ClosedRange<Int>] = []
    /// Lines to hide (Zola's `hide_lines`).
    public var hiddenLines: [ClosedRange<Int>] = []
    /// Whether lines are numbered; `nil` when the author does not say.
    public var lineNumbers: Bool?
    /// The number of the first line.
    public var firstLine = 1
    /// The name of the file, or nothing.
    public var name: [UInt8] = []
    /// Other options in order; a word without a value has an empty one (`ignore` in `rust,ignore`).
    public var options: [HTMLAttribute] = []
    /// The id and the classes in braces but the language, as attributes after the block would give them.
    var attributes = AttributeList()

    /// No language and no options.
    public init() {}

    /// What an info string says; never fails.
    public init(info: Span<UInt8>) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(info.count)
        for index in info.indices { bytes.append(info[index]) }
        var index = 0
        while index < bytes.count, HTMLTokenizer.isSpace(bytes[index]) { index += 1 }
        let start = index
        while index < bytes.count, !HTMLTokenizer.isSpace(bytes[index]), bytes[index] != UInt8(ascii: ","),
            bytes[index] != UInt8(ascii: "{")
        {
            index += 1
        }
        // ```linenos=true``` has options and no language.
        if bytes[start..<index].contains(UInt8(ascii: "=")) {
            index = start
        } else {
            language = Array(bytes[start..<index])
        }
        var isInBraces = false
        while index < bytes.count { readOption(bytes, &index, &isInBraces) }
    }

    /// Lines such as `1 3-4` or `1,3-4`; what is no line is left out.
    static func lines(_ text: some Sequence<UInt8>) -> [ClosedRange<Int>] {
        var ranges: [ClosedRange<Int>] = []
        var numbers: [Int] = []
        var current: Int?
        var isRange = false
        func close() {
            if let number = current { numbers.append(number) }
            current = nil
            if numbers.count == 2, isRange, numbers[0] <= numbers[1], numbers[0] > 0 {
                ranges.append(numbers[0]...numbers[1])
            } else if let only = numbers.first, numbers.count == 1, only > 0 {
                ranges.append(only...only)
            }
            numbers = []
            isRange = false
        }
        for byte in text {
            if byte.isASCIIDigit {
                let number = (current ?? 0) * 10 + Int(byte - 48)
                current = min(number, 1_000_000)
            } else if byte == UInt8(ascii: "-"), current != nil {
                numbers.append(current ?? 0)
                current = nil
                isRange = true
            } else if HTMLTokenizer.isSpace(byte) || byte == UInt8(ascii: ",") {
                close()
            }
        }
        close()
        return ranges
    }

    // MARK: -

    private mutating func readOption(_ bytes: [UInt8], _ index: inout Int, _ isInBraces: inout Bool) {
        func isBetween(_ byte: UInt8) -> Bool {
            HTMLTokenizer.isSpace(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "{")
                || byte == UInt8(ascii: "}")
        }
        while index < bytes.count, isBetween(bytes[index]) {
            if bytes[index] == UInt8(ascii: "{") { isInBraces = true }
            if bytes[index] == UInt8(ascii: "}") { isInBraces = false }
            index += 1
        }
        let nameStart = index
        while index < bytes.count, !isBetween(bytes[index]), bytes[index] != UInt8(ascii: "=") { index += 1 }
        if isInBraces, readWord(bytes[nameStart..<index]) { return }
        let name = bytes[nameStart..<index].asciiLowercased
        if name.isEmpty {
            if index < bytes.count { index += 1 }
            return
        }
        guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
            set(name, nil)
            return
        }
        index += 1
        let value = readValue(bytes, &index)
        if isInBraces, name.elementsEqual("class".utf8) {
            attributes.classes += (attributes.classes.isEmpty ? [] : [0x20]) + value
        } else if isInBraces, name.elementsEqual("id".utf8) {
            attributes.id = value
        } else {
            set(name, value)
        }
    }

    /// Reads a word that says something by its first character: the number of a line, a class, an id.
    private mutating func readWord(_ word: ArraySlice<UInt8>) -> Bool {
        guard let first = word.first else { return false }
        let rest = word.dropFirst()
        if first.isASCIIDigit, Self.isLines(word) {
            markedLines += Self.lines(word)
        } else if first == UInt8(ascii: "#"), !rest.isEmpty {
            attributes.id = Array(rest)
        } else if first == UInt8(ascii: "."), !rest.isEmpty {
            if language.isEmpty {
                language = Array(rest)
            } else if rest.asciiLowercased.elementsEqual("numberlines".utf8) {
                lineNumbers = true
            } else {
                attributes.classes += (attributes.classes.isEmpty ? [] : [0x20]) + rest
            }
        } else {
            return false
        }
        return true
    }

    private static func isLines(_ word: ArraySlice<UInt8>) -> Bool {
        word.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
    }

    /// A value: quoted, a list in brackets, or up to a comma; words after spaces and commas belong to it while they are
    /// lines.
    private func readValue(_ bytes: [UInt8], _ index: inout Int) -> [UInt8] {
        guard index < bytes.count else { return [] }
        let first = bytes[index]
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") || first == UInt8(ascii: "[") {
            let close = first == UInt8(ascii: "[") ? UInt8(ascii: "]") : first
            let start = index + 1
            index = start
            while index < bytes.count, bytes[index] != close { index += 1 }
            let value = bytes[start..<index].filter {
                $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") || close != UInt8(ascii: "]")
            }
            index = min(bytes.count, index + 1)
            return Array(value)
        }
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "}") {
            if HTMLTokenizer.isSpace(bytes[index]) || bytes[index] == UInt8(ascii: ",") {
                guard bytes[start].isASCIIDigit, Self.goesOnWithLines(bytes, index) else { break }
                // All of the space at once: it was looked through to its end.
                while index < bytes.count,
                    HTMLTokenizer.isSpace(bytes[index]) || bytes[index] == UInt8(ascii: ",")
                {
                    index += 1
                }
            } else {
                index += 1
            }
        }
        return Array(bytes[start..<index])
    }

    /// Whether what stands behind a space or comma is the number of a line, or two of them, and no name of an option.
    private static func goesOnWithLines(_ bytes: [UInt8], _ index: Int) -> Bool {
        let rest = bytes[index...].drop { HTMLTokenizer.isSpace($0) || $0 == UInt8(ascii: ",") }
        let word = rest.prefix {
            !HTMLTokenizer.isSpace($0) && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}")
        }
        return word.first?.isASCIIDigit ?? false && isLines(word)
    }

    private mutating func set(_ name: [UInt8], _ value: [UInt8]?) {
        switch String(decoding: name, as: UTF8.self) {
        case "hl_lines", "mark_lines":
            markedLines += Self.lines(value ?? [])
        case "hide_lines":
            hiddenLines += Self.lines(value ?? [])
        case "linenos", "numberlines":
            lineNumbers = !(value?.elementsEqual("false".utf8) ?? false)
        case "linenostart":
            firstLine = value.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 1
        case "name", "file", "filename", "title":
            self.name = value ?? []
        default:
            options.append(HTMLAttribute(name: name, value: value ?? []))
        }
    }
}
