import Text

/// Marks of other programs that are text here: each kind is told once in a text, so that nobody publishes them unawares.
extension MarkdownPreparation {
    /// A kind of mark.
    enum Foreign: CaseIterable {
        /// `[[Page]]`, `![[image.png]]`.
        case wikiLink
        /// `%%a comment%%`.
        case comment
        /// `[name]: address` below a paragraph.
        case definition
        /// `[TOC]`.
        case contents
        /// `{{ title }}`.
        case template
        /// `*[HTML]: Hyper Text`.
        case abbreviation
        /// `!!! note`, `??? note`.
        case admonition
        /// `::: note` … `:::`.
        case container
        /// `![text](my picture.png)`.
        case spacedImage
        /// `$$ a^2 $$` where formulas are not switched on.
        case formula
    }

    /// Whether there is anything in the text that may be such a mark; a look at braces is another.
    func mayHoldForeignMarks() -> Bool {
        var index = 0
        while let found = bytes.next(UInt8(ascii: "["), from: index) {
            index = found + 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "[") || isContentsMark(found) { return true }
            if found > 0, bytes[found - 1] == UInt8(ascii: "!"), spacedImageEnd(found) != nil { return true }
        }
        index = 0
        while let found = bytes.next(UInt8(ascii: "%"), from: index) {
            index = found + 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "%") { return true }
        }
        if options.math { return false }
        index = 0
        while let found = bytes.next(UInt8(ascii: "$"), from: index) {
            index = found + 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "$") { return true }
        }
        return false
    }

    private func isContentsMark(_ start: Int) -> Bool {
        let end = start + "[toc]".utf8.count
        return end <= bytes.count && bytes[start + 1] | 0x20 == UInt8(ascii: "t")
            && bytes[start..<end].contains(caseInsensitively: "[toc]")
    }

    /// Reads at `[`, `lineStart` being where its line begins.
    ///
    /// - Returns: where to go on.
    mutating func readBracket(_ start: Int, _ lineStart: Int) -> Int {
        guard start + 1 < bytes.count else { return start + 1 }
        if bytes[start + 1] == UInt8(ascii: "[") {
            if let end = wikiLinkEnd(start) {
                let isContents = bytes[(start + 2)..<(end - 2)].contains(caseInsensitively: "toc")
                if isContents, end - start <= "[[_toc_]]".utf8.count {
                    tell(.contents, start..<end)
                } else {
                    let isEmbedded = start > 0 && bytes[start - 1] == UInt8(ascii: "!")
                    tell(.wikiLink, (isEmbedded ? start - 1 : start)..<end)
                }
                return end
            }
            return start + 1
        }
        if start > 0, bytes[start - 1] == UInt8(ascii: "!"), let end = spacedImageEnd(start) {
            tell(.spacedImage, (start - 1)..<end)
            return end
        }
        // Alone on its line.
        let end = start + "[toc]".utf8.count
        guard isContentsMark(start), bytes[lineStart..<start].allSatisfy({ $0 == 0x20 }),
            bytes.isBlankLine(end)
        else { return start + 1 }
        tell(.contents, start..<end)
        return end
    }

    /// The end of `![text](my picture.png)`, whose address has a blank in it and so is none; nothing where a title follows the
    /// address, or where it ends in no picture's name.
    private func spacedImageEnd(_ start: Int) -> Int? {
        let line = bytes.endOfLine(from: start)
        var index = start + 1
        while index + 1 < line, bytes[index] != UInt8(ascii: "]") {
            if bytes[index] == UInt8(ascii: "[") || bytes[index] == UInt8(ascii: "`") { return nil }
            index += 1
        }
        guard index + 1 < line, bytes[index + 1] == UInt8(ascii: "(") else { return nil }
        let address = index + 2
        index = address
        var hasBlank = false
        while index < line, bytes[index] != UInt8(ascii: ")") {
            switch bytes[index] {
            case UInt8(ascii: "<"), UInt8(ascii: "("), UInt8(ascii: "\""), UInt8(ascii: "'"),
                UInt8(ascii: "`"),
                UInt8(ascii: "{"), UInt8(ascii: "\\"):
                return nil
            // Blanks around an address are none of its own, and a size may stand behind it: (a.png =100x).
            case 0x20: hasBlank = hasBlank || index > address
            case UInt8(ascii: "="): if hasBlank { return nil }
            default: break
            }
            index += 1
        }
        guard index < line, hasBlank, bytes[index - 1] != 0x20 else { return nil }
        let name = bytes[address..<index]
        guard name.drop(while: { $0 == 0x20 }).contains(0x20) else { return nil }
        return [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"].contains {
            name.suffix($0.utf8.count).contains(caseInsensitively: $0)
        } ? index + 1 : nil
    }

    /// Reads at `%`.
    mutating func readPercent(_ start: Int) -> Int {
        guard start + 1 < bytes.count, bytes[start + 1] == UInt8(ascii: "%") else { return start + 1 }
        // Of a script, or of a format of dates or numbers, is what stands in a word: `%%i`, `100%%`.
        if told.contains(.comment) || start > 0 && !HTMLTokenizer.isSpace(bytes[start - 1])
            || start < noFormulaUntil[UInt8(ascii: "%"), default: 0]
        {
            return start + 2
        }
        let line = bytes.isBlankLine(start + 2) ? bytes.count : bytes.endOfLine(from: start)
        var index = start + 2
        while let close = bytes.next(UInt8(ascii: "%"), from: index), close < line {
            index = close + 1
            if close > start + 2, index < bytes.count, bytes[index] == UInt8(ascii: "%"),
                index + 1 >= bytes.count || !LiquidSyntax.isWord(bytes[index + 1])
            {
                tell(.comment, start..<(index + 1))
                return index + 1
            }
        }
        noFormulaUntil[UInt8(ascii: "%")] = line
        return start + 2
    }

    /// Tells of `{{ title }}`, which no engine will fill in.
    mutating func readTemplate(_ start: Int) {
        guard !told.contains(.template), bytes[start + 1] == UInt8(ascii: "{") else { return }
        var index = start + 2
        while index < bytes.count, bytes[index] == 0x20 { index += 1 }
        guard index < bytes.count, bytes[index].isASCIILetter else { return }
        while index + 1 < bytes.count, bytes[index] != 0x0A, bytes[index] != UInt8(ascii: "{") {
            if bytes[index] == UInt8(ascii: "}"), bytes[index + 1] == UInt8(ascii: "}") {
                tell(.template, start..<(index + 2))
                return
            }
            index += 1
        }
    }

    /// The end of `[[Page]]` or `[[Page|text]]`; nothing for `[[1](x)]`, `[[1]](x)` and `[[ -f x ]]`,
    /// nor for what R prints before a row, and for `[[:alpha:]]`.
    private func wikiLinkEnd(_ start: Int) -> Int? {
        var index = start + 2
        guard index < bytes.count, bytes[index] != 0x20, bytes[index] != UInt8(ascii: "]"),
            bytes[index] != UInt8(ascii: "^"), bytes[index] != UInt8(ascii: ":")
        else { return nil }
        while index + 1 < bytes.count {
            switch bytes[index] {
            case 0x0A, UInt8(ascii: "["): return nil
            case UInt8(ascii: "]"):
                guard bytes[index + 1] == UInt8(ascii: "]"), bytes[index - 1] != 0x20 else { return nil }
                let end = index + 2
                if bytes[(start + 2)..<index].allSatisfy({ $0.isASCIIDigit }) { return nil }
                if end < bytes.count,
                    [UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: ":")].contains(bytes[end])
                {
                    return nil
                }
                return end
            default: index += 1
            }
        }
        return nil
    }
}

extension ArraySlice<UInt8> {
    /// Whether a text of lower-case letters and marks is somewhere in it, in any case.
    fileprivate func contains(caseInsensitively text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard count >= wanted.count else { return false }
        return (startIndex...(endIndex - wanted.count)).contains { start in
            self[start..<(start + wanted.count)].elementsEqual(wanted) { $0.asciiLowercased == $1 }
        }
    }
}
