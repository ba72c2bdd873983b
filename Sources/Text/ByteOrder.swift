#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The order of names and paths everywhere: byte by byte, the shorter first where one begins the other. It never
/// depends on a locale or a Unicode table.
public enum ByteOrder {
    /// Whether some bytes come before others.
    public static func precedes(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        let shared = min(left.count, right.count)
        let order = unsafe left.withUnsafeBufferPointer { left in
            unsafe right.withUnsafeBufferPointer { right -> Int32 in
                guard shared > 0, let a = left.baseAddress, let b = right.baseAddress else { return 0 }
                return unsafe memcmp(a, b, shared)
            }
        }
        return order == 0 ? left.count < right.count : order < 0
    }

    /// Whether the bytes of an array come before those of another.
    public static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        precedes(left.span, right.span)
    }

    /// Whether some bytes are the same as others.
    public static func areEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe left.withUnsafeBufferPointer { left in
            unsafe right.withUnsafeBufferPointer { right in
                guard let a = left.baseAddress, let b = right.baseAddress else { return true }
                return unsafe memcmp(a, b, left.count) == 0
            }
        }
    }
}
