import Foundation
import TestSupport
import Testing

/// The page about the default theme says what there is in the theme, and nothing that is not.
///
/// The table of words is written from the theme's English: run the tests with `SITE_UPDATE_SNAPSHOTS=1`.
@Suite struct ThemeReferenceTests {
    private static let path = "content/docs/theme.md"
    private static let page = SourceTree.text(at: path) ?? ""
    private static let templates = ThemeTemplate.all
    private static let components = templates.filter { $0.name.hasPrefix("components/") }

    @Test func everyBlockIsInTheTable() {
        let blocks = Self.templates.flatMap { $0.matches(of: #/\{%-? block (\w+)/#) }
        #expect(Set(blocks) == Self.names(inTable: "block"))
        // All templates of pages have what the page says they have.
        let pages = Self.templates.filter { $0.text.contains("{% extends \"base.html\" %}") }
        for template in pages {
            let own = Set(template.matches(of: #/\{%-? block (\w+)/#)).union(["title"])
            let isList = !template.name.hasSuffix("page.html")
            #expect(
                own
                    == Set(
                        ["title", "main", "page_header", "content", "after_content"]
                            + (isList ? ["list"] : [])),
                "\(template.name)")
        }
        #expect(Set(pages.map(\.name)).subtracting(Self.names(in: Self.page)).sorted() == [])
    }

    @Test func everyPartialIsInTheTable() {
        let included = Self.templates.flatMap { $0.matches(of: #/\{%-? include "([^"]+)"/#) }
        let files = Self.templates.map(\.name).filter { $0.hasPrefix("partials/") }
        #expect(Set(included).union(files) == Self.names(inTable: "partial"))
    }

    @Test func everySettingIsInTheTable() throws {
        let read = Set(Self.templates.flatMap { $0.matches(of: #/site\.params\.(\w+)/#) })
        #expect(read == Self.names(inTable: "param"))
        let menus = Set(Self.templates.flatMap { $0.matches(of: #/site\.menus\.(\w+)/#) })
        #expect(menus == Self.names(inTable: "menu"))
        // What the theme says of itself is among them.
        let theme = try #require(SourceTree.text(at: "themes/default/theme.json"))
        let params = try #require(theme.components(separatedBy: "\"params\"").last)
        #expect(Set(params.matches(of: #/"(\w+)":/#).map { String($0.1) }).subtracting(read).sorted() == [])
        let ofPages = Set(Self.templates.flatMap { $0.matches(of: #/page\.params\.(\w+)/#) })
        #expect(ofPages == ["toc"] && Self.page.contains("`toc: false`"))
    }

    @Test func everyArgumentOfAComponentIsInTheTable() {
        let rows = Self.rows(ofTable: "component")
        #expect(
            Set(rows.keys)
                == Set(
                    Self.components.map {
                        String($0.name.dropFirst("components/".count).dropLast(".html".count))
                    }))
        for component in Self.components {
            let name = String(component.name.dropFirst("components/".count).dropLast(".html".count))
            let row = rows[name] ?? ""
            let read = Set(component.matches(of: #/kwargs\.(\w+)/#))
            #expect(read.subtracting(Self.names(in: row)).sorted() == [], "not told of \(name)")
            #expect(row.contains("*") == component.text.contains("args[0]"), "\(name)")
        }
    }

    @Test func everyPropertyThatIsNamedIsInTheStyleSheet() throws {
        let styles = try #require(SourceTree.text(at: "themes/default/assets/site.css"))
        for name in Self.page.matches(of: #/[^!-](--[a-z][a-z-]*)/#).map({ String($0.1) }) {
            #expect(styles.contains("\(name):"), "\(name)")
        }
    }

    @Test func everyWordIsInTheTable() throws {
        let words = try #require(SourceTree.text(at: "themes/default/i18n/en.yml"))
        var rows: [String] = []
        for line in words.components(separatedBy: "\n") where !line.isEmpty && !line.hasPrefix("#") {
            let parts = line.split(separator: ":", maxSplits: 1).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            let text = (parts.count > 1 ? parts[1] : "").trimmingCharacters(in: ["\""])
            if line.hasPrefix(" ") {
                let last = rows.removeLast()
                rows.append(
                    last.dropLast(2) + (last.hasSuffix("|  |") ? "" : "; ") + "\(parts[0]): \(text) |")
            } else {
                rows.append("| `\(parts[0])` | \(text) |")
            }
        }
        let table = (["| word | in English |", "|---|---|"] + rows).joined(separator: "\n")
        Snapshot.expect(
            try #require(Self.page.replacingTable(startingWith: "| word |", by: table)), equalTo: Self.path)
    }

    // MARK: -

    /// What stands in back-quotes in the first cells of a table.
    private static func names(inTable start: String) -> Set<String> {
        Set(rows(ofTable: start).keys)
    }

    /// The rows of a table by what stands in back-quotes in their first cells.
    private static func rows(ofTable start: String) -> [String: String] {
        let lines = page.components(separatedBy: "\n").drop { !$0.hasPrefix("| \(start) |") }.dropFirst(2)
        let rows = lines.prefix { $0.hasPrefix("|") }.compactMap { row in
            row.firstMatch(of: #/^\| `([^`]+)`/#).map { (String($0.1), row) }
        }
        return Dictionary(rows) { first, _ in first }
    }

    /// What stands in back-quotes.
    private static func names(in text: String) -> Set<String> {
        Set(text.matches(of: #/`([^`\n]+)`/#).map { String($0.1) })
    }
}

/// A template of the default theme.
struct ThemeTemplate {
    /// Its path below `templates/`.
    let name: String
    let text: String

    /// What the group of a pattern matches.
    func matches(of pattern: some RegexComponent<(Substring, Substring)>) -> [String] {
        text.matches(of: pattern).map { String($0.output.1) }
    }

    static let all: [ThemeTemplate] = {
        let start = URL(fileURLWithPath: Repository.root).appendingPathComponent("themes/default/templates")
            .resolvingSymlinksInPath()
        let walker = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil)
        return (walker?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "html" }.compactMap {
            file in
            guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
            return ThemeTemplate(
                name: String(file.resolvingSymlinksInPath().path.dropFirst(start.path.count + 1)), text: text)
        }.sorted { $0.name < $1.name }
    }()
}
