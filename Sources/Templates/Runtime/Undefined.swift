public import Text

/// Nothing by that name: what was asked for, and of what, so that a finding can say so.
public final class Undefined: Sendable {
    /// What was looked up in vain.
    public enum Cause: Sendable {
        /// A variable.
        case variable(Symbol)
        /// An attribute of a value of that type; the value's own attributes help to guess what was meant.
        case attribute(Symbol, of: Value)
        /// An item of a value.
        case item(Value, of: Value)
        /// Something else, said in a sentence.
        case hint(String, name: String)
    }

    /// What was looked up in vain.
    public let cause: Cause
    /// How it behaves.
    public let behavior: UndefinedBehavior

    /// An undefined value.
    public init(_ cause: Cause, behavior: UndefinedBehavior) {
        self.cause = cause
        self.behavior = behavior
    }
}

/// What happens when something undefined is used.
public enum UndefinedBehavior: UInt8, Sendable, Hashable {
    /// Jinja2's `Undefined`: prints nothing, iterates over nothing, is false; all else is an error.
    case lenient
    /// Jinja2's `StrictUndefined`: every use but `is defined` and `default` is an error.
    case strict
    /// Jinja2's `ChainableUndefined`: lenient, and its attributes and items are undefined too.
    case chainable
    /// Jinja2's `DebugUndefined`: lenient, but prints what is missing.
    case debug
    /// The product's own: false in conditions, and its attributes are undefined too; to print it, to iterate
    /// over it or to compute with it is a finding, after which rendering goes on to find the others.
    case reported
}
