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
        case hint(String)
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

extension Undefined {
    /// The mark of a variable that has no value yet; templates never see it.
    static let missing = Value.undefined(Undefined(.hint(""), behavior: .lenient))

    private static let missingObject: Undefined = {
        guard case .undefined(let object) = missing else { preconditionFailure("missing is undefined") }
        return object
    }()

    @inline(__always)
    static func isMissing(_ value: Value) -> Bool {
        guard case .undefined(let object) = value else { return false }
        return object === missingObject
    }

    /// What Jinja2 says when it is used.
    var message: String {
        if behavior == .reported, let message = ownMessage { return message }
        return switch cause {
        case .variable(let name): "'\(name.text)' is undefined"
        case .attribute(let name, let owner): "'\(owner.ownerName)' has no attribute '\(name.text)'"
        case .item(let key, let owner):
            if case .string(let text) = key {
                "'\(owner.ownerName)' has no attribute '\(text.text)'"
            } else {
                "\(owner.ownerName) has no element \(key.briefRepresentation)"
            }
        case .hint(let message): message
        }
    }

    /// In the product's own mode: what has no name outside of Python is not called by that name.
    private var ownMessage: String? {
        guard let name = cause.askedName else { return nil }
        switch cause.owner {
        case .object(let module as ModuleObject):
            let file = String(decoding: module.context.program.name, as: UTF8.self)
            return "the template '\(file)' has no macro or variable '\(name)'"
        case .object(is SelfReference): return "there is no block '\(name)'"
        default: return nil
        }
    }

    /// The nearest known name, if what was asked knows its names.
    var hint: String? {
        switch cause {
        case .attribute(_, of: .none), .item(_, of: .none):
            "what it is asked of is none here: test it first, {% if … %}, or give it a default"
        case .attribute(let name, let owner):
            Suggestion.didYouMean(name.text, among: owner.knownAttributeNames)
        case .item(.string(let key), let owner):
            Suggestion.didYouMean(key.text, among: owner.knownAttributeNames)
        default: nil
        }
    }

    /// Whether it was asked of something of the host that knows all its attributes, and has none of that name.
    var isUnknownToHost: Bool {
        switch cause {
        case .attribute(let name, .object(let object)): object.lacks(name)
        case .item(.string(let name), .object(let object)): object.lacks(Symbol(name.bytes))
        default: false
        }
    }

    /// What ``UndefinedBehavior/debug`` prints.
    var debugText: String {
        switch cause {
        case .variable(let name): "{{ \(name.text) }}"
        case .attribute(let name, let owner): "{{ no such element: \(owner.ownerName)['\(name.text)'] }}"
        case .item(let key, let owner):
            "{{ no such element: \(owner.ownerName)[\(key.briefRepresentation)] }}"
        case .hint(let message): "{{ undefined value printed: \(message) }}"
        }
    }
}

extension Undefined.Cause {
    /// Whose attribute or item it was to be.
    fileprivate var owner: Value? {
        switch self {
        case .attribute(_, let owner), .item(_, let owner): owner
        case .variable, .hint: nil
        }
    }

    /// The name of that attribute or item.
    fileprivate var askedName: String? {
        switch self {
        case .attribute(let name, _): name.text
        case .item(.string(let name), _): name.text
        default: nil
        }
    }
}

extension Value {
    /// The value's type as Jinja2's messages name it: `dict object`, `None`.
    var ownerName: String {
        switch self {
        case .none: "None"
        case .object(let object as any EngineObject): "\(object.module).\(typeName) object"
        case .macro: "jinja2.runtime.Macro object"
        case .string(let text) where text.isSafe: "markupsafe.Markup object"
        default: "\(typeName) object"
        }
    }

    fileprivate var knownAttributeNames: [String] {
        switch self {
        case .dict(let dict): dict.keys.compactMap { $0.stringValue?.text }
        case .object(let object): object.knownAttributes.map(\.text)
        default: Methods.names(of: self)
        }
    }
}
