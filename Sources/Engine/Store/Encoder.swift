import Text

/// Puts numbers and bytes one after the other. Numbers are LEB128: seven bits a byte, the lowest first.
struct Encoder: Sendable {
    var bytes: [UInt8] = []

    mutating func number(_ value: UInt64) {
        if value < 0x80 { return bytes.append(UInt8(truncatingIfNeeded: value)) }
        // Not byte by byte: each of them would ask for room again.
        bytes.append(addingCapacity: 10) { span in
            var rest = value
            while rest >= 0x80 {
                span.append(UInt8(truncatingIfNeeded: rest) | 0x80)
                rest >>= 7
            }
            span.append(UInt8(truncatingIfNeeded: rest))
        }
    }

    mutating func number(_ value: Int) { number(UInt64(bitPattern: Int64(value))) }

    mutating func number(_ value: UInt32) { number(UInt64(value)) }

    /// A signed number, folded so that small ones stay short.
    mutating func signed(_ value: Int64) {
        number(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    mutating func fixed(_ value: UInt64) {
        bytes.append(addingCapacity: 8) { span in
            unsafe span.withUnsafeMutableBufferPointer { buffer, count in
                unsafe UnsafeMutableRawBufferPointer(buffer).storeBytes(
                    of: value.littleEndian, toByteOffset: count, as: UInt64.self)
                count += 8
            }
        }
    }

    /// Numbers of one width as they lie in memory, without their count; the machine is little-endian, as for the
    /// columns of a snapshot.
    mutating func column<Number: FixedWidthInteger & BitwiseCopyable>(_ numbers: Span<Number>) {
        unsafe numbers.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }

    mutating func string(_ value: some Collection<UInt8>) {
        number(value.count)
        bytes.append(contentsOf: value)
    }

    mutating func string(_ value: String) { string(value.utf8) }

    mutating func optional(_ value: String?) {
        number(value == nil ? 0 : 1 as UInt64)
        if let value { string(value) }
    }

    mutating func fingerprint(_ value: Fingerprint) {
        fixed(value.low)
        fixed(value.high)
    }
}

/// Takes apart what an ``Encoder`` put together. It never traps: past the end there are zeros, and
/// ``isValid`` is false.
struct Decoder: Sendable {
    private let bytes: ArraySlice<UInt8>
    private var place: Int
    /// Whether everything that was asked for was there.
    private(set) var isValid = true

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        place = bytes.startIndex
    }

    var isAtEnd: Bool { place >= bytes.endIndex }

    mutating func byte() -> UInt8 {
        guard place < bytes.endIndex else {
            isValid = false
            return 0
        }
        place += 1
        return bytes[place - 1]
    }

    mutating func number() -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = byte()
            if shift > 63 {
                isValid = false
                return 0
            }
            value |= UInt64(next & 0x7f) << shift
            if next & 0x80 == 0 { return value }
            shift += 7
        }
    }

    /// A number that counts or names something; one that cannot be an index is not valid.
    mutating func index() -> Int {
        let value = number()
        if value <= UInt64(UInt32.max) { return Int(value) }
        isValid = false
        return 0
    }

    mutating func identifier() -> UInt32 { UInt32(truncatingIfNeeded: index()) }

    mutating func signed() -> Int64 {
        let value = number()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func fixed() -> UInt64 {
        var value: UInt64 = 0
        for shift in 0..<8 as Range<UInt64> { value |= UInt64(byte()) << (shift * 8) }
        return value
    }

    /// So many numbers of one width, as ``Encoder/column(_:)`` put them down; none where they are not all there.
    mutating func column<Number: FixedWidthInteger & BitwiseCopyable>(_ count: Int) -> [Number] {
        let width = MemoryLayout<Number>.size
        guard count >= 0, count <= (bytes.endIndex - place) / width else {
            isValid = false
            place = bytes.endIndex
            return []
        }
        let part = bytes[place..<(place + count * width)]
        place += count * width
        return unsafe part.withUnsafeBytes { part in
            (0..<count).map { unsafe part.loadUnaligned(fromByteOffset: $0 * width, as: Number.self) }
        }
    }

    mutating func string() -> ArraySlice<UInt8> {
        let count = index()
        guard count <= bytes.endIndex - place else {
            isValid = false
            place = bytes.endIndex
            return []
        }
        place += count
        return bytes[(place - count)..<place]
    }

    mutating func text() -> String { String(decoding: string(), as: UTF8.self) }

    mutating func optionalText() -> String? { number() == 0 ? nil : text() }

    mutating func fingerprint() -> Fingerprint {
        let low = fixed()
        return Fingerprint(low: low, high: fixed())
    }

    /// How many things a list may hold at most: each takes a byte at least.
    mutating func count() -> Int {
        let value = index()
        if value <= bytes.endIndex - place { return value }
        isValid = false
        return 0
    }
}
