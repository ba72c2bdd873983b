import Synchronization

/// Path and bytes of one input, immutable.
public final class SourceFile: Sendable {
    /// Where it lies, relative to the site; for text that is in no file, a name to show.
    public let path: RelativePath
    /// Its content as it is on disk.
    public let bytes: [UInt8]
    /// The place that was asked for last: findings mostly come in the order of the text, and there may be thousands.
    private let lastPlace = Mutex(LinePlace())

    /// A file from its path and content.
    public init(path: RelativePath, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// A file from text, for tests and for text that comes from nowhere.
    public convenience init(path: String, text: String) {
        self.init(path: RelativePath(path) ?? .root, bytes: Array(text.utf8))
    }

    /// What a person needs to find a range again; computed when asked, for findings only.
    ///
    /// - Complexity: as that of ``SourceLocation``'s initializer.
    public func location(of range: SourceRange) -> SourceLocation {
        SourceLocation(range, in: self)
    }

    /// An offset as people count.
    struct LinePlace {
        var offset = 0
        var line = 1
        var lineStart = 0
        var column = 1
    }

    /// The place of an offset that is not past the end.
    func place(at offset: Int) -> LinePlace {
        var place = lastPlace.withLock { $0 }
        if place.offset > offset { place = LinePlace() }
        var columnStart = place.offset
        var index = place.offset
        while index < offset {
            let byte = bytes[index]
            index += 1
            if byte == 0x0A || (byte == 0x0D && (index >= bytes.count || bytes[index] != 0x0A)) {
                place.line += 1
                place.lineStart = index
                place.column = 1
                columnStart = index
            }
        }
        place.offset = offset
        place.column += scalarCount(columnStart, offset)
        // Text that is no UTF-8 counts the same only if it is cut before a byte that begins a character.
        if offset == bytes.count || bytes[offset] & 0xC0 != 0x80 {
            let found = place
            lastPlace.withLock { $0 = found }
        }
        return place
    }

    /// How many characters (Unicode scalars) there are between two offsets.
    func scalarCount(_ from: Int, _ to: Int) -> Int {
        from >= to ? 0 : String(decoding: bytes[from..<to], as: UTF8.self).unicodeScalars.count
    }
}

/// A part of a source: byte offsets, end exclusive. Which source is known where it is used.
public struct SourceRange: Hashable, Sendable {
    /// The first byte.
    public var start: UInt32
    /// The byte after the last.
    public var end: UInt32

    /// A range from two offsets; an end before the start counts as the start, offsets over 4 GiB as 4 GiB.
    public init(_ start: Int, _ end: Int) {
        self.start = UInt32(clamping: start)
        self.end = UInt32(clamping: Swift.max(start, end))
    }

    /// An empty range at an offset.
    public init(at offset: Int) {
        self.init(offset, offset)
    }

    /// The start of a file.
    public static let start = SourceRange(at: 0)

    /// The range that covers this one and another.
    public func joined(with other: SourceRange) -> SourceRange {
        SourceRange(Int(Swift.min(start, other.start)), Int(Swift.max(end, other.end)))
    }

    /// The same range further on by `offset` bytes.
    public func moved(by offset: Int) -> SourceRange {
        SourceRange(Int(start) + offset, Int(end) + offset)
    }
}
