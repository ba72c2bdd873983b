import Text

/// Reads HTML as text, tags and comments, following HTML 5's tokenizer (WHATWG HTML, 13.2.5) as far as that goes
/// without building a tree. Never fails: what is no tag is text.
struct HTMLTokenizer {
    /// What was read.
    enum Kind {
        case text
        /// The content of `script`, `style` and the like, which holds no tags.
        case rawText
        case startTag
        case endTag
        case comment
    }

    /// An attribute as places.
    struct Attribute {
        /// The space before it.
        var start: Int
        var name: Range<Int>
        var value: Range<Int>
        /// After its value and quote.
        var end: Int
    }

    let bytes: [UInt8]
    let end: Int
    private(set) var kind = Kind.text
    /// The whole token.
    private(set) var range: Range<Int>
    /// The name of a tag as written.
    private(set) var name: Range<Int>
    /// The attributes of a start tag.
    private(set) var attributes: [Attribute] = []
    /// Whether a start tag ends with `/>`.
    private(set) var isSelfClosing = false
    private var index: Int
    private var rawName: Range<Int>?

    init(_ bytes: [UInt8], from start: Int = 0) {
        self.bytes = bytes
        end = bytes.count
        index = start
        range = start..<start
        name = start..<start
    }

    /// Reads the next token into ``kind`` and ``range``.
    ///
    /// - Returns: `false` at the end.
    mutating func next() -> Bool {
        let start = index
        if start >= end { return false }
        if let raw = rawName {
            rawName = nil
            index = endOfRawText(raw)
            if index > start {
                kind = .rawText
                range = start..<index
                return true
            }
        }
        if bytes[start] == 0x3C, readMarkup() {
            range = start..<index
            return true
        }
        index = start + 1
        while index < end, bytes[index] != 0x3C { index += 1 }
        // A `<` that starts nothing is text, and so is what follows it.
        kind = .text
        range = start..<index
        return true
    }

    /// Whether the name of the tag is this one, which is in lower case.
    func isNamed(_ text: StaticString) -> Bool {
        Self.equal(bytes, name, text)
    }

    /// Whether a range is some text, which is in lower case, whatever the case of its ASCII letters.
    static func equal(_ bytes: [UInt8], _ range: Range<Int>, _ text: StaticString) -> Bool {
        if range.count != text.utf8CodeUnitCount { return false }
        for offset in 0..<range.count {
            let byte = bytes[range.lowerBound + offset]
            let lower = byte.asciiLowercased
            if unsafe lower != text.utf8Start[offset] { return false }
        }
        return true
    }

    /// Whether the name of the tag is one of these.
    func isNamed(oneOf names: [StaticString]) -> Bool {
        names.contains { isNamed($0) }
    }

    // MARK: -

    private mutating func readMarkup() -> Bool {
        let start = index
        guard start + 1 < end else { return false }
        let next = bytes[start + 1]
        if next.isASCIILetter {
            kind = .startTag
            readTag(from: start + 1)
            if isNamed(oneOf: [
                "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
            ]) {
                rawName = name
            }
            return true
        }
        if next == 0x2F {
            guard start + 2 < end, bytes[start + 2].isASCIILetter else { return false }
            kind = .endTag
            readTag(from: start + 2)
            return true
        }
        if next != 0x21 && next != 0x3F { return false }
        kind = .comment
        if next == 0x21, start + 3 < end, bytes[start + 2] == 0x2D, bytes[start + 3] == 0x2D {
            var close = start + 2
            while close < end {
                if bytes[close] == 0x3E, close >= start + 4, bytes[close - 1] == 0x2D,
                    bytes[close - 2] == 0x2D
                {
                    index = close + 1
                    return true
                }
                close += 1
            }
            index = end
            return true
        }
        var close = start + 2
        while close < end, bytes[close] != 0x3E { close += 1 }
        index = min(end, close + 1)
        return true
    }

    private mutating func readTag(from nameStart: Int) {
        attributes.removeAll(keepingCapacity: true)
        isSelfClosing = false
        var at = nameStart
        while at < end, !Self.isSpace(bytes[at]), bytes[at] != 0x2F, bytes[at] != 0x3E { at += 1 }
        name = nameStart..<at
        while at < end {
            let start = at
            while at < end, Self.isSpace(bytes[at]) || bytes[at] == 0x2F {
                isSelfClosing = bytes[at] == 0x2F
                at += 1
            }
            if at >= end { break }
            if bytes[at] == 0x3E {
                at += 1
                index = at
                return
            }
            isSelfClosing = false
            at = readAttribute(start: start, from: at)
        }
        index = end
    }

    private mutating func readAttribute(start: Int, from nameStart: Int) -> Int {
        var at = nameStart + 1
        while at < end, !Self.isSpace(bytes[at]), bytes[at] != 0x2F, bytes[at] != 0x3E, bytes[at] != 0x3D {
            at += 1
        }
        let name = nameStart..<at
        var next = at
        while next < end, Self.isSpace(bytes[next]) { next += 1 }
        guard next < end, bytes[next] == 0x3D else {
            attributes.append(Attribute(start: start, name: name, value: at..<at, end: at))
            return at
        }
        next += 1
        while next < end, Self.isSpace(bytes[next]) { next += 1 }
        guard next < end else {
            attributes.append(Attribute(start: start, name: name, value: end..<end, end: end))
            return end
        }
        let quote = bytes[next]
        if quote == 0x22 || quote == 0x27 {
            var close = next + 1
            while close < end, bytes[close] != quote { close += 1 }
            let after = min(end, close + 1)
            attributes.append(
                Attribute(start: start, name: name, value: next + 1..<max(next + 1, close), end: after))
            return after
        }
        var close = next
        while close < end, !Self.isSpace(bytes[close]), bytes[close] != 0x3E { close += 1 }
        attributes.append(Attribute(start: start, name: name, value: next..<close, end: close))
        return close
    }

    private func endOfRawText(_ raw: Range<Int>) -> Int {
        var at = index
        while at < end {
            if bytes[at] == 0x3C, at + 2 + raw.count <= end, bytes[at + 1] == 0x2F {
                var same = true
                for offset in 0..<raw.count
                where bytes[at + 2 + offset] | 0x20 != bytes[raw.lowerBound + offset] | 0x20 {
                    same = false
                    break
                }
                if same { return at }
            }
            at += 1
        }
        return end
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }
}
