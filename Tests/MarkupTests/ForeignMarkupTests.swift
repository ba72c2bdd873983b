import Foundation
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
        ("⟦::: note⟧\nText\n:::\n\n::: tip\n:::", ["foreign-markup"]),
        ("- a\n\n  ⟦:::{.box}⟧\n  Text\n  ::::", ["foreign-markup"]),
        ("See ⟦![a](my photo.png)⟧ and ![b](your photo.JPG).", ["foreign-markup"]),
        ("⟦$$x$$⟧ is one.", ["foreign-markup"]),
        ("⟦$$ a^2 + b $$⟧ and $$x_1$$", ["foreign-markup"]), ("⟦$$\n\\frac{a}{b}\n$$⟧", ["foreign-markup"]),
        ("Text [a][b].\n⟦[b]:⟧ /x\n[c]: /y", ["unread-definition"]),
        ("Text.\n⟦[a:b]:⟧ /x", ["unread-definition"]),
        ("[^1]: Note.\n⟦[b]:⟧ /x", ["unread-definition"]), ("- item\n⟦[b]:⟧ /x", ["unread-definition"]),
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
        "::: note\nwithout an end", "```\n::: note\n:::\n```", ": : x\n:::", "$$5 and $$6", "$$NAME$$",
        "![a](a.png \"my title.png\") ![a](<my photo.png>) ![a]( a.png ) ![a](a.png =9x9.png)",
        "[x](my photo.png) `![a](my photo.png)` ![a](my photo)",
        "`[[Page]]` `%%x%%` `{{ title }}`", "```\n[[Page]] %%x%% {{ t }}\n```", "    [[Page]]\n    %%a%%",
        "[[1](a)] [[1]](a) [[ -f x ]] [[^1]] [[]] [[1]] 5 [[12]] [[:alnum:]]", "50%% of it, 10%%",
        "Text.\n\n[b]: /x\n[c]: /y\nText.", "# H\n[b]: /x", "Title\n===\n[b]: /x", "Text.\n\n---\n[b]: /x",
        "<div>\n[b]: /x\n</div>", "```\n```\n[b]: /x", "text\n[b]:\ntext\n[b] : c\n[^x]: y",
        "> [b]: /x\n> [c]: /y",
        "[a]: /x\n  \"title\"\n[b]: /y", "[a]:\n/x\n[b]: /y", "<!--\nfoo\n[b]: /x\n-->",
        "<script>\nx\n[b]: /x\n</script>",
        "for %%i in (*.txt) do echo %%i %%j", "%%a b\n\nc %%d%%e", "text [TOC] text", "[toc](a.md)",
        "*[a](b): c*", "*[Note]: all of it*", "!!! note\nText", "!!! 5\n\n    x", "!!!note", "kill $$ and $$",
        "`$$a^2$$` $$ and `b^2` $$", "```\n$$a^2$$\n*[a]: b\n!!! note\n    x\n```", "$$ a^2\n\nb $$", "$a^2$",
        "{{}} {{ 1 }} ${{ secrets.x }} { { a } }", "```rust,ignore\nx\n```", "```go {linenos=false}\nx\n```",
        "```go {name=a.go}\nx\n```",
    ])
    func otherTextIsLeftAlone(text: String) {
        expectFindings(text, [])
    }

    /// A definition is read like any other line.
    @Test func marksInDefinitionsAreRead() {
        expectHTML(
            "[a] [b]\n\n[a]: {{ site.baseurl }}/x\n[b]: {{ \"/y\" | relative_url }}\n",
            "<p><a href=\"/x\">a</a> <a href=\"/y\">b</a></p>\n")
    }

    /// What is shown of a text is cut between characters.
    @Test func whatIsShownOfALongTextIsWhole() {
        let body = Markdown.render(
            SourceFile(path: "a.md", text: "[[" + String(repeating: "日", count: 30) + "]]"),
            options: MarkdownOptions())
        #expect(body.diagnostics.map(\.message).allSatisfy { !$0.contains("\u{fffd}") && $0.contains("日") })
        #expect(body.diagnostics.count == 1)
    }

    /// Zola's shortcodes may have many lines, and texts in which anything stands.
    @Test func shortcodesOfZolaAreFoundWhateverTheirLength() {
        let long = String(repeating: "word ) }} ", count: 300)
        for (open, close) in [("{{", "}}"), ("{%", "%}")] {
            let text = "a\n\n\(open) figure(\n  src=\"a.png\",\n  text='\(long)',\n) \(close)\n\nb"
            let body = Markdown.render(SourceFile(path: "a.md", text: text), options: MarkdownOptions())
            #expect(String(decoding: body.html, as: UTF8.self) == "<p>a</p>\n<p>b</p>\n")
            #expect(body.diagnostics.map(\.message) == ["a shortcode of Zola, \"figure\", is not called"])
        }
        expectHTML("{{ f(x, {y}) }} {{ f(a\n", "<p>{{ f(x, {y}) }} {{ f(a</p>\n")
    }

    /// A variable that is dropped takes the line with it that makes a heading of it.
    @Test func aDroppedHeadingLeavesNoLine() {
        expectHTML("{{ page.title }}\n=====\n\nText\n", "<p>Text</p>\n")
        expectHTML("{{ page.title }}\n---\nText\n", "<p>Text</p>\n")
        expectHTML("Intro\n{{ page.x }}\n===\n", "<p>Intro</p>\n<p>===</p>\n")
        expectHTML("A {{ page.title }}\n===\n", "<h1 id=\"a\">A</h1>\n")
    }

    /// A dot is a part of an id (pandoc, Hugo); kramdown's lists of attributes are divided there.
    @Test func anIdMayHaveADot() {
        expectHTML("## One {#toc_1.1 .x}\n", "<h2 id=\"toc_1.1\" class=\"x\">One</h2>\n")
        expectHTML("Text\n{: #a.b}\n", "<p id=\"a\" class=\"b\">Text</p>\n")
    }

    @Test func whatFollowsAFormulaIsNoLetter() {
        var options = MarkdownOptions()
        options.math = true
        func html(_ text: String) -> String {
            String(
                decoding: Markdown.render(SourceFile(path: "a.md", text: text), options: options).html,
                as: UTF8.self)
        }
        #expect(html("echo $PATH:$HOME\n") == "<p>echo $PATH:$HOME</p>\n")
        #expect(html("costs $5 and $HOME/bin:$GOPATH/bin\n") == "<p>costs $5 and $HOME/bin:$GOPATH/bin</p>\n")
        for text in ["$a$, $b$-th\n", "The $n$th value $x$ is\n", "$i$th row of $x$s\n"] {
            #expect(!html(text).contains("$"))
        }
        // A dollar sign that ends nothing is one, and what follows is read as if it were not there.
        #expect(html("$5 and $x$\n").contains("$5 and <span"))
        #expect(html("$PATH:$HOME and $x$\n").hasPrefix("<p>$PATH:$HOME and <span"))
    }

    /// Liquid runs before Markdown, and so in code.
    @Test func rawMarksOfJekyllAreNoneOfCode() {
        func html(_ text: String) -> String {
            var options = MarkdownOptions()
            options.isOfJekyll = true
            return String(
                decoding: Markdown.render(SourceFile(path: "a.md", text: text), options: options).html,
                as: UTF8.self)
        }
        let code = "<pre><code class=\"language-yaml\">a: {{ b }}\n</code></pre>\n"
        #expect(html("```yaml\n{% raw %}\na: {{ b }}\n{% endraw %}\n```\n") == code)
        #expect(html("```yaml\n{% raw %}a: {{ b }}{% endraw %}\n```\n") == code)
        #expect(html("{% raw %}\n```yaml\na: {{ b }}\n```\n{% endraw %}\n") == code)
        #expect(html("Say `{% raw %}{{ x }}{% endraw %}`.\n") == "<p>Say <code>{{ x }}</code>.</p>\n")
        #expect(html("`{% raw %}`\n") == "<p><code>{% raw %}</code></p>\n")
        expectHTML("`{% raw %}{{ x }}{% endraw %}`\n", "<p><code>{% raw %}{{ x }}{% endraw %}</code></p>\n")
    }

    /// What kramdown drops is not published.
    @Test func commentsOfKramdownAreForNobody() {
        expectHTML("a\n\n{::comment}\nhidden\n\nstill\n{:/comment}\n\nb\n", "<p>a</p>\n<p>b</p>\n")
        expectHTML("a {::comment}hidden{:/} b\n", "<p>a  b</p>\n")
        expectHTML("{::options parse_block_html=\"true\" /}\n\nb\n", "<p>b</p>\n")
        expectHTML("{::nomarkdown}<b>x</b>{:/nomarkdown}\n", "<p><b>x</b></p>\n")
        expectHTML("a {::options x} b\n", "<p>a {::options x} b</p>\n")
        expectHTML("a {::comment} b\n", "<p>a {::comment} b</p>\n")
    }

    /// kramdown has one mark for formulas; whether one stands alone tells how it is set.
    @Test func formulasOfKramdownAreInTheLineWhereTheyStandInOne() {
        var options = MarkdownOptions()
        options.math = true
        options.isOfJekyll = true
        let body = Markdown.render(
            SourceFile(
                path: "a.md",
                text:
                    "Let $$x$$ be\n\n$$\ny\n$$\n\n$$z$$\n\n> $$q$$\n\n1. $$r$$\n\n5 $$x$$\n\n- 3 + $$x$$\n\nText\n$$x$$\nmore\n"
            ),
            options: options)
        let html = String(decoding: body.html, as: UTF8.self)
        #expect(html.components(separatedBy: "math inline").count == 5)
        #expect(html.components(separatedBy: "math display").count == 5)
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
