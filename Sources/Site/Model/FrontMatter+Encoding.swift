import Formats

/// How front matter lies in a store: which fields there are, then the map of their values.
///
///     fields: a bit each (8 bytes, little-endian) | map …
///
/// The map is as ``Formats/DataValue/encoded()`` makes it; where there are no fields there is none.
extension FrontMatter {
    private static let maskCount = 8

    /// The fields as bytes.
    public func encoded() -> [UInt8] {
        var mask: UInt64 = 0
        for field in Field.allCases where self[field] != nil { mask |= 1 << UInt64(field.rawValue) }
        var bytes: [UInt8] = []
        for shift in 0..<Self.maskCount { bytes.append(UInt8(truncatingIfNeeded: mask >> UInt64(shift * 8))) }
        if mask != 0 { bytes.append(contentsOf: root.encoded()) }
        return bytes
    }

    /// The fields out of bytes that ``encoded()`` made; `nil` where they are anything else.
    public init?(decoding bytes: ArraySlice<UInt8>) {
        guard bytes.count >= Self.maskCount else { return nil }
        var mask: UInt64 = 0
        for (shift, byte) in bytes.prefix(Self.maskCount).enumerated() {
            mask |= UInt64(byte) << UInt64(shift * 8)
        }
        let fields = Field.allCases.filter { mask & 1 << UInt64($0.rawValue) != 0 }
        let rest = bytes.dropFirst(Self.maskCount)
        if mask == 0 {
            guard rest.isEmpty else { return nil }
            self = .empty
            return
        }
        guard let root = DataValue(decoding: rest), root.kind == .map, root.count == mask.nonzeroBitCount,
            root.count == fields.count,
            zip(fields, root.entries).allSatisfy({ $0.name.utf8.elementsEqual($1.key) })
        else { return nil }
        self.init(root: root, fields: fields)
    }
}
