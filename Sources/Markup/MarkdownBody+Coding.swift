import Text

/// The layout of a stored body:
///
///     byte 0      the version of the layout, `MarkdownBody.layoutVersion`
///     then        numbers as little-endian base 128 (7 bits a byte, the top bit set on all but the last);
///                 bytes and lists preceded by their count; offsets as the difference from the one before
///
/// in the order of ``MarkdownBody/encoded()``. Example, an empty body: version, then sixteen zeros.
/// Findings are not in it: they belong to the record of whoever rendered the body.
extension MarkdownBody {
    /// Changes with the layout, so that bytes of another one are refused.
    static var layoutVersion: UInt8 { 2 }

    /// The body as bytes, to be kept in a store; without its findings.
    public func encoded() -> [UInt8] {
        var writer = CompactWriter()
        writer.bytes.reserveCapacity(content.html.count + text.count + 512)
        writer.bytes.append(Self.layoutVersion)
        writer.put(content.html)
        writer.put(list: content.urls) { writer, url in
            writer.put(ascending: url.offset)
            writer.put(url.count)
            writer.put(Int(url.attribute.rawValue))
        }
        writer.put(list: content.ids) { writer, id in
            writer.put(ascending: id.attributeOffset)
            writer.put(id.offset - id.attributeOffset)
            writer.put(id.count)
            writer.put(id.attributeEnd - id.offset)
        }
        writer.put(list: headings) { writer, heading in
            writer.put(heading.level)
            writer.put(heading.id)
            writer.put(heading.text)
            writer.put(heading.html)
            writer.put(heading.range)
        }
        writer.put(text)
        writer.put(list: textBlocks) { writer, block in
            writer.put(Int(block.kind.rawValue))
            writer.put(ascending: block.range.lowerBound)
            writer.put(block.range.count)
            writer.put((block.heading ?? -1) + 1)
        }
        writer.put(list: links) { writer, link in
            writer.put(link.destination)
            writer.put(link.url == link.destination ? 0 : 1)
            if link.url != link.destination { writer.put(link.url) }
            writer.put(link.text)
            writer.put(link.isImage ? 1 : 0)
            writer.put(link.range)
        }
        writer.put(wordCount)
        writer.put((summaryEnd ?? -1) + 1)
        writer.put((summaryTextEnd ?? -1) + 1)
        writer.put(list: blockEnds) { writer, end in
            writer.put(ascending: end.offset)
            writer.put(end.words)
            writer.put(end.isBalanced ? 1 : 0)
        }
        writer.put(list: footnoteMarks) { writer, mark in
            writer.put(ascending: mark.lowerBound)
            writer.put(mark.count)
        }
        writer.put((firstImage ?? -1) + 1)
        writer.put(list: codeLanguages) { $0.put($1) }
        writer.put(list: componentNames) { $0.put($1) }
        writer.put(hasMath ? 1 : 0)
        return writer.bytes
    }

    /// A body from the bytes that ``encoded()`` made; `nil` when they are anything else.
    ///
    /// Never traps, and every offset of the body is within its HTML or text.
    ///
    /// - Parameter bytes: any bytes.
    public init?(encoded bytes: Span<UInt8>) {
        var reader = CompactReader(bytes)
        guard reader.byte() == Self.layoutVersion else { return nil }
        self.init()
        readContent(&reader)
        readText(&reader)
        links = reader.list { reader in
            let destination = reader.bytes()
            let url = reader.number() == 0 ? destination : reader.bytes()
            let text = reader.bytes()
            let isImage = reader.number() == 1
            return BodyLink(
                destination: destination, url: url, text: text, isImage: isImage, range: reader.range())
        }
        wordCount = reader.number()
        let summary = reader.number()
        summaryEnd = summary == 0 ? nil : summary - 1
        let summaryText = reader.number()
        summaryTextEnd = summaryText == 0 ? nil : summaryText - 1
        readMarks(&reader)
        let image = reader.number()
        firstImage = image == 0 ? nil : image - 1
        codeLanguages = reader.list { $0.bytes() }
        componentNames = reader.list { $0.bytes() }
        hasMath = reader.number() == 1
        guard reader.isAtEnd, summary <= content.html.count + 1, summaryText <= text.count + 1,
            image <= links.count
        else { return nil }
    }

    /// The HTML and the places in it.
    private mutating func readContent(_ reader: inout CompactReader) {
        content.html = reader.bytes()
        let size = content.html.count
        content.urls = reader.list { reader in
            let offset = reader.ascending()
            let count = reader.number()
            let attribute = URLPlace.Attribute(rawValue: reader.small())
            guard let attribute, reader.holds(offset, count, within: size) else { return nil }
            return URLPlace(offset: offset, count: count, attribute: attribute)
        }
        content.ids = reader.list { reader in
            let start = reader.ascending()
            let offset = reader.sum(start, reader.number())
            let count = reader.number()
            let end = reader.sum(offset, reader.number())
            guard reader.holds(offset, count, within: size), end <= size, end >= offset + count else {
                return nil
            }
            return IDPlace(attributeOffset: start, offset: offset, count: count, attributeEnd: end)
        }
    }

    /// The headings, the text and its blocks.
    private mutating func readText(_ reader: inout CompactReader) {
        headings = reader.list { reader in
            let level = reader.number()
            let id = reader.bytes()
            let text = reader.bytes()
            let html = reader.bytes()
            return Heading(level: level, id: id, text: text, html: html, range: reader.range())
        }
        text = reader.bytes()
        let size = text.count
        let headingCount = headings.count
        textBlocks = reader.list { reader in
            let kind = TextBlock.Kind(rawValue: reader.small())
            let start = reader.ascending()
            let count = reader.number()
            let heading = reader.number()
            guard let kind, reader.holds(start, count, within: size), heading <= headingCount else {
                return nil
            }
            return TextBlock(
                kind: kind, range: start..<start + count, heading: heading == 0 ? nil : heading - 1)
        }
    }

    /// The ends of blocks and the marks of footnotes.
    private mutating func readMarks(_ reader: inout CompactReader) {
        let size = content.html.count
        blockEnds = reader.list { reader in
            let offset = reader.ascending()
            let words = reader.number()
            let isBalanced = reader.number() == 1
            return offset <= size ? BlockEnd(offset: offset, words: words, isBalanced: isBalanced) : nil
        }
        footnoteMarks = reader.list { reader in
            let start = reader.ascending()
            let count = reader.number()
            return reader.holds(start, count, within: size) ? start..<start + count : nil
        }
    }
}
