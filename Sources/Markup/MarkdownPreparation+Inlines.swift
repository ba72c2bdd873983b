import Text

/// What stands within lines: code spans and comments, which are left alone, formulas, and braces.
extension MarkdownPreparation {
    mutating func readInlines(_ start: Int, _ end: Int) {
        var index = start
        while index < end {
            switch bytes[index] {
            case UInt8(ascii: "`"):
                index = codeSpanEnd(index)
            case UInt8(ascii: "\\"):
                index = options.math ? bracketedFormulaEnd(index) : index + 2
            case UInt8(ascii: "<"):
                index = commentEnd(index)
            case UInt8(ascii: "{") where options.components && index >= rawUntil && index + 2 < bytes.count:
                index = readBraces(index)
            case UInt8(ascii: "!") where hasManyImages, UInt8(ascii: "]") where hasManyImages:
                index = checkBracket(index, end)
            case UInt8(ascii: "[") where hasForeignMarks || hasManyImages:
                if hasManyImages { openBrackets.append(false) }
                index = hasForeignMarks ? readBracket(index, start) : index + 1
            case UInt8(ascii: "%") where hasForeignMarks:
                index = readPercent(index)
            case UInt8(ascii: "$") where options.math:
                index = formulaEnd(index)
            case UInt8(ascii: "$") where hasForeignMarks:
                index = readDollars(index)
            default:
                index += 1
            }
        }
        resume = max(resume, index)
    }

    /// The end of a code span, or of the back-ticks when no span starts here.
    private mutating func codeSpanEnd(_ start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] == UInt8(ascii: "`") { index += 1 }
        let count = index - start
        if let until = noSpanUntil[count], start < until { return index }
        var at = index
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "`") {
                let run = at
                while at < bytes.count, bytes[at] == UInt8(ascii: "`") { at += 1 }
                if at - run == count { return at }
                continue
            }
            if bytes[at] == 0x0A, bytes.isBlankLine(at + 1) { break }
            at += 1
        }
        noSpanUntil[count] = at
        return index
    }

    private mutating func commentEnd(_ start: Int) -> Int {
        guard !hasNoCommentEnd, start + 4 <= bytes.count, bytes[start..<start + 4].elementsEqual("<!--".utf8)
        else { return start + 1 }
        var index = start + 4
        while index + 2 < bytes.count {
            if bytes[index] == 0x2D, bytes[index + 1] == 0x2D, bytes[index + 2] == 0x3E { return index + 3 }
            index += 1
        }
        hasNoCommentEnd = true
        return start + 4
    }

    mutating func addLiteral(_ range: Range<Int>, _ text: [UInt8]) {
        edits.append(Edit(range: range, mark: .literal(text, source: range)))
    }
}
