import Text

extension ProgramBuilder {
    /// Stands for what the program does.
    func fingerprint(autoescape: Bool, failure: RenderFailure?) -> Fingerprint {
        var builder = FingerprintBuilder()
        builder.combine(autoescape)
        builder.combine(failure.map(\.message) ?? "")
        builder.combine(words.count)
        for word in words { builder.combine(UInt64(word)) }
        builder.combine(text)
        builder.combine(pools.constants.count)
        for value in pools.constants { value.combine(into: &builder) }
        builder.combine(pools.names.count)
        for name in pools.names { builder.combine(name.symbol.bytes) }
        builder.combine(pools.filters.count)
        for function in pools.filters { builder.combine(function.name) }
        builder.combine(pools.boundCalls.count)
        for call in pools.boundCalls {
            builder.combine(call.function.name)
            builder.combine(call.arguments.values.count)
            for value in call.arguments.values { value.combine(into: &builder) }
            builder.combine(call.arguments.rest.count)
            for value in call.arguments.rest { value.combine(into: &builder) }
            builder.combine(call.arguments.keywords.count)
            for keyword in call.arguments.keywords {
                builder.combine(keyword.name.bytes)
                keyword.value.combine(into: &builder)
            }
        }
        builder.combine(textSteps.count)
        for step in textSteps { builder.combine(step.call) }
        for shape in pools.shapes {
            builder.combine(shape.positional)
            builder.combine(shape.hasRest)
            builder.combine(shape.hasKeywordRest)
            builder.combine(shape.keywords.count)
            for keyword in shape.keywords { builder.combine(keyword.bytes) }
        }
        for set in pools.variableSets {
            builder.combine(set.count)
            for variable in set {
                builder.combine(variable.name.bytes)
                builder.combine(variable.slot)
                builder.combine(variable.cellDepth)
            }
        }
        for function in functions {
            builder.combine(function.name.bytes)
            builder.combine(function.entry)
            builder.combine(function.slotNames.count)
            builder.combine(function.parameters.count)
            for parameter in function.parameters { builder.combine(parameter.bytes) }
        }
        for block in blocks {
            builder.combine(block.name.bytes)
            builder.combine(block.function)
        }
        // What is folded away has been asked for all the same.
        for names in [printedNames?.printed, printedNames?.asked] {
            let sorted = (names ?? []).map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) }
            builder.combine(sorted.count)
            for name in sorted { builder.combine(name) }
        }
        return builder.finish()
    }
}

extension Value {
    /// What makes two constants one. Only literals and what is folded from them are constants.
    struct ConstantKey: Hashable {
        private let kind: UInt8
        private let bits: UInt64
        private let bytes: [UInt8]

        /// `nil` for values that are kept once for each use.
        init?(_ value: Value) {
            switch value {
            case .none: (kind, bits, bytes) = (0, 0, [])
            case .bool(let truth): (kind, bits, bytes) = (1, truth ? 1 : 0, [])
            case .int(let number): (kind, bits, bytes) = (2, UInt64(bitPattern: Int64(number)), [])
            case .double(let number): (kind, bits, bytes) = (3, number.bitPattern, [])
            case .string(let text): (kind, bits, bytes) = (text.isSafe ? 5 : 4, 0, text.bytes)
            default: return nil
            }
        }
    }

    /// Adds a constant to a fingerprint.
    func combine(into builder: inout FingerprintBuilder) {
        switch self {
        case .none: builder.combine(UInt64(1))
        case .bool(let truth):
            builder.combine(UInt64(2))
            builder.combine(truth)
        case .int(let number):
            builder.combine(UInt64(3))
            builder.combine(number)
        case .double(let number):
            builder.combine(UInt64(4))
            builder.combine(number)
        case .string(let text):
            builder.combine(UInt64(5))
            builder.combine(text.isSafe)
            builder.combine(text.bytes)
        case .list(let list): Value.combine(list.items, 6, into: &builder)
        case .tuple(let tuple): Value.combine(tuple.items, 7, into: &builder)
        case .dict(let dict): Value.combine(dict.keys + dict.values, 8, into: &builder)
        case .undefined, .function, .macro, .object: builder.combine(UInt64(9))
        }
    }

    private static func combine(_ items: [Value], _ kind: UInt64, into builder: inout FingerprintBuilder) {
        builder.combine(kind)
        builder.combine(items.count)
        for item in items { item.combine(into: &builder) }
    }
}
