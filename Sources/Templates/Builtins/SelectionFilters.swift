import Text

/// Filters that look into the elements of lists.
extension Builtins {
    static let selectionFilters: [FunctionValue] = [
        filter("map", "*, **") { arguments, render throws(TemplateError) in try map(arguments, &render) },
        filter("select", "*, **") { arguments, render throws(TemplateError) in
            try select(arguments, keeps: true, byAttribute: false, &render)
        },
        filter("reject", "*, **") { arguments, render throws(TemplateError) in
            try select(arguments, keeps: false, byAttribute: false, &render)
        },
        filter("selectattr", "*, **") { arguments, render throws(TemplateError) in
            try select(arguments, keeps: true, byAttribute: true, &render)
        },
        filter("rejectattr", "*, **") { arguments, render throws(TemplateError) in
            try select(arguments, keeps: false, byAttribute: true, &render)
        },
        filter("sort", "reverse=false, case_sensitive=false, attribute=none") {
            arguments, render throws(TemplateError) in
            try sort(arguments, &render)
        },
        filter("groupby", "attribute, default=none, case_sensitive=false") {
            arguments, render throws(TemplateError) in
            try group(arguments, &render)
        },
        filter("unique", "case_sensitive=false, attribute=none") { arguments, render throws(TemplateError) in
            try unique(arguments, &render)
        },
        filter("min", "case_sensitive=false, attribute=none") { arguments, render throws(TemplateError) in
            try extreme(arguments, sign: -1, &render)
        },
        filter("max", "case_sensitive=false, attribute=none") { arguments, render throws(TemplateError) in
            try extreme(arguments, sign: 1, &render)
        },
        filter("sum", "attribute=none, start=0") { arguments, render throws(TemplateError) in
            try sum(arguments, &render)
        },
        filter("attr", "name") { arguments, render throws(TemplateError) in try attribute(arguments, &render)
        },
    ]

    private static func map(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        if case .undefined = arguments.input, !(try render.truth(arguments.input)) {
            return .object(IteratorObject(try render.elements(of: arguments.input)))
        }
        if !(try render.truth(arguments.input)) { return .object(IteratorObject([])) }
        var items = try render.elements(of: arguments.input)
        if arguments.rest.isEmpty, let attribute = arguments.keywords.first(where: { $0.name == "attribute" })
        {
            var fallback: Value?
            for keyword in arguments.keywords where keyword.name != "attribute" {
                guard keyword.name == "default" else {
                    throw TemplateError(
                        .filterArgument, "Unexpected keyword argument '\(keyword.name.text)'")
                }
                if !keyword.value.isNone { fallback = keyword.value }
            }
            var path = AttributePath(attribute.value, fallback: fallback)
            for index in items.indices { items[index] = try path.checkedValue(of: items[index], &render) }
            return .object(IteratorObject(items))
        }
        guard let name = arguments.rest.first else {
            throw TemplateError(.filterArgument, "map requires a filter argument")
        }
        let function = try render.filter(named: name)
        let call = CallArguments(Array(arguments.rest.dropFirst()), keywords: arguments.keywords)
        for index in items.indices { items[index] = try render.filter(function, items[index], call) }
        return .object(IteratorObject(items))
    }

    private static func select(
        _ arguments: borrowing Arguments, keeps: Bool, byAttribute: Bool, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        if case .undefined = arguments.input {
            return .object(IteratorObject(try render.elements(of: arguments.input)))
        }
        if !(try render.truth(arguments.input)) { return .object(IteratorObject([])) }
        let items = try render.elements(of: arguments.input)
        var rest = arguments.rest[...]
        var path: AttributePath?
        if byAttribute {
            guard let attribute = rest.popFirst() else {
                throw TemplateError(
                    .filterArgument, "Missing parameter for attribute name",
                    hint: "name the attribute in quotes: selectattr(\"draft\")")
            }
            path = AttributePath(attribute)
        }
        var test: FunctionValue?
        if let name = rest.popFirst() { test = try render.test(named: name) }
        let call = CallArguments(Array(rest), keywords: arguments.keywords)
        let isAboutBeingThere = test.map { $0.name == "defined" || $0.name == "undefined" } ?? false
        var result: [Value] = []
        for item in items {
            let value: Value
            if path == nil {
                value = item
            } else if isAboutBeingThere {
                value = try path?.value(of: item, &render) ?? item
            } else {
                value = try path?.checkedValue(of: item, &render) ?? item
            }
            let isTrue: Bool
            if let test {
                isTrue = try render.truth(try render.call(test, input: value, call))
            } else {
                isTrue = try render.truth(value)
            }
            if isTrue == keeps { result.append(item) }
        }
        return .object(IteratorObject(result))
    }

    private static func sort(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let items = try render.elements(of: arguments.input)
        let isSensitive = try arguments.isTrue(1, &render)
        if arguments[2]?.isNone ?? true, !isSensitive,
            let sorted = try fewTextsSorted(items, reverse: try arguments.isTrue(0, &render), &render)
        {
            return sorted
        }
        var paths = [AttributePath(arguments[2] ?? .none)]
        if case .string(let text) = arguments[2] {
            paths = text.bytes.split(by: [UInt8(ascii: ",")], atMost: -1).map { AttributePath(.text($0)) }
        }
        var keys: [Value] = []
        keys.reserveCapacity(items.count * paths.count)
        for item in items {
            for index in paths.indices {
                let key = try paths[index].checkedValue(of: item, &render)
                keys.append(isSensitive ? key : key.foldedCase)
            }
        }
        let reverse = try arguments.isTrue(0, &render)
        let order = try render.sortedPositions(
            count: items.count, keys, width: paths.count, isList: true, reverse: reverse)
        return try render.newList(order.map { items[$0] })
    }

    private static func group(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let items = try render.elements(of: arguments.input)
        let isSensitive = try arguments.isTrue(2, &render)
        let fallback = arguments[1].flatMap { $0.isNone ? nil : $0 }
        let path = AttributePath(arguments[0] ?? .none, fallback: fallback)
        var entries: [SortEntry] = []
        for item in items {
            let key = try path.value(of: item, &render)
            entries.append(SortEntry(keys: [isSensitive ? key : key.foldedCase, key], value: item))
        }
        let sorted = try render.sorted(entries, reverse: false)
        var groups: [Value] = []
        var index = 0
        while index < sorted.count {
            let start = sorted[index]
            var members: [Value] = []
            while index < sorted.count, try render.equal(sorted[index].keys[0], start.keys[0]) {
                members.append(sorted[index].value)
                index += 1
            }
            // A key that is not equal to itself, as `nan`, still makes a group.
            if members.isEmpty {
                members.append(sorted[index].value)
                index += 1
            }
            groups.append(.tuple(TupleValue(grouper: start.keys[1], list: .list(ListValue(members)))))
        }
        return try render.newList(groups)
    }

    private static func unique(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let items = try render.elements(of: arguments.input)
        let isSensitive = try arguments.isTrue(0, &render)
        var path = AttributePath(arguments[1] ?? .none)
        let seen = DictValue()
        var result: [Value] = []
        for item in items {
            var key = try path.checkedValue(of: item, &render)
            if !isSensitive { key = key.foldedCase }
            try render.checkKey(key)
            if seen.value(for: key) != nil { continue }
            seen.store(.none, for: key)
            result.append(item)
        }
        return .object(IteratorObject(result))
    }

    private static func extreme(
        _ arguments: borrowing Arguments, sign: Int, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let items = try render.elements(of: arguments.input)
        let isSensitive = try arguments.isTrue(0, &render)
        let path = AttributePath(arguments[1] ?? .none)
        var best: (key: Value, value: Value)?
        for item in items {
            var key = try path.value(of: item, &render)
            if !isSensitive { key = key.foldedCase }
            guard let known = best else {
                best = (key, item)
                continue
            }
            let order = try render.order(key, known.key, sign < 0 ? "<" : ">")
            if order * sign > 0 { best = (key, item) }
        }
        return best?.value ?? render.nothing("No aggregated item, sequence was empty.")
    }

    private static func sum(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let items = try render.elements(of: arguments.input)
        let path = AttributePath(arguments[0] ?? .none)
        var total = arguments[1] ?? .int(0)
        if case .string = total {
            throw TemplateError(.type, "sum() can't sum strings [use ''.join(seq) instead]")
        }
        for item in items {
            let value = try path.value(of: item, &render)
            if case .undefined(let undefined) = value {
                let error = render.error(for: undefined)
                throw TemplateError(
                    error.kind, error.message,
                    hint: error.hint ?? "leave out what has no value: … | selectattr(\"…\") | sum(…)")
            }
            total = try render.binary(.add, total, value)
        }
        return total
    }

    private static func attribute(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        guard let name = try arguments.strictString(0, &render) else {
            throw TemplateError(.type, "attribute name must be string, not 'NoneType'")
        }
        let symbol = Symbol(name.bytes)
        let value = arguments.input
        switch value {
        case .object(let object): if let found = try object.attribute(symbol, in: &render) { return found }
        case .undefined(let undefined): return try render.member(of: undefined)
        case .tuple(let tuple) where tuple.isGroup:
            if symbol == Methods.grouper || symbol == Methods.list {
                return try render.attribute(named: symbol, of: .tuple(tuple))
            }
        case .macro(let macro): if let found = macro.attribute(symbol) { return found }
        default: break
        }
        if let method = Methods.Named(symbol).method(of: value) { return .object(BoundMethod(method, value)) }
        return .undefined(Undefined(.attribute(symbol, of: value), behavior: render.undefined))
    }
}

/// Filters and tests that elements are given to.
extension RenderContext {
    /// The filter of a name that is known only now.
    func filter(named name: Value) throws(TemplateError) -> FunctionValue {
        guard case .string(let text) = name, let environment = program?.environment else {
            throw TemplateError(.runtime, "No filter named \(name.briefRepresentation).")
        }
        if let found = environment.filter(named: Symbol(text.bytes)) { return found }
        throw TemplateError(
            .runtime, "No filter named '\(text.text)'.",
            hint: Suggestion.didYouMean(text.text, among: environment.filterNames))
    }

    /// The test of a name that is known only now.
    func test(named name: Value) throws(TemplateError) -> FunctionValue {
        guard case .string(let text) = name, let environment = program?.environment else {
            throw TemplateError(.runtime, "No test named \(name.briefRepresentation).")
        }
        if let found = environment.test(named: Symbol(text.bytes)) { return found }
        throw TemplateError(
            .runtime, "No test named '\(text.text)'.",
            hint: Suggestion.didYouMean(text.text, among: environment.testNames))
    }
}
