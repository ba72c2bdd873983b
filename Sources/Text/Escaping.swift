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

    /// The escaped UTF-8 of a string.
    public func escaped(_ text: String) -> [UInt8] {
        escaped(Array(text.utf8))
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

/// 128 truth values about the ASCII characters; no other byte belongs to a set.
private struct ASCIISet {
    let low: UInt64
    let high: UInt64

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        if byte < 64 { return (low >> UInt64(byte)) & 1 != 0 }
        return byte < 128 && (high >> UInt64(byte & 63)) & 1 != 0
    }

    /// Letters, digits, `_.-~` (RFC 3986 §2.3).
    static let unreserved = ASCIISet(low: 0x03FF_6000_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)
    /// ``unreserved`` and `/`.
    static let unreservedAndSlash = ASCIISet(low: 0x03FF_E000_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)
    /// ``unreserved`` and ``!#$%&'()*+,/:;=?@``: cmark's table of what an `href` keeps.
    static let reserved = ASCIISet(low: 0xAFFF_FFFA_0000_0000, high: 0x47FF_FFFE_87FF_FFFF)
}

extension ByteWriter {
    /// Appends runs that need nothing as they are, and what lies between them through `replace`.
    ///
    /// - Parameters:
    ///   - special: whether the byte needs a look.
    ///   - replace: writes something for the sequence at an index, or nothing; returns how many bytes it took.
    @inline(__always)
    private mutating func appendRuns(
        _ text: Span<UInt8>, special: (UInt8) -> Bool,
        replace: (inout ByteWriter, Span<UInt8>, Int) -> Int
    ) {
        let count = text.count
        var start = 0
        var index = 0
        while index < count {
            if special(text[index]) {
                if start < index { append(text.extracting(start..<index)) }
                index += replace(&self, text, index)
                start = index
            } else {
                index += 1
            }
        }
        if start < count { append(text.extracting(start..<count)) }
    }

    private mutating func appendHTML(_ text: Span<UInt8>) {
        // Bits for & < > " ' below 64; a byte from 64 on shifts the mask out.
        let mask: UInt64 = 1 << 0x26 | 1 << 0x3C | 1 << 0x3E | 1 << 0x22 | 1 << 0x27
        appendRuns(text) { byte in
            (mask >> UInt64(byte)) & 1 != 0
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
        // Every control character but tab and line feed, and & < > " ' (the quotes stay in text).
        let controls: UInt64 = 0xFFFF_FFFF & ~(1 << 9 | 1 << 10)
        var mask: UInt64 = controls | 1 << 0x26 | 1 << 0x3C | 1 << 0x3E
        if attribute { mask |= 1 << 9 | 1 << 10 | 1 << 0x22 }
        appendRuns(text) { byte in
            (mask >> UInt64(byte)) & 1 != 0 || byte >= 0x80
        } replace: { writer, text, index in
            let byte = text[index]
            if byte >= 0x80 {
                let length = UTF8Validation.sequenceLength(in: text, at: index)
                if length == 0 {
                    writer.append("\u{FFFD}" as StaticString)
                    return 1
                }
                let forbidden =
                    byte == 0xEF && text[index + 1] == 0xBF && text[index + 2] >= 0xBE
                if !forbidden { writer.append(text.extracting(index..<index + length)) }
                return length
            }
            switch byte {
            case UInt8(ascii: "&"): writer.append("&amp;" as StaticString)
            case UInt8(ascii: "<"): writer.append("&lt;" as StaticString)
            case UInt8(ascii: ">"): writer.append("&gt;" as StaticString)
            case UInt8(ascii: "\""): writer.append("&quot;" as StaticString)
            case UInt8(ascii: "\r"): writer.append("&#13;" as StaticString)
            case UInt8(ascii: "\n"): writer.append("&#10;" as StaticString)
            case UInt8(ascii: "\t"): writer.append("&#9;" as StaticString)
            default: break
            }
            return 1
        }
    }

    private mutating func appendPercent(
        _ text: Span<UInt8>, keeping kept: ASCIISet, html: Bool, spaceAsPlus: Bool = false
    ) {
        appendRuns(text) { byte in
            !kept.contains(byte) || (html && (byte == UInt8(ascii: "&") || byte == UInt8(ascii: "'")))
        } replace: { writer, text, index in
            let byte = text[index]
            if html, byte == UInt8(ascii: "&") {
                writer.append("&amp;" as StaticString)
            } else if html, byte == UInt8(ascii: "'") {
                writer.append("&#x27;" as StaticString)
            } else if spaceAsPlus, byte == UInt8(ascii: " ") {
                writer.append(UInt8(ascii: "+"))
            } else {
                writer.append(UInt8(ascii: "%"))
                writer.append(upperHexDigit(byte >> 4))
                writer.append(upperHexDigit(byte & 15))
            }
            return 1
        }
    }

    private mutating func appendJSON(_ text: Span<UInt8>) {
        let mask: UInt64 = 0xFFFF_FFFF | 1 << 0x22
        appendRuns(text) { byte in
            (mask >> UInt64(byte)) & 1 != 0 || byte == UInt8(ascii: "\\") || byte >= 0x80
        } replace: { writer, text, index in
            let byte = text[index]
            if byte >= 0x80 {
                let length = UTF8Validation.sequenceLength(in: text, at: index)
                if length == 0 {
                    writer.append("\u{FFFD}" as StaticString)
                    return 1
                }
                writer.append(text.extracting(index..<index + length))
                return length
            }
            switch byte {
            case UInt8(ascii: "\""): writer.append("\\\"" as StaticString)
            case UInt8(ascii: "\\"): writer.append("\\\\" as StaticString)
            case UInt8(ascii: "\n"): writer.append("\\n" as StaticString)
            case UInt8(ascii: "\r"): writer.append("\\r" as StaticString)
            case UInt8(ascii: "\t"): writer.append("\\t" as StaticString)
            case 0x08: writer.append("\\b" as StaticString)
            case 0x0C: writer.append("\\f" as StaticString)
            default:
                writer.append("\\u00" as StaticString)
                writer.append(UInt8(ascii: "0") + (byte >> 4))
                writer.append(lowerHexDigit(byte & 15))
            }
            return 1
        }
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
