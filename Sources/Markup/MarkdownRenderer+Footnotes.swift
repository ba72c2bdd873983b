import Text

/// Marks of footnotes, the notes, and the way back.
extension MarkdownRenderer {
    mutating func emitFootnoteReference(_ index: Int) {
        let node = document.nodes[index]
        let label = footnoteName(document.heap[node.extraRange])
        openHeading.hasLinks = true
        let start = output.count
        if options.conformance {
            output.put("<sup class=\"footnote-ref\"><a href=\"#fn-")
            output.escapeURL(label, 0..<label.count)
            output.put("\" id=\"fnref-")
            output.escapeURL(label, 0..<label.count)
            if node.number > 1 {
                output.put(0x2D)
                output.put(number: Int(node.number))
            }
            output.put("\" data-footnote-ref>")
            output.escape(document.heap, node.textRange)
            output.put("</a></sup>")
            return
        }
        output.put("<sup class=\"footnote-ref\"><a href=\"")
        let target = [UInt8(ascii: "#")] + footnoteID(of: label)
        output.putURL(target, 0..<target.count, as: .href)
        output.put(0x22)
        output.putID(footnoteID(of: label, mark: max(1, Int(node.number))))
        output.put(" role=\"doc-noteref\">")
        output.escape(document.heap, node.textRange)
        output.put("</a></sup>")
        if depth == 0 { body.footnoteMarks.append(start..<output.count) }
    }

    /// The label of a footnote as part of an id; those of component bodies have a number of their own.
    private func footnoteName(_ label: ArraySlice<UInt8>) -> [UInt8] {
        var name = options.conformance ? Array(label) : label.map { $0 <= 0x20 ? 0x2D : $0 }
        if documentNumber > 0 { name = Array("\(documentNumber)-".utf8) + name }
        return name
    }

    /// A footnote, or one of the marks that lead to it.
    struct FootnotePlace: Hashable {
        let label: [UInt8]
        /// 0 for the note itself.
        let mark: Int
    }

    /// The id of a footnote or of one of its marks, which no heading and nothing else in the text has.
    private mutating func footnoteID(of label: [UInt8], mark: Int = 0) -> [UInt8] {
        let place = FootnotePlace(label: label, mark: mark)
        if let known = footnoteIDs[place] { return known }
        var wanted = Array((mark == 0 ? "fn-" : "fnref-").utf8) + label
        if mark > 1 { wanted += [0x2D] + Array(String(mark).utf8) }
        let id = ids.unique(wanted)
        footnoteIDs[place] = id
        return id
    }

    mutating func enterFootnote(_ index: Int) -> Int {
        let node = document.nodes[index]
        if footnoteIndex == 0 {
            if options.conformance {
                output.put("<section class=\"footnotes\" data-footnotes>\n<ol>\n")
            } else {
                output.startLine()
                output.put("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"")
                output.escape(options.words.footnotes)
                output.put("\">\n<ol>\n")
            }
        }
        footnoteIndex += 1
        let label = footnoteName(document.heap[node.textRange])
        output.put("<li")
        if options.conformance {
            output.put(" id=\"fn-")
            output.escapeURL(label, 0..<label.count)
            output.put(0x22)
        } else {
            output.putID(footnoteID(of: label))
        }
        output.put(">\n")
        return open(index)
    }

    mutating func leaveFootnote(_ frame: Frame) {
        if writtenFootnote < footnoteIndex {
            writeBackReference(frame.index)
            output.put(0x0A)
        }
        output.put("</li>\n")
    }

    mutating func endFootnotes() {
        output.put("</ol>\n</section>\n")
        footnoteIndex = 0
        writtenFootnote = 0
    }

    /// Writes the arrows from a footnote to its marks.
    mutating func writeBackReference(_ index: Int) {
        if writtenFootnote >= footnoteIndex { return }
        writtenFootnote = footnoteIndex
        let node = document.nodes[index]
        let label = footnoteName(document.heap[node.textRange])
        for number in 1...max(1, Int(node.number)) {
            if number > 1 { output.put(0x20) }
            if options.conformance {
                output.put("<a href=\"#fnref-")
                output.escapeURL(label, 0..<label.count)
                if number > 1 { output.put("-\(number)") }
                output.put(
                    "\" class=\"footnote-backref\" data-footnote-backref aria-label=\"Back to content\">")
                output.put("↩")
                if number > 1 { output.put("<sup class=\"footnote-ref\">\(number)</sup>") }
                output.put("</a>")
                continue
            }
            output.put("<a href=\"")
            let target = [UInt8(ascii: "#")] + footnoteID(of: label, mark: number)
            output.putURL(target, 0..<target.count, as: .href)
            output.put("\" class=\"footnote-backref\" role=\"doc-backlink\" aria-label=\"")
            output.escape(options.words.backToContent)
            output.put(" \(footnoteIndex)\(number > 1 ? "-\(number)" : "")\">↩\u{FE0E}")
            if number > 1 { output.put("<sup>\(number)</sup>") }
            output.put("</a>")
        }
    }
}
