import Text

/// The functions every template can call.
extension Builtins {
    static let functions: [FunctionValue] = [
        filter("range", "start, stop=none, step=1") { arguments, render throws(TemplateError) in
            let first = try arguments.index(0, &render)
            let second = arguments[1] == nil ? nil : try arguments.index(1, &render)
            let step = arguments[2] == nil ? 1 : try arguments.index(2, &render)
            if step == 0 { throw TemplateError(.value, "range() arg 3 must not be zero") }
            return .object(second.map { RangeObject(first, $0, step) } ?? RangeObject(0, first, step))
        },
        filter("dict", "mapping=none, **") { arguments, render throws(TemplateError) in
            .dict(try dictionary(arguments, &render))
        },
        filter("namespace", "mapping=none, **") { arguments, render throws(TemplateError) in
            let namespace = Namespace(try dictionary(arguments, &render))
            render.noteCircle(.object(namespace))
            return .object(namespace)
        },
        filter("cycler", "*") { arguments, render throws(TemplateError) in
            if arguments.rest.isEmpty {
                throw TemplateError(.general, "at least one item has to be provided")
            }
            return .object(Cycler(arguments.rest))
        },
        filter("joiner", "sep=', '") { arguments, render throws(TemplateError) in
            .object(Joiner(arguments[0] ?? .text(", ")))
        },
        filter("lipsum", "n=5, html=true, min=20, max=100") { arguments, render throws(TemplateError) in
            try LoremIpsum.text(arguments, &render)
        },
    ]

    private static func dictionary(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> DictValue {
        let dict = DictValue()
        if let mapping = arguments[0], !mapping.isNone { try update(dict, with: mapping, &render) }
        for keyword in arguments.keywords { dict.store(keyword.value, for: .text(keyword.name.bytes)) }
        try render.checkDepth(DictValue(zip(dict.keys, dict.values).map { ($0, $1) }).depth)
        return dict
    }

    /// Adds the entries of a mapping, or of a list of pairs.
    static func update(
        _ dict: DictValue, with mapping: Value, _ render: inout RenderContext
    ) throws(TemplateError) {
        if case .dict(let other) = try render.plain(mapping) {
            try render.charge(other.count)
            for (key, value) in zip(other.keys, other.values) { dict.store(value, for: key) }
            return
        }
        for (index, pair) in try render.elements(of: mapping).enumerated() {
            let parts = try render.elements(of: pair)
            if parts.count != 2 {
                throw TemplateError(
                    .value,
                    "dictionary update sequence element #\(index) has length \(parts.count); 2 is required")
            }
            try render.checkKey(parts[0])
            dict.store(parts[1], for: parts[0])
        }
    }

    /// What `{% trans %}` calls when nothing translates: the text as it is.
    static let translationFunctions: [FunctionValue] = [
        filter("_", "message") { arguments, _ throws(TemplateError) in arguments[0] ?? .none },
        filter("gettext", "message") { arguments, _ throws(TemplateError) in arguments[0] ?? .none },
        filter("pgettext", "context, message") { arguments, _ throws(TemplateError) in arguments[1] ?? .none
        },
        filter("ngettext", "singular, plural, n") { arguments, render throws(TemplateError) in
            try plural(arguments, 0, &render)
        },
        filter("npgettext", "context, singular, plural, n") { arguments, render throws(TemplateError) in
            try plural(arguments, 1, &render)
        },
    ]

    private static func plural(
        _ arguments: borrowing Arguments, _ first: Int, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let isOne = try render.equal(arguments[first + 2] ?? .none, .int(1))
        return (isOne ? arguments[first] : arguments[first + 1]) ?? .none
    }
}

extension Arguments {
    /// An argument that must be a whole number.
    fileprivate func index(_ position: Int, _ render: inout RenderContext) throws(TemplateError) -> Int {
        guard let number = try whole(position, &render) else {
            throw TemplateError(.type, "'NoneType' object cannot be interpreted as an integer")
        }
        return number
    }
}

/// `cycler(…)`: gives one value after the other.
final class Cycler: EngineObject, @unchecked Sendable {
    // Unchecked: belongs to one rendering, which runs on one thread.
    private let items: [Value]
    private var position = 0

    init(_ items: [Value]) {
        self.items = items
    }

    var module: String { "jinja2.utils" }
    var typeName: String { "Cycler" }
    var knownAttributes: [Symbol] { ["next", "reset", "current", "items", "pos"] }

    func attribute(_ name: Symbol, in render: inout RenderContext) -> Value? {
        switch name {
        case "current": items[position]
        case "items": .tuple(TupleValue(items))
        case "pos": .int(position)
        default: nil
        }
    }

    func call(
        method: Symbol, _ arguments: borrowing CallArguments, in render: inout RenderContext
    ) throws(TemplateError) -> Value? {
        switch method {
        case "next":
            defer { position = (position + 1) % items.count }
            return items[position]
        case "reset":
            position = 0
            return Value.none
        default: return nil
        }
    }

    func truth(in render: inout RenderContext) -> Bool { true }

    func count(in render: inout RenderContext) -> Int? { nil }
}

/// `joiner(…)`: nothing the first time it is called, a separator after that.
final class Joiner: EngineObject, @unchecked Sendable {
    // Unchecked: belongs to one rendering, which runs on one thread.
    private let separator: Value
    private var isUsed = false

    init(_ separator: Value) {
        self.separator = separator
    }

    var module: String { "jinja2.utils" }
    var typeName: String { "Joiner" }
    var traits: HostTraits { .callable }
    var knownAttributes: [Symbol] { ["sep", "used"] }

    func attribute(_ name: Symbol, in render: inout RenderContext) -> Value? {
        switch name {
        case "sep": separator
        case "used": .bool(isUsed)
        default: nil
        }
    }

    func call(_ arguments: borrowing CallArguments, in render: inout RenderContext) -> Value? {
        defer { isUsed = true }
        return isUsed ? separator : .string(.empty)
    }

    func truth(in render: inout RenderContext) -> Bool { true }

    func count(in render: inout RenderContext) -> Int? { nil }
}

/// `lipsum()`: filler text.
enum LoremIpsum {
    private static let words = Array(
        """
        lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore \
        magna aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo \
        consequat duis aute irure in reprehenderit voluptate velit esse cillum fugiat nulla pariatur excepteur sint \
        occaecat cupidatat non proident sunt culpa qui officia deserunt mollit anim id est laborum
        """.utf8
    ).words()

    static func text(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let count = try arguments.whole(0, &render) ?? 5
        let isHTML = arguments[1] == nil ? true : try arguments.isTrue(1, &render)
        let low = try arguments.whole(2, &render) ?? 20
        let high = try arguments.whole(3, &render) ?? 100
        if low >= high || low < 0 { throw TemplateError(.value, "empty range for randrange()") }
        var paragraphs: [[UInt8]] = []
        for _ in 0..<max(0, min(count, render.limits.listCount)) {
            let length = low + Int(render.nextRandom() % UInt64(high - low))
            try render.charge(length + 1)
            var paragraph: [UInt8] = []
            for index in 0..<length {
                let word = words[Int(render.nextRandom() % UInt64(words.count))]
                if index > 0 { paragraph.append(0x20) }
                paragraph += index == 0 ? TextCase.upperFirst(word) : word
            }
            paragraph.append(UInt8(ascii: "."))
            paragraphs.append(isHTML ? Array("<p>".utf8) + paragraph + Array("</p>".utf8) : paragraph)
        }
        let text = [UInt8].joined(paragraphs, by: isHTML ? [0x0A] : [0x0A, 0x0A])
        return try render.checked(text, isSafe: isHTML)
    }
}
