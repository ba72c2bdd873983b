public import Text

/// A function, filter or test: built in, or registered by the host.
public final class FunctionValue: Sendable {
    /// What it does with bound arguments. It must be a function of its arguments and of what it reads through
    /// the rendering, and report instead of trapping.
    public typealias Body =
        @Sendable (_ arguments: borrowing Arguments, _ render: inout RenderContext)
        throws(TemplateError) -> Value

    /// Its name, for messages.
    public let name: String
    /// Its parameters.
    public let signature: Signature
    let symbol: Symbol
    let body: Body
    /// Whether it is a filter that gives a list of some of the elements, as the attribute that its first argument
    /// names decides.
    let selectsByAttribute: Bool

    /// A function.
    public init(
        _ name: String, _ signature: Signature, selectsByAttribute: Bool = false, _ body: @escaping Body
    ) {
        self.selectsByAttribute = selectsByAttribute
        self.name = name
        self.signature = signature
        self.body = body
        symbol = Symbol(name)
    }
}

/// The parameters of a function, written as in Python: `"length=255, killwords=false, *, **"`.
///
/// A name with `=` may be left out (what follows `=` is for documentation; the body supplies the value), a name
/// without must be given, `*` takes any further positional arguments, `**` any further keyword arguments.
public struct Signature: Sendable, ExpressibleByStringLiteral {
    /// One parameter.
    public struct Parameter: Sendable {
        /// Its name, which is also its keyword.
        public let name: Symbol
        /// Whether it must be given.
        public let isRequired: Bool
    }

    /// The named parameters in order.
    public let parameters: [Parameter]
    /// Whether more positional arguments are allowed; they arrive in ``Arguments/rest``.
    public let takesRest: Bool
    /// Whether any keyword is allowed; they arrive in ``Arguments/keywords``.
    public let takesKeywords: Bool
    /// Whether there is a parameter that must be given.
    let hasRequired: Bool

    /// A signature from its text.
    public init(_ text: String) {
        var parameters: [Parameter] = []
        var takesRest = false
        var takesKeywords = false
        for part in Self.parts(of: text) {
            let word = part.filter { $0 != " " }
            if word == "*" {
                takesRest = true
            } else if word == "**" {
                takesKeywords = true
            } else if let equals = word.firstIndex(of: "=") {
                parameters.append(Parameter(name: Symbol(String(word[..<equals])), isRequired: false))
            } else if !word.isEmpty {
                parameters.append(Parameter(name: Symbol(word), isRequired: true))
            }
        }
        self.parameters = parameters
        hasRequired = parameters.contains { $0.isRequired }
        self.takesRest = takesRest
        self.takesKeywords = takesKeywords
    }

    /// The parts between commas that stand outside quotes.
    private static func parts(of text: String) -> [String] {
        var parts: [String] = []
        var part = ""
        var isQuoted = false
        for character in text {
            if character == "'" { isQuoted.toggle() }
            if character == ",", !isQuoted {
                parts.append(part)
                part = ""
            } else {
                part.append(character)
            }
        }
        return parts + [part]
    }

    /// A signature from a literal.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}
