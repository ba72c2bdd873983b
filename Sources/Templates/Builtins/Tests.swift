import Text

/// What follows `is`.
extension Builtins {
    static let allTests: [FunctionValue] =
        kindTests + [
            filter("odd", "") { arguments, render throws(TemplateError) in
                .bool(try render.equal(try render.binary(.mod, arguments.input, .int(2)), .int(1)))
            },
            filter("even", "") { arguments, render throws(TemplateError) in
                .bool(try render.equal(try render.binary(.mod, arguments.input, .int(2)), .int(0)))
            },
            filter("divisibleby", "num") { arguments, render throws(TemplateError) in
                .bool(
                    try render.equal(
                        try render.binary(.mod, arguments.input, arguments[0] ?? .none), .int(0)))
            },
            filter("lower", "") { arguments, render throws(TemplateError) in
                .bool(TextCase.isLower(try arguments.bytes(&render)))
            },
            filter("upper", "") { arguments, render throws(TemplateError) in
                .bool(TextCase.isUpper(try arguments.bytes(&render)))
            },
            filter("in", "seq") { arguments, render throws(TemplateError) in
                .bool(try render.contains(arguments[0] ?? .none, arguments.input))
            },
            filter("sameas", "other") { arguments, render throws(TemplateError) in
                .bool(isSame(arguments.input, arguments[0] ?? .none))
            },
            filter("filter", "") { arguments, render throws(TemplateError) in
                try render.checkKey(arguments.input)
                guard case .string(let name) = arguments.input else { return .bool(false) }
                return .bool(render.program?.environment.filter(named: Symbol(name.bytes)) != nil)
            },
            filter("test", "") { arguments, render throws(TemplateError) in
                try render.checkKey(arguments.input)
                guard case .string(let name) = arguments.input else { return .bool(false) }
                return .bool(render.program?.environment.test(named: Symbol(name.bytes)) != nil)
            },
        ] + comparisons(.equal, ["==", "eq", "equalto"]) + comparisons(.notEqual, ["!=", "ne"])
        + comparisons(.greater, [">", "gt", "greaterthan"]) + comparisons(.greaterOrEqual, [">=", "ge"])
        + comparisons(.less, ["<", "lt", "lessthan"]) + comparisons(.lessOrEqual, ["<=", "le"])

    private static func comparisons(_ comparison: Comparison, _ names: [String]) -> [FunctionValue] {
        names.map { name in
            filter(name, "other") { arguments, render throws(TemplateError) in
                .bool(try render.compare(arguments.input, arguments[0] ?? .none, comparison))
            }
        }
    }

    private static let kindTests: [FunctionValue] = [
        kind("defined") { !$0.isUndefined }, kind("undefined") { $0.isUndefined }, kind("none") { $0.isNone },
        kind("boolean") { if case .bool = $0 { true } else { false } },
        kind("true") { if case .bool(true) = $0 { true } else { false } },
        kind("false") { if case .bool(false) = $0 { true } else { false } },
        kind("integer") { if case .int = $0 { true } else { false } },
        kind("float") { if case .double = $0 { true } else { false } },
        kind("number") { $0.number != nil },
        kind("string") { if case .string = $0 { true } else { false } },
        kind("escaped") { value in
            switch value {
            case .string(let text): text.isSafe
            // Jinja2's `ChainableUndefined` knows how it looks in HTML.
            case .undefined(let undefined): undefined.behavior == .chainable
            default: false
            }
        },
        kind("mapping") { value in
            switch value {
            case .dict: true
            case .object(let object): object.traits.contains(.mapping)
            default: false
            }
        },
        kind("sequence") { value in
            switch value {
            case .dict, .list, .tuple, .string: true
            case .undefined(let undefined): undefined.behavior != .strict
            case .object(let object):
                object.traits.contains(.sequence) || object.traits.contains(.mapping)
            default: false
            }
        },
        kind("callable") { value in
            switch value {
            case .function, .macro: true
            case .undefined: true
            case .object(let object): object.traits.contains(.callable)
            default: false
            }
        },
        filter("iterable", "") { arguments, render throws(TemplateError) in
            switch arguments.input {
            case .undefined(let undefined):
                if undefined.behavior == .strict { throw render.error(for: undefined) }
                return .bool(true)
            case .dict, .list, .tuple, .string: return .bool(true)
            case .object(let object):
                let iterable: HostTraits = [.iterable, .sequence, .mapping]
                return .bool(!object.traits.isDisjoint(with: iterable))
            default: return .bool(false)
            }
        },
    ]

    private static func kind(_ name: String, _ holds: @escaping @Sendable (Value) -> Bool) -> FunctionValue {
        filter(name, "") { arguments, _ throws(TemplateError) in .bool(holds(arguments.input)) }
    }

    /// `is` of Python: for small values, whether they are equal and of one type.
    private static func isSame(_ a: Value, _ b: Value) -> Bool {
        switch (a, b) {
        case (.none, .none): true
        case (.bool(let a), .bool(let b)): a == b
        case (.int(let a), .int(let b)): a == b
        case (.double(let a), .double(let b)): a == b
        case (.string(let a), .string(let b)): a === b || (a.isSafe == b.isSafe && a.bytes == b.bytes)
        case (.list(let a), .list(let b)): a === b
        case (.tuple(let a), .tuple(let b)): a === b
        case (.dict(let a), .dict(let b)): a === b
        case (.undefined(let a), .undefined(let b)): a === b
        case (.function(let a), .function(let b)): a === b
        case (.macro(let a), .macro(let b)): a === b
        case (.object(let a), .object(let b)): a === b
        default: false
        }
    }
}
