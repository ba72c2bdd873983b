import Text

/// The methods of lists, tuples, dictionaries and numbers.
extension Methods {
    static let listMethods: [FunctionValue] =
        [
            method("append", "object") { arguments, render throws(TemplateError) in
                let list = try mutableList(arguments)
                try grow(list, by: [arguments[0] ?? .none], &render)
                return .none
            },
            method("extend", "iterable") { arguments, render throws(TemplateError) in
                let list = try mutableList(arguments)
                try grow(list, by: try render.elements(of: arguments[0] ?? .none), &render)
                return .none
            },
            method("insert", "index, object") { arguments, render throws(TemplateError) in
                let list = try mutableList(arguments)
                let index = try arguments.whole(0, &render) ?? 0
                let position = index < 0 ? max(0, index + list.items.count) : min(index, list.items.count)
                try render.checkCount(list.items.count + 1)
                try render.charge(1 + list.items.count >> 6)
                list.items.insert(arguments[1] ?? .none, at: position)
                note(.list(list), arguments[1] ?? .none, &render)
                return .none
            },
            method("pop", "index=-1") { arguments, render throws(TemplateError) in
                let list = try mutableList(arguments)
                if list.items.isEmpty { throw TemplateError(.index, "pop from empty list") }
                let index = try arguments.whole(0, &render) ?? -1
                let position = index < 0 ? index + list.items.count : index
                guard list.items.indices.contains(position) else {
                    throw TemplateError(.index, "pop index out of range")
                }
                try render.charge(1 + (list.items.count - position) >> 6)
                return list.items.remove(at: position)
            },
            method("remove", "value") { arguments, render throws(TemplateError) in
                let list = try mutableList(arguments)
                for index in list.items.indices
                where try render.equal(list.items[index], arguments[0] ?? .none) {
                    list.items.remove(at: index)
                    return .none
                }
                throw TemplateError(.value, "list.remove(x): x not in list")
            },
            method("clear", "") { arguments, _ throws(TemplateError) in
                try mutableList(arguments).items = []
                return .none
            },
            method("reverse", "") { arguments, render throws(TemplateError) in
                let list = try mutableList(arguments)
                try render.charge(list.items.count)
                list.items.reverse()
                return .none
            },
            method("sort", "reverse=false") { arguments, render throws(TemplateError) in
                let list = try mutableList(arguments)
                let entries = list.items.map { SortEntry(keys: [$0], value: $0) }
                let reverse = try arguments.isTrue(0, &render)
                list.items = try render.sorted(entries, reverse: reverse).map(\.value)
                return .none
            },
            method("copy", "") { arguments, render throws(TemplateError) in
                try render.newList(try render.elements(of: arguments.input))
            },
        ] + tupleMethods

    static let tupleMethods: [FunctionValue] = [
        method("index", "value, start=none, stop=none") { arguments, render throws(TemplateError) in
            let items = try render.elements(of: arguments.input)
            let range = SliceRange(
                count: items.count, start: try arguments.whole(1, &render),
                stop: try arguments.whole(2, &render),
                step: 1)
            for index in range.first..<range.first + range.count
            where try render.equal(items[index], arguments[0] ?? .none) {
                return .int(index)
            }
            let shown = String(decoding: try render.representation(of: arguments[0] ?? .none), as: UTF8.self)
            throw TemplateError(.value, "\(shown) is not in list")
        },
        method("count", "value") { arguments, render throws(TemplateError) in
            var count = 0
            for item in try render.elements(of: arguments.input)
            where try render.equal(item, arguments[0] ?? .none) {
                count += 1
            }
            return .int(count)
        },
    ]

    private static func mutableList(_ arguments: borrowing Arguments) throws(TemplateError) -> ListValue {
        guard case .list(let list) = arguments.input else { throw TemplateError(.type, "not a list") }
        if list.isFrozen { throw frozen("list", "| list") }
        return list
    }

    private static func mutableDict(_ arguments: borrowing Arguments) throws(TemplateError) -> DictValue {
        guard case .dict(let dict) = arguments.input else { throw TemplateError(.type, "not a dictionary") }
        if dict.isFrozen { throw frozen("dictionary", "dict(…)") }
        return dict
    }

    private static func frozen(_ what: String, _ copy: String) -> TemplateError {
        TemplateError(
            .type, "this \(what) belongs to the site and cannot be changed",
            hint: "make a copy of it by \(copy)")
    }

    private static func grow(
        _ list: ListValue, by items: [Value], _ render: inout RenderContext
    ) throws(TemplateError) {
        try render.checkCount(list.items.count + items.count)
        try render.charge(items.count)
        list.items += items
        for item in items { note(.list(list), item, &render) }
    }

    /// A container that was put into another may close a circle of references; the rendering opens it at its end.
    private static func note(_ container: Value, _ item: Value, _ render: inout RenderContext) {
        switch item {
        case .none, .bool, .int, .double, .string: break
        default: render.noteCircle(container)
        }
    }

    // MARK: Dictionaries

    static let dictMethods: [FunctionValue] = [
        method("keys", "") { arguments, _ throws(TemplateError) in
            .object(DictView(try dict(arguments), .keys))
        },
        method("values", "") { arguments, _ throws(TemplateError) in
            .object(DictView(try dict(arguments), .values))
        },
        method("items", "") { arguments, _ throws(TemplateError) in
            .object(DictView(try dict(arguments), .items))
        },
        method("get", "key, default=none") { arguments, render throws(TemplateError) in
            let key = arguments[0] ?? .none
            try render.checkKey(key)
            return try dict(arguments).value(for: key) ?? arguments[1] ?? .none
        },
        method("copy", "") { arguments, _ throws(TemplateError) in
            let dict = try dict(arguments)
            return .dict(DictValue(Array(zip(dict.keys, dict.values))))
        },
        method("pop", "key, default=") { arguments, render throws(TemplateError) in
            let dict = try mutableDict(arguments)
            let key = arguments[0] ?? .none
            try render.checkKey(key)
            try render.charge(1 + dict.count >> 4)
            if let value = dict.remove(key) ?? arguments[1] { return value }
            throw TemplateError(.key, String(decoding: try render.representation(of: key), as: UTF8.self))
        },
        method("popitem", "") { arguments, _ throws(TemplateError) in
            let dict = try mutableDict(arguments)
            if dict.count == 0 { throw TemplateError(.key, "'popitem(): dictionary is empty'") }
            let (key, value) = dict.remove(at: dict.count - 1)
            return .tuple(TupleValue([key, value]))
        },
        method("setdefault", "key, default=none") { arguments, render throws(TemplateError) in
            let dict = try mutableDict(arguments)
            let key = arguments[0] ?? .none
            try render.checkKey(key)
            if let value = dict.value(for: key) { return value }
            let value = arguments[1] ?? .none
            try render.checkCount(dict.count + 1)
            dict.store(value, for: key)
            note(.dict(dict), value, &render)
            return value
        },
        method("update", "mapping=none, **") { arguments, render throws(TemplateError) in
            let dict = try mutableDict(arguments)
            if let mapping = arguments[0], !mapping.isNone {
                try Builtins.update(dict, with: mapping, &render)
            }
            for keyword in arguments.keywords { dict.store(keyword.value, for: .text(keyword.name.bytes)) }
            try render.checkCount(dict.count)
            render.noteCircle(.dict(dict))
            return .none
        },
        method("clear", "") { arguments, _ throws(TemplateError) in
            try mutableDict(arguments).removeAll()
            return .none
        },
    ]

    private static func dict(_ arguments: borrowing Arguments) throws(TemplateError) -> DictValue {
        guard case .dict(let dict) = arguments.input else { throw TemplateError(.type, "not a dictionary") }
        return dict
    }

    // MARK: Numbers

    static let numberMethods: [FunctionValue] = [
        method("is_integer", "") { arguments, _ throws(TemplateError) in
            .bool(arguments.input.number.map { $0.isFinite && $0 == $0.rounded() } ?? false)
        },
        method("bit_length", "") { arguments, _ throws(TemplateError) in
            .int(Int.bitWidth - Int(arguments.input.whole?.magnitude.leadingZeroBitCount ?? Int.bitWidth))
        },
        method("conjugate", "") { arguments, _ throws(TemplateError) in arguments.input },
    ]
}
