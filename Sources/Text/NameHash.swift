/// A hash of short texts: names, paths, keys.
///
/// Eight bytes at a time, multiplied to 128 bits and folded (as in Wang Yi's wyhash, its repository): less work than a
/// ``Fingerprint``, or than a hash that goes byte by byte. It finds a place in a table of this machine; what it finds is
/// compared. Bytes are taken in the machine's order, so a table that is kept says which that was.
public enum NameHash {
    /// The hash of some bytes; its upper and lower bits are equally good.
    ///
    /// - Complexity: O(n).
    public static func of(_ bytes: Span<UInt8>) -> UInt64 {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            let bytes = UnsafeRawBufferPointer(buffer)
            let count = bytes.count
            var hash = UInt64(truncatingIfNeeded: count) ^ 0x2d35_8dcc_aa6c_78a5
            if count >= 8 {
                var place = 0
                while place &+ 8 < count {
                    hash = unsafe folded(hash ^ bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
                    place &+= 8
                }
                // The last eight bytes, some of them once more.
                return unsafe folded(
                    hash ^ bytes.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
            }
            var word: UInt64 = 0
            for index in 0..<count { word = unsafe word << 8 | UInt64(bytes[index]) }
            return folded(hash ^ word)
        }
    }

    @inline(__always)
    private static func folded(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
        return product.high ^ product.low
    }
}
