/// All text of a program between its tags.
///
/// Unsafe for the same reason as ``Pool``. Beyond the text lie a few bytes of padding, so that short pieces are copied
/// by whole words. Pieces are checked in debug builds only, since the builder that wrote them also wrote the text.
@safe struct TextPool: @unchecked Sendable {
    // Unchecked: nothing changes once it is made.
    private let start: UnsafeMutablePointer<UInt8>
    let count: Int

    static let padding = 16

    init(_ bytes: [UInt8]) {
        count = bytes.count
        unsafe start = .allocate(capacity: count + Self.padding)
        for (index, byte) in bytes.enumerated() { unsafe (start + index).initialize(to: byte) }
        unsafe (start + count).initialize(repeating: 0, count: Self.padding)
    }

    /// Gives the memory back; to be called once, by the owner.
    func deallocate() { unsafe start.deallocate() }

    /// Where a piece lies; ``padding`` bytes may be read from its start whatever its length is.
    @inline(__always)
    func piece(from first: Int, count length: Int) -> UnsafePointer<UInt8> {
        assert(first >= 0 && length >= 0 && first + length <= count, "a piece of the text pool")
        return unsafe UnsafePointer(start + first)
    }

    /// A piece, for people.
    func bytes(_ range: Range<Int>) -> [UInt8] {
        range.map { unsafe piece(from: $0, count: 1).pointee }
    }
}
