import Templates
import Text

/// The template language of sites: Jinja2, and the functions and filters that every theme needs.
enum SiteLanguage {
    /// One function or filter, with what the documentation says of it.
    struct Entry: Sendable {
        enum Kind: Sendable {
            case function
            case filter
        }
        let kind: Kind
        let name: String
        let signature: Signature
        let summary: String
        let example: String
        /// Whether it gives a list of some of the elements by an attribute, so that queries may hold it.
        var selectsByAttribute = false
        let body: FunctionValue.Body
    }

    /// All of them, in the order of the documentation: code and documentation come from this one table.
    static let entries: [Entry] =
        linkFunctions + headFunctions + worldFunctions + textFilters + linkFilters + collectionFilters
        + dateFilters

    /// The language with these settings.
    static func environment(_ settings: TemplateSettings) -> Environment {
        var environment = base
        environment.settings = settings
        return environment
    }

    private static let base: Environment = {
        var environment = Environment()
        for entry in entries {
            switch entry.kind {
            case .function: environment.add(function: entry.name, entry.signature, entry.body)
            case .filter:
                environment.add(
                    filter: entry.name, entry.signature, selectsByAttribute: entry.selectsByAttribute,
                    entry.body)
            }
        }
        environment.add(global: "site", .object(SiteView.shared))
        return environment
    }()

    static func function(
        _ name: String, _ signature: Signature, _ summary: String, example: String,
        _ body: @escaping FunctionValue.Body
    ) -> Entry {
        Entry(
            kind: .function, name: name, signature: signature, summary: summary, example: example, body: body)
    }

    static func filter(
        _ name: String, _ signature: Signature, _ summary: String, example: String,
        selectsByAttribute: Bool = false, _ body: @escaping FunctionValue.Body
    ) -> Entry {
        Entry(
            kind: .filter, name: name, signature: signature, summary: summary, example: example,
            selectsByAttribute: selectsByAttribute, body: body)
    }
}

extension Value {
    /// A whole number that a function takes.
    func wholeNumber(for function: String) throws(TemplateError) -> Int {
        guard case .int(let number) = self else {
            throw TemplateError(.type, "\(function) takes a whole number, not \(kindName)")
        }
        return number
    }

    private var kindName: String {
        switch self {
        case .undefined: "something undefined"
        case .none: "none"
        case .bool: "true or false"
        case .int, .double: "a number"
        case .string: "text"
        case .list, .tuple: "a list"
        case .dict: "a dictionary"
        case .function, .macro: "a function"
        case .object(let object): "a \(object.typeName)"
        }
    }

    /// The bytes of a text, or a type error that names the function.
    func textBytes(for function: String) throws(TemplateError) -> [UInt8] {
        switch self {
        case .string(let text): return text.bytes
        case .int(let number): return Array(String(number).utf8)
        case .undefined, .none: return []
        default: throw TemplateError(.type, "\(function) takes text")
        }
    }
}
