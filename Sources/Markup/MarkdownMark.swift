import Text

/// What a mark in prepared text stands for.
///
/// A mark is U+FDD0, a number in decimal, U+FDD1: characters that Unicode keeps for such inner use, that
/// cmark-gfm takes for letters, and that no author writes.
enum MarkdownMark: Sendable {
    /// A component call.
    case call(ComponentToken)
    /// A reference of Jekyll's: written as a URL.
    case reference(LiquidReference.Kind, target: [UInt8], source: Range<Int>)
    /// Text that Markdown must not read, and the range of the file that it came from.
    case literal([UInt8], source: Range<Int>)
    /// A formula without its delimiters, and the range of the file with them.
    case formula([UInt8], isDisplay: Bool, source: Range<Int>)

    /// The mark of a number.
    static func bytes(_ number: Int) -> [UInt8] {
        [0xEF, 0xB7, 0x90] + Array(String(number).utf8) + [0xEF, 0xB7, 0x91]
    }

    /// Reads a mark, if there is one at an offset.
    static func read(_ bytes: [UInt8], _ start: Int, _ end: Int) -> (number: Int, end: Int)? {
        guard start + 7 <= end, bytes[start] == 0xEF, bytes[start + 1] == 0xB7, bytes[start + 2] == 0x90
        else {
            return nil
        }
        var number = 0
        var index = start + 3
        while index < end, bytes[index] >= 48, bytes[index] <= 57, number < 100_000_000 {
            number = number * 10 + Int(bytes[index] - 48)
            index += 1
        }
        guard index > start + 3, index + 3 <= end, bytes[index] == 0xEF, bytes[index + 1] == 0xB7,
            bytes[index + 2] == 0x91
        else { return nil }
        return (number, index + 3)
    }
}

/// A component call as the scanner found it.
struct ComponentToken: Sendable {
    /// The name as written.
    var name: [UInt8]
    var positional: [ComponentArgument]
    var named: [NamedComponentArgument]
    /// The opening call, in offsets of the text that was scanned.
    var call: Range<Int>
    /// Call, body and closing call.
    var whole: Range<Int>
    /// The body.
    var body: Range<Int>?
    /// Whether it stands alone on its lines.
    var isBlock: Bool
    /// Whether it is neither closed nor ends in `/>`, and nobody has been told of that.
    var isLeftOpen = false
}
