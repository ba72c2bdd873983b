import Testing
import Text

@testable import Markup

/// What info strings say.
struct CodeFenceTests {
    static func fence(_ info: String) -> CodeFence {
        CodeFence(info: Array(info.utf8).span)
    }

    @Test(
        arguments: [
            ("", "", [], nil, ""), ("swift", "swift", [], nil, ""), ("SQL ", "SQL", [], nil, ""),
            ("swift {hl_lines=[1,\"3-4\"], linenos=true}", "swift", [1...1, 3...4], true, ""),
            ("swift {hl_lines=\"1 3-4\"}", "swift", [1...1, 3...4], nil, ""),
            ("text {linenos=inline}", "text", [], true, ""),
            ("text {linenos=false}", "text", [], false, ""),
            ("swift,linenos,hl_lines=1 3-4,name=a.swift", "swift", [1...1, 3...4], true, "a.swift"),
            ("rust,hl_lines=1 3-5 9", "rust", [1...1, 3...5, 9...9], nil, ""),
            ("toml ,name=zola.toml", "toml", [], nil, "zola.toml"),
            (
                "go-html-template {file=\"layouts/a b.html\" copy=true}", "go-html-template", [], nil,
                "layouts/a b.html"
            ),
            ("{name=x}", "", [], nil, "x"), ("a {hl_lines=[4-2,x,0]}", "a", [], nil, ""),
            ("py {1,3-4}", "py", [1...1, 3...4], nil, ""), ("py{2}", "py", [2...2], nil, ""),
            ("js {1,3} title=\"a.js\"", "js", [1...1, 3...3], nil, "a.js"),
            ("py,hl_lines=1,3-4,name=a", "py", [1...1, 3...4], nil, "a"),
            ("{.python .numberLines}", "python", [], true, ""),
            ("linenos=true", "", [], true, ""),
            ("c++", "c++", [], nil, ""), ("a {{{{", "a", [], nil, ""), ("a =", "a", [], nil, ""),
            ("a b=\"", "a", [], nil, ""),
        ] as [(String, String, [ClosedRange<Int>], Bool?, String)])
    func infoStringsOfAllThreeAreRead(
        info: String, language: String, lines: [ClosedRange<Int>], numbers: Bool?, name: String
    ) {
        let fence = Self.fence(info)
        #expect(String(decoding: fence.language, as: UTF8.self) == language)
        #expect(fence.markedLines == lines)
        #expect(fence.lineNumbers == numbers)
        #expect(String(decoding: fence.name, as: UTF8.self) == name)
    }

    @Test func otherWordsAreOptions() {
        let fence = Self.fence("rust,ignore,edition=2021,linenostart=7")
        #expect(fence.options == [HTMLAttribute("ignore", ""), HTMLAttribute("edition", "2021")])
        #expect(fence.firstLine == 7)
        #expect(Self.fence("py,hl_lines=1,3").options.isEmpty)
        #expect(Self.fence("py {1,2b}").options == [HTMLAttribute("2b", "")])
    }

    @Test func classesAndAnIDInBracesAreAttributes() {
        expectHTML(
            "```py {class=\"wide x\" id=first}\n```\n",
            "<pre id=\"first\" class=\"wide x\"><code class=\"language-py\"></code></pre>\n")
        expectHTML(
            "```{.py #first .wide .x}\n```\n{.y lang=en}\n",
            "<pre id=\"first\" class=\"wide x y\" lang=\"en\"><code class=\"language-py\"></code></pre>\n")
    }

    /// What is between two numbers is looked through once, however long it is.
    @Test(.timeLimit(.minutes(1))) func numbersOfLinesMayStandFarApart() {
        let gap = String(repeating: " ", count: 200_000)
        #expect(Self.fence("py,hl_lines=1\(gap)3").markedLines == Self.fence("py,hl_lines=1 3").markedLines)
        #expect(Self.fence("py,hl_lines=1\(gap)3").markedLines.count == 2)
    }
}
