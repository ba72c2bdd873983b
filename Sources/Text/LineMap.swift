/// Byte offset to line and column, for whoever asks often about one text; for one question use
/// ``SourceFile/location(of:)``.
///
/// A line ends at LF, CR LF or CR, as everywhere in the product.
public struct LineMap: Sendable {
    /// The offset at which each line starts; the first is 0.
    public let starts: [UInt32]
    private let count: Int

    /// The lines of a text.
    ///
    /// - Complexity: O(n).
    public init(_ bytes: Span<UInt8>) {
        var starts: [UInt32] = [0]
        var index = 0
        let count = bytes.count
        while index < count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\n")
                || (byte == UInt8(ascii: "\r") && (index >= count || bytes[index] != UInt8(ascii: "\n")))
            {
                starts.append(UInt32(clamping: index))
            }
        }
        self.starts = starts
        self.count = count
    }

    /// The lines of a text.
    public init(_ bytes: [UInt8]) {
        self.init(bytes.span)
    }

    /// The line, from 1, in which a byte lies; offsets past the end count as the end.
    ///
    /// - Complexity: O(log lines).
    public func line(at offset: Int) -> Int {
        let wanted = UInt32(clamping: min(max(offset, 0), count))
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= wanted { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The offset at which a line starts.
    ///
    /// - Returns: `nil` when there is no such line.
    public func start(ofLine line: Int) -> Int? {
        line >= 1 && line <= starts.count ? Int(starts[line - 1]) : nil
    }

    /// The column in bytes, from 0, at which a byte lies in its line.
    public func byteColumn(at offset: Int) -> Int {
        min(max(offset, 0), count) - Int(starts[line(at: offset) - 1])
    }
}
