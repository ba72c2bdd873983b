/// What is printed: one run of bytes; captures are its ends, cut off again.
///
/// Unsafe for the same reason as ``ValueStack``: an array checks for uniqueness at each append. The bytes lie in an array
/// all the same, which nobody else holds, so that much output is handed over and not copied.
@safe struct OutputBuffer: ~Copyable {
    private var storage: [UInt8]
    /// Where the storage lies; noted anew whenever it changes.
    private(set) var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    var count = 0

    init(capacity: Int) {
        storage = Self.uninitialized(capacity)
        self.capacity = capacity
        unsafe base = Self.place(of: &storage)
    }

    private static func uninitialized(_ capacity: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: capacity) { _, count in count = capacity }
    }

    private static func place(of storage: inout [UInt8]) -> UnsafeMutablePointer<UInt8> {
        let start = unsafe storage.withUnsafeMutableBufferPointer { $0.baseAddress }
        guard let start = unsafe start else { preconditionFailure("a buffer has room") }
        return unsafe start
    }

    @inline(__always)
    mutating func append(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { buffer in unsafe append(buffer) }
    }

    /// Appends a piece of a program's text.
    @inline(__always)
    mutating func append(_ text: TextPool, from start: Int, count length: Int) {
        let piece = unsafe text.piece(from: start, count: length)
        if length <= TextPool.padding {
            // Whole words; what is too much is overwritten by what is printed next.
            if count + TextPool.padding > capacity { grow(TextPool.padding) }
            let source = unsafe UnsafeRawPointer(piece)
            let target = unsafe UnsafeMutableRawPointer(base + count)
            unsafe target.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
            unsafe target.storeBytes(
                of: source.loadUnaligned(fromByteOffset: 8, as: UInt64.self), toByteOffset: 8,
                as: UInt64.self)
            count += length
        } else {
            unsafe append(UnsafeBufferPointer(start: piece, count: length))
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
        var new = Self.uninitialized(larger)
        let start = unsafe Self.place(of: &new)
        unsafe start.update(from: base, count: count)
        storage = new
        unsafe base = start
        capacity = larger
    }

    /// The bytes, at the end: those of a large output where they lie, others copied, so that no room is wasted.
    consuming func takeAll() -> [UInt8] {
        if count < Self.largeCount || count < capacity / 2 { return take(from: 0) }
        storage.removeLast(capacity - count)
        return storage
    }

    private static let largeCount = 1 << 16
    /// What is enough for most pages.
    static let usualCapacity = 4096

    /// Appends text.
    @inline(__always)
    mutating func append(_ run: ByteRun) { unsafe append(run.buffer) }

    /// Appends text as HTML.
    mutating func appendEscaped(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { buffer in unsafe appendEscaped(buffer) }
    }

    /// Appends text as HTML.
    mutating func appendEscaped(_ run: ByteRun) { unsafe appendEscaped(run.buffer) }

    /// Appends text with `%XX` for what may not stand in the path of a URL.
    mutating func appendQuoted(_ run: ByteRun) {
        let text = unsafe run.buffer
        if text.count > Int.max / 4 { return }
        reserve(3 * text.count)
        var target = unsafe base + count
        for index in 0..<text.count {
            let byte = unsafe text[index]
            if URLQuoting.stays(byte, false) {
                unsafe target.pointee = byte
                unsafe target += 1
            } else {
                unsafe target[0] = UInt8(ascii: "%")
                unsafe target[1] = URLQuoting.digit(byte >> 4)
                unsafe target[2] = URLQuoting.digit(byte & 15)
                unsafe target += 3
            }
        }
        count = unsafe target - base
    }

    /// Appends text as HTML: up to the first byte that must be escaped, sixteen or eight bytes are copied at once.
    private mutating func appendEscaped(_ buffer: UnsafeBufferPointer<UInt8>) {
        guard let start = buffer.baseAddress else { return }
        let end = buffer.count
        reserve(end + 16)
        var index = 0
        while true {
            while index + 16 <= end {
                let sixteen = unsafe UnsafeRawPointer(start + index).loadUnaligned(as: SIMD16<UInt8>.self)
                unsafe UnsafeMutableRawPointer(base + count).storeBytes(of: sixteen, as: SIMD16<UInt8>.self)
                let (low, high) = HTMLEscape.specials(among: sixteen)
                if low | high != 0 {
                    let clean =
                        low != 0 ? low.trailingZeroBitCount >> 3 : 8 + high.trailingZeroBitCount >> 3
                    index += clean
                    count += clean
                    break
                }
                index += 16
                count += 16
            }
            if index + 16 > end {
                let width = Swift.min(8, end - index)
                if width <= 0 { return }
                let eight = unsafe ByteRun.bytes(start + index, width)
                unsafe UnsafeMutableRawPointer(base + count).storeBytes(
                    of: eight.littleEndian, as: UInt64.self)
                let special = HTMLEscape.specials(among: eight)
                if special == 0 {
                    index += width
                    count += width
                    continue
                }
                let clean = special.trailingZeroBitCount >> 3
                index += clean
                count += clean
            }
            let (text, length) = HTMLEscape.replacement(unsafe start[index])
            unsafe UnsafeMutableRawPointer(base + count).storeBytes(of: text.littleEndian, as: UInt64.self)
            count += length
            index += 1
            reserve(end - index + 16)
        }
    }

    /// Makes room for some more bytes.
    @inline(__always)
    mutating func reserve(_ more: Int) {
        if count + more > capacity { grow(more) }
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

    /// A bit in each of eight bytes that must be escaped; above the lowest such byte there may be more bits.
    ///
    /// `&` and `'` differ in one bit, and so do `<` and `>`; a byte that becomes zero is found by borrowing from
    /// it ("Bit Twiddling Hacks", Anderson, "Determine if a word has a zero byte").
    @inline(__always)
    static func specials(among eight: UInt64) -> UInt64 {
        let quote = eight ^ 0x2222_2222_2222_2222
        let ampersand = (eight & 0xFEFE_FEFE_FEFE_FEFE) ^ 0x2626_2626_2626_2626
        let angle = (eight & 0xFDFD_FDFD_FDFD_FDFD) ^ 0x3C3C_3C3C_3C3C_3C3C
        let ones: UInt64 = 0x0101_0101_0101_0101
        let zeros =
            ((quote &- ones) & ~quote) | ((ampersand &- ones) & ~ampersand) | ((angle &- ones) & ~angle)
        return zeros & 0x8080_8080_8080_8080
    }

    /// The same for sixteen bytes, eight in each half; here all bits are right.
    @inline(__always)
    static func specials(among sixteen: SIMD16<UInt8>) -> (low: UInt64, high: UInt64) {
        // With whole vectors each of these is one instruction; with scalars they would be sixteen.
        let isQuote = sixteen .== SIMD16<UInt8>(repeating: 0x22)
        let isAmpersand =
            (sixteen & SIMD16<UInt8>(repeating: 0xFE)) .== SIMD16<UInt8>(repeating: 0x26)
        let isAngle = (sixteen & SIMD16<UInt8>(repeating: 0xFD)) .== SIMD16<UInt8>(repeating: 0x3C)
        let isSpecial = isQuote .| isAmpersand .| isAngle
        let halves = unsafe unsafeBitCast(isSpecial, to: SIMD2<UInt64>.self)
        return (UInt64(littleEndian: halves.x), UInt64(littleEndian: halves.y))
    }

    /// What stands for a character in HTML, the first byte lowest, and how many bytes that is.
    @inline(__always)
    static func replacement(_ byte: UInt8) -> (text: UInt64, count: Int) {
        switch byte {
        case UInt8(ascii: "&"): (0x3B70_6D61_26, 5)
        case UInt8(ascii: "<"): (0x3B74_6C26, 4)
        case UInt8(ascii: ">"): (0x3B74_6726, 4)
        case UInt8(ascii: "\""): (0x3B34_3323_26, 5)
        default: (0x3B39_3323_26, 5)
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
