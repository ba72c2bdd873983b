import Markup
import Templates
import Text

/// The words that the writer of Markdown puts into a text itself, in the language of the page: from `i18n/`, as those of
/// templates.
enum InterfaceWords {
    /// Takes the words that a text may need; one that has no use for them depends on none.
    static func take(of text: ArraySlice<UInt8>, into words: inout MarkdownWords, _ rendering: Rendering) {
        // What stands after brackets says which: `[!NOTE]`, `[^1]`, `[x]`.
        var marks: Set<UInt8> = []
        var rest = text
        while let bracket = rest.firstIndex(of: UInt8(ascii: "[")) {
            rest = rest[(bracket + 1)...]
            if let next = rest.first { marks.insert(next) }
        }
        func take(_ key: String, _ word: inout String) {
            let text = Translations.text(Array(key.utf8), count: nil, keywords: [], rendering: rendering)
            if case .string(let text)? = text { word = String(decoding: text.bytes, as: UTF8.self) }
        }
        if marks.contains(UInt8(ascii: "!")) {
            take("alert_note", &words.note)
            take("alert_tip", &words.tip)
            take("alert_important", &words.important)
            take("alert_warning", &words.warning)
            take("alert_caution", &words.caution)
        }
        if marks.contains(UInt8(ascii: "^")) {
            take("footnotes", &words.footnotes)
            take("back_to_content", &words.backToContent)
        }
        if !marks.isDisjoint(with: [0x20, UInt8(ascii: "x"), UInt8(ascii: "X")]) {
            take("task_open", &words.taskOpen)
            take("task_done", &words.taskDone)
        }
    }
}
