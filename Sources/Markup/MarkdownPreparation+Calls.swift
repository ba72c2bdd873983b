import Text

/// Component calls are paired and get their marks.
extension MarkdownPreparation {
    /// Pairs opening and closing calls, and makes an edit of each outermost one.
    mutating func placeCalls() {
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
                                code: .unclosedComponent, message: "\"\(name)\" is closed but was not opened",
                                range: call.range,
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
                name: call.name, positional: call.positional, named: call.named, call: call.range,
                whole: call.range,
                body: nil, isBlock: false)
            var edit = Edit(range: call.range)
            if let close = closing[number] {
                token.body = call.range.upperBound..<calls[close].range.lowerBound
                token.whole = call.range.lowerBound..<calls[close].range.upperBound
            } else if paired.contains(call.name), !call.isSelfClosing {
                let name = String(decoding: call.name, as: UTF8.self)
                edit.finding = MarkdownSource.Finding(
                    code: .unclosedComponent,
                    message: "\"\(name)\" is not closed here, but elsewhere on the page it is",
                    range: call.range, hint: "write {{< \(name) />}} if it has no body")
            } else {
                token.isLeftOpen = !call.isSelfClosing
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
        while start > 0,
            bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 || bytes[start - 1] == UInt8(ascii: ">")
        { start -= 1 }
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
        while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == UInt8(ascii: ">") {
            at += 1
        }
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
}
