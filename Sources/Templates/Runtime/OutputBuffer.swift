/// What is printed: one run of bytes; captures are its ends, cut off again.
///
/// Unsafe for the same reason as ``ValueStack``: an array checks for uniqueness at each append.
@safe struct OutputBuffer: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        unsafe base = .allocate(capacity: capacity)
    }

    deinit { unsafe base.deallocate() }

    @inline(__always)
    mutating func append(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { buffer in unsafe append(buffer) }
    }

    /// Appends a part of an array.
    @inline(__always)
    mutating func append(_ bytes: [UInt8], from start: Int, count: Int) {
        precondition(start >= 0 && count >= 0 && start + count <= bytes.count, "a piece of the text pool")
        unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe append(UnsafeBufferPointer(rebasing: buffer[start..<start + count]))
        }
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        if count == capacity { grow(1) }
        unsafe base[count] = byte
        count += 1
    }

    @inline(__always)
    private mutating func append(_ buffer: UnsafeBufferPointer<UInt8>) {
        guard let start = buffer.baseAddress else { return }
        if count + buffer.count > capacity { grow(buffer.count) }
        unsafe (base + count).update(from: start, count: buffer.count)
        count += buffer.count
    }

    /// Appends a number in decimal digits.
    mutating func append(_ number: Int) {
        if count + 20 > capacity { grow(20) }
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        var length = 1
        var bound: UInt = 10
        // No magnitude of a whole number has more than 19 digits, and 10^19 still fits.
        while rest >= bound {
            length += 1
            bound *= 10
        }
        var place = count + length
        count = place
        repeat {
            place -= 1
            unsafe base[place] = 48 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        var larger = capacity * 2
        while larger < count + more { larger *= 2 }
        let new = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        unsafe new.update(from: base, count: count)
        unsafe base.deallocate()
        unsafe base = new
        capacity = larger
    }

    /// Appends text as HTML: runs of harmless bytes at once.
    @inline(__always)
    mutating func appendEscaped(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            var start = 0
            var index = 0
            let end = buffer.count
            while index < end {
                // The bytes to escape are 22, 26, 27, 3C and 3E: everything from 3F on is harmless.
                let byte = unsafe buffer[index]
                if byte > 0x3E || !HTMLEscape.isSpecial(byte) {
                    index += 1
                    continue
                }
                unsafe append(UnsafeBufferPointer(rebasing: buffer[start..<index]))
                append(HTMLEscape.replacement(byte))
                index += 1
                start = index
            }
            unsafe append(UnsafeBufferPointer(rebasing: buffer[start..<end]))
        }
    }

    @inline(never)
    private mutating func append(_ text: StaticString) {
        unsafe append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Cuts off everything after the first bytes and returns it.
    mutating func take(from start: Int) -> [UInt8] {
        let bytes = unsafe Array(UnsafeBufferPointer(start: base + start, count: count - start))
        count = start
        return bytes
    }

    /// Forgets everything after the first bytes.
    mutating func cut(to start: Int) {
        if count > start { count = start }
    }
}

/// The five characters that MarkupSafe escapes, and how.
enum HTMLEscape {
    @inline(__always)
    static func isSpecial(_ byte: UInt8) -> Bool {
        // One bit for each byte below 0x40.
        byte < 0x40 && (0x5000_00C4_0000_0000 as UInt64) >> UInt64(byte) & 1 != 0
    }

    static func replacement(_ byte: UInt8) -> StaticString {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&#34;"
        default: "&#39;"
        }
    }

    /// Text as HTML; the very same text when there is nothing to escape.
    static func escaped(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(where: isSpecial) else { return bytes }
        var buffer = OutputBuffer(capacity: bytes.count + bytes.count / 4 + 16)
        buffer.appendEscaped(bytes)
        return buffer.take(from: 0)
    }
}
