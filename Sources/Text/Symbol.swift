/// A name as a 32-bit number: equal names are equal numbers for the life of the process.
///
/// Numbers are given in order of first use and mean nothing outside this process: never write one to disk
/// and never sort by it. Names are kept for the life of the process. Only the first symbol of a name takes a lock;
/// comparing costs nothing.
public struct Symbol: Hashable, Sendable {
    /// The number; 0 is the empty name.
    public let rawValue: UInt32

    /// A symbol from a number that ``rawValue`` gave in this process.
    @inlinable
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// A hash of the number, for the tables of the standard library.
    ///
    /// The general hash guards against names that a stranger picks so that they collide, and costs more than the rest of
    /// the look-up.
    /// Nobody picks these: they are counted. One multiplication spreads them (Knuth, The Art of Computer Programming,
    /// 6.4); the seed keeps a table from being filled in the order of another.
    // swift-format-ignore: NoLeadingUnderscores, AllPublicDeclarationsHaveDocumentation
    @inlinable
    public func _rawHashValue(seed: Int) -> Int {
        let product = (UInt64(rawValue) ^ UInt64(truncatingIfNeeded: seed)) &* 0x9e37_79b9_7f4a_7c15
        return Int(truncatingIfNeeded: product ^ product >> 32)
    }

    /// The empty name.
    public static let empty = Symbol(rawValue: 0)

    /// The symbol of a name given as bytes.
    public init(_ bytes: Span<UInt8>) {
        self = SymbolTable.shared.symbol(for: bytes)
    }

    /// The symbol of a name given as an array of bytes.
    public init(_ bytes: [UInt8]) {
        self.init(bytes.span)
    }

    /// The symbol of a name given as a slice of bytes.
    public init(_ bytes: ArraySlice<UInt8>) {
        self.init(bytes.span)
    }

    /// The symbol of a name given as text.
    public init(_ text: String) {
        self.init(text.utf8.span)
    }

    /// The bytes of the name, as they lie in the table.
    public var span: Span<UInt8> {
        @_lifetime(immortal)
        get { SymbolTable.shared.span(of: self) }
    }

    /// A copy of the bytes of the name.
    public var bytes: [UInt8] { unsafe span.withUnsafeBufferPointer { unsafe Array($0) } }

    /// The name as text for people.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension Symbol: CustomStringConvertible, ExpressibleByStringLiteral {
    /// The name as text.
    public var description: String { text }

    /// The symbol of a literal.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}
