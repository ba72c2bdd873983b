/// Text as UTF-8, with the mark that says whether it is HTML already (MarkupSafe's `Markup`).
public final class StringValue: @unchecked Sendable {
    // Unchecked: nothing changes, and what `run` points to is the storage of `bytes`.
    /// The text; always valid UTF-8 when it comes from a source or from this engine.
    public let bytes: [UInt8]
    /// Whether it may be printed into HTML as it is.
    public let isSafe: Bool
    /// The text where it lies.
    let run: ByteRun

    /// Text from its UTF-8.
    public init(_ bytes: [UInt8], isSafe: Bool = false) {
        self.bytes = bytes
        self.isSafe = isSafe
        run = ByteRun(of: bytes)
    }

    /// Text from a string.
    public convenience init(_ text: String, isSafe: Bool = false) {
        self.init(Array(text.utf8), isSafe: isSafe)
    }

    /// The text as a string, for messages and for cold calls.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The empty text.
    public static let empty = StringValue([])
}

/// Where the bytes of a text lie, so that they are printed and compared without counting references.
///
/// Unsafe, because it does not keep the bytes alive: it is read only while the text is held that it belongs to.
/// An array that nobody changes stays where it is.
@safe struct ByteRun {
    let start: UnsafePointer<UInt8>?
    let count: Int

    init(of bytes: [UInt8]) {
        unsafe start = bytes.withUnsafeBufferPointer { $0.baseAddress }
        count = bytes.count
    }

    init(start: UnsafePointer<UInt8>?, count: Int) {
        unsafe self.start = start
        self.count = count
    }

    var buffer: UnsafeBufferPointer<UInt8> {
        @inline(__always) get { unsafe UnsafeBufferPointer(start: start, count: count) }
    }

    /// Up to eight bytes, the first lowest; zeros where there are fewer.
    @inline(__always)
    var firstBytes: UInt64 { unsafe start.map { unsafe Self.bytes($0, Swift.min(8, count)) } ?? 0 }

    /// Up to eight bytes, the first lowest; zeros where there are fewer.
    @inline(__always)
    static func bytes(_ start: UnsafePointer<UInt8>, _ width: Int) -> UInt64 {
        let raw = unsafe UnsafeRawPointer(start)
        if width >= 8 { return unsafe UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)) }
        // Two loads that overlap: what both have is the same.
        if width >= 4 {
            let low = unsafe UInt64(UInt32(littleEndian: raw.loadUnaligned(as: UInt32.self)))
            let high = unsafe UInt64(
                UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: width - 4, as: UInt32.self)))
            return low | high << UInt64(8 * (width - 4))
        }
        if width >= 2 {
            let low = unsafe UInt64(UInt16(littleEndian: raw.loadUnaligned(as: UInt16.self)))
            return unsafe low | UInt64(start[width - 1]) << UInt64(8 * (width - 1))
        }
        return width == 1 ? unsafe UInt64(start[0]) : 0
    }

    /// How many code points there are.
    var characterCount: Int {
        guard let bytes = unsafe start else { return 0 }
        var characters = count
        var index = 0
        // A byte that continues a character begins with the bits 10; eight are looked at together.
        while index + 8 <= count {
            let eight = unsafe UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self)
            characters -= ((eight >> 7) & ~(eight >> 6) & 0x0101_0101_0101_0101).nonzeroBitCount
            index += 8
        }
        while index < count {
            if unsafe bytes[index] & 0xC0 == 0x80 { characters -= 1 }
            index += 1
        }
        return characters
    }

    /// The first bytes.
    func prefix(_ end: Int) -> ByteRun {
        precondition(end >= 0 && end <= count, "a part of the text")
        return unsafe ByteRun(start: start, count: end)
    }

    /// The offset of a code point, or the end.
    func offset(ofCharacter position: Int) -> Int {
        let text = unsafe buffer
        var remaining = position
        for index in 0..<count where unsafe text[index] & 0xC0 != 0x80 || index == 0 {
            if remaining == 0 { return index }
            remaining -= 1
        }
        return count
    }

    /// The last space before an offset.
    func lastSpace(before end: Int) -> Int? {
        precondition(end <= count, "a part of the text")
        let text = unsafe buffer
        var index = end - 1
        while index >= 0, unsafe text[index] != UInt8(ascii: " ") { index -= 1 }
        return index < 0 ? nil : index
    }

    /// The first bytes of this text, and another after them.
    func joined(upTo end: Int, _ other: ByteRun) -> [UInt8] {
        precondition(end <= count, "a part of the text")
        return unsafe [UInt8].written(capacity: end + other.count) { target in
            guard let base = target.baseAddress else { return 0 }
            if let own = unsafe start { unsafe base.update(from: own, count: end) }
            if let more = unsafe other.start { unsafe (base + end).update(from: more, count: other.count) }
            return end + other.count
        }
    }

    /// Whether the bytes are the same; names are short, so one after the other.
    @inline(__always)
    func isEqual(to other: ByteRun) -> Bool {
        guard count == other.count else { return false }
        guard let own = unsafe start, let others = unsafe other.start else { return true }
        var index = 0
        while index < count {
            if unsafe own[index] != others[index] { return false }
            index += 1
        }
        return true
    }
}
