/// Text that somebody else wrote, names of files above all, as a terminal may show it.
///
/// What would steer the terminal or reorder its text (C0 and C1 controls, directional marks) is shown as U+FFFD.
public enum TerminalText {
    /// Text that stays on its line.
    public static func name(_ text: String) -> String { cleaned(text, keepsLines: false) }

    /// Text in which line feeds and tabs are meant.
    public static func lines(_ text: String) -> String { cleaned(text, keepsLines: true) }

    private static func cleaned(_ text: String, keepsLines: Bool) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var writer = ByteWriter(capacity: text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            if keepsLines, scalar == "\n" || scalar == "\t" {
                writer.append(UInt8(ascii: scalar))
            } else {
                Excerpt.append(scalar, into: &writer)
            }
        }
        return String(decoding: writer.finish(), as: UTF8.self)
    }
}
