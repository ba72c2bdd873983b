import Text

extension MarkdownRenderer {
    /// What is known of a heading while its content is being written.
    struct HeadingInProgress {
        var id: [UInt8] = []
        var attributes: [HTMLAttribute] = []
        var contentStart = 0
        var hasLinks = false
        var text: [UInt8] = []
        /// What the body knew before it: calls within may have added to that.
        var textStart = 0
        var blockCount = 0
        var wordCount = 0
    }

    mutating func enterHeading(_ index: Int) -> Int {
        let level = document.nodes[index].level
        // The first block of the file, after the node of the document itself.
        if level == 1, index == 1, documentNumber == 0, !options.title.isEmpty,
            plainText(in: index) == options.title
        {
            return document.nodes[index].endIndex
        }
        output.startLine()
        startText(index)
        searchStart = 0
        output.put("<h")
        output.put(48 + level)
        if options.conformance {
            output.put(0x3E)
            openHeading = HeadingInProgress()
            openHeading.contentStart = output.count
            return open(index)
        }
        var attributes = takeAttributes(index) ?? AttributeList()
        if let own = attributesAtEnd(index) {
            attributes = own
        }
        var heading = HeadingInProgress()
        heading.attributes = attributes.withoutID
        heading.text = plainText(in: index)
        heading.textStart = textStart
        heading.blockCount = body.textBlocks.count
        heading.wordCount = body.wordCount
        if attributes.id.isEmpty {
            if options.headingIDs != .none {
                var slug = HeadingIDTable.slug(heading.text, 0..<heading.text.count, rule: options.headingIDs)
                if slug.isEmpty { slug = Array("section".utf8) }
                heading.id = ids.unique(slug)
            }
        } else {
            if !ids.claim(attributes.id) { reportDuplicate(attributes.id, in: index) }
            heading.id = attributes.id
        }
        if overrides.contains(.heading) {
            output.truncate(to: output.count - 3)
            heading.contentStart = output.count
            openHeading = heading
            return open(index, .overridden)
        }
        if !heading.id.isEmpty { output.putID(heading.id) }
        writeAttributes(heading.attributes)
        output.put(0x3E)
        heading.contentStart = output.count
        openHeading = heading
        return open(index)
    }

    mutating func leaveHeading(_ frame: Frame) {
        let level = document.nodes[frame.index].level
        let heading = openHeading
        let text = heading.text
        let contentStart = min(heading.contentStart, output.count)
        let content = Array(output.bytes[contentStart...])
        let range = document.range(ofBlock: frame.index)
        // The heading stands under itself: a search that finds it leads to it.
        body.headings.append(
            Heading(
                level: Int(level), id: heading.id, text: text,
                html: heading.hasLinks ? HTMLText.withoutLinks(content) : content, range: range))
        if frame.tag == .overridden {
            let element = HeadingElement(
                level: Int(level), id: heading.id, content: content, text: text,
                attributes: allowed(heading.attributes))
            if let html = hooks.heading(element) {
                output.truncate(to: contentStart)
                writeForeign(html)
                output.startLine()
                endHeadingText(heading)
                return
            }
            let written = takeOutput(from: contentStart)
            output.put("<h")
            output.put(48 + level)
            if !heading.id.isEmpty { output.putID(heading.id) }
            writeAttributes(heading.attributes)
            output.put(0x3E)
            output.put(written)
        }
        output.put("</h")
        output.put(48 + level)
        output.put(">\n")
        endHeadingText(heading)
    }

    /// Makes the heading's own text, without what components printed in it, a block of text.
    private mutating func endHeadingText(_ heading: HeadingInProgress) {
        if options.conformance { return endText(.heading) }
        body.text.removeLast(body.text.count - heading.textStart)
        body.textBlocks.removeLast(body.textBlocks.count - heading.blockCount)
        body.wordCount = heading.wordCount
        textStart = heading.textStart
        body.text.append(contentsOf: heading.text)
        endText(.heading)
    }

    /// Takes what was written from an offset on, places included, to be written elsewhere.
    mutating func takeOutput(from start: Int) -> HTMLOutput {
        var taken = HTMLOutput()
        taken.bytes = Array(output.bytes[start...])
        taken.urls = output.urls.filter { $0.offset >= start }.map {
            URLPlace(offset: $0.offset - start, count: $0.count, attribute: $0.attribute)
        }
        taken.ids = output.ids.filter { $0.attributeOffset >= start }.map {
            IDPlace(
                attributeOffset: $0.attributeOffset - start, offset: $0.offset - start, count: $0.count,
                attributeEnd: $0.attributeEnd - start)
        }
        output.truncate(to: start)
        return taken
    }
}
