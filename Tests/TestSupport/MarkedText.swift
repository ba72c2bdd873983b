public import Text

/// Text with places marked in it, so that tests never count columns.
///
/// `«…»` marks a range, `‸` a place; both are taken out. Ranges come in the order in which they open and may
/// lie inside one another.
public struct MarkedText: Sendable {
    /// The text without marks.
    public let text: String
    /// The bytes of the text without marks.
    public let bytes: [UInt8]
    /// What was marked, as byte offsets into ``bytes``; places are empty ranges.
    public let ranges: [SourceRange]

    /// Takes the marks out of a text.
    ///
    /// - Precondition: every `«` has its `»`.
    public init(_ marked: String) {
        var bytes: [UInt8] = []
        var ranges: [SourceRange] = []
        var open: [Int] = []
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "«":
                open.append(ranges.count)
                ranges.append(SourceRange(at: bytes.count))
            case "»":
                guard let index = open.popLast() else { preconditionFailure("a » without its «: \(marked)") }
                ranges[index].end = UInt32(clamping: bytes.count)
            case "‸":
                ranges.append(SourceRange(at: bytes.count))
            default:
                bytes.append(contentsOf: Array(String(scalar).utf8))
            }
        }
        precondition(open.isEmpty, "a « without its »: \(marked)")
        self.bytes = bytes
        self.ranges = ranges
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// The text as a source file.
    public func file(_ path: String = "test") -> SourceFile {
        SourceFile(path: RelativePath(path) ?? .root, bytes: bytes)
    }

    /// The text with marks put around ranges: what a test shows when it fails.
    public static func marking(_ ranges: [SourceRange], in bytes: [UInt8]) -> String {
        var marks: [(offset: Int, order: Int, mark: String)] = []
        for range in ranges {
            let start = min(Int(range.start), bytes.count)
            let end = min(Int(range.end), bytes.count)
            if start == end {
                marks.append((start, 1, "‸"))
            } else {
                marks.append((start, 2, "«"))
                marks.append((end, 0, "»"))
            }
        }
        marks.sort { ($0.offset, $0.order) < ($1.offset, $1.order) }
        var result: [UInt8] = []
        var position = 0
        for mark in marks {
            result += bytes[position..<mark.offset]
            result += Array(mark.mark.utf8)
            position = mark.offset
        }
        result += bytes[position...]
        return String(decoding: result, as: UTF8.self)
    }
}
