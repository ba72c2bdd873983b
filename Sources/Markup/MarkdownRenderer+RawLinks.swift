import Text

/// Links and images that an author wrote as HTML: they mean the same as in Markdown.
extension MarkdownRenderer {
    /// Notes the links and images among the URLs from an index on, and writes those that name sources anew.
    ///
    /// What components printed, in rising order, is none of the author's: their templates know the addresses of the
    /// site, and the links in their bodies are noted. An address in a tag of the author's is, whoever gave it.
    ///
    /// - Complexity: O(n) in the HTML from the first of these URLs on.
    mutating func resolveLinks(
        from first: (url: Int, id: Int), besides printed: [Range<Int>], in block: Int, isBlock: Bool
    ) {
        var printed = printed[...]
        var resolved: [(index: Int, url: [UInt8])] = []
        var searchStart = isBlock ? 0 : searchStart
        for index in first.url..<output.urls.count {
            let place = output.urls[index]
            guard Self.isLink(place.attribute) else { continue }
            while let next = printed.first, next.upperBound <= place.offset { printed.removeFirst() }
            if let next = printed.first, next.lowerBound < place.offset { continue }
            let range = place.offset..<place.offset + place.count
            if URLPlacement.hasScheme(output.bytes[range]) { continue }
            var destination: [UInt8] = []
            HTMLText.appendText(output.bytes, range, to: &destination)
            // What another generator's templates would have filled in is no address yet.
            if destination.starts(with: "//".utf8) || Self.holdsTemplate(destination) { continue }
            let written: SourceRange
            if let found = document.attributeValue(
                Array(output.bytes[range]), block: block, from: searchStart),
                found.upperBound <= document.ownCount
            {
                searchStart = found.upperBound
                written = document.range(found.lowerBound, found.upperBound)
            } else {
                written = document.range(ofBlock: block)
            }
            // How large a picture is, is the author's to say in HTML.
            let url = hooks.resolveLink(
                MarkdownLink(destination: destination, isImage: false, range: written))?.url
            body.links.append(
                BodyLink(
                    destination: destination, url: url ?? destination, text: [], isImage: place.isImage,
                    range: written))
            if let url, url != destination { resolved.append((index, url)) }
        }
        if !isBlock { self.searchStart = max(self.searchStart, searchStart) }
        if !resolved.isEmpty { write(resolved, from: first) }
    }

    /// Puts other URLs in the place of some; all places after them move.
    private mutating func write(_ resolved: [(index: Int, url: [UInt8])], from first: (url: Int, id: Int)) {
        let start = output.urls[resolved[0].index].offset
        var tail: [UInt8] = []
        var copied = start
        var shift = 0
        var id = first.id
        var next = 0
        func moveIDs(before end: Int) {
            while id < output.ids.count, output.ids[id].attributeOffset < end {
                output.ids[id].attributeOffset += shift
                output.ids[id].offset += shift
                output.ids[id].attributeEnd += shift
                id += 1
            }
        }
        for index in first.url..<output.urls.count {
            let offset = output.urls[index].offset
            moveIDs(before: offset)
            output.urls[index].offset += shift
            guard next < resolved.count, resolved[next].index == index else { continue }
            let end = offset + output.urls[index].count
            var url = HTMLOutput()
            url.escapeURL(resolved[next].url, nil)
            tail += output.bytes[copied..<offset]
            tail += url.bytes
            shift += url.count - output.urls[index].count
            output.urls[index].count = url.count
            copied = end
            next += 1
        }
        moveIDs(before: .max)
        tail += output.bytes[copied...]
        output.bytes.replaceSubrange(start..., with: tail)
    }

    private static func isLink(_ attribute: URLPlace.Attribute) -> Bool {
        switch attribute {
        case .href, .imageSource, .imageCandidate, .mediaSource, .poster: true
        case .source, .other: false
        }
    }

    private static func holdsTemplate(_ url: [UInt8]) -> Bool {
        zip(url, url.dropFirst()).contains {
            $0 == UInt8(ascii: "{") && ($1 == UInt8(ascii: "{") || $1 == UInt8(ascii: "%"))
        }
    }
}
