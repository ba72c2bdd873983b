import Testing
import Text

@testable import Markup

/// What our defaults write where cmark-gfm writes something else.
struct MarkdownFeatureTests {
    @Test(arguments: [
        ("# Hello, *World*!", "<h1 id=\"hello-world\">Hello, <em>World</em>!</h1>\n"),
        ("## A\n## A\n## A-1\n", "<h2 id=\"a\">A</h2>\n<h2 id=\"a-1\">A</h2>\n<h2 id=\"a-1-1\">A-1</h2>\n"),
        ("# Über *Größe* 日本語 №1", "<h1 id=\"über-größe-日本語-1\">Über <em>Größe</em> 日本語 №1</h1>\n"),
        ("# `code` & <b>x</b>", "<h1 id=\"code--x\"><code>code</code> &amp; <b>x</b></h1>\n"),
        ("# A {#own}", "<h1 id=\"own\">A</h1>\n"),
        ("# A {#own .x .y lang=de}", "<h1 id=\"own\" class=\"x y\" lang=\"de\">A</h1>\n"),
        ("# A {.x}", "<h1 id=\"a\" class=\"x\">A</h1>\n"),
        ("# A {b}", "<h1 id=\"a-b\">A {b}</h1>\n"),
        ("# A\n{: #k}\n", "<h1 id=\"k\">A</h1>\n"),
        ("# !!!", "<h1 id=\"section\">!!!</h1>\n"),
        ("# [a](b)", "<h1 id=\"a\"><a href=\"b\">a</a></h1>\n"),
    ])
    func headingsHaveIDsAndAttributes(markdown: String, html: String) {
        expectHTML(markdown, html)
    }

    @Test(arguments: [
        ("# The *title*\n\nText.\n", "<p>Text.</p>\n"),
        ("The title\n=========\nText.\n", "<p>Text.</p>\n"),
        ("# Another\n", "<h1 id=\"another\">Another</h1>\n"),
        ("## The title\n", "<h2 id=\"the-title\">The title</h2>\n"),
        ("Text.\n\n# The title\n", "<p>Text.</p>\n<h1 id=\"the-title\">The title</h1>\n"),
        ("> # The title\n", "<blockquote>\n<h1 id=\"the-title\">The title</h1>\n</blockquote>\n"),
    ])
    func aTitleThatTheTextRepeatsIsLeftOut(markdown: String, html: String) {
        var options = MarkdownOptions()
        options.title = Array("The title".utf8)
        expectHTML(markdown, html, options)
    }

    @Test(arguments: [
        ("# A *b* `c`\n\nText", "A b c"), ("\n\n   # A #\n", "A"), ("A &amp; b\n===\n", "A & b"),
        ("# A {#x .y}\n", "A"), ("#A\n", nil), ("## A\n", nil), ("A\n---\n", nil), ("A\nb\n===\n", nil),
        ("    # A\n", nil), ("#\n", nil), ("", nil), ("Text\n", nil), ("# A\r\nText", "A"), ("A\r\n===", "A"),
        ("===\n===\n", "==="), ("- A\n===\n", nil),
    ])
    func aTextMayBeginWithItsTitle(markdown: String, title: String?) {
        let file = SourceFile(path: "a.md", text: "---\n" + markdown)
        #expect(LeadingHeading.text(in: file, from: 4).map { String(decoding: $0, as: UTF8.self) } == title)
    }

    @Test(arguments: [
        ("* toc\n{:toc}\n\nText\n", "<p>Text</p>\n"), ("1. TOC\n{:toc}\n", ""),
        ("* a\n* b\n{:toc}\n", "<ul>\n<li>a</li>\n<li>b\n{:toc}</li>\n</ul>\n"),
        ("* {:toc} a\n", "<ul>\n<li>{:toc} a</li>\n</ul>\n"),
    ])
    func kramdownsMarkForContentsIsNothing(markdown: String, html: String) {
        expectHTML(markdown, html)
    }

    @Test(arguments: [
        (HeadingIDs.none, "<h1>1. Ölÿ  Tank</h1>\n"),
        (.ascii, "<h1 id=\"1-oly-tank\">1. Ölÿ  Tank</h1>\n"),
        (.kramdown, "<h1 id=\"l-tank\">1. Ölÿ  Tank</h1>\n"),
        (.github, "<h1 id=\"1-ölÿ--tank\">1. Ölÿ  Tank</h1>\n"),
    ])
    func headingIDsFollowARule(rule: HeadingIDs, html: String) {
        var options = MarkdownOptions()
        options.headingIDs = rule
        expectHTML("# 1. Ölÿ  Tank", html, options)
    }

    @Test(arguments: [
        ("text\n{: .lead #x}", "<p id=\"x\" class=\"lead\">text</p>\n"),
        ("{: .lead #x}\ntext *b*", "<p id=\"x\" class=\"lead\">text <em>b</em></p>\n"),
        ("{.a}\nx", "<p>{.a}\nx</p>\n"),
        ("![a](b.png)\n{.logo}", "<p class=\"logo\"><img src=\"b.png\" alt=\"a\"></p>\n"),
        ("- a\n- b\n\n{.list}", "<ul class=\"list\">\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("- a\n- b\n  {.last}", "<ul>\n<li>a</li>\n<li class=\"last\">b</li>\n</ul>\n"),
        ("> q\n\n{: .q}", "<blockquote class=\"q\">\n<p>q</p>\n</blockquote>\n"),
        ("```\nx\n```\n{: .c}", "<pre class=\"c\"><code>x\n</code></pre>\n"),
        (
            "|a|\n|-|\n|1|\n{: .t}",
            "<table class=\"t\">\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n</table>\n"
        ),
        ("![a](b.png){: width=\"80\"} x", "<p><img src=\"b.png\" alt=\"a\" width=\"80\"> x</p>\n"),
        ("[a](b){:target=\"_blank\" .c}", "<p><a href=\"b\" class=\"c\" target=\"_blank\">a</a></p>\n"),
        ("a {.items[0].name} b", "<p>a {.items[0].name} b</p>\n"),
        ("a\n{.items[0].name}", "<p>a\n{.items[0].name}</p>\n"),
    ])
    func attributesBelongToTheirBlock(markdown: String, html: String) {
        expectHTML(markdown, html)
    }

    @Test(arguments: [
        (
            "> [!NOTE]\n> Text",
            "<div class=\"markdown-alert markdown-alert-note\" role=\"note\">\n<p class=\"markdown-alert-title\">Note</p>\n<p>Text</p>\n</div>\n"
        ),
        (
            "> [!caution] Mind *this*\n>\n> - a",
            "<blockquote>\n<p>[!caution] Mind <em>this</em></p>\n<ul>\n<li>a</li>\n</ul>\n</blockquote>\n"
        ),
        (
            "> [!TIP]- Own title\n> a",
            "<div class=\"markdown-alert markdown-alert-tip\" role=\"note\">\n<p class=\"markdown-alert-title\">Own title</p>\n<p>a</p>\n</div>\n"
        ),
        ("> [!HUH]\n> a", "<blockquote>\n<p>[!HUH]\na</p>\n</blockquote>\n"),
    ])
    func alertsAreNotes(markdown: String, html: String) {
        expectHTML(markdown, html)
    }

    @Test(arguments: [
        ("Term\n: Text", "<dl>\n<dt>Term</dt>\n<dd>Text</dd>\n</dl>\n"),
        ("A\nB\n: *x*\n: y", "<dl>\n<dt>A</dt>\n<dt>B</dt>\n<dd><em>x</em></dd>\n<dd>y</dd>\n</dl>\n"),
        ("A\n: x\n\nB\n: y", "<dl>\n<dt>A</dt>\n<dd>x</dd>\n<dt>B</dt>\n<dd>y</dd>\n</dl>\n"),
        ("A\n\n:   x\n\n    y\n", "<dl>\n<dt>A</dt>\n<dd>\n<p>x</p>\n<p>y</p>\n</dd>\n</dl>\n"),
        ("# H\n: x", "<h1 id=\"h\">H</h1>\n<p>: x</p>\n"),
        ("```\nA\n: x\n```", "<pre><code>A\n: x\n</code></pre>\n"),
        ("a :b\n:c", "<p>a :b\n:c</p>\n"),
    ])
    func definitionListsAreThoseOfMarkdownExtra(markdown: String, html: String) {
        expectHTML(markdown, html)
    }

    @Test func taskListsHaveLabelledCheckBoxes() {
        expectHTML(
            "- [x] a\n- [ ] b\n- c",
            """
            <ul class="contains-task-list">
            <li class="task-list-item"><input type="checkbox" disabled aria-label="Completed task" checked> a</li>
            <li class="task-list-item"><input type="checkbox" disabled aria-label="Open task"> b</li>
            <li>c</li>
            </ul>

            """)
        expectHTML(
            "- [x] a\n\n- b",
            """
            <ul class="contains-task-list">
            <li class="task-list-item">
            <p><input type="checkbox" disabled aria-label="Completed task" checked> a</p>
            </li>
            <li>
            <p>b</p>
            </li>
            </ul>

            """)
    }

    @Test func tablesAreAlignedByStyle() {
        var options = MarkdownOptions()
        options.focusableBlocks = true
        expectHTML(
            "|a|b|c|\n|:-|:-:|-:|\n|1|2|3|",
            """
            <table tabindex="0">
            <thead>
            <tr>
            <th style="text-align:left">a</th>
            <th style="text-align:center">b</th>
            <th style="text-align:right">c</th>
            </tr>
            </thead>
            <tbody>
            <tr>
            <td style="text-align:left">1</td>
            <td style="text-align:center">2</td>
            <td style="text-align:right">3</td>
            </tr>
            </tbody>
            </table>

            """, options)
    }

    @Test func footnotesLeadThereAndBack() {
        expectHTML(
            "A[^x], again[^x].\n\n[^x]: Note.\n",
            """
            <p>A<sup class="footnote-ref"><a href="#fn-x" id="fnref-x" role="doc-noteref">1</a></sup>, again<sup class="footnote-ref"><a href="#fn-x" id="fnref-x-2" role="doc-noteref">1</a></sup>.</p>
            <section class="footnotes" role="doc-endnotes" aria-label="Footnotes">
            <ol>
            <li id="fn-x">
            <p>Note. <a href="#fnref-x" class="footnote-backref" role="doc-backlink" aria-label="Back to content 1">↩︎</a> <a href="#fnref-x-2" class="footnote-backref" role="doc-backlink" aria-label="Back to content 1-2">↩︎<sup>2</sup></a></p>
            </li>
            </ol>
            </section>

            """)
    }

    /// Nothing else has them, be it before or behind.
    @Test func idsOfFootnotesAreTheirOwn() {
        let body = Markdown.render(
            SourceFile(
                path: "a.md",
                text:
                    "## fn a\n\nA[^a] B[^a] C[^a-2].\n\n## fnref a\n\n## fnref a 2\n\n[^a]: A.\n[^a-2]: B.\n")
        )
        let ids = body.content.ids.map {
            String(decoding: body.content.html[$0.offset..<$0.offset + $0.count], as: UTF8.self)
        }
        #expect(
            ids == [
                "fn-a", "fnref-a", "fnref-a-2", "fnref-a-2-1", "fnref-a-1", "fnref-a-2-2", "fn-a-1", "fn-a-2",
            ])
        let html = String(decoding: body.html, as: UTF8.self)
        for target in ["fn-a-1", "fnref-a", "fnref-a-2", "fn-a-2", "fnref-a-2-1"] {
            #expect(html.contains("href=\"#\(target)\""), "\(html)")
        }
    }

    @Test func smartPunctuationIsAnOption() {
        var options = MarkdownOptions()
        expectHTML("\"a\" -- 'b'...", "<p>&quot;a&quot; -- 'b'...</p>\n", options)
        options.smartPunctuation = true
        expectHTML("\"a\" -- 'b'... `\"c\"`", "<p>“a” – ‘b’… <code>&quot;c&quot;</code></p>\n", options)
    }

    static let inline = ##"<span class="math inline">\("##
    private static let display = ##"<span class="math display">\["##

    @Test(arguments: [
        ("a $x_1 * y_2 * z$ b", ##"<p>a \##(inline)x_1 * y_2 * z\)</span> b</p>"##),
        ("$$\na_1 < *b* \"c\"...\n$$", ##"<p>\##(display)\na_1 &lt; *b* &quot;c&quot;...\n\]</span></p>"##),
        (
            ##"a \(x\_1 \) and \[\frac{*a*}{b}\]"##,
            ##"<p>a \##(inline)x\_1 \)</span> and \##(display)\frac{*a*}{b}\]</span></p>"##
        ),
        ("```math\na < b\n\nc\n```", ##"<div class="math display">\[a &lt; b\n\nc\]</div>"##),
        ("costs $5 or *$6*", "<p>costs $5 or <em>$6</em></p>"),
        (
            ##"not \\(x\\), \(\), `\(x\)` `$y$` \(open, \[open"##,
            ##"<p>not \(x\), (), <code>\(x\)</code> <code>$y$</code> (open, [open</p>"##
        ),
        (
            "a $$ is\n\n```sh\nkill $$\n```",
            "<p>a $$ is</p>\n<pre><code class=\"language-sh\">kill $$\n</code></pre>"
        ),
        ("$$\na\n\nb\n$$", ##"<p>\##(display)\na\n\nb\n\]</span></p>"##),
        (##"    \(x\)"##, ##"<pre><code>\(x\)\n</code></pre>"##),
        (
            "> $$\n> a\n> > b\n> $$",
            ##"<blockquote>\n<p>\##(display)\na\n&gt; b\n\]</span></p>\n</blockquote>"##
        ),
        (##"# A $x^2$ {#i}"##, ##"<h1 id="i">A \##(inline)x^2\)</span></h1>"##),
        (##"## A $x^2$"##, ##"<h2 id="a-x2">A \##(inline)x^2\)</span></h2>"##),
        (
            ##"<b title="$1 and 2$">$x<y$</b> \(x\)"##,
            ##"<p><b title="$1 and 2$">\##(inline)x&lt;y\)</span></b> \##(inline)x\)</span></p>"##
        ),
        (##"<div title="$1&amp;2$">"##, ##"<div title="$1&amp;2$">"##),
        (
            ##"![a $x$](i.png) [b $y$](c)"##,
            ##"<p><img src="i.png" alt="a x"> <a href="c">b \##(inline)y\)</span></a></p>"##
        ),
    ])
    func formulasKeepTheirSourceWhenAskedFor(markdown: String, html: String) {
        var options = MarkdownOptions()
        options.math = true
        options.smartPunctuation = true
        expectHTML(markdown, html.replacing(##"\n"##, with: "\n") + "\n", options)
    }

    @Test func formulasAreTextWithoutBeingAskedFor() {
        expectHTML(##"$x$ \(y\)"##, "<p>$x$ (y)</p>\n")
        expectHTML("```math\nx\n```", "<pre><code class=\"language-math\">x\n</code></pre>\n")
    }

    @Test func theTextOfFormulasIsTheirSource() {
        var options = MarkdownOptions()
        options.math = true
        let body = Markdown.render(
            SourceFile(path: "a.md", text: "a $x_1$ b\n\n```math\ny\n```\n"), options: options)
        #expect(String(decoding: body.text, as: UTF8.self).contains("a x_1 b"))
        #expect(String(decoding: body.text, as: UTF8.self).contains("y"))
        #expect(body.hasMath)
    }

    @Test func rawHTMLCanBeDropped() {
        var options = MarkdownOptions()
        options.rawHTML = false
        expectHTML(
            "a <b onclick=\"x()\">b</b>\n\n<script>\nx()\n</script>\n\n[l](javascript:x()) ![i](data:text/html,x){: onload=\"x\"}",
            "<p>a b</p>\n<p><a href=\"\">l</a> <img src=\"\" alt=\"i\"></p>\n", options)
        expectFindings("⟦a <b>b</b>⟧\n\n<i>", ["raw-html-dropped"], TestHooks(), options)
    }

    /// What its template puts into a link is the author's.
    @Test func withoutRawHTMLComponentsRunNoScripts() {
        var options = MarkdownOptions()
        options.rawHTML = false
        func expect(_ printed: String, _ html: String) {
            expectHTML("{{< raw >}}\(printed){{< /raw >}}\n", with: TestHooks(), html + "\n", options)
        }
        expect(
            "<a id=\"x\" href=\"javascript:x()\"><img src=\"a.png\" srcset=\"b.png 2x\"></a>",
            "<a id=\"x\" href=\"\"><img src=\"a.png\" srcset=\"b.png 2x\"></a>")
        expect("<a href=\" Java\tScript:x\" id=\"y\">y</a>", "<a href=\" \" id=\"y\">y</a>")
        expect("<iframe src=\"data:text/html,x\"></iframe>", "<iframe src=\"\"></iframe>")
        expect("<img src=\"data:image/svg+xml,x\">", "<img src=\"data:image/svg+xml,x\">")
        options.rawHTML = true
        expect("<a href=\"javascript:x()\">x</a>", "<a href=\"javascript:x()\">x</a>")
    }

    /// Who writes an element in the renderer's place gets the attributes that the renderer would write.
    @Test func withoutRawHTMLTemplatesGetHarmlessAttributes() {
        let text = """
            [x](/a/){.c onclick="x()" style="x" title="t"} ![i](a.png){onload="x()" width=3}

            # H {.c onclick="x()" lang=en}

            ```go
            ```
            {onclick="x()" .d}

            """
        func attributes(rawHTML: Bool) -> [[String]] {
            var options = MarkdownOptions()
            options.rawHTML = rawHTML
            var hooks = TestHooks()
            hooks.overrides = [.link, .image, .heading, .codeBlock]
            _ = Markdown.render(SourceFile(path: "a.md", text: text), options: options, hooks: &hooks)
            return hooks.attributes.map { $0.map { String(decoding: $0.name, as: UTF8.self) } }
        }
        #expect(
            attributes(rawHTML: false) == [["class", "title"], ["width"], ["class", "lang"], ["class"]])
        #expect(
            attributes(rawHTML: true) == [
                ["class", "onclick", "style", "title"], ["onload", "width"], ["class", "onclick", "lang"],
                ["class", "onclick"],
            ])
    }

    /// Attributes are no second thing in the paragraph.
    @Test(arguments: [("![t](x.png)", true), ("![t](x.png){.c}", true), ("![t](x.png){.c} a", false)])
    func anImageWithAttributesStandsAlone(_ text: String, _ isAlone: Bool) {
        var hooks = TestHooks()
        hooks.overrides = [.image]
        let body = Markdown.render(
            SourceFile(path: "a.md", text: text), options: MarkdownOptions(), hooks: &hooks)
        let html = String(decoding: body.content.html(at: URLPlacement(basePath: [])), as: UTF8.self)
        #expect(html.hasPrefix(isAlone ? "<figure>" : "<p>"), "\(html)")
    }

    @Test func lazyImagesLeaveTheFirstAlone() {
        var options = MarkdownOptions()
        options.lazyImages = true
        expectHTML(
            "![a](a.png) ![b](b.png)",
            "<p><img src=\"a.png\" alt=\"a\"> <img src=\"b.png\" alt=\"b\" loading=\"lazy\" decoding=\"async\"></p>\n",
            options)
    }

    @Test func codeFencesSayTheirLanguage() {
        expectHTML("```rust,ignore\nx\n```", "<pre><code class=\"language-rust\">x\n</code></pre>\n")
        expectHTML(
            "```swift,linenos,name=a.swift\nx\n```",
            "<pre data-name=\"a.swift\"><code class=\"language-swift\">x\n</code></pre>\n")
        let body = Markdown.render(
            SourceFile(path: "a", text: "```Swift\n```\n\n```\n```\n\n```swift\n```\n\n~~~go {a=1}\n~~~"))
        #expect(body.codeLanguages.map { String(decoding: $0, as: UTF8.self) } == ["swift", "go"])
    }

    @Test func overridesWriteTheirElements() {
        var hooks = TestHooks()
        hooks.overrides = [.link, .image, .heading, .codeBlock]
        expectHTML(
            "# A\n\n## B *c*\n\n[x *y*](other.md) ![in](a.png) text\n\n![alone](b.png)\n\n```go\n```\n\n    code\n",
            with: hooks,
            """
            <h1 id="a">A</h1>
            <h2 id="b-c">§ B <em>c</em></h2>
            <p><x-link to="/other/">x <em>y</em></x-link> <img src="a.png" alt="in"> text</p>
            <figure><img src="b.png"></figure>
            <pre>go</pre>
            <pre><code>code
            </code></pre>

            """)
    }
}
