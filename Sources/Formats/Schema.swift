/// What a document may hold: one declaration gives the check, the JSON Schema and the table of the manual.
///
///     Schema.object([
///         .init("title", .string, "The name of the site.", default: "\"\""),
///         .init("pagination", .object([.init("size", .integer(1...1000), "Items a page.", default: "10")]), "…"),
///     ])
public struct Schema: Sendable {
    /// The shapes a value can have.
    public indirect enum Shape: Sendable {
        /// Anything.
        case any
        /// `true` or `false`.
        case boolean
        /// A whole number in a range.
        case integer(ClosedRange<Int>)
        /// Text.
        case string
        /// Text or another scalar, taken as it was written.
        case scalar
        /// One of some words.
        case choice([String])
        /// A list.
        case list(Schema)
        /// A map with keys of the author's choice.
        case map(Schema)
        /// A map with known keys; with `others` also keys of the author's choice.
        case object([Property], others: Schema?)
        /// Any of some shapes.
        case oneOf([Schema])
    }

    /// A key that an object may have.
    public struct Property: Sendable {
        /// The key as it is written.
        public let name: String
        /// Other spellings that mean the same; not documented.
        public let aliases: [String]
        /// What its value may be.
        public let schema: Schema
        /// One sentence for the manual.
        public let summary: String
        /// What holds without it, as JSON, or nothing.
        public let defaultJSON: String?

        /// A key.
        public init(
            _ name: String, aliases: [String] = [], _ schema: Schema, _ summary: String,
            default defaultJSON: String? = nil
        ) {
            self.name = name
            self.aliases = aliases
            self.schema = schema
            self.summary = summary
            self.defaultJSON = defaultJSON
        }
    }

    /// The shape.
    public let shape: Shape

    /// A schema of a shape.
    public init(_ shape: Shape) {
        self.shape = shape
    }

    /// Anything.
    public static let any = Schema(.any)
    /// `true` or `false`.
    public static let boolean = Schema(.boolean)
    /// Any whole number.
    public static let integer = Schema(.integer(Int.min...Int.max))
    /// A whole number in a range.
    public static func integer(_ range: ClosedRange<Int>) -> Schema { Schema(.integer(range)) }
    /// Text.
    public static let string = Schema(.string)
    /// Text or another scalar, taken as it was written.
    public static let scalar = Schema(.scalar)
    /// One of some words.
    public static func choice(_ words: [String]) -> Schema { Schema(.choice(words)) }
    /// A list.
    public static func list(_ element: Schema) -> Schema { Schema(.list(element)) }
    /// A map with keys of the author's choice.
    public static func map(_ value: Schema) -> Schema { Schema(.map(value)) }
    /// A map with known keys only, or with others too.
    public static func object(_ properties: [Property], others: Schema? = nil) -> Schema {
        Schema(.object(properties, others: others))
    }
    /// Any of some shapes.
    public static func oneOf(_ schemas: Schema...) -> Schema { Schema(.oneOf(schemas)) }

    /// The shape in words: "text", "a number from 1 to 100", "text or a list of text".
    public var expectation: String {
        switch shape {
        case .any: "anything"
        case .boolean: "true or false"
        case .integer(let range) where range == Int.min...Int.max: "a whole number"
        case .integer(let range) where range.upperBound == Int.max:
            "a whole number of at least \(range.lowerBound)"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .string: "text"
        case .scalar: "text"
        case .choice(let words): words.map { "\"\($0)\"" }.joined(separator: ", ", last: " or ")
        case .list(let element): "a list" + (element.isAny ? "" : " of \(element.expectation)")
        case .map, .object: "a map"
        case .oneOf(let schemas): schemas.map(\.expectation).joined(separator: ", ", last: " or ")
        }
    }

    var isAny: Bool {
        if case .any = shape { return true }
        return false
    }
}

extension Sequence where Element == String {
    /// The texts with a separator, the last one after another.
    func joined(separator: String, last: String) -> String {
        let all = Array(self)
        guard all.count > 1 else { return all.first ?? "" }
        return all.dropLast().joined(separator: separator) + last + all[all.count - 1]
    }
}
