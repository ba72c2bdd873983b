/// Why an expression has no value: thrown inside the engine and by functions of the host, and turned into a
/// finding with its place by the interpreter.
public final class TemplateError: Error, Sendable {
    /// What kind of error, by the names of Jinja2 and Python.
    public enum Kind: String, Sendable {
        /// The text is no template.
        case syntax = "TemplateSyntaxError"
        /// The text is a template, but names something that cannot be.
        case assertion = "TemplateAssertionError"
        /// No template of that name.
        case notFound = "TemplateNotFound"
        /// None of several templates.
        case noneFound = "TemplatesNotFound"
        /// Something undefined was used.
        case undefined = "UndefinedError"
        /// A rule of the language was broken while running.
        case runtime = "TemplateRuntimeError"
        /// A filter got arguments it cannot take.
        case filterArgument = "FilterArgumentError"
        /// A value of the wrong type.
        case type = "TypeError"
        /// A value of the right type that is out of range.
        case value = "ValueError"
        /// Division by zero.
        case zeroDivision = "ZeroDivisionError"
        /// A number that does not fit.
        case overflow = "OverflowError"
        /// No such position.
        case index = "IndexError"
        /// No such key.
        case key = "KeyError"
        /// A limit of the rendering was passed; always ends it.
        case limit = "LimitError"
        /// Python's general run-time error.
        case general = "RuntimeError"
    }

    /// What kind of error.
    public let kind: Kind
    /// Lower case, no full stop.
    public let message: String
    /// What to type instead.
    public let hint: String?

    /// An error; its place is added where it is caught.
    public init(_ kind: Kind, _ message: String, hint: String? = nil) {
        self.kind = kind
        self.message = message
        self.hint = hint
    }
}
