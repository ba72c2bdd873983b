import Text

/// `"a.b.0"`: how filters reach into elements.
struct AttributePath {
    private let parts: [Value]
    /// Takes the place of what is undefined.
    private let fallback: Value?

    init(_ attribute: Value, fallback: Value? = nil) {
        self.fallback = fallback
        switch attribute {
        case .none: parts = []
        case .string(let text):
            parts = text.bytes.split(by: [UInt8(ascii: ".")], atMost: -1).map { part in
                if !part.isEmpty, part.allSatisfy({ $0.isASCIIDigit }),
                    let number = Int(String(decoding: part, as: UTF8.self))
                {
                    return .int(number)
                }
                return .text(part)
            }
        default: parts = [attribute]
        }
    }

    func value(of item: Value, _ render: inout RenderContext) throws(TemplateError) -> Value {
        var value = item
        for part in parts {
            value = try render.item(part, of: value)
            if let fallback, value.isUndefined { value = fallback }
        }
        return value
    }
}
