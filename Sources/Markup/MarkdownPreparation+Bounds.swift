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

    /// How many images may be open in each other. Each link in them is looked for in all of them (cmark-gfm 0.29.0.gfm.6,
    /// CVE-2023-22486): `![[]()` many times would be quadratic.
    private static let imageLimit = 256

    /// Whether a text has more beginnings of images than may be open in each other.
    ///
    /// - Complexity: O(n), for each `!` a step.
    func holdsManyImages() -> Bool {
        var count = 0
        var index = 0
        while let mark = bytes.next(UInt8(ascii: "!"), from: index) {
            index = mark + 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "[") { count += 1 }
            if count > Self.imageLimit { return true }
        }
        return false
    }

    /// Forgets the brackets of a block that ends.
    mutating func closeBrackets() {
        if !openBrackets.isEmpty { openBrackets.removeAll() }
        openImages = 0
    }

    /// Follows the beginning of an image or the end of a bracket, and makes text of the beginning of an image beyond the limit.
    ///
    /// - Returns: where to go on.
    mutating func checkBracket(_ index: Int, _ end: Int) -> Int {
        if bytes[index] == UInt8(ascii: "]") {
            if openBrackets.popLast() == true { openImages -= 1 }
            return index + 1
        }
        guard index + 1 < end, bytes[index + 1] == UInt8(ascii: "[") else { return index + 1 }
        if openImages == Self.imageLimit {
            var edit = Edit(range: index..<index, text: [UInt8(ascii: "\\")])
            if !isDeepImageTold {
                edit.finding = MarkdownSource.Finding(
                    code: .deepNesting, message: "images are nested deeper than \(Self.imageLimit)",
                    range: index..<index + 2, hint: nil)
            }
            isDeepImageTold = true
            edits.append(edit)
            return index + 1
        }
        openImages += 1
        openBrackets.append(true)
        return index + 2
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
