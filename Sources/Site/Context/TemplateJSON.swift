import Templates
import Text

/// Values of templates as JSON.
enum TemplateJSON {
    /// Writes a value; objects of the host give their plain form or their text.
    static func write(
        _ value: Value, to writer: inout JSONWriter, in render: inout RenderContext, depth: Int
    ) throws(TemplateError) {
        if depth > 64 { throw TemplateError(.value, "the value is nested too deep for JSON") }
        switch value {
        case .undefined, .none: writer.null()
        case .bool(let truth): writer.boolean(truth)
        case .int(let number): writer.number(number)
        case .double(let number):
            if number.isFinite { writer.number(number) } else { writer.null() }
        case .string(let text): writer.string(text.bytes)
        case .list(let list): try write(list.items, to: &writer, in: &render, depth: depth)
        case .tuple(let tuple): try write(tuple.items, to: &writer, in: &render, depth: depth)
        case .dict(let dict):
            writer.beginObject()
            for (key, value) in zip(dict.keys, dict.values) {
                writer.key(String(decoding: try key.textBytes(for: "jsonify"), as: UTF8.self))
                try write(value, to: &writer, in: &render, depth: depth + 1)
            }
            writer.endObject()
        case .object(let object):
            if let plain = try object.plainValue(in: &render) {
                try write(plain, to: &writer, in: &render, depth: depth + 1)
            } else if let view = object as? PageView {
                // A term stands for its name, as where it is printed; of a page there is no end.
                guard view.page.kind == .term else {
                    throw TemplateError(
                        .type, "jsonify takes no page: what of it?",
                        hint: "name what is wanted: {\"title\": page.title, \"url\": page.url} | jsonify")
                }
                writer.string(try object.text(in: &render).bytes)
            } else if let elements = try object.elements(in: &render) {
                if object.traits.contains(.mapping) {
                    try write(elements, of: object, to: &writer, in: &render, depth: depth)
                } else {
                    try write(elements, to: &writer, in: &render, depth: depth)
                }
            } else {
                throw TemplateError(
                    .type, "jsonify takes no \(object.typeName)", hint: "name what of it is wanted")
            }
        case .function, .macro: writer.null()
        }
    }

    /// A mapping by its keys.
    private static func write(
        _ keys: [Value], of object: any HostObject, to writer: inout JSONWriter,
        in render: inout RenderContext, depth: Int
    ) throws(TemplateError) {
        writer.beginObject()
        for key in keys {
            writer.key(String(decoding: try key.textBytes(for: "jsonify"), as: UTF8.self))
            try write(
                try object.item(key, in: &render) ?? .none, to: &writer, in: &render, depth: depth + 1)
        }
        writer.endObject()
    }

    private static func write(
        _ items: [Value], to writer: inout JSONWriter, in render: inout RenderContext, depth: Int
    ) throws(TemplateError) {
        writer.beginArray()
        for item in items { try write(item, to: &writer, in: &render, depth: depth + 1) }
        writer.endArray()
    }

    /// JSON in which no `<`, `>`, `&` or `'` is left, so that it cannot end the script or the attribute in single quotes that
    /// it stands in.
    static func safeInScript(_ json: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(json.count)
        for byte in json {
            switch byte {
            case UInt8(ascii: "<"): result.append(contentsOf: "\\u003c".utf8)
            case UInt8(ascii: ">"): result.append(contentsOf: "\\u003e".utf8)
            case UInt8(ascii: "&"): result.append(contentsOf: "\\u0026".utf8)
            case UInt8(ascii: "'"): result.append(contentsOf: "\\u0027".utf8)
            default: result.append(byte)
            }
        }
        return result
    }
}

/// Small things over HTML as bytes.
enum HTMLBytes {
    /// Text escaped for HTML.
    static func escaped(_ text: [UInt8]) -> [UInt8] {
        Escaping.html.escaped(text)
    }

    /// HTML without the `<p>` around its only paragraph.
    static func withoutSingleParagraph(_ html: [UInt8]) -> [UInt8] {
        let open = Array("<p>".utf8)
        let close = Array("</p>".utf8)
        var end = html.count
        while end > 0, html[end - 1] == UInt8(ascii: "\n") { end -= 1 }
        let trimmed = html[..<end]
        guard trimmed.starts(with: open), trimmed.count >= 7, trimmed.suffix(4).elementsEqual(close) else {
            return html
        }
        let inner = trimmed[3..<(end - 4)]
        var index = inner.startIndex
        while index + 3 <= inner.endIndex {
            if inner[index] == UInt8(ascii: "<"), inner[index..<(index + 3)].elementsEqual(open) {
                return html
            }
            index += 1
        }
        return Array(inner)
    }
}

/// What can be seen of an address without looking it up.
enum Addresses {
    /// Whether an address has a scheme or a host of its own.
    static func isAbsolute(_ address: [UInt8]) -> Bool {
        if address.starts(with: "//".utf8) { return true }
        guard let colon = address.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return false }
        // RFC 3986, section 3.1: a letter, then letters, digits, "+", "-", ".".
        for (index, byte) in address[..<colon].enumerated() {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): continue
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
                UInt8(ascii: "."):
                if index == 0 { return false }
            default: return false
            }
        }
        return true
    }

    /// An address in two: what names the page, and the fragment with its `#`, if any.
    static func splitFragment(_ address: [UInt8]) -> (path: [UInt8], fragment: [UInt8]) {
        guard let mark = address.firstIndex(of: UInt8(ascii: "#")) else { return (address, []) }
        return (Array(address[..<mark]), Array(address[mark...]))
    }

    /// An address without its query.
    static func withoutQuery(_ address: [UInt8]) -> [UInt8] {
        Array(address.prefix { $0 != UInt8(ascii: "?") })
    }
}
