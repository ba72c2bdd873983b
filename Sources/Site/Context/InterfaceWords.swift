import Markup
import Templates
import Text

/// The words that the writer of Markdown puts into a text itself, in the language of the page: from `i18n/`, as those of
/// templates.
enum InterfaceWords {
    /// Takes the words that a text may need; one that has no use for them depends on none.
    static func take(
        of text: [UInt8], from start: Int, into words: inout MarkdownWords, _ rendering: Rendering
    ) {
        let uses = MarkdownWords.uses(in: text, from: start)
        func take(_ key: String, _ word: inout String) {
            let text = Translations.text(Array(key.utf8), count: nil, keywords: [], rendering: rendering)
            if let text { word = String(decoding: text.bytes, as: UTF8.self) }
        }
        if uses.contains(.alerts) {
            take("alert_note", &words.note)
            take("alert_tip", &words.tip)
            take("alert_important", &words.important)
            take("alert_warning", &words.warning)
            take("alert_caution", &words.caution)
        }
        if uses.contains(.footnotes) {
            take("footnotes", &words.footnotes)
            take("back_to_content", &words.backToContent)
        }
        if uses.contains(.tasks) {
            take("task_open", &words.taskOpen)
            take("task_done", &words.taskDone)
        }
    }
}
