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
        var resolved: [Rewrite] = []
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
            // How large a picture is, is the author's to say; else its file says it.
            let end = place.attribute == .imageSource ? endOfUnsizedSource(place) : nil
            let link = hooks.resolveLink(
                MarkdownLink(destination: destination, isImage: end != nil))
            let url = link?.url
            body.links.append(
                BodyLink(
                    destination: destination, url: url ?? destination, text: [], isImage: place.isImage,
                    range: written))
            var rewrite = Rewrite(index: index)
            if let url, url != destination { rewrite.url = url }
            if let end, let link, !link.attributes.isEmpty {
                rewrite.attributes = link.attributes
                rewrite.end = end
            }
            if rewrite.url != nil || rewrite.end != nil { resolved.append(rewrite) }
        }
        if !isBlock { self.searchStart = max(self.searchStart, searchStart) }
        if !resolved.isEmpty { write(resolved, from: first) }
    }

    /// Notes those among the URLs from an index on that are arguments of a call, as they are written: the author's own,
    /// which the template only put into a tag. Those that name sources are written anew.
    mutating func resolveArguments(of token: ComponentToken, from first: (url: Int, id: Int)) {
        if first.url == output.urls.count { return }
        var arguments: [[UInt8]] = []
        for argument in token.positional + token.named.map(\.value) {
            if case .string(let text) = argument, !text.isEmpty { arguments.append(text) }
        }
        if arguments.isEmpty { return }
        let range = document.originalRange(token.call.lowerBound, token.call.upperBound)
        var resolved: [Rewrite] = []
        for index in first.url..<output.urls.count where Self.isLink(output.urls[index].attribute) {
            let place = output.urls[index]
            let written = place.offset..<place.offset + place.count
            if URLPlacement.hasScheme(output.bytes[written]) { continue }
            var destination: [UInt8] = []
            HTMLText.appendText(output.bytes, written, to: &destination)
            guard arguments.contains(destination), !destination.starts(with: "//".utf8),
                !Self.holdsTemplate(destination)
            else { continue }
            let url = hooks.resolveLink(
                MarkdownLink(destination: destination, isImage: false))?.url
            body.links.append(
                BodyLink(
                    destination: destination, url: url ?? destination, text: [], isImage: place.isImage,
                    range: range))
            if let url, url != destination { resolved.append(Rewrite(index: index, url: url)) }
        }
        if !resolved.isEmpty { write(resolved, from: first) }
    }

    /// Empties those among the URLs from an index on that would run scripts: an argument of a call may be one, and the
    /// template of a component put it into a link.
    mutating func dropDangerousURLs(from first: (url: Int, id: Int)) {
        var dropped: [Rewrite] = []
        for index in first.url..<output.urls.count {
            let place = output.urls[index]
            var url: [UInt8] = []
            HTMLText.appendText(output.bytes, place.offset..<place.offset + place.count, to: &url)
            // Browsers do not see these (WHATWG URL, 4.4).
            url.removeAll { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
            let seen = Array(url.drop { $0 <= 0x20 })
            // A picture that a template draws runs nothing.
            if Self.isDangerous(seen), !seen.starts(with: "data:image/".utf8) {
                dropped.append(Rewrite(index: index, url: []))
            }
        }
        if !dropped.isEmpty { write(dropped, from: first) }
    }

    /// What becomes of one URL of raw HTML.
    private struct Rewrite {
        /// Which of the output's URLs.
        let index: Int
        /// What is written instead; `nil` for what stands there, byte for byte.
        var url: [UInt8]?
        /// What is put behind the attribute, and where that ends.
        var attributes: [HTMLAttribute] = []
        var end: Int?
    }

    /// Where the `src` of an image ends whose tag says nothing about its size; `nil` for any other.
    private func endOfUnsizedSource(_ place: URLPlace) -> Int? {
        guard let start = output.bytes[..<place.offset].lastIndex(of: UInt8(ascii: "<")) else { return nil }
        var tag = HTMLTokenizer(output.bytes, from: start)
        guard tag.next(), tag.kind == .startTag, tag.isNamed("img") else { return nil }
        var end: Int?
        for attribute in tag.attributes {
            for name: StaticString in ["width", "height", "style"]
            where HTMLTokenizer.equal(tag.bytes, attribute.name, name) {
                return nil
            }
            if attribute.value.contains(place.offset) { end = attribute.end }
        }
        return end
    }

    /// Puts other URLs in the place of some, and attributes behind them; all places after them move.
    private mutating func write(_ resolved: [Rewrite], from first: (url: Int, id: Int)) {
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
            tail += output.bytes[copied..<offset]
            copied = offset
            if let written = resolved[next].url {
                var url = HTMLOutput()
                url.escapeURL(written, nil)
                tail += url.bytes
                shift += url.count - output.urls[index].count
                output.urls[index].count = url.count
                copied = end
            }
            if let end = resolved[next].end {
                tail += output.bytes[copied..<end]
                copied = end
                let length = tail.count
                for attribute in resolved[next].attributes {
                    var value = HTMLOutput()
                    value.escape(attribute.value)
                    tail += [0x20] + attribute.name + Array("=\"".utf8) + value.bytes + [0x22]
                }
                moveIDs(before: end)
                shift += tail.count - length
            }
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
