/// How bytes are written so that a format does not read them as its own syntax.
///
/// Use it through ``ByteWriter``: `writer.append(bytes, escapedAs: .html)`.
public enum Escaping: Hashable, Sendable {
    /// HTML text and quoted attribute values, as MarkupSafe: `&amp; &lt; &gt; &#34; &#39;`.
    case html
    /// XML character data: `&amp; &lt; &gt; &#13;`. What XML 1.0 §2.2 forbids (control characters, U+FFFE,
    /// U+FFFF) is dropped, ill-formed UTF-8 becomes U+FFFD.
    case xmlText
    /// XML attribute values in double quotes: as ``xmlText``, and `&quot;`, `&#9;`, `&#10;`.
    case xmlAttribute
    /// A URL in an HTML attribute, exactly as cmark writes `href`: what may not stand in a URL becomes `%XX`,
    /// existing `%` and all reserved characters stay, `&` is `&amp;` and `'` is `&#x27;`.
    case href
    /// A URL as such: as ``href``, without the escaping for HTML.
    case url
    /// A path with its slashes, as Python's `urllib.parse.quote(text)`: all but letters, digits, `_.-~/`
    /// becomes `%XX`.
    case urlPath
    /// One component of a path or query, as Python's `quote(text, safe="")`: `/` is escaped, too.
    case urlComponent
    /// A field of a form, as Python's `quote_plus`: as ``urlComponent``, with `+` for a space.
    case urlForm
    /// Between the quotes of a JSON string (RFC 8259 §7): `\" \\ \b \f \n \r \t`, other control characters
    /// as `\u00XX`; ill-formed UTF-8 becomes U+FFFD.
    case json

    /// The escaped bytes.
    public func escaped(_ bytes: [UInt8]) -> [UInt8] {
        escaped(bytes[...])
    }

    /// The escaped bytes of a slice.
    public func escaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var writer = ByteWriter(capacity: bytes.count + bytes.count / 8)
        writer.append(bytes, escapedAs: self)
        return writer.finish()
    }
}

extension ByteWriter {
    /// Appends bytes so that the format reads them as text.
    ///
    /// - Complexity: O(n); runs that need no escaping are found eight bytes a step and copied whole.
    public mutating func append(_ more: Span<UInt8>, escapedAs escaping: Escaping) {
        switch escaping {
        case .html: appendHTML(more)
        case .xmlText: appendXML(more, attribute: false)
        case .xmlAttribute: appendXML(more, attribute: true)
        case .href: appendPercent(more, keeping: .reserved, html: true)
        case .url: appendPercent(more, keeping: .reserved, html: false)
        case .urlPath: appendPercent(more, keeping: .unreservedAndSlash, html: false)
        case .urlComponent: appendPercent(more, keeping: .unreserved, html: false)
        case .urlForm: appendPercent(more, keeping: .unreserved, html: false, spaceAsPlus: true)
        case .json: appendJSON(more)
        }
    }

    /// Appends an array of bytes, escaped.
    public mutating func append(_ more: [UInt8], escapedAs escaping: Escaping) {
        append(more.span, escapedAs: escaping)
    }

    /// Appends a slice of bytes, escaped.
    public mutating func append(_ more: ArraySlice<UInt8>, escapedAs escaping: Escaping) {
        append(more.span, escapedAs: escaping)
    }

    /// Appends a string's UTF-8, escaped.
    public mutating func append(_ text: String, escapedAs escaping: Escaping) {
        append(text.utf8.span, escapedAs: escaping)
    }
}

extension ByteWriter {
    /// Appends runs that need nothing as they are, and what lies between them through `replace`.
    ///
    /// - Parameters:
    ///   - text: what to write.
    ///   - special: which of eight bytes need a look.
    ///   - fine: how many bytes from an index that needed a look may stay after all.
    ///   - replace: writes something for what stands at an index, or nothing; returns how many bytes that was.
    @inline(__always)
    private mutating func appendRuns(
        _ text: Span<UInt8>, special: (ByteWord) -> UInt64, fine: (Span<UInt8>, Int) -> Int,
        replace: (inout ByteWriter, Span<UInt8>, Int) -> Int
    ) {
        let count = text.count
        var start = 0
        var index = 0
        while index < count {
            let flags = special(Self.word(of: text, at: index))
            // Where nothing is flagged this is 8.
            index += flags.trailingZeroBitCount >> 3
            if flags == 0 { continue }
            let kept = fine(text, index)
            if kept > 0 {
                index += kept
                continue
            }
            if start < index { append(text.extracting(start..<index)) }
            index += replace(&self, text, index)
            start = index
        }
        if start < count { append(text.extracting(start..<count)) }
    }

    /// Eight bytes from an index on; past the end there are letters, which no format cares for.
    @inline(__always)
    private static func word(of text: Span<UInt8>, at index: Int) -> ByteWord {
        let left = text.count - index
        if left >= 8 {
            return unsafe text.withUnsafeBufferPointer { buffer in
                let raw = UnsafeRawBufferPointer(buffer)
                return ByteWord(
                    bits: UInt64(
                        littleEndian: unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
            }
        }
        var bits: UInt64 = 0x6161_6161_6161_6161
        for offset in stride(from: left - 1, through: 0, by: -1) {
            bits = bits << 8 | UInt64(text[index + offset])
        }
        return ByteWord(bits: bits)
    }

    private mutating func appendHTML(_ text: Span<UInt8>) {
        appendRuns(text) { word in
            // & and ' differ in one bit, < and > in another.
            word.equals(0x27, ignoring: 1) | word.equals(0x3E, ignoring: 2) | word.equals(0x22)
        } fine: { _, _ in
            0
        } replace: { writer, text, index in
            switch text[index] {
            case UInt8(ascii: "&"): writer.append("&amp;" as StaticString)
            case UInt8(ascii: "<"): writer.append("&lt;" as StaticString)
            case UInt8(ascii: ">"): writer.append("&gt;" as StaticString)
            case UInt8(ascii: "\""): writer.append("&#34;" as StaticString)
            default: writer.append("&#39;" as StaticString)
            }
            return 1
        }
    }

    private mutating func appendXML(_ text: Span<UInt8>, attribute: Bool) {
        appendRuns(text) { word in
            word.isControl | word.isNotASCII | word.equals(0x26) | word.equals(0x3E, ignoring: 2)
                | (attribute ? word.equals(0x22) : 0)
        } fine: { text, index in
            let byte = text[index]
            if byte < 0x80 {
                let isSpace = byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
                return isSpace && !attribute ? 1 : 0
            }
            return Self.lettersEnd(of: text, from: index) { text, index in
                // U+FFFE and U+FFFF are no characters of XML.
                text[index] == 0xEF && text[index + 1] == 0xBF && text[index + 2] >= 0xBE
            } - index
        } replace: { writer, text, index in
            switch text[index] {
            case UInt8(ascii: "&"): writer.append("&amp;" as StaticString)
            case UInt8(ascii: "<"): writer.append("&lt;" as StaticString)
            case UInt8(ascii: ">"): writer.append("&gt;" as StaticString)
            case UInt8(ascii: "\""): writer.append("&quot;" as StaticString)
            case UInt8(ascii: "\r"): writer.append("&#13;" as StaticString)
            case UInt8(ascii: "\n"): writer.append("&#10;" as StaticString)
            case UInt8(ascii: "\t"): writer.append("&#9;" as StaticString)
            case 0x80...:
                // Well-formed, but no character of XML; or ill-formed.
                let length = UTF8Validation.sequenceLength(in: text, at: index)
                if length > 0 { return length }
                writer.append("\u{FFFD}" as StaticString)
            default: break
            }
            return 1
        }
    }

    private mutating func appendJSON(_ text: Span<UInt8>) {
        appendRuns(text) { word in
            word.isControl | word.isNotASCII | word.equals(0x22) | word.equals(0x5C)
        } fine: { text, index in
            text[index] < 0x80 ? 0 : Self.lettersEnd(of: text, from: index) { _, _ in false } - index
        } replace: { writer, text, index in
            switch text[index] {
            case UInt8(ascii: "\""): writer.append("\\\"" as StaticString)
            case UInt8(ascii: "\\"): writer.append("\\\\" as StaticString)
            case UInt8(ascii: "\n"): writer.append("\\n" as StaticString)
            case UInt8(ascii: "\r"): writer.append("\\r" as StaticString)
            case UInt8(ascii: "\t"): writer.append("\\t" as StaticString)
            case 0x08: writer.append("\\b" as StaticString)
            case 0x0C: writer.append("\\f" as StaticString)
            case 0x80...: writer.append("\u{FFFD}" as StaticString)
            default:
                writer.append("\\u00" as StaticString)
                writer.append(UInt8(ascii: "0") + (text[index] >> 4))
                writer.append(lowerHexDigit(text[index] & 15))
            }
            return 1
        }
    }

    /// Where well-formed characters beyond ASCII end that start at an index.
    @inline(__always)
    private static func lettersEnd(
        of text: Span<UInt8>, from start: Int, except isForbidden: (Span<UInt8>, Int) -> Bool
    ) -> Int {
        var index = start
        while index < text.count, text[index] >= 0x80 {
            let length = UTF8Validation.sequenceLength(in: text, at: index)
            if length == 0 || isForbidden(text, index) { break }
            index += length
        }
        return index
    }

    private mutating func appendPercent(
        _ text: Span<UInt8>, keeping kept: ASCIISet, html: Bool, spaceAsPlus: Bool = false
    ) {
        var start = 0
        for index in text.indices {
            let byte = text[index]
            let isEntity = html && (byte == UInt8(ascii: "&") || byte == UInt8(ascii: "'"))
            if kept.contains(byte), !isEntity { continue }
            if start < index { append(text.extracting(start..<index)) }
            start = index + 1
            if isEntity {
                append(byte == UInt8(ascii: "&") ? "&amp;" as StaticString : "&#x27;")
            } else if spaceAsPlus, byte == UInt8(ascii: " ") {
                append(UInt8(ascii: "+"))
            } else {
                append(UInt8(ascii: "%"))
                append(upperHexDigit(byte >> 4))
                append(upperHexDigit(byte & 15))
            }
        }
        if start < text.count { append(text.extracting(start..<text.count)) }
    }
}

@inline(__always)
private func upperHexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
}

@inline(__always)
private func lowerHexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}
