/// 64 bits that tell damaged bytes from whole ones.
///
/// XXH64 with seed 0 (Yann Collet, "xxHash fast digest algorithm", the specification in its repository, version
/// 0.1.1): four lanes that do not wait for each other, about 10 bytes a nanosecond. It is for what may be damaged
/// by accident; what stands for content is a ``Fingerprint``.
public enum Checksum {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    /// The checksum of some bytes.
    ///
    /// - Complexity: O(n).
    public static func of(_ bytes: Span<UInt8>) -> UInt64 {
        unsafe bytes.withUnsafeBufferPointer { unsafe checksum(UnsafeRawBufferPointer($0)) }
    }

    private static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        let count = bytes.count
        var place = 0
        var hash: UInt64
        if count >= 32 {
            var lane1 = prime1 &+ prime2
            var lane2 = prime2
            var lane3: UInt64 = 0
            var lane4 = 0 &- prime1
            while place + 32 <= count {
                lane1 = unsafe round(lane1, word(bytes, place))
                lane2 = unsafe round(lane2, word(bytes, place + 8))
                lane3 = unsafe round(lane3, word(bytes, place + 16))
                lane4 = unsafe round(lane4, word(bytes, place + 24))
                place += 32
            }
            hash = rotate(lane1, 1) &+ rotate(lane2, 7) &+ rotate(lane3, 12) &+ rotate(lane4, 18)
            for lane in [lane1, lane2, lane3, lane4] {
                hash = (hash ^ round(0, lane)) &* prime1 &+ prime4
            }
        } else {
            hash = prime5
        }
        hash = hash &+ UInt64(count)
        while place + 8 <= count {
            hash = unsafe rotate(hash ^ round(0, word(bytes, place)), 27) &* prime1 &+ prime4
            place += 8
        }
        if place + 4 <= count {
            let half = unsafe UInt32(
                littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
            hash = rotate(hash ^ UInt64(half) &* prime1, 23) &* prime2 &+ prime3
            place += 4
        }
        while place < count {
            hash = unsafe rotate(hash ^ UInt64(bytes[place]) &* prime5, 11) &* prime1
            place += 1
        }
        hash = (hash ^ hash >> 33) &* prime2
        hash = (hash ^ hash >> 29) &* prime3
        return hash ^ hash >> 32
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
        unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }

    @inline(__always)
    private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        rotate(lane &+ word &* prime2, 31) &* prime1
    }

    @inline(__always)
    private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 {
        value << count | value >> (64 - count)
    }
}
