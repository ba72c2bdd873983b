public import Formats

/// How front matter lies in a store: a table of fields, then each field's value by itself, so that one can be
/// read without the others.
///
///     field count (1 byte) | field (1 byte) offset (4 bytes) count (4 bytes) … | values …
///
/// Numbers are little-endian; offsets count from the first byte of all; fields are in rising order. A value is
/// as ``Formats/DataValue/encoded()`` makes it.
extension FrontMatter {
    private static let rowCount = 9

    /// The fields as bytes.
    public func encoded() -> [UInt8] {
        let fields = self.fields
        var bytes: [UInt8] = [UInt8(fields.count)]
        var values: [UInt8] = []
        let start = 1 + fields.count * Self.rowCount
        for (field, value) in fields {
            let encoded = value.encoded()
            bytes.append(field.rawValue)
            Self.append(start + values.count, to: &bytes)
            Self.append(encoded.count, to: &bytes)
            values.append(contentsOf: encoded)
        }
        bytes.append(contentsOf: values)
        return bytes
    }

    /// The fields out of bytes that ``encoded()`` made; `nil` where they are anything else.
    public init?(decoding bytes: ArraySlice<UInt8>) {
        guard let count = bytes.first else { return nil }
        var entries: [(key: String, value: DataValue)] = []
        var previous = -1
        for row in 0..<Int(count) {
            guard let (field, slice) = Self.row(row, of: Int(count), in: bytes),
                Int(field.rawValue) > previous,
                let value = DataValue(decoding: slice)
            else { return nil }
            previous = Int(field.rawValue)
            entries.append((field.name, value))
        }
        self.init(root: entries.isEmpty ? .null : DataValue(entries))
    }

    /// One field out of bytes that ``encoded()`` made; `nil` where it is not there or they are anything else.
    ///
    /// - Complexity: O(fields + size of this field).
    public static func field(_ field: Field, inEncoded bytes: ArraySlice<UInt8>) -> DataValue? {
        guard let count = bytes.first else { return nil }
        for row in 0..<Int(count) {
            guard let (found, slice) = Self.row(row, of: Int(count), in: bytes) else { return nil }
            if found == field { return DataValue(decoding: slice) }
        }
        return nil
    }

    private static func row(
        _ row: Int, of count: Int, in bytes: ArraySlice<UInt8>
    ) -> (field: Field, bytes: ArraySlice<UInt8>)? {
        let at = bytes.startIndex + 1 + row * rowCount
        guard at + rowCount <= bytes.endIndex, let field = Field(rawValue: bytes[at]) else { return nil }
        func number(_ offset: Int) -> Int {
            (0..<4).reduce(0) { $0 | Int(bytes[at + offset + $1]) << (8 * $1) }
        }
        let start = bytes.startIndex + number(1)
        let end = start + number(5)
        guard start >= bytes.startIndex + 1 + count * rowCount, end <= bytes.endIndex else { return nil }
        return (field, bytes[start..<end])
    }

    private static func append(_ number: Int, to bytes: inout [UInt8]) {
        let word = UInt32(clamping: number)
        for shift in 0..<4 as Range<UInt32> { bytes.append(UInt8(truncatingIfNeeded: word >> (shift * 8))) }
    }
}
