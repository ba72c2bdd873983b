#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension [UInt8] {
    /// The offset of a byte at or after an offset.
    @inline(__always)
    func next(_ byte: UInt8, from start: Int) -> Int? {
        if start >= count { return nil }
        return unsafe withUnsafeBytes { raw in
            guard let base = raw.baseAddress,
                let found = unsafe memchr(base + start, Int32(byte), raw.count - start)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }
}

extension [UInt8] {
    /// The offset of the line feed at or after an offset, or the end.
    func endOfLine(from start: Int) -> Int {
        next(0x0A, from: start) ?? count
    }

    /// Whether the line that starts at an offset has nothing in it.
    func isBlankLine(_ start: Int) -> Bool {
        var index = start
        while index < count, self[index] == 0x20 || self[index] == 0x09 || self[index] == 0x0D { index += 1 }
        return index >= count || self[index] == 0x0A
    }
}
