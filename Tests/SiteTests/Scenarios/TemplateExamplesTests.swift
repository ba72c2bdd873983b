import Site
import TestSupport
import Testing
import Text

/// The examples of `content/docs/templates.md` print what stands below them.
@Suite struct TemplateExamplesTests {
    /// A template of the documentation, and what it prints: `nil` for one that others use.
    struct Example: CustomTestStringConvertible {
        let line: Int
        let name: String
        let template: String
        let output: String?
        /// The templates that stand above it under a name.
        let others: String

        var testDescription: String { "line \(line)" }
    }

    @Test("an example of the documentation prints what stands below it", arguments: examples)
    func prints(example: Example) {
        let site = SiteUnderTest(
            Self.site + "-- templates/page.html --\n{{ page.title }}\n" + example.others
                + "-- templates/\(example.name) --\n\(example.template)\n")
        let isList = example.name == "section.html"
        expectBuild(site)
        #expect(site.findings.map(\.message) == [])
        let output = site.output(isList ? "blog/index.html" : "blog/news/index.html") ?? "nothing"
        #expect(Self.withoutBlankEnds(output) == Self.withoutBlankEnds(example.output ?? ""))
    }

    @Test("there are examples, and each has an output or a name")
    func thereAreExamples() {
        #expect(Self.examples.count >= 8)
        #expect(Self.all.allSatisfy { $0.output != nil || $0.name != "page.html" })
    }

    private static let all: [Example] = {
        let text = String(decoding: Repository.file("content/docs/templates.md") ?? [], as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        var fences: [(line: Int, language: String, body: String)] = []
        var open: (line: Int, language: String, body: [String])?
        for (index, line) in lines.enumerated() {
            if line.hasPrefix("```") {
                if let fence = open {
                    fences.append((fence.line, fence.language, fence.body.joined(separator: "\n")))
                    open = nil
                } else {
                    open = (index + 1, String(line.dropFirst(3)), [])
                }
            } else {
                open?.body.append(line)
            }
        }
        var others = ""
        var examples: [Example] = []
        for (index, fence) in fences.enumerated() where fence.language == "jinja" {
            let next = index + 1 < fences.count ? fences[index + 1] : nil
            let output = next?.language == "html" ? next?.body : nil
            let first = fence.body.split(separator: "\n").first ?? ""
            var name = "page.html"
            if first.hasPrefix("{# "), first.hasSuffix(".html #}") {
                name = String(first.dropFirst(3).dropLast(3))
            }
            examples.append(
                Example(line: fence.line, name: name, template: fence.body, output: output, others: others))
            if output == nil { others += "-- templates/\(name) --\n\(fence.body)\n" }
        }
        return examples
    }()

    static var examples: [Example] { all.filter { $0.output != nil } }

    /// Lines without blanks at their ends, and no empty lines at both ends.
    private static func withoutBlankEnds(_ text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
        while lines.last == "" { lines.removeLast() }
        while lines.first == "" { lines.removeFirst() }
        return lines
    }

    private static let site = """
        -- site.json --
        {"theme": "plain", "title": "A blog", "pagination": {"size": 2}}
        -- themes/plain/theme.json --
        {}
        -- content/blog/news.md --
        ---
        title: News & views
        date: 2026-05-03
        featured: true
        ---
        The *newest* post.
        -- content/blog/garden.md --
        ---
        title: In the garden
        date: 2026-05-02
        ---
        Green.
        -- content/blog/cats.md --
        ---
        title: Cats
        date: 2025-12-31
        featured: true
        ---
        Five of them.

        """
}
