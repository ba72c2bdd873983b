import Text

/// Component calls are gathered, Liquid is resolved or dropped.
extension MarkdownPreparation {
    mutating func readBraces(_ start: Int) -> Int {
        let second = bytes[start + 1]
        if second == UInt8(ascii: "{"),
            bytes[start + 2] == UInt8(ascii: "<") || bytes[start + 2] == UInt8(ascii: "%")
        {
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
        if second == UInt8(ascii: ":") { return readExtension(start) }
        guard second == UInt8(ascii: "{") || second == UInt8(ascii: "%") else { return start + 1 }
        // `${{ … }}` belongs to GitHub Actions.
        if start > 0, bytes[start - 1] == UInt8(ascii: "$") { return start + 2 }
        guard let reading = LiquidSyntax.read(bytes, at: start) else {
            // Not looked for from every place: a text may hold thousands of beginnings without an end.
            if shortcodeBudget > 0, LiquidSyntax.beginsShortcode(bytes, at: start),
                let reading = LiquidSyntax.readShortcode(bytes, at: start, budget: &shortcodeBudget)
            {
                return edit(reading, from: start)
            }
            readTemplate(start)
            return start + 2
        }
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
            if case .call(let call) = ComponentSyntax.read(bytes, at: brace), call.isClosing,
                call.name == name
            {
                return call
            }
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
                        "a shortcode of Zola, \"\(name)\", is not called", end,
                        hint: "write {{< \(name) key=\"value\" >}}")))
            return end
        case .path(let path, let end):
            edits.append(
                Edit(
                    range: start..<end, mark: .reference(.relativeURL, target: path, source: start..<end),
                    finding: finding("a filter of Liquid; the path is taken as it is", end)))
            return end
        case .root(let end):
            edits.append(
                Edit(
                    range: start..<end,
                    finding: finding(
                        "a variable of Liquid, taken as the root of the site", end, hint: "leave it out")))
            return end
        case .variable(let content, let end):
            edits.append(
                Edit(
                    range: start..<(underlineEnd(of: start..<end) ?? end),
                    finding: finding("a variable of Liquid, \"\(text(content))\", is dropped", end)))
            return end
        case .tag(let word, let rest, let end):
            return editTag(String(decoding: word, as: UTF8.self), rest, start..<end)
        }
    }

    /// Where the line ends that makes a heading of what stands alone on the line before: without its text, it goes as well.
    private func underlineEnd(of range: Range<Int>) -> Int? {
        var before = range.lowerBound
        while before > 0, bytes[before - 1] == 0x20 { before -= 1 }
        guard before == 0 || bytes[before - 1] == 0x0A, bytes.isBlankLine(range.upperBound) else {
            return nil
        }
        // What stands above belongs to the heading.
        before = max(0, before - 1)
        while before > 0, HTMLTokenizer.isSpace(bytes[before - 1]), bytes[before - 1] != 0x0A { before -= 1 }
        guard before == 0 || bytes[before - 1] == 0x0A else { return nil }
        let line = bytes.endOfLine(from: range.upperBound) + 1
        guard line < bytes.count, let mark = bytes[line...].first,
            mark == UInt8(ascii: "=") || mark == UInt8(ascii: "-")
        else { return nil }
        var index = line
        while index < bytes.count, bytes[index] == mark { index += 1 }
        return bytes.isBlankLine(index) ? index : nil
    }

    private mutating func editTag(_ word: String, _ rest: Range<Int>, _ tag: Range<Int>) -> Int {
        // Zola's shortcodes with a body end with a tag that Liquid does not have.
        let finding = MarkdownSource.Finding(
            code: .liquidTag,
            message: word == "end"
                ? "the end of a shortcode of Zola is dropped" : "a tag of Liquid, \"\(word)\", is dropped",
            range: tag, hint: nil)
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
            edits.append(
                Edit(range: tag.lowerBound..<close.upperBound, finding: word == "comment" ? nil : finding))
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
                    mark: .reference(
                        word == "link" ? .link : .postURL, target: Array(bytes[rest]), source: tag)))
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
                case .tag(let found, _, let end)? = LiquidSyntax.read(bytes, at: brace),
                found.elementsEqual(word.utf8)
            else { continue }
            return brace..<end
        }
        missing.insert(key)
        return nil
    }
}
