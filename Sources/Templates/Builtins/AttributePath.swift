import Text

/// `"a.b.0"`: how filters reach into elements.
struct AttributePath {
    private let parts: [Value]
    /// Takes the place of what is undefined.
    private let fallback: Value?
    /// Whether it was told that something of the host has no such attribute: once is enough for a list.
    private var isTold = false

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

    /// The same for those who would take no notice of something undefined, where strict Jinja2 fails: a name that nothing
    /// of this kind has is a finding. What is not there in dictionaries is none, since each may have other keys.
    mutating func checkedValue(
        of item: Value, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let value = try value(of: item, &render)
        if case .undefined(let undefined) = value, undefined.behavior == .reported {
            guard undefined.isUnknownToHost else { return value }
            if !isTold { render.reportUse(of: undefined) }
            isTold = true
            // It was told: it is nothing from now on.
            return .undefined(Undefined(undefined.cause, behavior: .chainable))
        }
        return value
    }
}
