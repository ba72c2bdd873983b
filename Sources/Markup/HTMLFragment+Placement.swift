import Text

extension HTMLFragment {
    /// The HTML as it reads at a place: with the base path, or with absolute URLs.
    ///
    /// - Complexity: O(n) in copied bytes; the HTML is not read again.
    public func html(at place: URLPlacement) -> [UInt8] {
        if place.isNeutral { return html }
        let place = place.escaped
        var result: [UInt8] = []
        result.reserveCapacity(html.count + urls.count * (place.origin.count + place.basePath.count + 16))
        var copied = 0
        var nextID = 0
        func copy(_ end: Int) {
            if end > copied { result.append(contentsOf: html[copied..<end]) }
            copied = max(copied, end)
        }
        func writeIDs(before end: Int) {
            if place.ids == .keep { return }
            while nextID < ids.count, ids[nextID].attributeOffset < end {
                let id = ids[nextID]
                nextID += 1
                if case .prefixed(let prefix) = place.ids {
                    copy(id.offset)
                    result.append(contentsOf: prefix)
                    continue
                }
                copy(id.attributeOffset)
                copied = max(copied, id.attributeEnd)
                // Attributes that followed without a space must not join the name before.
                if copied < html.count, !HTMLTokenizer.isSpace(html[copied]), html[copied] != 0x3E,
                    html[copied] != 0x2F
                {
                    result.append(0x20)
                }
            }
        }
        for url in urls {
            writeIDs(before: url.offset)
            copy(url.offset)
            let start = result.count
            place.append(html, url.offset..<url.offset + url.count, to: &result)
            if !place.origin.isEmpty { URLPlacement.escapeSpaces(in: &result, from: start) }
            copied = max(copied, url.offset + url.count)
        }
        writeIDs(before: html.count)
        copy(html.count)
        return result
    }
}

extension URLPlacement {
    /// The same with what attributes may not hold as it is: a base path may have `&` and quotes in it.
    fileprivate var escaped: URLPlacement {
        func escaped(_ bytes: [UInt8]) -> [UInt8] {
            bytes.flatMap { byte -> [UInt8] in
                switch byte {
                case UInt8(ascii: "&"): Array("&amp;".utf8)
                case UInt8(ascii: "'"): Array("&#39;".utf8)
                case UInt8(ascii: "\""): Array("&quot;".utf8)
                case UInt8(ascii: "<"): Array("&lt;".utf8)
                case UInt8(ascii: ">"): Array("&gt;".utf8)
                default: [byte]
                }
            }
        }
        func isPlain(_ bytes: [UInt8]) -> Bool { !bytes.contains { "&'\"<>".utf8.contains($0) } }
        if isPlain(origin), isPlain(basePath), page.map(isPlain) ?? true { return self }
        var place = self
        place.origin = escaped(origin)
        place.basePath = escaped(basePath)
        place.page = page.map(escaped)
        return place
    }

    /// Whether HTML here reads as it is kept.
    var isNeutral: Bool {
        origin.isEmpty && basePath.isEmpty && page == nil && ids == .keep
    }

    /// Writes one URL as it reads here; escaped for HTML before and after.
    func append(_ bytes: [UInt8], _ range: Range<Int>, to result: inout [UInt8]) {
        let url = bytes[range]
        guard let first = url.first else { return }
        let second = url.dropFirst().first
        if first == UInt8(ascii: "/") {
            if second != UInt8(ascii: "/") {
                result.append(contentsOf: origin)
                result.append(contentsOf: basePath)
            }
            result.append(contentsOf: url)
            return
        }
        if first == UInt8(ascii: "#") {
            switch ids {
            case .prefixed(let prefix):
                result.append(first)
                result.append(contentsOf: prefix)
                result.append(contentsOf: url.dropFirst())
                return
            case .keep:
                result.append(contentsOf: url)
                return
            case .drop:
                break
            }
        }
        guard let page, !Self.hasScheme(url) else {
            result.append(contentsOf: url)
            return
        }
        result.append(contentsOf: origin)
        result.append(contentsOf: basePath)
        if first == UInt8(ascii: "#") || first == UInt8(ascii: "?") {
            result.append(contentsOf: page)
            result.append(contentsOf: url)
        } else {
            Self.appendRelative(url, to: page, &result)
        }
    }

    /// Raw HTML may have spaces in its addresses. Browsers forgive them, readers of feeds do not.
    static func escapeSpaces(in bytes: inout [UInt8], from start: Int) {
        guard bytes[start...].contains(0x20) else { return }
        let escaped = bytes[start...].flatMap { $0 == 0x20 ? Array("%20".utf8) : [$0] }
        bytes.replaceSubrange(start..., with: escaped)
    }

    /// Whether a URL starts with a scheme (RFC 3986, 3.1).
    static func hasScheme(_ url: ArraySlice<UInt8>) -> Bool {
        guard let first = url.first, first.isASCIILetter else { return false }
        for byte in url {
            if byte == UInt8(ascii: ":") { return true }
            let isPart =
                byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "+")
                || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: ".")
            if !isPart { return false }
        }
        return false
    }

    /// Writes a relative path resolved against a page (RFC 3986, 5.2).
    private static func appendRelative(_ url: ArraySlice<UInt8>, to page: [UInt8], _ result: inout [UInt8]) {
        var folder = page[...]
        while let last = folder.last, last != UInt8(ascii: "/") { folder.removeLast() }
        var rest = url
        while true {
            if rest.starts(with: "./".utf8) {
                rest = rest.dropFirst(2)
            } else if rest.starts(with: "../".utf8) || rest.elementsEqual("..".utf8) {
                rest = rest.dropFirst(3)
                if folder.count > 1 {
                    folder.removeLast()
                    while let last = folder.last, last != UInt8(ascii: "/") { folder.removeLast() }
                }
            } else {
                break
            }
        }
        if rest.elementsEqual(".".utf8) { rest = rest.dropFirst() }
        result.append(contentsOf: folder.isEmpty ? [UInt8(ascii: "/")] : folder)
        result.append(contentsOf: rest)
    }
}
