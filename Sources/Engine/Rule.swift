public import Text

/// What a rule makes: immutable, and able to say what each of its parts is worth.
public protocol RuleValue: AnyObject, Sendable {
    /// What stands for one part: it depends on the content of that part alone (no address, no hash seed, no
    /// order of a dictionary). ``Text/Fingerprint/absent`` for a part that does not exist.
    func fingerprint(of projection: Projection) -> Fingerprint

    /// A few words for `site why` when the part is a scalar: at most 60 bytes are kept.
    func shortText(of projection: Projection) -> String?
}

extension RuleValue {
    /// Nothing to show.
    public func shortText(of projection: Projection) -> String? { nil }
}

/// What the engine should know of a kind of rule.
public struct RuleTraits: OptionSet, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// Traits from bits.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Brought up to date as soon as something it read has changed, before its readers are even looked at: for
    /// cheap nodes whose parts many others read (front matter, columns). Within its own stratum such a rule
    /// should read only others like itself, or it may run twice in one build.
    public static let eager = RuleTraits(rawValue: 1)
    /// The value is kept in the store by ``Rule/encode(_:)`` and may be dropped from memory.
    public static let kept = RuleTraits(rawValue: 2)
}

/// How a kind of key is computed.
///
/// A rule is a pure function of what it reads through its ``RuleContext``; nothing else may reach it.
public protocol Rule: Sendable {
    /// What it makes.
    associatedtype Value: RuleValue

    /// The kind of its keys.
    static var kind: RuleKind { get }
    /// Counts changes of what the rule means; records of other versions are not used. 1 unless said otherwise.
    static var version: Int { get }
    /// Height in the graph: a rule may read only rules of the same or a lower stratum.
    static var stratum: Int { get }
    /// What the engine should know.
    static var traits: RuleTraits { get }

    /// Makes the value of a key.
    func run(_ name: Symbol, in context: RuleContext) -> Value

    /// The value that stands for a key that cannot be computed because it depends on itself. It depends on
    /// nothing but the name, and should be as empty as can be; the engine reports the cycle.
    func placeholder(for name: Symbol) -> Value

    /// What a key is called in the finding that it depends on itself.
    static func words(for name: Symbol) -> String
    /// What the author of such a circle can do about it.
    static var cycleHint: String? { get }

    /// The value as bytes for the store, or `nil` if it is not worth keeping. What is kept must carry every
    /// part's fingerprint over: `decode(encode(v))` equals `v` under every projection.
    static func encode(_ value: Value) -> [UInt8]?
    /// The value from bytes, or `nil` if they are not understood; it is then computed again.
    static func decode(_ bytes: Span<UInt8>) -> Value?
}

extension Rule {
    /// The first version.
    public static var version: Int { 1 }
    /// No traits.
    public static var traits: RuleTraits { [] }
    /// Its kind and its name, as ``words(for:)`` says of a rule that has no better ones.
    public static func words(for name: Symbol) -> String { "\(kind.name) \(name.text)" }
    /// Nothing to say.
    public static var cycleHint: String? { nil }
    /// Not kept.
    public static func encode(_ value: Value) -> [UInt8]? { nil }
    /// Not kept.
    public static func decode(_ bytes: Span<UInt8>) -> Value? { nil }

    /// The key of a name of this kind.
    public static func key(_ name: Symbol) -> Key { Key(kind, name) }
}

/// A typed way to read a projection: what to record, and how to get it out of the value.
public struct Reading<Value: RuleValue, Result>: Sendable {
    /// The part that is read.
    public let projection: Projection
    /// Gets that part, and nothing else, out of a value.
    public let extract: @Sendable (Value) -> Result

    /// A reading.
    public init(_ projection: Projection, _ extract: @escaping @Sendable (Value) -> Result) {
        self.projection = projection
        self.extract = extract
    }
}

/// A rule without its types, as the engine's tables hold it. A class, since copies of so many closures cost more than what
/// most readers ask for.
final class ErasedRule: Sendable {
    let kind: RuleKind
    let version: Int
    let stratum: Int
    let traits: RuleTraits
    let words: @Sendable (Symbol) -> String
    let cycleHint: String?
    let run: @Sendable (Symbol, RuleContext) -> any RuleValue
    let placeholder: @Sendable (Symbol) -> any RuleValue
    let encode: @Sendable (any RuleValue) -> [UInt8]?
    let decode: @Sendable ([UInt8]) -> (any RuleValue)?

    init<R: Rule>(_ rule: R) {
        kind = R.kind
        version = R.version
        stratum = R.stratum
        traits = R.traits
        words = { R.words(for: $0) }
        cycleHint = R.cycleHint
        run = { name, context in rule.run(name, in: context) }
        placeholder = { name in rule.placeholder(for: name) }
        encode = { value in (value as? R.Value).flatMap { R.encode($0) } }
        decode = { bytes in R.decode(bytes.span) }
    }
}

/// All rules of a product by their kind.
struct RuleTable: Sendable {
    private let rules: [ErasedRule?]
    private let traits: [RuleTraits]

    init(_ list: [any Rule]) {
        var rules = [ErasedRule?](repeating: nil, count: 256)
        for rule in list {
            let erased = ErasedRule(rule)
            let number = Int(erased.kind.number)
            precondition(erased.kind.number >= RuleKind.firstNumber, "a rule with a number of the engine")
            precondition(rules[number] == nil, "two rules of one kind")
            precondition((0..<64).contains(erased.stratum), "strata go from 0 to 63")
            rules[number] = erased
        }
        self.rules = rules
        traits = rules.map { $0?.traits ?? [] }
    }

    /// The traits of the rule of a kind; none where there is no rule.
    @inline(__always)
    func traits(of kind: UInt8) -> RuleTraits { traits[Int(kind)] }

    subscript(kind: UInt8) -> ErasedRule? { rules[Int(kind)] }

    /// The version of each rule.
    var versions: [UInt8: Int] {
        var versions: [UInt8: Int] = [:]
        for rule in rules {
            if let rule { versions[rule.kind.number] = rule.version }
        }
        return versions
    }

    /// The name of a kind, the engine's own included.
    func name(of kind: UInt8) -> String {
        rules[Int(kind)]?.kind.name.description ?? LeafKind(rawValue: kind)?.name ?? "kind \(kind)"
    }
}
