/// Where a finding is, in words that outlive the file's bytes: path, line, column and the line's text.
///
/// Findings are kept with results and shown again when a result is reused, when the source may not be in
/// memory; so the place is worked out once, when something is found, and never on success.
public struct SourceLocation: Hashable, Sendable {
    /// The file.
    public let path: RelativePath
    /// The line, from 1. A line ends at LF, CR LF or CR.
    public let line: Int
    /// The column, from 1, counted in characters (Unicode scalars; invalid bytes count as one each).
    public let column: Int
    /// How many characters the range covers on its first line; at least 1 when shown.
    public let length: Int
    /// The text of the line, without its end, cut to ``excerptLimit`` bytes around the place.
    public let excerpt: String
    /// The column in `excerpt` at which the range starts, from 1; differs from `column` where the text was cut.
    public let excerptColumn: Int

    /// The longest excerpt, in bytes: a minified line of a megabyte must not fill the terminal.
    public static let excerptLimit = 240

    /// A location with all its parts, as it comes back from a store.
    public init(
        path: RelativePath, line: Int, column: Int, length: Int, excerpt: String, excerptColumn: Int
    ) {
        self.path = path
        self.line = line
        self.column = column
        self.length = length
        self.excerpt = excerpt
        self.excerptColumn = excerptColumn
    }

    /// A location that is a whole file.
    public init(path: RelativePath) {
        self.init(path: path, line: 1, column: 1, length: 0, excerpt: "", excerptColumn: 1)
    }

    /// The location of a range in a file; offsets past the end count as the end.
    ///
    /// - Complexity: O(n) in the bytes since the place in that file that was asked for last, if this one is behind it, and
    ///   since its start if not.
    public init(_ range: SourceRange, in file: SourceFile) {
        let bytes = file.bytes
        let start = Self.sequenceStart(Swift.min(Int(range.start), bytes.count), in: bytes)
        let end = Swift.min(Int(range.end), bytes.count)
        let place = file.place(at: start)
        // What is behind the end of the range and of the excerpt is not shown: a line may have a megabyte.
        let limit = Swift.min(bytes.count, Swift.max(start + Self.excerptLimit + 4, end))
        var lineEnd = start
        while lineEnd < limit, bytes[lineEnd] != 0x0A, bytes[lineEnd] != 0x0D { lineEnd += 1 }
        if lineEnd < place.lineStart { lineEnd = place.lineStart }
        var from = place.lineStart
        var to = lineEnd
        if to - from > Self.excerptLimit {
            from = Swift.max(place.lineStart, start - Self.excerptLimit / 2)
            while from > place.lineStart, bytes[from] & 0xC0 == 0x80 { from -= 1 }
            to = Swift.min(lineEnd, from + Self.excerptLimit)
            while to > start, to < lineEnd, bytes[to] & 0xC0 == 0x80 { to -= 1 }
        }
        self.init(
            path: file.path, line: place.line, column: place.column,
            length: file.scalarCount(start, Swift.min(end, lineEnd)),
            excerpt: String(decoding: file.bytes[from..<to], as: UTF8.self),
            excerptColumn: file.scalarCount(from, start) + 1)
    }

    /// The first byte of the well-formed character that an offset cuts, else the offset itself.
    private static func sequenceStart(_ offset: Int, in bytes: [UInt8]) -> Int {
        guard offset < bytes.count, bytes[offset] & 0xC0 == 0x80 else { return offset }
        for back in 1...3 where offset >= back && bytes[offset - back] >= 0xC0 {
            let length = UTF8Validation.sequenceLength(in: bytes.span, at: offset - back)
            return length > back ? offset - back : offset
        }
        return offset
    }
}
