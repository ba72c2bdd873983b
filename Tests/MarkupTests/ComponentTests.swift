import Testing
import Text

@testable import Markup

/// Components and foreign template marks in Markdown.
struct ComponentTests {
    /// Links that a component prints are its template's; those in its body, and addresses in tags of the author's, are
    /// the author's. Text counts once.
    @Test(arguments: [
        ("<div>\n{{< image >}}\n</div>", [], ""),
        ("<div>\n{{< box >}}\n[x](/nope/)\n{{< /box >}}\n</div>", ["/nope/"], "x"),
        (
            "<div>\n{{< box >}}\n<a href=\"/nope/\">x</a>\n{{< /box >}}\n<a href=\"/b/\">y</a></div>",
            ["/nope/", "/b/"], "x y"
        ),
        ("<div><a href=\"{{< ref \"a\" >}}\">x</a> {{< name >}}</div>", ["/to/a"], "x Ada"),
        ("<div><a href=\"/in/{{< name >}}\">x</a></div>", ["/in/Ada"], "x"),
        ("<a href=\"{{< ref \"a\" >}}\">x</a>", ["/to/a"], "x"),
        ("[x]({{< ref \"a\" >}}) y", ["/to/a"], "x y"),
        ("<p title=\"{{ y }}\">{{ x }}</p>", [], "{{ x }}"),
    ])
    func whatAComponentPrintsInRawHTMLIsNotTheAuthors(_ markdown: String, _ links: [String], _ text: String) {
        var hooks = TestHooks()
        let body = Markdown.render(
            SourceFile(path: "a.md", text: markdown), options: MarkdownOptions(), hooks: &hooks)
        #expect(body.links.map { String(decoding: $0.destination, as: UTF8.self) } == links)
        let words = String(decoding: body.text, as: UTF8.self).split { $0 == " " || $0 == "\n" }
        #expect(words.joined(separator: " ") == text)
        #expect(body.wordCount == text.split(separator: " ").count { $0 != "{{" && $0 != "}}" })
    }

    @Test(arguments: [
        // Block level: never within a paragraph.
        ("{{< box >}}", "<div class=\"box\"></div>\n"),
        ("a\n\n{{< box />}}\n\nb", "<p>a</p>\n<div class=\"box\"></div>\n<p>b</p>\n"),
        ("{{< box >}}\n*x*\n{{< /box >}}", "<div class=\"box\"><p><em>x</em></p>\n</div>\n"),
        ("{{% box %}}\n*x*\n{{% /box %}}", "<div class=\"box\"><p><em>x</em></p>\n</div>\n"),
        ("a\n{{< box >}}\nx\n{{< /box >}}\nb", "<p>a</p>\n<div class=\"box\"><p>x</p>\n</div>\n<p>b</p>\n"),
        ("a {{< box >}} b", "<p>a</p>\n<div class=\"box\"></div>\n<p>b</p>\n"),
        // Within a line.
        ("a {{< b >}}x *y*{{< /b >}} c", "<p>a <b>x <em>y</em></b> c</p>\n"),
        ("*a {{< name >}}*", "<p><em>a Ada</em></p>\n"),
        ("**{{< name >}}**", "<p><strong>Ada</strong></p>\n"),
        ("a\n{{< name >}}\nb", "<p>a\nAda\nb</p>\n"),
        ("# By {{< name >}}", "<h1 id=\"by\">By Ada</h1>\n"),
        (
            "|a|\n|-|\n|{{< name >}}|",
            "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>Ada</td>\n</tr>\n</tbody>\n</table>\n"
        ),
        ("- {{< name >}}\n- b", "<ul>\n<li>Ada</li>\n<li>b</li>\n</ul>\n"),
        // In destinations and raw HTML.
        ("[x]({{< ref \"a/b\" >}})", "<p><a href=\"/to/a/b\">x</a></p>\n"),
        ("<a href=\"{{< ref \"a\" >}}\">x</a>", "<p><a href=\"/to/a\">x</a></p>\n"),
        ("<div>\n{{< name >}}\n</div>", "<div>\nAda\n</div>\n"),
        // Nested, with definitions from outside the body.
        (
            "{{< box >}}\n{{< box >}}\n[x]\n{{< /box >}}\n{{< /box >}}\n\n[x]: /y",
            "<div class=\"box\"><div class=\"box\"><p><a href=\"/y\">x</a></p>\n</div>\n</div>\n"
        ),
        (
            "- a\n\n  {{< box >}}\n  b\n\n  - c\n  {{< /box >}}\n",
            "<ul>\n<li>\n<p>a</p>\n<div class=\"box\"><p>b</p>\n<ul>\n<li>c</li>\n</ul>\n</div>\n</li>\n</ul>\n"
        ),
        (
            "> {{< box >}}\n> b\n> {{< /box >}}\n",
            "<blockquote>\n<div class=\"box\"><p>b</p>\n</div>\n</blockquote>\n"
        ),
        // Never in code.
        ("`{{< box >}}`", "<p><code>{{&lt; box &gt;}}</code></p>\n"),
        ("```\n{{< box >}}\n```", "<pre><code>{{&lt; box &gt;}}\n</code></pre>\n"),
        ("    {{< box >}}", "<pre><code>{{&lt; box &gt;}}\n</code></pre>\n"),
        (
            "- a\n\n      {{< box >}}",
            "<ul>\n<li>\n<p>a</p>\n<pre><code>{{&lt; box &gt;}}\n</code></pre>\n</li>\n</ul>\n"
        ),
        ("<!-- {{< box >}} -->", "<!-- {{< box >}} -->\n"),
        // Escapes print themselves, in code too.
        ("{{</* box */>}} {{%/* /box */%}}", "<p>{{&lt; box &gt;}} {{% /box %}}</p>\n"),
        ("`{{</* box */>}}`", "<p><code>{{&lt; box &gt;}}</code></p>\n"),
        ("```\n{{</* box */>}}\n```", "<pre><code>{{&lt; box &gt;}}\n</code></pre>\n"),
        // A body that would disturb what follows stays its own.
        ("{{< raw >}}<div>```{{< /raw >}}\n\n*a*", "<div>```\n<p><em>a</em></p>\n"),
        ("a {{< comment >}}x{{< /comment >}}b", "<p>a b</p>\n"),
        // Unknown ones leave their body.
        ("{{< huh >}}\n*x*\n{{< /huh >}}", "<p><em>x</em></p>\n"),
        ("a {{< huh >}} b", "<p>a  b</p>\n"),
        ("{{< huh >}}", ""),
    ])
    func callsAreSpliced(markdown: String, html: String) {
        expectHTML(markdown, with: TestHooks(), html)
    }

    @Test func argumentsAreTyped() {
        let result = expectHTML(
            "{{< name \"a \\\"b\\\"\" `raw \"x\"` 3 -2.5 true word k=\"v\" n=4 f=1e3 t=false p=a/b >}}",
            with: TestHooks(), "Ada\n")
        let call = result.hooks.calls[0]
        #expect(
            call.positional == [
                .string(Array("a \"b\"".utf8)), .string(Array("raw \"x\"".utf8)), .integer(3), .double(-2.5),
                .bool(true),
                .string(Array("word".utf8)),
            ])
        #expect(call.argument("k") == .string(Array("v".utf8)))
        #expect(call.argument("n") == .integer(4))
        #expect(call.argument("f") == .double(1000))
        #expect(call.argument("t") == .bool(false))
        #expect(call.argument("p") == .string(Array("a/b".utf8)))
        #expect(call.rawBody == nil)
        #expect(!call.isInline)
    }

    /// As in Hugo, Jinja and HTML.
    @Test(arguments: [
        ("a='two words' 'it\\'s' \"it's\" it's", "two words", ["it's", "it's", "it's"]),
        ("'q\"q' a='x\"y'", "x\"y", ["q\"q"]),
        ("a = \"v\" w b= 2", "v", ["w"]),
    ])
    func singleQuotesAndBlanksAroundTheMarkAreUnderstood(
        _ arguments: String, _ named: String, _ positional: [String]
    ) {
        let result = expectHTML("{{< name \(arguments) >}}", with: TestHooks(), "Ada\n")
        let call = result.hooks.calls[0]
        #expect(call.argument("a") == .string(Array(named.utf8)))
        #expect(call.positional == positional.map { .string(Array($0.utf8)) })
    }

    @Test func aTextWithoutItsQuoteIsToldAsOne() {
        let body = Markdown.render(SourceFile(path: "a.md", text: "{{< name 'tis >}}"))
        #expect(
            body.diagnostics.map(\.message) == ["a text in the call of \"name\" has no closing quote"])
    }

    @Test func argumentsMaySpanLines() {
        let result = expectHTML(
            "{{< box\n  a=\"x\n y\"\n>}}", with: TestHooks(), "<div class=\"box\"></div>\n")
        #expect(result.hooks.calls[0].argument("a") == .string(Array("x\n y".utf8)))
    }

    @Test func bodiesComeRawAndRendered() {
        let result = expectHTML(
            "x {{< b >}} *y* {{< /b >}}", with: TestHooks(), "<p>x <b><em>y</em></b></p>\n")
        let call = result.hooks.calls[0]
        #expect(call.rawBody == Array(" *y* ".utf8))
        #expect(call.bodyHTML == Array("<em>y</em>".utf8))
        #expect(call.isInline)
        #expect(call.range == SourceRange(2, 11))
    }

    @Test func whatComponentsPrintHasPlacesToo() {
        let body = expectHTML(
            "{{< image >}}", with: TestHooks(),
            "<img id=\"pic\" src=\"/a.png\" srcset=\"/b.png 1x, /c.png 2x\">\n"
        ).body
        let html = body.html
        #expect(
            body.content.urls.map { String(decoding: html[$0.offset..<$0.offset + $0.count], as: UTF8.self) }
                == ["/a.png", "/b.png", "/c.png"])
        #expect(body.content.urls.map(\.attribute) == [.imageSource, .imageCandidate, .imageCandidate])
        #expect(body.content.ids.count == 1)
    }

    @Test func headingsOfBodiesAreInTheOutlineWhenTheyArePrinted() {
        let text = "# A\n\n{{< box >}}\n## B\n{{< /box >}}\n\n{{< name >}}\n## C\n{{< /name >}}\n\n## A"
        var hooks = TestHooks()
        let body = Markdown.render(SourceFile(path: "a.md", text: text), hooks: &hooks)
        #expect(body.headings.map { String(decoding: $0.id, as: UTF8.self) } == ["a", "b", "a-1"])
        #expect(body.headings.map { text.utf8Text($0.range) } == ["# A", "## B", "## A"])
    }

    @Test(arguments: [
        ("a ⟦{{< huh >}}⟧", ["unknown-component"]),
        ("> - x\n>\n>   ⟦{{< huh a=1 >}}⟧\n>   x\n>   {{< /huh >}}", ["unknown-component"]),
        ("{{< box >}}\n  ⟦{{< huh >}}⟧\n{{< /box >}}", ["unknown-component"]),
        ("{{< box >}}x{{< /box >}}\n\n⟦{{< box >}}⟧", ["unclosed-component"]),
        ("x ⟦{{< /box >}}⟧", ["unclosed-component"]),
        ("x ⟦{{<⟧ box a=\"", ["malformed-component"]),
        ("é `{{< huh >}}` ⟦{% include x.html %}⟧ ⟦{{ rust }}⟧", ["liquid-tag", "template-in-text"]),
        (
            "⟦{{ site.title }}⟧ ⟦{{ \"/a\" | relative_url }}⟧ ⟦{{ x | date: \"%Y\" }}⟧",
            ["liquid-tag", "liquid-tag", "liquid-tag"]
        ),
        (
            "⟦{{ youtube(id=\"x\") }}⟧ ⟦{% quote() %}⟧a⟦{% end %}⟧",
            ["liquid-tag", "liquid-tag", "liquid-tag"]
        ),
        ("# A {#x}\n\n⟦# B {#x}⟧", ["duplicate-id"]),
    ])
    func wrongCallsAreFindingsAtTheirPlace(marked: String, codes: [String]) {
        expectFindings(marked, codes)
    }

    @Test func aNearNameIsAHint() {
        var hooks = TestHooks()
        let body = Markdown.render(SourceFile(path: "a.md", text: "{{< bx >}}"), hooks: &hooks)
        #expect(body.diagnostics.map(\.hint) == ["did you mean \"box\"?"])
    }

    @Test(arguments: [
        ("[a]({{ site.baseurl }}/x)", "<p><a href=\"/x\">a</a></p>\n"),
        ("[a]({{ site.url }}{% post_url 2020-01-02-a %}) b", "<p><a href=\"/a/\">a</a> b</p>\n"),
        ("![a]({{ '/i.png' | relative_url }})", "<p><img src=\"/i.png\" alt=\"a\"></p>\n"),
        ("[a]({% post_url nope %})", "<p><a>a</a></p>\n"),
        ("{% raw %}{{ site.title }} {{< box >}}{% endraw %}", "<p>{{ site.title }} {{&lt; box &gt;}}</p>\n"),
        (
            "{% highlight swift linenos %}\nlet *a*\n{% endhighlight %}\nx",
            "<pre><code class=\"language-swift\">let *a*\n</code></pre>\n<p>x</p>\n"
        ),
        ("a{% comment %}\nb\n{% endcomment %}c", "<p>ac</p>\n"),
        ("{% for x in site.posts %}\n{{ x.title }}\n{% endfor %}\nc", "<p>c</p>\n"),
        ("{% if x %}a{% endif %}", "<p>a</p>\n"),
        (
            "{{ rust }} ${{ site.x }} {{ a | b }} {{}} {%%} { {< x",
            "<p>{{ rust }} ${{ site.x }} {{ a | b }} {{}} {%%} { {&lt; x</p>\n"
        ),
        ("`{% raw %}` {{/* x() */}}", "<p><code>{% raw %}</code> {{ x() }}</p>\n"),
    ])
    func liquidIsResolvedOrDropped(markdown: String, html: String) {
        expectHTML(markdown, with: TestHooks(), html)
    }

    @Test func deepComponentsAreBounded() {
        let depth = 60
        let text =
            String(repeating: "{{< box >}}\n", count: depth) + "x\n"
            + String(repeating: "{{< /box >}}\n", count: depth)
        var hooks = TestHooks()
        let body = Markdown.render(SourceFile(path: "a.md", text: text), hooks: &hooks)
        #expect(body.diagnostics.map(\.code.name) == ["deep-nesting"])
    }

    @Test func anArgumentWithoutAValueIsSaidToBeOne() {
        let body = Markdown.render(SourceFile(path: "a.md", text: "{{< box n= >}}"))
        #expect(body.diagnostics.map(\.message) == ["the argument \"n\" of \"box\" has no value"])
    }

    @Test(arguments: [
        ("<img src=\"sized.png\" id=a>", "<img src=\"sized.png\" width=\"8\" height=\"6\" id=a>"),
        ("<IMG  id=a alt='a<b>'  SRC = ' sized.png ' />", "<IMG  id=a alt='a<b>'  SRC = ' sized.png ' />"),
        (
            "<IMG  id=a alt='ab'  SRC = ' sized.png ' />",
            "<IMG  id=a alt='ab'  SRC = ' sized.png ' width=\"8\" height=\"6\" />"
        ),
        (
            "<img src=sized.png><img src=other.png>",
            "<img src=sized.png width=\"8\" height=\"6\"><img src=other.png>"
        ),
        ("<img src=\"sized.png\" width=3>", "<img src=\"sized.png\" width=3>"),
        ("<img HEIGHT='' src=\"sized.png\">", "<img HEIGHT='' src=\"sized.png\">"),
        ("<img style=\"width: 3em\" src=\"sized.png\">", "<img style=\"width: 3em\" src=\"sized.png\">"),
        ("<input src=\"sized.png\">", "<input src=\"sized.png\">"),
        (
            "<picture><source srcset=sized.png><img srcset=\"sized.png 1x\" src=sized.png></picture>",
            "<picture><source srcset=sized.png><img srcset=\"sized.png 1x\" src=sized.png width=\"8\" height=\"6\"></picture>"
        ),
        (
            "<a href=\"other.md\" id=\"x\"><img src=\"sized.png\"></a><b id=\"y\">z</b>",
            "<a href=\"/other/\" id=\"x\"><img src=\"sized.png\" width=\"8\" height=\"6\"></a><b id=\"y\">z</b>"
        ),
    ])
    func imagesInRawHTMLGetTheSizeOfTheirFiles(html: String, written: String) {
        for (before, after) in [("<div>\n", "\n</div>"), ("", "")] {
            let isBlock = !before.isEmpty
            let body = expectHTML(
                before + (isBlock ? "" : "a ") + html + after, with: TestHooks(),
                isBlock ? before + written + after + "\n" : "<p>a " + written + "</p>\n"
            ).body
            let ids = body.content.ids.map {
                String(decoding: body.html[$0.offset..<$0.offset + $0.count], as: UTF8.self)
            }
            #expect(ids == (html.contains("id=\"x\"") ? ["x", "y"] : html.contains("id=a") ? ["a"] : []))
        }
    }

    @Test func linksInRawHTMLAreResolvedAndTheirPlacesMove() {
        let body = expectHTML(
            "<p id=\"a\"><a href=\"other.md\" id=\"b\">x</a> <img src=y.png srcset=\"other.md 1x, z.png 2x\"> <a href=\"#c\" id=\"c\">c</a></p>\n",
            with: TestHooks(),
            "<p id=\"a\"><a href=\"/other/\" id=\"b\">x</a> <img src=y.png srcset=\"/other/ 1x, z.png 2x\"> <a href=\"#c\" id=\"c\">c</a></p>\n"
        ).body
        let html = body.html
        #expect(
            body.content.urls.map {
                String(decoding: html[$0.offset..<$0.offset + $0.count], as: UTF8.self)
            } == ["/other/", "y.png", "/other/", "z.png", "#c"])
        #expect(
            body.content.ids.map {
                String(decoding: html[$0.offset..<$0.offset + $0.count], as: UTF8.self)
            } == ["a", "b", "c"])
        #expect(body.links.map(\.isImage) == [false, true, true, true, false])
    }
}

extension String {
    /// The part of a string at a range of its UTF-8.
    func utf8Text(_ range: SourceRange) -> String {
        let bytes = Array(utf8)
        guard Int(range.end) <= bytes.count else { return "out of bounds" }
        return String(decoding: bytes[Int(range.start)..<Int(range.end)], as: UTF8.self)
    }
}
