import Text

/// What would cost cmark-gfm quadratic time is made text.
extension MarkdownPreparation {
    /// Follows the marks of block quotes and lists at the start of a line, and makes text of those beyond the limit.
    ///
    /// - Returns: where the content starts.
    mutating func checkNesting(_ lineStart: Int, _ start: Int, _ end: Int) -> Int {
        // Two columns of indentation may be one level of a list.
        var depth = Self.columns(bytes, lineStart..<start) / 2
        var at = start
        while at < end {
            var next = at
            if bytes[at] == UInt8(ascii: ">") {
                next = at + 1
            } else if let content = Self.listContent(bytes, at, end) {
                next = content
            } else {
                break
            }
            depth += 1
            if depth > options.nestingLimit {
                let place = bytes[at].isASCIIDigit ? next - 2 : at
                edits.append(
                    Edit(
                        range: place..<place, text: [UInt8(ascii: "\\")],
                        finding: MarkdownSource.Finding(
                            code: .deepNesting,
                            message: "block quotes or lists are nested deeper than \(options.nestingLimit)",
                            range: at..<next, hint: nil)))
                return next
            }
            at = next
            while at < end, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
        }
        return at
    }

    /// Makes text of the cell marks of a line beyond the limit.
    mutating func checkCells(_ start: Int, _ end: Int) {
        var cells = 0
        var isReported = false
        if nextBar < start { nextBar = bytes.next(UInt8(ascii: "|"), from: start) ?? bytes.count }
        if nextBar >= end { return }
        for index in nextBar..<end where bytes[index] == UInt8(ascii: "|") {
            cells += 1
            if cells <= options.tableCellLimit { continue }
            if index > start, bytes[index - 1] == UInt8(ascii: "\\") { continue }
            var edit = Edit(range: index..<index, text: [UInt8(ascii: "\\")])
            if !isReported {
                edit.finding = MarkdownSource.Finding(
                    code: .wideTable, message: "the row has more than \(options.tableCellLimit) cells",
                    range: index..<index + 1,
                    hint: nil)
            }
            isReported = true
            edits.append(edit)
        }
    }
}
