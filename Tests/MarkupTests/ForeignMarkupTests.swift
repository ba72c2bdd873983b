import Testing
import Text

@testable import Markup

/// Marks of other programs.
@Suite struct ForeignMarkupTests {
    @Test(arguments: [
        ("A ⟦[[Page]]⟧ and [[Another|text]].", ["foreign-markup"]),
        ("⟦![[image.png]]⟧", ["foreign-markup"]),
        ("⟦%%private%%⟧ text %%more%%", ["foreign-markup"]),
        ("⟦%%\nprivate\n\nstill\n%%⟧", ["foreign-markup"]),
        ("⟦[TOC]⟧\n\n[toc]", ["foreign-markup"]),
        ("⟦[[_TOC_]]⟧", ["foreign-markup"]),
        ("HTML.\n\n⟦*[HTML]:⟧ Hyper Text\n*[CSS]: Sheets", ["foreign-markup"]),
        ("⟦!!! note⟧ \"Title\"\n    Text\n\n!!! tip\n\n    x", ["foreign-markup"]),
        ("- a\n\n  ⟦???+ note⟧\n      Text", ["foreign-markup"]),
        ("⟦$$ a^2 + b $$⟧ and $$x_1$$", ["foreign-markup"]), ("⟦$$\n\\frac{a}{b}\n$$⟧", ["foreign-markup"]),
        ("A ⟦{{ title }}⟧ {{ other | length }}", ["template-in-text"]),
        ("⟦[[a]]⟧ ⟦%%b%%⟧ ⟦{{ c }}⟧", ["foreign-markup", "foreign-markup", "template-in-text"]),
        ("⟦```go {hl_lines=[1]}\nx\n```⟧\n\n```go {foo=1}\nx\n```", ["fence-option"]),
        ("⟦```go {foo=bar}\nx\n```⟧", ["fence-option"]),
        ("⟦```go {linenos=table}\nx\n```⟧", ["fence-option"]),
    ])
    func marksAreToldOnceOfAKind(marked: String, codes: [String]) {
        expectFindings(marked, codes)
    }

    @Test(arguments: [
        "`[[Page]]` `%%x%%` `{{ title }}`", "```\n[[Page]] %%x%% {{ t }}\n```", "    [[Page]]\n    %%a%%",
        "[[1](a)] [[1]](a) [[ -f x ]] [[^1]] [[]]", "50%% of it", "text [TOC] text", "[toc](a.md)",
        "*[a](b): c*", "*[Note]: all of it*", "!!! note\nText", "!!! 5\n\n    x", "!!!note", "kill $$ and $$",
        "`$$a^2$$` $$ and `b^2` $$", "```\n$$a^2$$\n*[a]: b\n!!! note\n    x\n```", "$$ a^2\n\nb $$", "$a^2$",
        "{{}} {{ 1 }} ${{ secrets.x }} { { a } }", "```rust,ignore\nx\n```", "```go {linenos=false}\nx\n```",
        "```go {name=a.go}\nx\n```",
    ])
    func otherTextIsLeftAlone(text: String) {
        expectFindings(text, [])
    }

    @Test func theFirstLineOfCodeMaySayItsLanguage() {
        expectHTML("    :::python\n    a\n", "<pre><code class=\"language-python\">a\n</code></pre>\n")
        expectHTML("```\n:::Swift\na\n```\n", "<pre><code class=\"language-Swift\">a\n</code></pre>\n")
        expectHTML(
            "```text\n:::python\n```\n", "<pre><code class=\"language-text\">:::python\n</code></pre>\n")
        expectHTML("    ::: python\n", "<pre><code>::: python\n</code></pre>\n")
    }

    @Test(arguments: [
        ("Ünïcode heading & more", "unicode-heading-more"), ("Größe – straße", "grosse-strasse"),
        ("Привет, мир", "privet-mir"), ("smørrebrød", "smorrebrod"), ("日本 2", "2"),
    ])
    func idsInASCIIKeepTheirLetters(title: String, id: String) {
        var options = MarkdownOptions()
        options.headingIDs = .ascii
        let body = Markdown.render(SourceFile(path: "a.md", text: "# " + title), options: options)
        #expect(body.headings.map { String(decoding: $0.id, as: UTF8.self) } == [id])
    }
}
