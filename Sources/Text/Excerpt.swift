/// A line of source as a terminal shows it: tabs expanded, control characters made visible, and where under
/// it the caret goes, in columns of the terminal.
struct Excerpt {
    /// The line.
    let text: [UInt8]
    /// How many columns lie before the caret.
    let caretStart: Int
    /// How many carets there are; at least one.
    let caretWidth: Int

    /// The line of a location.
    init(_ location: SourceLocation) {
        var writer = ByteWriter(capacity: location.excerpt.utf8.count + 16)
        var column = 0
        var position = 1
        let first = max(location.excerptColumn, 1)
        let end = first + max(location.length, 1)
        var start: Int?
        var stop: Int?
        for scalar in location.excerpt.unicodeScalars {
            if position == first { start = column }
            if position == end { stop = column }
            position += 1
            if scalar == "\t" {
                let width = DiagnosticRenderer.tabWidth - column % DiagnosticRenderer.tabWidth
                for _ in 0..<width { writer.append(UInt8(ascii: " ")) }
                column += width
            } else {
                Excerpt.append(scalar, into: &writer)
                column += Excerpt.width(of: scalar)
            }
        }
        text = writer.finish()
        caretStart = start ?? column
        // Past the end of the line there is one place to point at.
        caretWidth = max((stop ?? column) - caretStart, 1)
    }

    /// Appends a character; what would steer a terminal or reorder its text is shown as U+FFFD.
    static func append(_ scalar: Unicode.Scalar, into writer: inout ByteWriter) {
        let shown = isControl(scalar) ? "\u{FFFD}" : scalar
        UTF8.encode(shown)?.forEach { writer.append($0) }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        // Directional marks, embeddings and isolates.
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// How many columns a terminal gives a character: 2 for East Asian wide ones and most emoji, 0 for marks.
    private static func width(of scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return 1 }
        switch value {
        case 0x0300...0x036F, 0x200B...0x200D, 0x20D0...0x20F0, 0xFE00...0xFE0F, 0x1F3FB...0x1F3FF,
            0xE0100...0xE01EF:
            return 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
            0x1FA70...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default:
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark: return 0
            default: return 1
            }
        }
    }
}
