/// 64 bits that tell damaged bytes from whole ones.
///
/// XXH64 with seed 0 (Yann Collet, "xxHash fast digest algorithm", the specification in its repository, version
/// 0.1.1): four lanes that do not wait for each other, about 10 bytes a nanosecond. It is for what may be damaged
/// by accident; what stands for content is a ``Fingerprint``.
public enum Checksum {
    /// The checksum of some bytes.
    ///
    /// - Complexity: O(n).
    public static func of(_ bytes: Span<UInt8>) -> UInt64 {
        var lanes = Lanes()
        var place = lanes.add(bytes)
        var hash = place > 0 ? lanes.merged : Lanes.prime5
        hash = hash &+ UInt64(bytes.count)
        unsafe bytes.withUnsafeBufferPointer { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            while place + 8 <= bytes.count {
                let word = unsafe UInt64(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
                hash = Lanes.rotate(hash ^ Lanes.round(0, word), 27) &* Lanes.prime1 &+ Lanes.prime4
                place += 8
            }
            if place + 4 <= bytes.count {
                let half = unsafe UInt32(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
                hash = Lanes.rotate(hash ^ UInt64(half) &* Lanes.prime1, 23) &* Lanes.prime2 &+ Lanes.prime3
                place += 4
            }
            while place < bytes.count {
                hash = unsafe Lanes.rotate(hash ^ UInt64(bytes[place]) &* Lanes.prime5, 11) &* Lanes.prime1
                place += 1
            }
        }
        hash = (hash ^ hash >> 33) &* Lanes.prime2
        hash = (hash ^ hash >> 29) &* Lanes.prime3
        return hash ^ hash >> 32
    }
}

/// The four lanes of XXH64, which eat 32 bytes at a time.
///
/// Each step of a lane is a one-to-one function of the word that it eats, so bytes that differ in one word alone
/// always end in different lanes.
struct Lanes {
    static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    private(set) var first = prime1 &+ prime2
    private(set) var second = prime2
    private(set) var third: UInt64 = 0
    private(set) var fourth = 0 &- prime1

    /// Eats as many whole blocks of 32 bytes as there are.
    ///
    /// - Returns: how many bytes were eaten.
    mutating func add(_ bytes: Span<UInt8>) -> Int {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            let bytes = UnsafeRawBufferPointer(buffer)
            var (a, b, c, d) = (first, second, third, fourth)
            var place = 0
            while place + 32 <= bytes.count {
                a = unsafe Self.round(a, Self.word(bytes, place))
                b = unsafe Self.round(b, Self.word(bytes, place + 8))
                c = unsafe Self.round(c, Self.word(bytes, place + 16))
                d = unsafe Self.round(d, Self.word(bytes, place + 24))
                place += 32
            }
            (first, second, third, fourth) = (a, b, c, d)
            return place
        }
    }

    /// The lanes as one number.
    var merged: UInt64 {
        var hash =
            Self.rotate(first, 1) &+ Self.rotate(second, 7) &+ Self.rotate(third, 12)
            &+ Self.rotate(fourth, 18)
        hash = (hash ^ Self.round(0, first)) &* Self.prime1 &+ Self.prime4
        hash = (hash ^ Self.round(0, second)) &* Self.prime1 &+ Self.prime4
        hash = (hash ^ Self.round(0, third)) &* Self.prime1 &+ Self.prime4
        return (hash ^ Self.round(0, fourth)) &* Self.prime1 &+ Self.prime4
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
        unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }

    @inline(__always)
    static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        rotate(lane &+ word &* prime2, 31) &* prime1
    }

    @inline(__always)
    static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 {
        value << count | value >> (64 - count)
    }
}
