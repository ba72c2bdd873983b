import Text

/// Filters on lists and mappings that do not look into their elements.
extension Builtins {
    static let sequenceFilters: [FunctionValue] = [
        filter("length", "") { arguments, render throws(TemplateError) in
            .int(try render.count(of: arguments.input))
        },
        filter("count", "") { arguments, render throws(TemplateError) in
            .int(try render.count(of: arguments.input))
        },
        filter("first", "") { arguments, render throws(TemplateError) in try first(arguments.input, &render)
        },
        filter("last", "") { arguments, render throws(TemplateError) in
            if case .string(let text) = arguments.input, let last = text.character(-1) { return last }
            let items = try render.reversibleElements(of: arguments.input)
            return items.last ?? render.nothing("No last item, sequence was empty.")
        },
        filter("random", "") { arguments, render throws(TemplateError) in
            let items = try render.elements(of: arguments.input)
            if items.isEmpty { return render.nothing("No random item, sequence was empty.") }
            return items[Int(render.nextRandom() % UInt64(items.count))]
        },
        filter("list", "") { arguments, render throws(TemplateError) in
            try render.newList(try render.elements(of: arguments.input))
        },
        filter("reverse", "") { arguments, render throws(TemplateError) in
            if case .string(let text) = arguments.input { return .string(text.slice(nil, nil, -1)) }
            switch arguments.input {
            case .int, .double, .bool, .none, .function, .macro: throw notIterable()
            default: break
            }
            let items = try render.elements(of: arguments.input)
            return .object(IteratorObject(items.reversed(), name: "list_reverseiterator"))
        },
        filter("join", "d='', attribute=none") { arguments, render throws(TemplateError) in
            try join(arguments, &render)
        },
        filter("batch", "linecount, fill_with=none") { arguments, render throws(TemplateError) in
            try batch(arguments, &render)
        },
        filter("slice", "slices, fill_with=none") { arguments, render throws(TemplateError) in
            try slice(arguments, &render)
        },
        filter("items", "") { arguments, render throws(TemplateError) in
            if arguments.input.isUndefined { return .object(IteratorObject([])) }
            guard case .dict(let dict) = try render.plain(arguments.input) else {
                throw TemplateError(.type, "Can only get item pairs from a mapping.")
            }
            return .object(IteratorObject(dict.pairs))
        },
        filter("dictsort", "case_sensitive=false, by='key', reverse=false") {
            arguments, render throws(TemplateError) in
            try dictsort(arguments, &render)
        },
    ]

    private static func notIterable() -> TemplateError {
        TemplateError(.filterArgument, "argument must be iterable")
    }

    private static func first(_ value: Value, _ render: inout RenderContext) throws(TemplateError) -> Value {
        switch value {
        case .list(let list): if let first = list.items.first { return first }
        case .tuple(let tuple): if let first = tuple.items.first { return first }
        case .dict(let dict): if let first = dict.keys.first { return first }
        case .string(let text): if let first = text.characters.first { return first }
        case .object(let object):
            if let iterator = object as? IteratorObject {
                if let first = iterator.next() { return first }
            } else if let range = object as? RangeObject {
                if range.length > 0 { return .int(range.start) }
            } else if let first = try render.elements(of: value).first {
                return first
            }
        default: if let first = try render.elements(of: value).first { return first }
        }
        return render.nothing("No first item, sequence was empty.")
    }

    private static func join(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        var items = try render.elements(of: arguments.input)
        if let attribute = arguments[1], !attribute.isNone {
            let path = AttributePath(attribute)
            for index in items.indices { items[index] = try path.value(of: items[index], &render) }
        }
        let separator = try arguments.text(0, &render) ?? .empty
        var texts: [StringValue] = []
        texts.reserveCapacity(items.count)
        var size = 0
        for item in items {
            let text = try render.string(of: item)
            size += text.bytes.count + separator.bytes.count
            if size > render.limits.stringBytes { throw render.tooLong() }
            texts.append(text)
        }
        let isSafe = render.autoescape && (separator.isSafe || texts.contains(where: \.isSafe))
        let between = isSafe && !separator.isSafe ? HTMLEscape.escaped(separator.bytes) : separator.bytes
        var result: [UInt8] = []
        result.reserveCapacity(size)
        for (index, text) in texts.enumerated() {
            if index > 0 { result += between }
            result += isSafe && !text.isSafe ? HTMLEscape.escaped(text.bytes) : text.bytes
        }
        return try render.checked(result, isSafe: isSafe)
    }

    private static func batch(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let items = try render.elements(of: arguments.input)
        guard let count = arguments[0]?.number else {
            throw TemplateError(.type, "batch needs a number, not '\(arguments[0]?.typeName ?? "None")'")
        }
        var rows: [Value] = []
        var row: [Value] = []
        for item in items {
            if Double(row.count) == count {
                rows.append(.list(ListValue(row)))
                row = []
            }
            row.append(item)
        }
        if !row.isEmpty {
            if let fill = arguments[1], !fill.isNone, let width = arguments[0]?.whole, row.count < width {
                try render.checkCount(width)
                try render.charge(width)
                row += Array(repeating: fill, count: width - row.count)
            }
            rows.append(.list(ListValue(row)))
        }
        return .object(IteratorObject(rows))
    }

    private static func slice(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let items = try render.elements(of: arguments.input)
        guard let slices = try arguments.whole(0, &render) else {
            throw TemplateError(.type, "slice needs a number, not 'NoneType'")
        }
        if slices == 0 { throw TemplateError(.zeroDivision, "integer division or modulo by zero") }
        if slices < 0 { return .object(IteratorObject([])) }
        try render.checkCount(slices)
        try render.charge(slices)
        let width = items.count / slices
        let longer = items.count % slices
        var columns: [Value] = []
        var start = 0
        for column in 0..<slices {
            let end = start + width + (column < longer ? 1 : 0)
            var part = Array(items[start..<end])
            if let fill = arguments[1], !fill.isNone, column >= longer { part.append(fill) }
            columns.append(.list(ListValue(part)))
            start = end
        }
        return .object(IteratorObject(columns))
    }

    private static func dictsort(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let position: Int
        switch arguments[1]?.stringValue?.text {
        case nil where arguments[1] == nil: position = 0
        case "key": position = 0
        case "value": position = 1
        default:
            throw TemplateError(.filterArgument, "You can only sort by either \"key\" or \"value\"")
        }
        guard case .dict(let dict) = try render.plain(arguments.input) else {
            if case .undefined(let undefined) = arguments.input { throw render.error(for: undefined) }
            throw TemplateError(.type, "dictsort needs a mapping, not '\(arguments.input.typeName)'")
        }
        let isSensitive = try arguments.isTrue(0, &render)
        var entries: [SortEntry] = []
        for pair in dict.pairs {
            guard case .tuple(let tuple) = pair else { continue }
            let key = tuple.items[position]
            entries.append(SortEntry(keys: [isSensitive ? key : key.foldedCase], value: pair))
        }
        let reverse = try arguments.isTrue(2, &render)
        return try render.newList(try render.sorted(entries, reverse: reverse).map(\.value))
    }
}

extension DictValue {
    /// Keys with their values, as tuples.
    var pairs: [Value] {
        keys.indices.map { .tuple(TupleValue([keys[$0], values[$0]])) }
    }
}

extension RenderContext {
    /// Undefined, because there was nothing to take.
    func nothing(_ message: String) -> Value {
        .undefined(Undefined(.hint(message), behavior: undefined))
    }

    /// The elements of what can be gone through backwards.
    mutating func reversibleElements(of value: Value) throws(TemplateError) -> [Value] {
        if case .object(let object) = value, object is IteratorObject {
            throw TemplateError(
                .type, "'\(object.typeName)' object is not reversible", hint: "put | list before | last")
        }
        return try elements(of: value)
    }

    /// A host object as plain values, where it has such a form.
    mutating func plain(_ value: Value) throws(TemplateError) -> Value {
        guard case .object(let object) = value else { return value }
        if let namespace = object as? Namespace { return .dict(namespace.attributes) }
        return try object.plainValue(in: &self) ?? value
    }

    mutating func nextRandom() -> UInt64 {
        randomState ^= randomState << 13
        randomState ^= randomState >> 7
        randomState ^= randomState << 17
        return randomState
    }
}

extension Value {
    /// Text in lower case, for comparisons that ignore it.
    var foldedCase: Value {
        guard case .string(let text) = self else { return self }
        let folded = TextCase.lower(text.bytes)
        return folded.isSame(as: text.bytes) ? self : .text(folded)
    }
}
