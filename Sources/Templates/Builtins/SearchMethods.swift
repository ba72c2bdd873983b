/// The methods of text that look for other text in it.
extension Methods {
    static let searchMethods: [FunctionValue] = [
        affix("startswith") { $0.starts(with: $1) },
        affix("endswith") { $0.suffix($1.count).elementsEqual($1) },
        search("find", last: false, fails: false), search("rfind", last: true, fails: false),
        search("index", last: false, fails: true), search("rindex", last: true, fails: true),
        method("count", "sub, start=none, end=none") { arguments, render throws(TemplateError) in
            let (part, window, _) = try window(arguments, &render)
            return .int(window?.occurrences(of: part) ?? 0)
        },
    ]

    /// `startswith` and `endswith`: of one text or of any of several.
    private static func affix(
        _ name: String, _ holds: @escaping @Sendable ([UInt8], [UInt8]) -> Bool
    ) -> FunctionValue {
        method(name, "prefix, start=none, end=none") { arguments, render throws(TemplateError) in
            let text = try arguments.inputString(&render)
            var window = text.bytes
            if arguments[1] != nil || arguments[2] != nil {
                window =
                    text.slice(try arguments.whole(1, &render), try arguments.whole(2, &render), 1).bytes
            }
            switch arguments[0] ?? .none {
            case .string(let part): return .bool(holds(window, part.bytes))
            case .tuple(let parts):
                for part in parts.items {
                    if case .string(let part) = part, holds(window, part.bytes) { return .bool(true) }
                }
                return .bool(false)
            case .undefined(let undefined): throw render.error(for: undefined)
            default:
                throw TemplateError(
                    .type,
                    "\(name) first arg must be str or a tuple of str, not \(arguments[0]?.typeName ?? "NoneType")"
                )
            }
        }
    }

    /// The text to look for, the part of the text to look in, and where that part starts, in characters.
    private static func window(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> (part: [UInt8], window: [UInt8]?, start: Int) {
        let text = try arguments.inputString(&render)
        guard let part = try arguments.strictString(0, &render) else { throw mustBeText() }
        if arguments[1] == nil, arguments[2] == nil { return (part.bytes, text.bytes, 0) }
        let start = try arguments.whole(1, &render)
        let range = SliceRange(
            count: text.count, start: start, stop: try arguments.whole(2, &render), step: 1)
        // A start beyond the end finds nothing, not even the empty text.
        if let start, start > text.count { return (part.bytes, nil, 0) }
        let slice = text.slice(start, try arguments.whole(2, &render), 1)
        return (part.bytes, slice.bytes, range.first)
    }

    private static func search(_ name: String, last: Bool, fails: Bool) -> FunctionValue {
        method(name, "sub, start=none, end=none") { arguments, render throws(TemplateError) in
            let (part, window, start) = try window(arguments, &render)
            let found = window.flatMap {
                last ? $0.lastRange(of: part, from: 0) : $0.firstRange(of: part, from: 0)
            }
            guard let found, let window else {
                if fails { throw TemplateError(.value, "substring not found") }
                return .int(-1)
            }
            return .int(start + Array(window[..<found.lowerBound]).characterCount)
        }
    }
}
