public import Text

/// The arguments of a call as they were written: positional ones, then keywords.
public struct CallArguments: Sendable {
    /// One keyword argument.
    public struct Keyword: Sendable {
        /// The keyword.
        public let name: Symbol
        /// Its value.
        public let value: Value

        /// A keyword argument.
        public init(_ name: Symbol, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// The positional arguments in order.
    public var positional: [Value]
    /// The keyword arguments in order.
    public var keywords: [Keyword]

    /// Arguments.
    public init(_ positional: [Value] = [], keywords: [Keyword] = []) {
        self.positional = positional
        self.keywords = keywords
    }

    /// The value of a keyword, or `nil`.
    public func keyword(_ name: Symbol) -> Value? {
        keywords.first { $0.name == name }?.value
    }
}

/// The arguments of a function, filter or test, bound to its parameters.
public struct Arguments: Sendable {
    /// What stands before the bar or before `is`; `none` for functions.
    public let input: Value
    /// By position of the parameter; `nil` where nothing was given.
    var values: [Value?]
    /// Positional arguments beyond the parameters.
    public internal(set) var rest: [Value] = []
    /// Keyword arguments beyond the parameters.
    public internal(set) var keywords: [CallArguments.Keyword] = []

    /// The argument of the parameter at a position, or `nil` when it was not given.
    public subscript(index: Int) -> Value? {
        index < values.count ? values[index] : nil
    }
}

extension Signature {
    /// Binds the arguments of a call to these parameters, as Python does.
    func bind(
        _ call: borrowing CallArguments, input: Value, function name: String
    ) throws(TemplateError) -> Arguments {
        var bound = Arguments(input: input, values: call.positional.count == 0 ? [] : call.positional)
        if call.positional.count > parameters.count {
            if !takesRest {
                throw TemplateError(
                    .type,
                    "\(name)() takes at most \(parameters.count) argument\(parameters.count == 1 ? "" : "s") "
                        + "but \(call.positional.count) were given")
            }
            bound.rest = Array(call.positional[parameters.count...])
            bound.values.removeLast(call.positional.count - parameters.count)
        }
        for keyword in call.keywords {
            guard let index = parameters.firstIndex(where: { $0.name == keyword.name }) else {
                if takesKeywords {
                    bound.keywords.append(keyword)
                    continue
                }
                throw TemplateError(
                    .type, "\(name)() got an unexpected keyword argument '\(keyword.name.text)'",
                    hint: Suggestion.didYouMean(keyword.name.text, among: parameters.map(\.name.text)))
            }
            while bound.values.count <= index { bound.values.append(nil) }
            if bound.values[index] != nil {
                throw TemplateError(
                    .type, "\(name)() got multiple values for argument '\(keyword.name.text)'")
            }
            bound.values[index] = keyword.value
        }
        for (index, parameter) in parameters.enumerated()
        where parameter.isRequired && bound[index] == nil {
            throw TemplateError(
                .type, "\(name)() missing 1 required positional argument: '\(parameter.name.text)'")
        }
        return bound
    }
}
