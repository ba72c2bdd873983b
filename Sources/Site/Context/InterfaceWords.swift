import Markup
import Templates
import Text

/// The words that are put into a page without a template that asks for them, in the language of the page: from `i18n/`, as
/// those of templates.
enum InterfaceWords {
    /// What a page is called that has no title of its own; `nil` where the interface has no word for it.
    static func title(of facts: PageFacts) -> StringValue? {
        func take(_ key: String) -> StringValue? {
            Translations.text(
                Array(key.utf8), count: nil, keywords: [], language: facts.catalog.language,
                rendering: facts.rendering
            ).map { StringValue($0.bytes) }
        }
        switch facts.page.kind {
        case .archive: return take("archive")
        case .notFound: return take("not_found")
        case .taxonomy:
            let name = facts.rendering.taxonomy(of: facts.page, in: facts.catalog)?.name ?? []
            if name.elementsEqual("tags".utf8) { return take("tags") }
            return name.elementsEqual("categories".utf8) ? take("categories") : nil
        default: return nil
        }
    }

    /// Takes the words that the writer of Markdown may need for a text; one that has no use for them depends on none.
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
