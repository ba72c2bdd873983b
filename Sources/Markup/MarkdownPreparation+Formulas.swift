import Text

/// Formulas are taken out before Markdown is read, so that nothing in them is emphasis, an escape or a quotation mark.
extension MarkdownPreparation {
    /// Reads `$…$` or `$$…$$` at a dollar sign (pandoc's rule for what is mathematics: the next dollar sign ends a formula, or
    /// there is none; and no capital follows, so that `$PATH:$HOME` is none).
    ///
    /// - Returns: where to go on.
    mutating func formulaEnd(_ start: Int) -> Int {
        let isDisplay = start + 1 < bytes.count && bytes[start + 1] == UInt8(ascii: "$")
        let width = isDisplay ? 2 : 1
        let first = start + width
        guard first < bytes.count, isDisplay || !HTMLTokenizer.isSpace(bytes[first]),
            start >= noFormulaUntil[UInt8(ascii: "$"), default: 0]
        else {
            return first
        }
        // Two that stand alone on their line begin a formula that may have blank lines; others may be money, or a shell's.
        let isAlone = isDisplay && standsAlone(start..<first)
        var index = first
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\") {
                index += 2
                continue
            }
            if bytes[index] == 0x0A, bytes.isBlankLine(index + 1), !isAlone { break }
            if bytes[index] == UInt8(ascii: "$") {
                let end = index + width
                if isDisplay {
                    if end <= bytes.count, bytes[end - 1] == UInt8(ascii: "$"), index > first {
                        addFormula(
                            first..<index, in: start..<end,
                            isDisplay: !options.isOfJekyll || isBlock(start..<end))
                        return end
                    }
                } else {
                    if !HTMLTokenizer.isSpace(bytes[index - 1]), index > first,
                        end >= bytes.count || !Self.continuesName(bytes[end])
                    {
                        addFormula(first..<index, in: start..<end, isDisplay: false)
                        return end
                    }
                    return first
                }
            }
            index += 1
        }
        // No `$` up to here ends anything, whatever it began with; a `$$` may still be ended by another.
        if !isDisplay {
            noFormulaUntil[UInt8(ascii: "$")] = max(noFormulaUntil[UInt8(ascii: "$"), default: 0], index)
        } else if index >= bytes.count {
            noFormulaUntil[UInt8(ascii: "$")] = bytes.count
        }
        return first
    }

    /// Whether what follows a dollar sign makes it the start of a sum, or of the name of a variable.
    private static func continuesName(_ byte: UInt8) -> Bool {
        byte.isASCIIDigit || byte == UInt8(ascii: "_") || byte.isASCIILetter && byte.asciiLowercased != byte
    }

    /// Whether there is nothing else on the line of some bytes.
    private func standsAlone(_ range: Range<Int>) -> Bool {
        var before = range.lowerBound
        while before > 0, bytes[before - 1] == 0x20 || bytes[before - 1] == 0x09 { before -= 1 }
        return (before == 0 || bytes[before - 1] == 0x0A) && endsLine(range.upperBound)
    }

    private func endsLine(_ offset: Int) -> Bool {
        var after = offset
        while after < bytes.count, bytes[after] == 0x20 || bytes[after] == 0x09 { after += 1 }
        return after >= bytes.count || bytes[after] == 0x0A || bytes[after] == 0x0D
    }

    /// Whether some bytes are all of a paragraph, as kramdown has it of `$$…$$`: nothing but marks of quotes and lists before
    /// them, or a blank line above, and nothing below.
    private mutating func isBlock(_ range: Range<Int>) -> Bool {
        guard endsLine(range.upperBound) else { return false }
        let start = lineStart(of: range.lowerBound)
        var at = start
        var hasMark = false
        while at < range.lowerBound {
            var next = at
            while next < range.lowerBound, bytes[next].isASCIIDigit { next += 1 }
            let isNumber = next > at && ".)".utf8.contains(bytes[next])
            let isMark = next == at && "-*+".utf8.contains(bytes[at])
            if isNumber || isMark, next + 1 < range.lowerBound, bytes[next + 1] == 0x20 {
                (at, hasMark) = (next + 2, true)
            } else if bytes[at] == UInt8(ascii: ">") {
                (at, hasMark) = (at + 1, true)
            } else if bytes[at] == 0x20 || bytes[at] == 0x09 {
                at += 1
            } else {
                return false
            }
        }
        if hasMark { return true }
        var above = max(0, start - 1)
        while above > 0, bytes[above - 1] == 0x20 || bytes[above - 1] == 0x0D { above -= 1 }
        let below = bytes.endOfLine(from: range.upperBound) + 1
        return (above == 0 || bytes[above - 1] == 0x0A) && (below >= bytes.count || bytes.isBlankLine(below))
    }

    /// Reads `\(…\)` or `\[…\]` at a backslash; neither holds a blank line.
    ///
    /// - Returns: where to go on.
    mutating func bracketedFormulaEnd(_ start: Int) -> Int {
        let first = start + 2
        guard first < bytes.count else { return first }
        let open = bytes[start + 1]
        guard open == UInt8(ascii: "(") || open == UInt8(ascii: "["),
            start >= noFormulaUntil[open, default: 0]
        else { return first }
        let close = open == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "]")
        var index = first
        while index + 1 < bytes.count {
            if bytes[index] == UInt8(ascii: "\\") {
                if bytes[index + 1] == close {
                    if index == first { return first }
                    addFormula(first..<index, in: start..<index + 2, isDisplay: open == UInt8(ascii: "["))
                    return index + 2
                }
                index += 2
                continue
            }
            if bytes[index] == 0x0A, bytes.isBlankLine(index + 1) { break }
            index += 1
        }
        noFormulaUntil[open] = index
        return first
    }

    /// Where the line begins that an offset is on. Formulas come one after the other, and a line may have thousands.
    private mutating func lineStart(of offset: Int) -> Int {
        var start = offset
        while start > 0, bytes[start - 1] != 0x0A {
            if start == formulaLine.upperBound {
                start = formulaLine.lowerBound
                break
            }
            start -= 1
        }
        formulaLine = start..<max(start, offset)
        return start
    }

    private mutating func addFormula(_ formula: Range<Int>, in whole: Range<Int>, isDisplay: Bool) {
        edits.append(
            Edit(
                range: whole,
                mark: .formula(withoutQuoteMarks(formula), isDisplay: isDisplay, source: whole)))
    }

    /// The source of a formula without the `>` before its further lines, where its first one stands in a block quote.
    private mutating func withoutQuoteMarks(_ formula: Range<Int>) -> [UInt8] {
        var lineStart = lineStart(of: formula.lowerBound)
        var quotes = 0
        while lineStart < formula.lowerBound,
            bytes[lineStart] == 0x20 || bytes[lineStart] == UInt8(ascii: ">")
        {
            if bytes[lineStart] == UInt8(ascii: ">") { quotes += 1 }
            lineStart += 1
        }
        if quotes == 0 { return Array(bytes[formula]) }
        var text: [UInt8] = []
        var index = formula.lowerBound
        while index < formula.upperBound {
            text.append(bytes[index])
            index += 1
            guard text.last == 0x0A else { continue }
            var left = quotes
            while index < formula.upperBound, left > 0,
                bytes[index] == 0x20 || bytes[index] == UInt8(ascii: ">")
            {
                if bytes[index] == UInt8(ascii: ">") { left -= 1 }
                index += 1
            }
            if left < quotes, index < formula.upperBound, bytes[index] == 0x20 { index += 1 }
        }
        return text
    }
}
