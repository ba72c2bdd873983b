extension Arguments {
    /// Whether an argument is given and counts as true.
    func isTrue(_ index: Int, _ render: inout RenderContext) throws(TemplateError) -> Bool {
        guard let value = self[index] else { return false }
        return try render.truth(value)
    }

    /// An argument that must be a whole number, if it is given and not `none`.
    func whole(_ index: Int, _ render: inout RenderContext) throws(TemplateError) -> Int? {
        guard let value = self[index], !value.isNone else { return nil }
        if case .undefined(let undefined) = value { throw render.error(for: undefined) }
        guard let number = value.whole else {
            throw TemplateError(
                .type, "'\(value.typeName)' object cannot be interpreted as an integer")
        }
        return number
    }

    /// An argument that must be text, if it is given and not `none`.
    func strictString(_ index: Int, _ render: inout RenderContext) throws(TemplateError) -> StringValue? {
        guard let value = self[index], !value.isNone else { return nil }
        guard case .string(let text) = value else {
            if case .undefined(let undefined) = value { throw render.error(for: undefined) }
            throw TemplateError(.type, "must be str, not \(value.typeName)")
        }
        return text
    }

    /// The text that stands before the bar or the dot.
    func inputString(_ render: inout RenderContext) throws(TemplateError) -> StringValue {
        try render.string(of: input)
    }
}

extension StringValue {
    /// Other text, as safe as this one.
    func derived(_ bytes: [UInt8]) -> Value { .string(StringValue(bytes, isSafe: isSafe)) }

    /// Text as it may stand in this one: escaped if this one is safe and it is not.
    func adapted(_ other: StringValue) -> [UInt8] {
        isSafe && !other.isSafe ? HTMLEscape.escaped(other.bytes) : other.bytes
    }
}
