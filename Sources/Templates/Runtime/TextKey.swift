/// What a key of a dictionary is found by: its hash, and its text if it is text.
///
/// Unsafe for the same reason as ``ByteRun``.
@safe struct TextKey {
    /// The first bytes of the text, which are all of most names.
    private let word: UInt64
    private let start: UnsafePointer<UInt8>?
    /// How many bytes the text has; -1 for what is no text, or too long for this.
    private let count: Int32
    let hash: UInt32

    init(_ text: ByteRun, hash: UInt32) {
        self.hash = hash
        word = text.firstBytes
        unsafe start = text.start
        count = Int32(exactly: text.count) ?? -1
    }

    /// The key of any value.
    init(_ key: Value, hash: UInt32) {
        if case .string(let text) = key {
            self.init(text.run, hash: hash)
        } else {
            self.init(hash: hash)
        }
    }

    /// The key of what is no text.
    private init(hash: UInt32) {
        self.hash = hash
        word = 0
        unsafe start = nil
        count = -1
    }

    /// Whether both are the same text.
    @inline(__always)
    func isEqual(to other: TextKey) -> Bool {
        word == other.word && count == other.count && count >= 0 && (count <= 8 || hasSameRest(other))
    }

    private func hasSameRest(_ other: TextKey) -> Bool {
        guard let own = unsafe start, let others = unsafe other.start else { return false }
        for index in 8..<Int(count) where unsafe own[index] != others[index] { return false }
        return true
    }
}
