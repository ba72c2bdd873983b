import Text

/// What Jekyll's Liquid and kramdown take out of a text before anybody reads it.
extension MarkdownPreparation {
    /// Takes the marks of `{% raw %}` and `{% endraw %}` out of code; elsewhere they are gone already. A line with nothing
    /// else on it goes as a whole.
    mutating func takeRawMarksOutOfCode() {
        let known = edits.map(\.range.lowerBound).sorted()
        func isKnown(_ offset: Int) -> Bool {
            let place = known.lowerBound { $0 < offset }
            return place < known.count && known[place] == offset
        }
        var open: Range<Int>?
        var index = 0
        while let brace = bytes.next(UInt8(ascii: "{"), from: index) {
            index = brace + 1
            guard index < bytes.count, bytes[index] == UInt8(ascii: "%"),
                case .tag(let word, _, let end)? = LiquidSyntax.read(bytes, at: brace)
            else { continue }
            if open == nil, word.elementsEqual("raw".utf8) {
                open = brace..<end
            } else if let start = open, word.elementsEqual("endraw".utf8) {
                for mark in [start, brace..<end] where !isKnown(mark.lowerBound) {
                    edits.append(Edit(range: wholeLine(mark)))
                }
                open = nil
            } else {
                continue
            }
            index = end
        }
    }

    /// A range with the rest of its line and the line feed, if there is nothing else on the line.
    private func wholeLine(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
        guard start == 0 || bytes[start - 1] == 0x0A, bytes.isBlankLine(range.upperBound) else {
            return range
        }
        return start..<min(bytes.count, bytes.endOfLine(from: range.upperBound) + 1)
    }

    /// Reads at `{:`. kramdown's `{::comment}…{:/comment}` is for nobody; `{::nomarkdown}` and `{::options … /}` are for
    /// kramdown alone.
    ///
    /// - Returns: where to go on.
    mutating func readExtension(_ start: Int) -> Int {
        let rest = bytes[start...]
        if rest.starts(with: "{::options".utf8) {
            if start < noFormulaUntil[UInt8(ascii: "{"), default: 0] { return start + 2 }
            let line = bytes.endOfLine(from: start)
            noFormulaUntil[UInt8(ascii: "{")] = line
            guard let brace = bytes[start..<line].firstIndex(of: UInt8(ascii: "}")),
                bytes[brace - 1] == UInt8(ascii: "/")
            else { return start + 2 }
            noFormulaUntil[UInt8(ascii: "{")] = brace
            edits.append(Edit(range: start..<brace + 1))
            return brace + 1
        }
        // What is between these is no Markdown in kramdown; the marks themselves are for nobody.
        for mark in ["{::nomarkdown}", "{:/nomarkdown}"] where rest.starts(with: mark.utf8) {
            edits.append(Edit(range: start..<start + mark.utf8.count))
            return start + mark.utf8.count
        }
        guard rest.starts(with: "{::comment}".utf8), !missing.contains(Self.commentKey) else {
            return start + 2
        }
        var index = start + 2
        while let brace = bytes.next(UInt8(ascii: "{"), from: index) {
            index = brace + 1
            for close in ["{:/comment}", "{:/}"] where bytes[brace...].starts(with: close.utf8) {
                edits.append(Edit(range: start..<brace + close.utf8.count))
                return brace + close.utf8.count
            }
        }
        missing.insert(Self.commentKey)
        return start + 2
    }

    private static let commentKey = Array("{::comment}".utf8)
}
