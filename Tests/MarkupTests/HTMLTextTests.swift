import Testing
import Text

@testable import Markup

/// Text of HTML, and HTML cut short.
struct HTMLTextTests {
    static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test(arguments: [
        (
            "<p>a <b>b</b>c</p><p>d &amp; &lt;e&gt; &#x41;&#66; &hellip; &nope;</p>",
            "a bc d & <e> AB … &nope;"
        ),
        ("<!-- x --><script>var a = '<p>'</script>a<style>b</style>", "a"), ("a < b <3", "a < b <3"),
        ("<a title='>'>x</a>", "x"),
        ("", ""), ("<", "<"), ("<a href=", ""), ("<!--", ""), ("</", "</"), ("&", "&"), ("&#;", "&#;"),
        ("&#x;", "&#x;"),
    ])
    func plainTextHasNoMarks(html: String, plain: String) {
        #expect(Self.text(HTMLText.plain(Array(html.utf8))) == plain)
    }

    @Test(arguments: [
        ("<p>one <b>two three</b></p>", 2, "<p>one <b>two…</b></p>"), ("<p>one two</p>", 2, "<p>one two</p>"),
        ("<p>one</p><p>two</p>", 1, "<p>one</p><p>…</p>"), ("a<br>b", 1, "a<br>…"), ("x", 0, "…"),
    ])
    func wordsAreCutWellFormed(html: String, words: Int, result: String) {
        #expect(Self.text(HTMLText.truncated(Array(html.utf8), words: words)) == result)
    }

    @Test func wordsAreCounted() {
        #expect(HTMLText.wordCount(Array("<p>a b</p><p>日本</p>".utf8)) == 4)
    }
}
