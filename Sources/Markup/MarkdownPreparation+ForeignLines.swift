import Text

/// Marks of other programs that take a line or more, and what is told of all of them.
extension MarkdownPreparation {
    /// Reads at the start of the text of a line, when that is `*`, `!`, `?` or `:`: `*[HTML]: Hyper Text`, `!!! note`,
    /// `::: note`.
    mutating func readForeignLine(_ start: Int, _ end: Int) {
        guard start + 3 < end else { return }
        let first = bytes[start]
        if first == UInt8(ascii: "*") {
            guard bytes[start + 1] == UInt8(ascii: "["), !told.contains(.abbreviation) else { return }
            var index = start + 2
            while index + 1 < end, bytes[index] != UInt8(ascii: "]"), bytes[index] != UInt8(ascii: "[") {
                index += 1
            }
            // A line of emphasis that starts like it ends with a star.
            guard index + 1 < end, index > start + 2, bytes[index] == UInt8(ascii: "]"),
                bytes[index + 1] == UInt8(ascii: ":"), !bytes[index..<end].contains(first)
            else { return }
            tell(.abbreviation, start..<(index + 2))
            return
        }
        if first == UInt8(ascii: ":") {
            readContainer(start, end)
            return
        }
        guard bytes[start + 1] == first, bytes[start + 2] == first, !told.contains(.admonition) else {
            return
        }
        var index = start + 3
        if index < end, bytes[index] == UInt8(ascii: "+") { index += 1 }
        guard index < end, bytes[index] == 0x20 else { return }
        index += 1
        let name = index
        while index < end,
            bytes[index].isASCIILetter || bytes[index] == UInt8(ascii: "-")
        {
            index += 1
        }
        // What is in the box is indented below.
        guard index > name, startsIndented(after: end) else { return }
        tell(.admonition, start..<index)
    }

    /// Tells of `::: note`, if a line of colons ends it below.
    private mutating func readContainer(_ start: Int, _ end: Int) {
        guard !told.contains(.container), bytes[start + 1] == UInt8(ascii: ":"),
            bytes[start + 2] == UInt8(ascii: ":")
        else { return }
        var index = start
        while index < end, bytes[index] == UInt8(ascii: ":") { index += 1 }
        while index < end, bytes[index] == 0x20 { index += 1 }
        guard index < end, bytes[index].isASCIILetter || bytes[index] == UInt8(ascii: "{") else { return }
        var line = end + 1
        while line < bytes.count {
            let next = bytes.endOfLine(from: line)
            let text = bytes[line..<next].drop(while: HTMLTokenizer.isSpace)
            let colons = text.prefix { $0 == UInt8(ascii: ":") }
            if colons.count >= 3, text.dropFirst(colons.count).allSatisfy(HTMLTokenizer.isSpace) {
                tell(.container, start..<end)
                return
            }
            line = next + 1
        }
        // No other of these in the text is looked for again.
        told.insert(.container)
    }

    /// Whether a line of text begins like `[name]:`, as a definition does; a footnote's name has a `^`.
    func isDefinition(_ start: Int, _ end: Int) -> Bool { definitionMark(start, end) != nil }

    private func definitionMark(_ start: Int, _ end: Int) -> Range<Int>? {
        guard start + 3 < end, bytes[start] == UInt8(ascii: "["), bytes[start + 1] != UInt8(ascii: "^") else {
            return nil
        }
        var index = start + 1
        while index < end, bytes[index] != UInt8(ascii: "]"), bytes[index] != UInt8(ascii: "[") { index += 1 }
        guard index > start + 1, index + 1 < end, bytes[index] == UInt8(ascii: "]"),
            bytes[index + 1] == UInt8(ascii: ":")
        else { return nil }
        return start..<index + 2
    }

    /// Tells of a definition right below a paragraph (CommonMark 0.31, 4.7: it cannot interrupt one).
    mutating func tellUnreadDefinition(_ start: Int, _ lineStart: Int) {
        // Rules and the underlines of headings end what is above.
        var above = lineStart - 1
        while above > 0, bytes[above - 1] != 0x0A { above -= 1 }
        let line = bytes[max(above, 0)..<max(lineStart - 1, 0)].drop(while: HTMLTokenizer.isSpace)
        let end = bytes.endOfLine(from: start)
        guard !line.allSatisfy({ HTMLTokenizer.isSpace($0) || "-=*_".utf8.contains($0) }),
            let mark = definitionMark(start, end), !bytes.isBlankLine(mark.upperBound)
        else { return }
        tell(.definition, mark)
    }

    /// Whether the next line that is not blank is indented like code.
    private func startsIndented(after end: Int) -> Bool {
        var line = end + 1
        while line < bytes.count, bytes.isBlankLine(line) { line = bytes.endOfLine(from: line) + 1 }
        var at = line
        while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
        return line < bytes.count && Self.columns(bytes, line..<at) >= 4
    }

    /// Reads at `$`, formulas not being switched on: two of them around something that looks like one, in one paragraph.
    /// What stands between them is read as any text.
    mutating func readDollars(_ start: Int) -> Int {
        guard start + 1 < bytes.count, bytes[start + 1] == UInt8(ascii: "$") else { return start + 1 }
        if !told.contains(.formula), let end = dollarsEnd(start) { tell(.formula, start..<end) }
        return start + 2
    }

    private func dollarsEnd(_ start: Int) -> Int? {
        // One or two letters are a formula as well: $$x$$.
        let letters = bytes[(start + 2)...].prefix(3).prefix { $0.isASCIILetter }
        var looksLikeFormula =
            !letters.isEmpty && letters.count < 3
            && bytes[letters.endIndex...].starts(with: "$$".utf8)
        var index = start + 2
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "$") where index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "$"):
                return looksLikeFormula ? index + 2 : nil
            case UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "="):
                looksLikeFormula = true
            case UInt8(ascii: "`"): return nil
            case 0x0A where bytes.isBlankLine(index + 1): return nil
            default: break
            }
            index += 1
        }
        return nil
    }

    mutating func tell(_ kind: Foreign, _ range: Range<Int>) {
        guard told.insert(kind).inserted else { return }
        var end = min(range.upperBound, range.lowerBound + 40)
        while end < range.upperBound, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        let shown = String(decoding: bytes[range.lowerBound..<end], as: UTF8.self)
        let (code, message, hint): (DiagnosticCode, String, String) =
            switch kind {
            case .wikiLink:
                (
                    .foreignMarkup, "\"\(shown)\" is text: links in double brackets are not read",
                    "write [text](file.md), or ![description](image.png)"
                )
            case .comment:
                (
                    .foreignMarkup, "\"%%\" begins no comment: what stands between two of them is published",
                    "write <!-- … -->, which stays in the source of the page, or take it out"
                )
            case .contents:
                (
                    .foreignMarkup, "\"\(shown)\" is text: no table of contents is put there",
                    "templates have it as page.toc; the default theme shows it above the text"
                )
            case .definition:
                (
                    .unreadDefinition,
                    "\"\(shown)\" is text: it stands right below a paragraph, and is part of it",
                    "leave a blank line above it"
                )
            case .abbreviation:
                (
                    .foreignMarkup, "\"\(shown)\" is text: abbreviations are not read",
                    "write <abbr title=\"…\">…</abbr> where it stands, and take the line out"
                )
            case .admonition:
                (
                    .foreignMarkup, "\"\(shown)\" is text: no box is made of it",
                    "write > [!NOTE], and the text below it behind > as well"
                )
            case .container:
                (
                    .foreignMarkup, "\"\(shown)\" is text: no box is made of it",
                    "write > [!NOTE], and the text below it behind > as well; or call a component"
                )
            case .spacedImage:
                (
                    .foreignMarkup, "\"\(shown)\" is text: an address with a blank in it is none",
                    "write <…> around the address, or %20 for the blank"
                )
            case .formula:
                (
                    .foreignMarkup, "\"$$\" is text: formulas are not switched on",
                    "\"markdown\": {\"math\": true} in site.json"
                )
            case .template:
                (
                    .templateInText, "\"\(shown)\" is text: content is not run through a template engine",
                    "a component may print it: {{< name >}}, with templates/components/name.html"
                )
            }
        edits.append(
            Edit(
                range: range.lowerBound..<range.lowerBound,
                finding: MarkdownSource.Finding(code: code, message: message, range: range, hint: hint)))
    }
}

extension Range<Int> {
    /// At most so many of the first.
    fileprivate func prefix(_ count: Int) -> Range<Int> {
        lowerBound..<Swift.min(upperBound, lowerBound + count)
    }
}
