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
    let bound: BoundArguments

    /// Positional arguments beyond the parameters.
    public var rest: [Value] { bound.rest }
    /// Keyword arguments beyond the parameters.
    public var keywords: [CallArguments.Keyword] { bound.keywords }

    /// The argument of the parameter at a position, or `nil` when it was not given.
    public subscript(index: Int) -> Value? {
        guard index < bound.values.count else { return nil }
        let value = bound.values[index]
        return Undefined.isMissing(value) ? nil : value
    }
}

/// Arguments bound to parameters, without what stands before the bar.
///
/// Those of literals are bound once, while compiling, so that `truncate(40)` in a loop makes nothing.
final class BoundArguments: Sendable {
    /// By position of the parameter; missing where nothing was given.
    let values: [Value]
    let rest: [Value]
    let keywords: [CallArguments.Keyword]

    init(_ values: [Value], rest: [Value] = [], keywords: [CallArguments.Keyword] = []) {
        self.values = values
        self.rest = rest
        self.keywords = keywords
    }

    /// No arguments.
    static let none = BoundArguments([])
}

extension Signature {
    /// Binds the arguments of a call to these parameters, as Python does.
    func bind(_ call: borrowing CallArguments, function name: String) throws(TemplateError) -> BoundArguments {
        if call.positional.isEmpty, call.keywords.isEmpty, !hasRequired { return .none }
        var values = call.positional
        var rest: [Value] = []
        var keywords: [CallArguments.Keyword] = []
        if values.count > parameters.count {
            if !takesRest {
                throw TemplateError(
                    .type,
                    "\(name)() takes at most \(parameters.count) argument\(parameters.count == 1 ? "" : "s") "
                        + "but \(values.count) were given")
            }
            rest = Array(values[parameters.count...])
            values.removeLast(rest.count)
        }
        for keyword in call.keywords {
            guard let index = parameters.firstIndex(where: { $0.name == keyword.name }) else {
                if takesKeywords {
                    keywords.append(keyword)
                    continue
                }
                throw TemplateError(
                    .type, "\(name)() got an unexpected keyword argument '\(keyword.name.text)'",
                    hint: Suggestion.didYouMean(keyword.name.text, among: parameters.map(\.name.text)))
            }
            while values.count <= index { values.append(Undefined.missing) }
            if !Undefined.isMissing(values[index]) {
                throw TemplateError(
                    .type, "\(name)() got multiple values for argument '\(keyword.name.text)'")
            }
            values[index] = keyword.value
        }
        if hasRequired {
            for (index, parameter) in parameters.enumerated()
            where parameter.isRequired && (index >= values.count || Undefined.isMissing(values[index])) {
                throw TemplateError(
                    .type, "\(name)() missing 1 required positional argument: '\(parameter.name.text)'")
            }
        }
        return BoundArguments(values, rest: rest, keywords: keywords)
    }
}
