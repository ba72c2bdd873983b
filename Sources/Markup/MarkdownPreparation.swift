import Text

/// Makes a text ready for cmark-gfm: puts marks in the place of component calls, takes out Liquid, makes `: text`
/// an item, and breaks what would cost the library quadratic time.
///
/// It reads lines with just enough of Markdown in mind to leave code alone: fences, indented code, code spans,
/// comments. Where it errs, nothing is lost: a mark that ends up in code is turned back into what was written.
/// All changes are edits of the text, made in one pass at the end, with a map back.
struct MarkdownPreparation {
    let options: MarkdownOptions
    var source: MarkdownSource
    let bytes: [UInt8]
    var edits: [Edit] = []
    var calls: [ComponentSyntax.Call] = []
    /// Where a line's text was already read by something that spans lines.
    var resume = 0
    /// Braces up to here are no calls.
    var rawUntil = 0
    /// The first `|` from where it was looked for last.
    var nextBar = -1
    /// What was looked for in vain, so that it is not looked for again from every place: ends of tags, of
    /// components, of comments; code spans by the length of their ticks, formulas by what opens them, up to an offset.
    var missing: Set<[UInt8]> = []
    var hasNoCommentEnd = false
    var noSpanUntil: [Int: Int] = [:]
    var noFormulaUntil: [UInt8: Int] = [:]
    /// Which marks of other programs were told of.
    var told: Set<Foreign> = []
    var hasForeignMarks = false

    /// A change of the text.
    struct Edit {
        var range: Range<Int>
        var text: [UInt8] = []
        var mark: MarkdownMark?
        var finding: MarkdownSource.Finding?
        var isDefinition = false
    }

    init(_ source: MarkdownSource, options: MarkdownOptions) {
        self.source = source
        self.options = options
        bytes = source.text
    }

    /// The prepared text.
    mutating func prepare() -> MarkdownSource {
        source.original = bytes
        source.originalMaps = source.maps
        if options.conformance { return source }
        readLines()
        placeCalls()
        if !edits.isEmpty { apply() }
        return source
    }

    // MARK: - Lines

    struct Fence {
        var character: UInt8
        var count: Int
    }

    private mutating func readLines() {
        let count = bytes.count
        let hasBraces = options.components && findBraces()
        hasForeignMarks = mayHoldForeignMarks()
        let readsInlines =
            hasBraces || hasForeignMarks
            || options.math && bytes.contains { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "\\") }
        var fence: Fence?
        var isAfterBlank = true
        var isAfterText = false
        var isInIndentedCode = false
        var isInList = false
        var index = 0
        while index < count {
            let lineStart = index
            let lineEnd = bytes.endOfLine(from: index)
            index = min(count, lineEnd + 1)
            var at = lineStart
            while at < lineEnd, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
            if at == lineEnd || bytes[at] == 0x0D && at + 1 == lineEnd {
                isAfterBlank = true
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
            if lineEnd - lineStart > options.tableCellLimit { checkCells(lineStart, lineEnd) }
            if first == UInt8(ascii: ":"), options.definitionLists, indentation < 4, at + 1 < lineEnd,
                bytes[at + 1] == 0x20 || bytes[at + 1] == 0x09, isAfterText, lineStart >= resume
            {
                edits.append(Edit(range: at..<at + 1, text: [UInt8(ascii: "+")], isDefinition: true))
            } else {
                isAfterText = Self.isTextStart(first)
            }
            if readsInlines, resume < lineEnd { readInlines(max(resume, lineStart), lineEnd) }
        }
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
            if bytes[index] == UInt8(ascii: "%") { found = true }
            if bytes[index] == UInt8(ascii: "{") {
                found = true
                if ComponentSyntax.startsEscaped(bytes, brace) { source.hasEscapedCalls = true }
            }
        }
        return found
    }

    private static func columns(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
        var column = 0
        for index in range { column += bytes[index] == 0x09 ? 4 - column % 4 : 1 }
        return column
    }

    static func isListMark(_ bytes: [UInt8], _ at: Int, _ end: Int) -> Bool {
        listContent(bytes, at, end) != nil
    }

    /// Where the content after a list marker starts, if there is one.
    private static func listContent(_ bytes: [UInt8], _ at: Int, _ end: Int) -> Int? {
        guard at < end else { return nil }
        let byte = bytes[at]
        if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "+") {
            guard at + 1 < end, bytes[at + 1] == 0x20 || bytes[at + 1] == 0x09 else { return nil }
            return at + 2
        }
        var index = at
        while index < end, index - at < 9, bytes[index] &- 48 < 10 { index += 1 }
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

    // MARK: - Bounds

    /// Follows the marks of block quotes and lists at the start of a line, and makes text of those beyond the limit.
    ///
    /// - Returns: where the content starts.
    private mutating func checkNesting(_ lineStart: Int, _ start: Int, _ end: Int) -> Int {
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
                let place = bytes[at] &- 48 < 10 ? next - 2 : at
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
    private mutating func checkCells(_ start: Int, _ end: Int) {
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

    // MARK: - Applying

    private mutating func apply() {
        edits.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
        // A call that encloses other edits comes first among those that start with it.
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + edits.count * 16)
        var map = SourceMap()
        var copied = 0
        for edit in edits {
            if edit.range.lowerBound < copied { continue }
            if let finding = edit.finding { source.findings.append(finding) }
            if edit.range.isEmpty && edit.text.isEmpty { continue }
            map.copy(at: text.count, from: copied)
            appendSource(copied..<edit.range.lowerBound, to: &text)
            copied = edit.range.upperBound
            map.substitute(at: text.count, for: edit.range)
            if edit.isDefinition { source.definitionMarks.append(text.count) }
            if let mark = edit.mark {
                let number = MarkdownMark.bytes(source.marks.count)
                if case .call(let token) = mark, token.isBlock {
                    text.append(contentsOf: "<!--".utf8)
                    text.append(contentsOf: number)
                    text.append(contentsOf: "-->".utf8)
                } else {
                    text.append(contentsOf: number)
                }
                source.marks.append(mark)
            } else {
                text.append(contentsOf: edit.text)
            }
        }
        map.copy(at: text.count, from: copied)
        let own = text.count + max(0, source.ownCount - copied)
        appendSource(copied..<bytes.count, to: &text)
        source.text = text
        source.ownCount = min(own, text.count)
        source.maps.append(map)
    }

    /// Copies what is not edited; marks that were in the text from the start must not be taken for ours.
    private func appendSource(_ range: Range<Int>, to text: inout [UInt8]) {
        var runStart = range.lowerBound
        var index = range.lowerBound
        while let lead = bytes.next(0xEF, from: index), lead + 2 < range.upperBound {
            index = lead + 1
            if bytes[lead + 1] == 0xB7, bytes[lead + 2] == 0x90 {
                text.append(contentsOf: bytes[runStart..<lead])
                text.append(contentsOf: [0xEF, 0xBF, 0xBD])
                runStart = lead + 3
                index = runStart
            }
        }
        text.append(contentsOf: bytes[runStart..<range.upperBound])
    }
}
