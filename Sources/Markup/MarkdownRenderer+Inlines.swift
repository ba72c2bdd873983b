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
        /// Whether a call or tag of which nothing is known was all that was written.
        var isUnresolved = false
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
            link.attributes =
                (attributes.id.isEmpty ? [] : [HTMLAttribute(name: Array("id".utf8), value: attributes.id)])
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
                text: Array(body.text[min(link.textStart, body.text.count)...]), isImage: false,
                range: link.range))
        if frame.tag == .overridden {
            let element = LinkElement(
                destination: link.url, title: Array(document.heap[link.title]),
                content: Array(output.bytes[link.contentStart...]), attributes: allowed(link.attributes),
                isBlock: false)
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
        output.put("<a")
        // What a call or tag should have said and did not leads nowhere, not to the page itself.
        if !(link.isUnresolved && link.url.isEmpty) {
            output.put(" href=\"")
            output.putURL(link.url, 0..<link.url.count, as: .href)
            output.put(0x22)
        }
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
        link.isUnresolved = link.destination.isEmpty && !written.isEmpty
        if let found = document.destination(written, block: textBlock, from: searchStart),
            found.upperBound <= document.ownCount
        {
            link.range = document.range(found.lowerBound, found.upperBound)
            // One that stands in a definition says nothing of where in the block the next is.
            if found.lowerBound >= searchStart,
                document.textRange(ofBlock: textBlock).contains(found.lowerBound)
            {
                link.searchEnd = found.upperBound
            }
        } else {
            link.range = document.range(ofBlock: textBlock)
        }
        link.url = link.destination
        if let resolved = hooks.resolveLink(
            MarkdownLink(destination: link.destination, isImage: isImage))
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
            let written =
                (attributes.id.isEmpty ? [] : [HTMLAttribute(name: Array("id".utf8), value: attributes.id)])
                + attributes.withoutID
            // What the author says wins, and one measure of a picture without the other.
            let isGiven = image.attributes.contains { own in written.contains { $0.name == own.name } }
            image.attributes = isGiven ? written : written + image.attributes
        }
        let alternative = plainText(in: index)
        if body.firstImage == nil { body.firstImage = body.links.count }
        body.links.append(
            BodyLink(
                destination: image.destination, url: image.url, text: alternative, isImage: true,
                range: image.range))
        if overrides.contains(.image) {
            let isBlock = standsAlone(index)
            let element = LinkElement(
                destination: image.url, title: Array(document.heap[node.extraRange]), content: alternative,
                attributes: allowed(image.attributes), isBlock: isBlock)
            if let html = hooks.image(element) {
                if isBlock, HTMLScanner.startsWithBlock(html), let frame = stack.last,
                    output.count == frame.start
                {
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

    /// Whether an image is all that its paragraph holds, but for the attributes that were taken from the text behind it.
    private func standsAlone(_ index: Int) -> Bool {
        guard let frame = stack.last, frame.tag == .paragraph, frame.index + 1 == index else { return false }
        let next = document.nodes[index].endIndex
        if next == frame.end { return true }
        return next + 1 == frame.end && document.nodes[next].type == .text
            && document.nodes[next].textCount == 0
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
}
