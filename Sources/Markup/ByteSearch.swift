import Glibc

extension [UInt8] {
    /// The offset of a byte at or after an offset.
    @inline(__always)
    func next(_ byte: UInt8, from start: Int) -> Int? {
        if start >= count { return nil }
        return unsafe withUnsafeBytes { raw in
            guard let base = raw.baseAddress, let found = unsafe memchr(base + start, Int32(byte), raw.count - start)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }
}
