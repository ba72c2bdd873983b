import Text

/// Makes a text ready for cmark-gfm: puts marks in the place of component calls, takes out Liquid, makes `: text`
/// an item, and breaks what would cost the library quadratic time.
///
/// It reads lines with just enough of Markdown in mind to leave code alone: fences, indented code, code spans,
/// comments. Where it errs, nothing is lost: a mark that ends up in code is turned back into what was written.
/// All changes are edits of the text, made in one pass at the end, with a map back.
struct MarkdownPreparation {
    private let options: MarkdownOptions
    private var source: MarkdownSource
    private let bytes: [UInt8]
    private var edits: [Edit] = []
    private var calls: [ComponentSyntax.Call] = []
    /// Where a line's text was already read by something that spans lines.
    private var resume = 0
    /// Braces up to here are no calls.
    private var rawUntil = 0
    /// What was looked for in vain, so that it is not looked for again from every place: ends of tags, of
    /// components, of comments; code spans by the length of their ticks and mathematics up to an offset.
    private var missing: Set<[UInt8]> = []
    private var hasNoCommentEnd = false
    private var noSpanUntil: [Int: Int] = [:]
    private var noMathUntil = 0

    /// A change of the text.
    private struct Edit {
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

    private struct Fence {
        var character: UInt8
        var count: Int
    }

    private mutating func readLines() {
        let count = bytes.count
        let hasBraces = options.components && findBraces()
        let readsInlines = hasBraces || options.math && bytes.contains(UInt8(ascii: "$"))
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
                if at < lineEnd, bytes[at] == open.character, Self.closes(bytes, at, lineEnd, open) { fence = nil }
                isAfterText = false
                continue
            }
            if at < lineEnd, bytes[at] == UInt8(ascii: "`") || bytes[at] == UInt8(ascii: "~"), lineStart >= resume,
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
        byte != UInt8(ascii: "#") && byte != UInt8(ascii: "|") && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "<")
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

    private static func isListMark(_ bytes: [UInt8], _ at: Int, _ end: Int) -> Bool {
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
        guard index > at, index + 1 < end, bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ")"),
            bytes[index + 1] == 0x20 || bytes[index + 1] == 0x09
        else { return nil }
        return index + 2
    }

    private static func opens(_ bytes: [UInt8], _ at: Int, _ end: Int) -> Fence? {
        var index = at
        while index < end, bytes[index] == bytes[at] { index += 1 }
        guard index - at >= 3 else { return nil }
        if bytes[at] == UInt8(ascii: "`"), bytes[index..<end].contains(UInt8(ascii: "`")) { return nil }
        return Fence(character: bytes[at], count: index - at)
    }

    private static func closes(_ bytes: [UInt8], _ at: Int, _ end: Int, _ fence: Fence) -> Bool {
        var index = at
        while index < end, bytes[index] == fence.character { index += 1 }
        return index - at >= fence.count && bytes[index..<end].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
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
                            code: .deepNesting, message: "block quotes or lists are nested deeper than \(options.nestingLimit)",
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
        for index in start..<end where bytes[index] == UInt8(ascii: "|") {
            cells += 1
            if cells <= options.tableCellLimit { continue }
            if index > start, bytes[index - 1] == UInt8(ascii: "\\") { continue }
            var edit = Edit(range: index..<index, text: [UInt8(ascii: "\\")])
            if !isReported {
                edit.finding = MarkdownSource.Finding(
                    code: .wideTable, message: "the row has more than \(options.tableCellLimit) cells", range: index..<index + 1,
                    hint: nil)
            }
            isReported = true
            edits.append(edit)
        }
    }

    // MARK: - Within lines

    private mutating func readInlines(_ start: Int, _ end: Int) {
        var index = start
        while index < end {
            switch bytes[index] {
            case UInt8(ascii: "`"):
                index = codeSpanEnd(index)
            case UInt8(ascii: "\\"):
                index += 2
            case UInt8(ascii: "<"):
                index = commentEnd(index)
            case UInt8(ascii: "{") where options.components && index >= rawUntil && index + 2 < bytes.count:
                index = readBraces(index)
            case UInt8(ascii: "$") where options.math:
                index = mathEnd(index)
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
        guard !hasNoCommentEnd, start + 4 <= bytes.count, bytes[start..<start + 4].elementsEqual("<!--".utf8) else { return start + 1 }
        var index = start + 4
        while index + 2 < bytes.count {
            if bytes[index] == 0x2D, bytes[index + 1] == 0x2D, bytes[index + 2] == 0x3E { return index + 3 }
            index += 1
        }
        hasNoCommentEnd = true
        return start + 4
    }

    /// Keeps `$…$` and `$$…$$` from being read as Markdown (pandoc's rule for what is mathematics).
    private mutating func mathEnd(_ start: Int) -> Int {
        let isDisplay = start + 1 < bytes.count && bytes[start + 1] == UInt8(ascii: "$")
        let width = isDisplay ? 2 : 1
        let first = start + width
        guard first < bytes.count, isDisplay || !HTMLTokenizer.isSpace(bytes[first]), start >= noMathUntil else {
            return first
        }
        var index = first
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\") {
                index += 2
                continue
            }
            if bytes[index] == 0x0A, bytes.isBlankLine(index + 1), !isDisplay { break }
            if bytes[index] == UInt8(ascii: "$") {
                let end = index + width
                if isDisplay {
                    if end <= bytes.count, bytes[end - 1] == UInt8(ascii: "$"), index > first {
                        addLiteral(start..<end, Array(bytes[start..<end]))
                        return end
                    }
                } else if !HTMLTokenizer.isSpace(bytes[index - 1]), index > first,
                    end >= bytes.count || bytes[end] &- 48 >= 10
                {
                    addLiteral(start..<end, Array(bytes[start..<end]))
                    return end
                }
            }
            index += 1
        }
        // No `$` up to here ends anything, whatever it began with; a `$$` may still be ended by another.
        if !isDisplay { noMathUntil = max(noMathUntil, index) } else if index >= bytes.count { noMathUntil = bytes.count }
        return first
    }

    private mutating func addLiteral(_ range: Range<Int>, _ text: [UInt8]) {
        edits.append(Edit(range: range, mark: .literal(text, source: range)))
    }

    // MARK: - Braces

    private mutating func readBraces(_ start: Int) -> Int {
        let second = bytes[start + 1]
        if second == UInt8(ascii: "{"), bytes[start + 2] == UInt8(ascii: "<") || bytes[start + 2] == UInt8(ascii: "%") {
            switch ComponentSyntax.read(bytes, at: start) {
            case .call(let call):
                calls.append(call)
                if !call.isClosing, !call.isSelfClosing, Self.isVerbatim(call.name),
                    let close = closingCall(of: call.name, from: call.range.upperBound)
                {
                    calls.append(close)
                    return close.range.upperBound
                }
                return call.range.upperBound
            case .escaped(let text, let end):
                addLiteral(start..<end, text)
                return end
            case .malformed(let message, let end):
                edits.append(
                    Edit(
                        range: start..<start,
                        finding: MarkdownSource.Finding(
                            code: .malformedComponent, message: message, range: start..<end, hint: nil)))
                return end
            }
        }
        guard second == UInt8(ascii: "{") || second == UInt8(ascii: "%") else { return start + 1 }
        // `${{ … }}` belongs to GitHub Actions.
        if start > 0, bytes[start - 1] == UInt8(ascii: "$") { return start + 2 }
        guard let reading = LiquidSyntax.read(bytes, at: start) else { return start + 2 }
        return edit(reading, from: start)
    }

    /// Components whose body is not Markdown: back-ticks in it open nothing.
    private static func isVerbatim(_ name: [UInt8]) -> Bool {
        ["highlight", "comment", "mermaid", "raw", "katex", "math"].contains { name.elementsEqual($0.utf8) }
    }

    private mutating func closingCall(of name: [UInt8], from start: Int) -> ComponentSyntax.Call? {
        if missing.contains(name) { return nil }
        var index = start
        while let brace = bytes.next(UInt8(ascii: "{"), from: index) {
            index = brace + 1
            guard brace + 3 < bytes.count, bytes[brace + 1] == UInt8(ascii: "{"),
                bytes[brace + 2] == UInt8(ascii: "<") || bytes[brace + 2] == UInt8(ascii: "%")
            else { continue }
            if case .call(let call) = ComponentSyntax.read(bytes, at: brace), call.isClosing, call.name == name { return call }
        }
        missing.insert(name)
        return nil
    }

    private mutating func edit(_ reading: LiquidSyntax.Reading, from start: Int) -> Int {
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        func finding(_ message: String, _ end: Int, hint: String? = nil) -> MarkdownSource.Finding {
            MarkdownSource.Finding(code: .liquidTag, message: message, range: start..<end, hint: hint)
        }
        switch reading {
        case .escaped(let bytes, let end):
            addLiteral(start..<end, bytes)
            return end
        case .shortcode(let name, let end):
            let name = String(decoding: name, as: UTF8.self)
            edits.append(
                Edit(
                    range: start..<end,
                    finding: finding(
                        "a shortcode of Zola, \"\(name)\", is not called", end, hint: "write {{< \(name) key=\"value\" >}}")))
            return end
        case .path(let path, let end):
            edits.append(
                Edit(
                    range: start..<end, mark: .reference(.relativeURL, target: path, source: start..<end),
                    finding: finding("a filter of Liquid; the path is taken as it is", end)))
            return end
        case .root(let end):
            edits.append(
                Edit(range: start..<end, finding: finding("a variable of Liquid, taken as the root of the site", end, hint: "leave it out")))
            return end
        case .variable(let content, let end):
            edits.append(Edit(range: start..<end, finding: finding("a variable of Liquid, \"\(text(content))\", is dropped", end)))
            return end
        case .tag(let word, let rest, let end):
            return editTag(String(decoding: word, as: UTF8.self), rest, start..<end)
        }
    }

    private mutating func editTag(_ word: String, _ rest: Range<Int>, _ tag: Range<Int>) -> Int {
        let finding = MarkdownSource.Finding(
            code: .liquidTag, message: "a tag of Liquid, \"\(word)\", is dropped", range: tag, hint: nil)
        switch word {
        case "raw":
            guard let close = endTag("endraw", from: tag.upperBound) else { break }
            edits.append(Edit(range: tag))
            edits.append(Edit(range: close))
            rawUntil = close.upperBound
            return tag.upperBound
        case "comment", "for", "tablerow", "capture", "case":
            // What is in a loop is a template, not text.
            guard let close = endTag("end" + word, from: tag.upperBound) else { break }
            edits.append(Edit(range: tag.lowerBound..<close.upperBound, finding: word == "comment" ? nil : finding))
            return close.upperBound
        case "highlight":
            guard let close = endTag("endhighlight", from: tag.upperBound) else { break }
            let fence = Array("~~~~~~~~".utf8)
            let isLineEnd = tag.upperBound < bytes.count && HTMLTokenizer.isSpace(bytes[tag.upperBound])
            edits.append(Edit(range: tag, text: fence + bytes[rest] + (isLineEnd ? [] : [0x0A])))
            let isLineStart = bytes[close.lowerBound - 1] == 0x0A
            edits.append(Edit(range: close, text: (isLineStart ? [] : [0x0A]) + fence))
            return close.upperBound
        case "post_url", "link":
            edits.append(
                Edit(
                    range: tag,
                    mark: .reference(word == "link" ? .link : .postURL, target: Array(bytes[rest]), source: tag)))
            return tag.upperBound
        default:
            break
        }
        edits.append(Edit(range: tag, finding: finding))
        return tag.upperBound
    }

    /// The next tag of this word.
    private mutating func endTag(_ word: String, from start: Int) -> Range<Int>? {
        let key = Array("% \(word)".utf8)
        if missing.contains(key) { return nil }
        var index = start
        while let brace = bytes.next(UInt8(ascii: "{"), from: index) {
            index = brace + 1
            guard brace + 1 < bytes.count, bytes[brace + 1] == UInt8(ascii: "%"),
                case .tag(let found, _, let end)? = LiquidSyntax.read(bytes, at: brace), found.elementsEqual(word.utf8)
            else { continue }
            return brace..<end
        }
        missing.insert(key)
        return nil
    }

    // MARK: - Calls

    /// Pairs opening and closing calls, and makes an edit of each outermost one.
    private mutating func placeCalls() {
        if calls.isEmpty { return }
        var open: [Int] = []
        var closing: [Int?] = Array(repeating: nil, count: calls.count)
        var paired: Set<[UInt8]> = []
        var openCounts: [[UInt8]: Int] = [:]
        for (number, call) in calls.enumerated() {
            if call.isClosing {
                guard openCounts[call.name, default: 0] > 0,
                    let place = open.lastIndex(where: { calls[$0].name == call.name })
                else {
                    let name = String(decoding: call.name, as: UTF8.self)
                    edits.append(
                        Edit(
                            range: call.range,
                            finding: MarkdownSource.Finding(
                                code: .unclosedComponent, message: "\"\(name)\" is closed but was not opened", range: call.range,
                                hint: nil)))
                    continue
                }
                closing[open[place]] = number
                paired.insert(call.name)
                for inner in open[place...] { openCounts[calls[inner].name, default: 1] -= 1 }
                open.removeLast(open.count - place)
            } else if !call.isSelfClosing {
                open.append(number)
                openCounts[call.name, default: 0] += 1
            }
        }
        var outside = 0
        for (number, call) in calls.enumerated() where !call.isClosing && call.range.lowerBound >= outside {
            var token = ComponentToken(
                name: call.name, positional: call.positional, named: call.named, call: call.range, whole: call.range,
                body: nil, isBlock: false)
            var edit = Edit(range: call.range)
            if let close = closing[number] {
                token.body = call.range.upperBound..<calls[close].range.lowerBound
                token.whole = call.range.lowerBound..<calls[close].range.upperBound
            } else if paired.contains(call.name), !call.isSelfClosing {
                let name = String(decoding: call.name, as: UTF8.self)
                edit.finding = MarkdownSource.Finding(
                    code: .unclosedComponent, message: "\"\(name)\" is not closed here, but elsewhere on the page it is",
                    range: call.range, hint: "write {{< \(name) />}} if it has no body")
            }
            edit.range = token.whole
            token.isBlock = isAlone(token.whole)
            edit.mark = .call(token)
            edits.append(edit)
            outside = token.whole.upperBound
        }
    }

    /// Whether a call stands on lines of its own and is no part of a paragraph.
    private func isAlone(_ range: Range<Int>) -> Bool {
        var start = range.lowerBound
        while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 || bytes[start - 1] == UInt8(ascii: ">") { start -= 1 }
        if start > 0, bytes[start - 1] != 0x0A { return false }
        var end = range.upperBound
        while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 || bytes[end] == 0x0D { end += 1 }
        if end < bytes.count, bytes[end] != 0x0A { return false }
        if bytes[range].contains(0x0A) { return true }
        return !isText(lineBefore: start) && !isText(lineFrom: end + 1)
    }

    private func isText(lineBefore end: Int) -> Bool {
        guard end > 0 else { return false }
        var start = end - 1
        while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
        return isText(lineFrom: start)
    }

    /// Whether a line looks like part of a paragraph.
    private func isText(lineFrom start: Int) -> Bool {
        var at = start
        while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == UInt8(ascii: ">") { at += 1 }
        guard at < bytes.count, bytes[at] != 0x0A, bytes[at] != 0x0D else { return false }
        if bytes[at] == UInt8(ascii: "{"), at + 2 < bytes.count, bytes[at + 1] == UInt8(ascii: "{"),
            bytes[at + 2] == UInt8(ascii: "<") || bytes[at + 2] == UInt8(ascii: "%")
        {
            return false
        }
        let end = bytes.endOfLine(from: at)
        if Self.isListMark(bytes, at, end) || Self.opens(bytes, at, end) != nil { return false }
        return !"#<|:".utf8.contains(bytes[at])
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

extension [UInt8] {
    /// The offset of the line feed at or after an offset, or the end.
    func endOfLine(from start: Int) -> Int {
        next(0x0A, from: start) ?? count
    }

    /// Whether the line that starts at an offset has nothing in it.
    func isBlankLine(_ start: Int) -> Bool {
        var index = start
        while index < count, self[index] == 0x20 || self[index] == 0x09 || self[index] == 0x0D { index += 1 }
        return index >= count || self[index] == 0x0A
    }
}
