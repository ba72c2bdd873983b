import Text

extension MarkdownRenderer {
    mutating func emitHTMLBlock(_ index: Int) {
        let range = document.nodes[index].textRange
        output.startLine()
        if options.conformance {
            emitFilteredHTML(range)
            output.startLine()
            return
        }
        if isSummaryMark(range) {
            noteSummaryMark()
            return
        }
        if let number = callMark(range) {
            emitMark(number)
            output.startLine()
            return
        }
        startText(index)
        emitHTML(range, in: index, isBlock: true)
        endText(.html)
        output.startLine()
    }

    mutating func emitInlineHTML(_ index: Int) {
        let range = document.nodes[index].textRange
        if options.conformance {
            let heap = document.heap
            if options.extensions.contains(.tagFilter),
                TagFilter.isFiltered(heap, range.lowerBound, range.upperBound)
            {
                output.put("&lt;")
                output.put(heap, range.lowerBound + 1..<range.upperBound)
            } else {
                output.put(heap, range)
            }
            return
        }
        if isSummaryMark(range) {
            noteSummaryMark()
            return
        }
        if let number = callMark(range) {
            emitMark(number)
            return
        }
        emitHTML(range, in: textBlock, isBlock: false)
    }

    /// The first mark of the outermost document ends the summary.
    private mutating func noteSummaryMark() {
        if body.summaryEnd != nil || depth > 0 { return }
        body.summaryEnd = output.count
        body.summaryTextEnd = body.text.count
    }

    /// Writes raw HTML and notes its URLs and ids, or drops it where it is not allowed.
    private mutating func emitHTML(_ range: Range<Int>, in block: Int, isBlock: Bool) {
        if !options.rawHTML {
            if HTMLScanner.isComment(document.heap, range) { return }
            if firstDroppedHTML == nil {
                firstDroppedHTML = document.range(ofBlock: block)
            }
            droppedHTML += 1
            return
        }
        let start = output.count
        var printed = PrintedByCalls()
        if document.marks.isEmpty {
            if options.extensions.contains(.tagFilter) {
                emitFilteredHTML(range)
            } else {
                output.put(document.heap, range)
            }
        } else {
            printed = emitHTMLWithMarks(range)
        }
        let first = (url: output.urls.count, id: output.ids.count)
        let text = HTMLScanner.scan(
            &output, from: start, gathersText: isBlock, besides: printed.withNotedText)
        body.text.append(contentsOf: text)
        if output.urls.count > first.url {
            resolveLinks(from: first, besides: printed.all, in: block, isBlock: isBlock)
        }
    }

    /// Where in the output stands what components printed in the midst of raw HTML.
    private struct PrintedByCalls {
        var all: [Range<Int>] = []
        /// Those whose bodies have noted their text already.
        var withNotedText: [Range<Int>] = []
    }

    /// Writes raw HTML in which marks stand for calls, even within attributes.
    private mutating func emitHTMLWithMarks(_ range: Range<Int>) -> PrintedByCalls {
        var printed = PrintedByCalls()
        let heap = document.heap
        let isComment = HTMLScanner.isComment(heap, range)
        var index = range.lowerBound
        var runStart = index
        while index < range.upperBound {
            guard heap[index] == 0xEF, let mark = MarkdownMark.read(heap, index, range.upperBound),
                mark.number < document.marks.count
            else {
                index += 1
                continue
            }
            // The block form of a mark is a comment; its frame goes with it.
            var before = index
            var after = mark.end
            if before - 4 >= runStart, heap[before - 4..<before].elementsEqual("<!--".utf8),
                after + 3 <= range.upperBound,
                heap[after..<after + 3].elementsEqual("-->".utf8)
            {
                before -= 4
                after += 3
            }
            output.put(heap, runStart..<before)
            if isComment {
                output.put(document.source(ofMark: mark.number))
            } else {
                let before = (output: output.count, text: body.text.count)
                emitMark(mark.number, scans: false)
                if case .call = document.marks[mark.number] {
                    printed.all.append(before.output..<output.count)
                    if body.text.count > before.text {
                        printed.withNotedText.append(before.output..<output.count)
                    }
                }
            }
            index = after
            runStart = after
        }
        output.put(heap, runStart..<range.upperBound)
        return printed
    }

    /// Writes raw HTML in which some tags lose their `<`.
    private mutating func emitFilteredHTML(_ range: Range<Int>) {
        let heap = document.heap
        guard options.extensions.contains(.tagFilter) else {
            output.put(heap, range)
            return
        }
        var runStart = range.lowerBound
        for index in range where heap[index] == 0x3C {
            if TagFilter.isFiltered(heap, index, range.upperBound) {
                output.put(heap, runStart..<index)
                output.put("&lt;")
                runStart = index + 1
            }
        }
        output.put(heap, runStart..<range.upperBound)
    }

    /// The number of the mark that a comment is, if it is one.
    private func callMark(_ range: Range<Int>) -> Int? {
        if document.marks.isEmpty { return nil }
        let heap = document.heap
        var end = range.upperBound
        while end > range.lowerBound, Self.isSpace(heap[end - 1]) { end -= 1 }
        var start = range.lowerBound
        while start < end, heap[start] == 0x20 { start += 1 }
        guard end - start >= 14, heap[start..<start + 4].elementsEqual("<!--".utf8),
            let mark = MarkdownMark.read(heap, start + 4, end), mark.end + 3 == end,
            mark.number < document.marks.count
        else { return nil }
        return mark.number
    }

    /// Whether it is `<!--more-->`, `<!-- excerpt -->` or the site's own separator.
    private func isSummaryMark(_ range: Range<Int>) -> Bool {
        let heap = document.heap
        guard range.count >= 8, heap[range.lowerBound] == 0x3C || heap[range.lowerBound] == 0x20 else {
            return false
        }
        var start = range.lowerBound
        var end = range.upperBound
        while end > start, Self.isSpace(heap[end - 1]) { end -= 1 }
        while start < end, heap[start] == 0x20 { start += 1 }
        if !options.summarySeparator.isEmpty, heap[start..<end].elementsEqual(options.summarySeparator) {
            return true
        }
        guard end - start >= 11, heap[start..<start + 4].elementsEqual("<!--".utf8),
            heap[end - 3..<end].elementsEqual("-->".utf8)
        else { return false }
        start += 4
        end -= 3
        while start < end, Self.isSpace(heap[start]) { start += 1 }
        while end > start, Self.isSpace(heap[end - 1]) { end -= 1 }
        let word = heap[start..<end].map { $0 | 0x20 }
        return word.elementsEqual("more".utf8) || word.elementsEqual("excerpt".utf8)
    }
}

/// The tags that GitHub's filter disables.
enum TagFilter {
    private static var names: [StaticString] {
        ["title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "script", "plaintext"]
    }

    /// Whether a tag of one of the names starts at an offset.
    static func isFiltered(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
        guard end - start >= 3, bytes[start] == 0x3C else { return false }
        let nameStart = bytes[start + 1] == 0x2F ? start + 2 : start + 1
        for name in names {
            let length = name.utf8CodeUnitCount
            let after = nameStart + length
            guard after < end else { continue }
            var same = true
            for offset in 0..<length {
                let byte = bytes[nameStart + offset]
                let lower = byte.asciiLowercased
                if unsafe lower != name.utf8Start[offset] {
                    same = false
                    break
                }
            }
            if !same { continue }
            let next = bytes[after]
            if next == 0x20 || next >= 0x09 && next <= 0x0D || next == 0x3E { return true }
            if next == 0x2F, after + 1 < end, bytes[after + 1] == 0x3E { return true }
        }
        return false
    }
}
