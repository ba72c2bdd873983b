import Text

/// Lines, read with just enough of Markdown in mind to leave code alone.
extension MarkdownPreparation {
    struct Fence {
        var character: UInt8
        var count: Int
    }

    mutating func readLines() {
        let count = bytes.count
        let hasBraces = options.components && findBraces()
        hasForeignMarks = mayHoldForeignMarks()
        hasManyImages = holdsManyImages()
        let readsInlines =
            hasBraces || hasForeignMarks || hasManyImages
            || options.math && bytes.contains { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "\\") }
        var fence: Fence?
        var isAfterBlank = true
        var isAfterText = false
        var isInIndentedCode = false
        var isInList = false
        // A heading or the end of a fence, which no line goes on with.
        var isAfterEnd = false
        var isInParagraph = false
        var index = 0
        while index < count {
            let lineStart = index
            let lineEnd = bytes.endOfLine(from: index)
            index = min(count, lineEnd + 1)
            var at = lineStart
            while at < lineEnd, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
            if at == lineEnd || bytes[at] == 0x0D && at + 1 == lineEnd {
                isAfterBlank = true
                closeBrackets()
                continue
            }
            let indentation = Self.columns(bytes, lineStart..<at)
            defer { isAfterBlank = false }
            let first = bytes[at]
            if first == UInt8(ascii: ">") || Self.isListMark(bytes, at, lineEnd) {
                let content = checkNesting(lineStart, at, lineEnd)
                if first != UInt8(ascii: ">") { isInList = true }
                at = content
            } else if indentation == 0 {
                isInList = false
            }
            if let open = fence {
                if at < lineEnd, bytes[at] == open.character, Self.closes(bytes, at, lineEnd, open) {
                    fence = nil
                    isAfterEnd = true
                }
                isAfterText = false
                continue
            }
            if at < lineEnd, bytes[at] == UInt8(ascii: "`") || bytes[at] == UInt8(ascii: "~"),
                lineStart >= resume,
                let open = Self.opens(bytes, at, lineEnd)
            {
                fence = open
                isAfterText = false
                continue
            }
            if indentation >= 4, !isInList, isInIndentedCode || isAfterBlank, lineStart >= resume {
                isInIndentedCode = true
                isAfterText = false
                continue
            }
            isInIndentedCode = false
            if isAfterBlank || isAfterEnd {
                // What begins like this is no paragraph, or one of definitions, whose titles may have lines of their own.
                isInParagraph =
                    Self.isTextStart(first) && first != UInt8(ascii: "{") && !isDefinition(at, lineEnd)
            } else if isInParagraph, first == UInt8(ascii: "["), lineStart >= resume,
                isDefinition(at, lineEnd)
            {
                tellUnreadDefinition(at, lineStart)
            }
            isAfterEnd = first == UInt8(ascii: "#")
            if lineEnd - lineStart > options.tableCellLimit { checkCells(lineStart, lineEnd) }
            if first == UInt8(ascii: ":"), options.definitionLists, indentation < 4, at + 1 < lineEnd,
                bytes[at + 1] == 0x20 || bytes[at + 1] == 0x09, isAfterText, lineStart >= resume
            {
                edits.append(Edit(range: at..<at + 1, text: [UInt8(ascii: "+")], isDefinition: true))
            } else {
                isAfterText = Self.isTextStart(first)
            }
            if at < lineEnd, lineStart >= resume, Self.startsForeignLine(bytes[at]) {
                readForeignLine(at, lineEnd)
            }
            if readsInlines, resume < lineEnd { readInlines(max(resume, lineStart), lineEnd) }
        }
    }

    @inline(__always)
    private static func startsForeignLine(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "*") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
            || byte == UInt8(ascii: ":")
    }

    /// Whether a line that starts like this can be a term of a definition list, or the definition before.
    private static func isTextStart(_ byte: UInt8) -> Bool {
        byte != UInt8(ascii: "#") && byte != UInt8(ascii: "|") && byte != UInt8(ascii: ">")
            && byte != UInt8(ascii: "<")
    }

    /// Whether there is anything in the text that may be a call or a tag.
    private mutating func findBraces() -> Bool {
        var index = 0
        var found = false
        while let brace = bytes.next(UInt8(ascii: "{"), from: index) {
            index = brace + 1
            guard index < bytes.count else { break }
            if bytes[index] == UInt8(ascii: "%") || bytes[index] == UInt8(ascii: ":") { found = true }
            if bytes[index] == UInt8(ascii: "{") {
                found = true
                if ComponentSyntax.startsEscaped(bytes, brace) { source.hasEscapedCalls = true }
            }
        }
        return found
    }

    static func columns(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
        var column = 0
        for index in range { column += bytes[index] == 0x09 ? 4 - column % 4 : 1 }
        return column
    }

    static func isListMark(_ bytes: [UInt8], _ at: Int, _ end: Int) -> Bool {
        listContent(bytes, at, end) != nil
    }

    /// Where the content after a list marker starts, if there is one.
    static func listContent(_ bytes: [UInt8], _ at: Int, _ end: Int) -> Int? {
        guard at < end else { return nil }
        let byte = bytes[at]
        if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "+") {
            guard at + 1 < end, bytes[at + 1] == 0x20 || bytes[at + 1] == 0x09 else { return nil }
            return at + 2
        }
        var index = at
        while index < end, index - at < 9, bytes[index].isASCIIDigit { index += 1 }
        guard index > at, index + 1 < end,
            bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ")"),
            bytes[index + 1] == 0x20 || bytes[index + 1] == 0x09
        else { return nil }
        return index + 2
    }

    static func opens(_ bytes: [UInt8], _ at: Int, _ end: Int) -> Fence? {
        var index = at
        while index < end, bytes[index] == bytes[at] { index += 1 }
        guard index - at >= 3 else { return nil }
        if bytes[at] == UInt8(ascii: "`"), bytes[index..<end].contains(UInt8(ascii: "`")) { return nil }
        return Fence(character: bytes[at], count: index - at)
    }

    private static func closes(_ bytes: [UInt8], _ at: Int, _ end: Int, _ fence: Fence) -> Bool {
        var index = at
        while index < end, bytes[index] == fence.character { index += 1 }
        return index - at >= fence.count
            && bytes[index..<end].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    }
}
