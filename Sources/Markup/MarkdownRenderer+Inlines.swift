import Text

extension MarkdownRenderer {
    /// What is known of a link while its content is being written.
    struct LinkInProgress {
        var destination: [UInt8] = []
        var url: [UInt8] = []
        var title: Range<Int> = 0..<0
        var attributes: [HTMLAttribute] = []
        var range = SourceRange.start
        var textStart = 0
        var contentStart = 0
        var searchEnd = 0
    }

    /// Writes text, marks resolved.
    mutating func emitText(_ range: Range<Int>) {
        if document.marks.isEmpty {
            output.escape(document.heap, range)
            unsafe document.heap.withUnsafeBufferPointer {
                unsafe body.text.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range]))
            }
            return
        }
        var index = range.lowerBound
        var runStart = index
        let heap = document.heap
        while index < range.upperBound {
            guard heap[index] == 0xEF, let mark = MarkdownMark.read(heap, index, range.upperBound),
                mark.number < document.marks.count
            else {
                index += 1
                continue
            }
            emitPlain(heap, runStart..<index)
            emitMark(mark.number)
            index = mark.end
            runStart = index
        }
        emitPlain(heap, runStart..<range.upperBound)
    }

    private mutating func emitPlain(_ bytes: [UInt8], _ whole: Range<Int>) {
        var range = whole
        if skipBreakAfterSplit, !range.isEmpty {
            skipBreakAfterSplit = false
            if bytes[range.lowerBound] == 0x20, output.endsWith("<p>") { range = range.dropFirst() }
        }
        output.escape(bytes, range)
        body.text.append(contentsOf: bytes[range])
    }

    /// Writes a code span; marks in it become what was written.
    mutating func emitCode(_ index: Int) {
        let attributes = attributesAfter(index)
        output.put("<code")
        writeAttributes(attributes)
        output.put(0x3E)
        let code = document.code(document.nodes[index].textRange)
        output.escape(code)
        body.text.append(contentsOf: code)
        output.put("</code>")
    }

    // MARK: - Links

    mutating func enterLink(_ index: Int) -> Int {
        let node = document.nodes[index]
        if options.conformance {
            output.put("<a href=\"")
            output.putURL(document.heap, node.textRange, as: .href)
            if node.extraCount > 0 {
                output.put("\" title=\"")
                output.escape(document.heap, node.extraRange)
            }
            output.put("\">")
            return open(index)
        }
        openHeading.hasLinks = true
        var link = resolve(index, isImage: false)
        if let attributes = attributesAfter(index) {
            link.attributes = (attributes.id.isEmpty ? [] : [HTMLAttribute(name: Array("id".utf8), value: attributes.id)])
                + attributes.withoutID + link.attributes
        }
        link.title = node.extraRange
        link.textStart = body.text.count
        if overrides.contains(.link) {
            link.contentStart = output.count
            openLinks.append(link)
            return open(index, .overridden)
        }
        startAnchor(link)
        link.contentStart = output.count
        openLinks.append(link)
        return open(index)
    }

    mutating func leaveLink(_ frame: Frame) {
        if options.conformance {
            output.put("</a>")
            return
        }
        guard let link = openLinks.popLast() else { return }
        searchStart = max(searchStart, link.searchEnd)
        body.links.append(
            BodyLink(
                destination: link.destination, url: link.url,
                text: Array(body.text[min(link.textStart, body.text.count)...]), isImage: false, range: link.range))
        if frame.tag == .overridden {
            let element = LinkElement(
                destination: link.url, title: Array(document.heap[link.title]),
                content: Array(output.bytes[link.contentStart...]), attributes: link.attributes, isBlock: false,
                range: link.range)
            if let html = hooks.link(element) {
                output.truncate(to: link.contentStart)
                writeForeign(html)
                return
            }
            let content = takeOutput(from: link.contentStart)
            startAnchor(link)
            output.put(content)
        }
        output.put("</a>")
    }

    private mutating func startAnchor(_ link: LinkInProgress) {
        output.put("<a href=\"")
        output.putURL(link.url, 0..<link.url.count, as: .href)
        output.put(0x22)
        writeTitle(link.title)
        writeAttributes(link.attributes)
        output.put(0x3E)
    }

    private mutating func writeTitle(_ title: Range<Int>) {
        if title.isEmpty { return }
        output.put(" title=\"")
        output.escape(document.restored(title))
        output.put(0x22)
    }

    /// The destination of a link or image as it will be published.
    private mutating func resolve(_ index: Int, isImage: Bool) -> LinkInProgress {
        var link = LinkInProgress()
        let node = document.nodes[index]
        link.destination = expandedDestination(node.textRange)
        let written = Array(document.heap[node.textRange])
        if let found = document.destination(written, block: textBlock, from: searchStart),
            found.upperBound <= document.ownCount
        {
            link.range = document.range(found.lowerBound, found.upperBound)
            if found.lowerBound >= searchStart { link.searchEnd = found.upperBound }
        } else {
            link.range = document.range(ofBlock: textBlock)
        }
        link.url = link.destination
        if let resolved = hooks.resolveLink(
            MarkdownLink(destination: link.destination, isImage: isImage, range: link.range))
        {
            link.url = resolved.url
            link.attributes = resolved.attributes
        }
        if !options.rawHTML, Self.isDangerous(link.url) { link.url = [] }
        return link
    }

    /// Without raw HTML, links must not run scripts: the list of cmark-gfm's `scan_dangerous_url`.
    static func isDangerous(_ url: [UInt8]) -> Bool {
        func starts(_ scheme: String) -> Bool {
            url.count >= scheme.utf8.count && zip(url, scheme.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
        }
        if starts("data:image/png") || starts("data:image/gif") || starts("data:image/jpeg")
            || starts("data:image/webp")
        {
            return false
        }
        return starts("javascript:") || starts("vbscript:") || starts("file:") || starts("data:")
    }

    // MARK: - Images

    mutating func emitImage(_ index: Int) {
        let node = document.nodes[index]
        if options.conformance {
            output.put("<img src=\"")
            output.putURL(document.heap, node.textRange, as: .imageSource)
            output.put("\" alt=\"")
            emitAlternative(in: index)
            if node.extraCount > 0 {
                output.put("\" title=\"")
                output.escape(document.heap, node.extraRange)
            }
            output.put("\" />")
            return
        }
        var image = resolve(index, isImage: true)
        searchStart = max(searchStart, image.searchEnd)
        if let attributes = attributesAfter(index) {
            image.attributes = (attributes.id.isEmpty ? [] : [HTMLAttribute(name: Array("id".utf8), value: attributes.id)])
                + attributes.withoutID + image.attributes
        }
        let alternative = plainText(in: index)
        if body.firstImage == nil { body.firstImage = body.links.count }
        body.links.append(
            BodyLink(
                destination: image.destination, url: image.url, text: alternative, isImage: true, range: image.range))
        if overrides.contains(.image) {
            let isBlock = stack.last.map { $0.tag == .paragraph && $0.index + 1 == index && $0.end == node.endIndex }
            let element = LinkElement(
                destination: image.url, title: Array(document.heap[node.extraRange]), content: alternative,
                attributes: image.attributes, isBlock: isBlock ?? false, range: image.range)
            if let html = hooks.image(element) {
                if isBlock == true, HTMLScanner.startsWithBlock(html), let frame = stack.last, output.count == frame.start {
                    output.truncate(to: frame.tagStart)
                    stack[stack.count - 1].tag = .nothing
                    writeForeign(html)
                    output.startLine()
                } else {
                    writeForeign(html)
                }
                return
            }
        }
        output.put("<img src=\"")
        output.putURL(image.url, 0..<image.url.count, as: .imageSource)
        output.put("\" alt=\"")
        output.escape(alternative)
        output.put(0x22)
        writeTitle(node.extraRange)
        if options.lazyImages, body.firstImage.map({ $0 < body.links.count - 1 }) ?? false,
            !image.attributes.contains(where: { $0.name.elementsEqual("loading".utf8) })
        {
            output.put(" loading=\"lazy\" decoding=\"async\"")
        }
        writeAttributes(image.attributes)
        output.put(0x3E)
    }

    /// The description of an image as cmark-gfm writes it.
    private mutating func emitAlternative(in index: Int) {
        for inner in index + 1..<max(index + 1, document.nodes[index].endIndex) {
            let node = document.nodes[inner]
            switch node.type {
            case .text, .code, .htmlInline: output.escape(document.heap, node.textRange)
            case .softBreak, .lineBreak: output.put(0x20)
            default: break
            }
        }
    }

    // MARK: - Footnotes

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
        let target = Array("#fn-".utf8) + label
        output.putURL(target, 0..<target.count, as: .href)
        output.put(0x22)
        var id = Array("fnref-".utf8) + label
        if node.number > 1 { id += [0x2D] + Array(String(node.number).utf8) }
        output.putID(id)
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
            output.putID(Array("fn-".utf8) + label)
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
                output.put("\" class=\"footnote-backref\" data-footnote-backref aria-label=\"Back to content\">")
                output.put("↩")
                if number > 1 { output.put("<sup class=\"footnote-ref\">\(number)</sup>") }
                output.put("</a>")
                continue
            }
            output.put("<a href=\"")
            var target = Array("#fnref-".utf8) + label
            if number > 1 { target += [0x2D] + Array(String(number).utf8) }
            output.putURL(target, 0..<target.count, as: .href)
            output.put("\" class=\"footnote-backref\" role=\"doc-backlink\" aria-label=\"")
            output.escape(options.words.backToContent)
            output.put(" \(footnoteIndex)\(number > 1 ? "-\(number)" : "")\">↩\u{FE0E}")
            if number > 1 { output.put("<sup>\(number)</sup>") }
            output.put("</a>")
        }
    }
}
