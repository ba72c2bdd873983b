/// The part of a body that a request wants; RFC 9110 §14.
enum ByteRange: Equatable {
    /// All of it: no range, several, a unit we do not know, or one that is not well formed.
    case whole
    /// These offsets.
    case part(Range<Int>)
    /// A range that lies outside: 416.
    case unsatisfiable

    /// Reads a `Range` field for a body of `length` bytes.
    init(_ field: String?, length: Int) {
        self = field.flatMap { Self.parsed(Array($0.utf8), length: length) } ?? .whole
    }

    private static func parsed(_ field: [UInt8], length: Int) -> ByteRange? {
        let unit = Array("bytes=".utf8)
        guard field.count > unit.count, field.prefix(unit.count).map({ $0 | 0x20 }) == unit.map({ $0 | 0x20 })
        else {
            return nil
        }
        var range = field[unit.count...]
        while let byte = range.last, byte == 0x20 || byte == 0x09 { range.removeLast() }
        while let byte = range.first, byte == 0x20 || byte == 0x09 { range.removeFirst() }
        guard let dash = range.firstIndex(of: 0x2D) else { return nil }
        let before = range[..<dash]
        let after = range[(dash + 1)...]
        if before.isEmpty {
            guard let count = number(after) else { return nil }
            // A suffix of an empty body cannot be had, nor an empty suffix.
            if count == 0 || length == 0 { return .unsatisfiable }
            return .part(max(0, length - count)..<length)
        }
        guard let start = number(before) else { return nil }
        if after.isEmpty { return start < length ? .part(start..<length) : .unsatisfiable }
        guard let last = number(after), last >= start else { return nil }
        return start < length
            ? .part(start..<min(length, last == Int.max ? length : last + 1)) : .unsatisfiable
    }

    /// A number of any length, held to the largest that can be said.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        if digits.isEmpty { return nil }
        var value = 0
        for digit in digits {
            guard digit >= 0x30, digit <= 0x39 else { return nil }
            let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tenfold.addingReportingOverflow(Int(digit - 0x30))
            value = overflow || carry ? Int.max : sum
            if value == Int.max { continue }
        }
        return value
    }
}

/// Entity tags; RFC 9110 §8.8.3.
enum EntityTag {
    /// Whether a list of tags (`If-None-Match`, `If-Match`) has this tag or `*`. With `isStrong`, tags that are
    /// marked as weak do not count, as in `If-Match`.
    static func isListed(_ tag: String, in list: String, isStrong: Bool = false) -> Bool {
        var rest = Array(list.utf8)[...]
        let wanted = Array(tag.utf8)
        func skip() {
            while let byte = rest.first, byte == 0x20 || byte == 0x09 || byte == 0x2C { rest.removeFirst() }
        }
        skip()
        if rest.first == UInt8(ascii: "*") { return rest.dropFirst().allSatisfy { $0 == 0x20 || $0 == 0x09 } }
        while !rest.isEmpty {
            let isWeak = rest.starts(with: "W/".utf8)
            if isWeak { rest.removeFirst(2) }
            guard rest.first == 0x22, let end = rest.dropFirst().firstIndex(of: 0x22) else { return false }
            if rest[...end].elementsEqual(wanted), !isStrong || !isWeak { return true }
            rest = rest[(end + 1)...]
            // Tags without a comma between them are no list.
            while let byte = rest.first, byte == 0x20 || byte == 0x09 { rest.removeFirst() }
            if let byte = rest.first, byte != 0x2C { return false }
            skip()
        }
        return false
    }
}
