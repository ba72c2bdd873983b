/// Bytes that lie in several places and are written one after the other: to put them together first would take their size in
/// memory once more.
public protocol ScatteredBytes {
    /// Calls `body` with each part, in order.
    func forEachPart(_ body: (Span<UInt8>) throws(FileError) -> Void) throws(FileError)
}
