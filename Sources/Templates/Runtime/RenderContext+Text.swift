public import Text

extension RenderContext {
    /// The text of a value, as `str()` gives it; safe text stays safe.
    public mutating func string(of value: Value) throws(TemplateError) -> StringValue {
        if case .string(let text) = value { return text }
        if case .object(let object) = value { return try object.text(in: &self) }
        if case .macro(let macro) = value { return StringValue("<Macro \(macro.nameText)>") }
        var bytes: [UInt8] = []
        try appendText(of: value, to: &bytes)
        return StringValue(bytes)
    }

    /// The text of a value, without the mark of safety.
    public mutating func bytes(of value: Value) throws(TemplateError) -> [UInt8] {
        try string(of: value).bytes
    }

    /// Prints a value.
    @inline(__always)
    mutating func write(_ value: consuming Value, escaped: Bool) throws(TemplateError) {
        if case .string(let text) = value {
            if escaped && !text.isSafe {
                output.appendEscaped(text.run)
            } else {
                output.append(text.run)
            }
            withExtendedLifetime(text) {}
            return
        }
        try writeOther(value, escaped: escaped)
    }

    @inline(never)
    private mutating func writeOther(_ value: Value, escaped: Bool) throws(TemplateError) {
        switch value {
        case .int(let number): appendDigits(number)
        case .undefined(let undefined): try write(undefined, escaped: escaped)
        default:
            let text = try string(of: value)
            if escaped && !text.isSafe {
                output.appendEscaped(text.bytes)
            } else {
                output.append(text.bytes)
            }
        }
    }

    private mutating func write(_ undefined: Undefined, escaped: Bool) throws(TemplateError) {
        let text = try text(of: undefined)
        if !text.isEmpty {
            if escaped { output.appendEscaped(text) } else { output.append(text) }
        }
    }

    private mutating func appendDigits(_ number: Int) {
        if number >= 0 && number < 10 {
            output.append(UInt8(truncatingIfNeeded: 48 + number))
            return
        }
        output.append(number)
    }

    /// What an undefined value prints; in the strict modes that is an error or a finding.
    mutating func text(of undefined: Undefined) throws(TemplateError) -> [UInt8] {
        switch undefined.behavior {
        case .lenient, .chainable: return []
        case .debug: return Array(undefined.debugText.utf8)
        case .strict: throw error(for: undefined)
        case .reported:
            reportUse(of: undefined)
            return []
        }
    }

    /// The error for the use of something undefined.
    func error(for undefined: Undefined) -> TemplateError {
        TemplateError(.undefined, undefined.message, hint: hint(for: undefined))
    }

    mutating func reportUse(of undefined: Undefined) {
        report(.undefinedValue, undefined.message, hint: hint(for: undefined))
    }

    /// Reports that an element of a list has no attribute of a name, if it knows all that it has; for filters that go by an
    /// attribute and take what is not there for `none`.
    ///
    /// - Returns: whether it was reported.
    @discardableResult
    public mutating func reportMissing(_ name: Symbol, of object: any HostObject) -> Bool {
        guard undefined == .reported, object.lacks(name) else { return false }
        reportUse(of: Undefined(.attribute(name, of: .object(object)), behavior: undefined))
        return true
    }

    private func hint(for undefined: Undefined) -> String? {
        undefined.hint ?? hint(forVariable: undefined) ?? hint(forTemplateName: undefined)
    }

    /// For the name of a template that stands without quotes: `{% include partials/nav.html %}`.
    private func hint(forTemplateName undefined: Undefined) -> String? {
        guard let program else { return nil }
        switch undefined.cause {
        case .variable: break
        case .attribute(let name, _) where ["html", "htm", "xml", "txt", "j2"].contains(name.text): break
        // Any other is an expression that was meant as one.
        default: return nil
        }
        let range = program.range(at: word)
        let tag = program.source.bytes.prefix(Int(range.start) + 2)
        guard let begin = tag.lastIndex(of: UInt8(ascii: "{")) else { return nil }
        let text = program.source.bytes[begin...].dropFirst()
        guard text.first == UInt8(ascii: "%") else { return nil }
        let name = text.dropFirst().drop { !$0.isASCIILetter && $0 != UInt8(ascii: "%") }.prefix {
            $0.isASCIILetter
        }
        guard ["include", "extends", "import", "from"].contains(String(decoding: name, as: UTF8.self)) else {
            return nil
        }
        return "the name of a template stands in quotes"
    }

    /// The nearest variable or function.
    private func hint(forVariable undefined: Undefined) -> String? {
        guard case .variable(let name) = undefined.cause, let context, let program else { return nil }
        if context.given == nil, let outermost = contexts.first, outermost !== context,
            outermost.value(of: name) != nil
        {
            return
                "what is imported sees it with {% import … with context %}; or hand it to the macro as an argument"
        }
        var names = context.names.map(\.text) + (context.given?.allNames.map(\.text) ?? [])
        names += program.environment.globalNames
        return Suggestion.didYouMean(name.text, among: names)
    }

    // MARK: Text of values

    mutating func appendText(of value: Value, to bytes: inout [UInt8]) throws(TemplateError) {
        switch value {
        case .undefined(let undefined): bytes += try text(of: undefined)
        case .string(let text): bytes += text.bytes
        default: try appendRepresentation(of: value, to: &bytes)
        }
    }

    /// `repr()` of a value.
    mutating func representation(of value: Value) throws(TemplateError) -> [UInt8] {
        var bytes: [UInt8] = []
        try appendRepresentation(of: value, to: &bytes)
        return bytes
    }

    mutating func appendRepresentation(of value: Value, to bytes: inout [UInt8]) throws(TemplateError) {
        switch value {
        case .undefined: bytes += Array("Undefined".utf8)
        case .none: bytes += Array("None".utf8)
        case .bool(let truth): bytes += Array((truth ? "True" : "False").utf8)
        case .int(let number): bytes += Array(String(number).utf8)
        case .double(let number): bytes += Array(NumberText.python(number).utf8)
        case .string(let text):
            if text.isSafe {
                bytes += Array("Markup(".utf8) + Representation.quoted(text.bytes) + [UInt8(ascii: ")")]
            } else {
                bytes += Representation.quoted(text.bytes)
            }
        case .list(let list): try append(list.items, "[", "]", to: &bytes)
        case .tuple(let tuple):
            try append(tuple.items, "(", tuple.items.count == 1 ? ",)" : ")", to: &bytes)
        case .dict(let dict):
            try enter()
            defer { valueDepth -= 1 }
            bytes.append(UInt8(ascii: "{"))
            for index in dict.keys.indices {
                if index > 0 { bytes += [UInt8(ascii: ","), UInt8(ascii: " ")] }
                try appendRepresentation(of: dict.keys[index], to: &bytes)
                bytes += [UInt8(ascii: ":"), UInt8(ascii: " ")]
                try appendRepresentation(of: dict.values[index], to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        case .function(let function): bytes += Array(Builtins.representation(of: function).utf8)
        case .macro(let macro): bytes += Array("<Macro \(macro.nameText)>".utf8)
        case .object(let object): bytes += try object.text(in: &self).bytes
        }
        if bytes.count > limits.stringBytes { throw tooLong() }
    }

    private mutating func append(
        _ items: [Value], _ open: String, _ close: String, to bytes: inout [UInt8]
    ) throws(TemplateError) {
        try enter()
        defer { valueDepth -= 1 }
        bytes += Array(open.utf8)
        for (index, item) in items.enumerated() {
            if index > 0 { bytes += [UInt8(ascii: ","), UInt8(ascii: " ")] }
            try appendRepresentation(of: item, to: &bytes)
        }
        bytes += Array(close.utf8)
    }

    /// Goes one level into a value; a list that holds itself has no end.
    mutating func enter() throws(TemplateError) {
        valueDepth += 1
        if valueDepth > Self.deepestValue {
            valueDepth -= 1
            throw TemplateError(.limit, "values are nested more than \(Self.deepestValue) levels deep")
        }
    }
}
