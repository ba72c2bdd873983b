import TestSupport

@testable import Site

/// A small site with one page for each of some expressions, and edits of it that change one thing each.
struct ExpressionSite {
    /// A page: keys of its head as they are written, and its text.
    struct Page: Equatable {
        var head: [String: String] = [:]
        var text = "x"

        var written: String {
            var written = "---\n"
            for (key, value) in head.sorted(by: { $0.key < $1.key }) { written += "\(key): \(value)\n" }
            return written + "---\n" + text + "\n"
        }
    }

    /// The pages that are asked about, by path.
    var pages: [String: Page] = [:]
    /// The pages that ask. What is done to those that ask about themselves is done to all of them.
    private var asking: [String: Page] = [:]
    /// Values of `site.json` by key, as JSON.
    var configuration: [String: String] = [:]
    /// All other files.
    var others: [String: String] = [:]
    /// The templates of those that ask.
    private var templates: [String: String] = [:]

    private let topic: ExpressionTopic

    /// - Parameters:
    ///   - expressions: what is asked.
    ///   - topic: what most edits are about.
    ///   - random: what else there is.
    init(_ expressions: [WorldExpression], about topic: ExpressionTopic, _ random: inout RandomSource) {
        self.topic = topic
        for (number, expression) in expressions.enumerated() {
            var page = Page(head: ["title": "E\(number)", "template": "ask/\(number)"])
            switch expression.place {
            case .stranger:
                page.head["list"] = "false"
                asking["content/zz/e\(number).md"] = page
            case .page:
                page.head["date"] = "2025-03-0\(number % 8 + 1)"
                page.head["tags"] = "[\(["a", "own\(number)", "a, b"][number % 3])]"
                asking["content/own/e\(number).md"] = page
            case .list:
                page.head["paginate_by"] = "1"
                asking["content/lists/e\(number)/_index.md"] = page
                for name in ["a", "b"] {
                    asking["content/lists/e\(number)/\(name).md"] = Page(
                        head: ["title": name, "date": "2025-02-01", "template": "page"])
                }
            case .text:
                page.head["list"] = "false"
                page.head["template"] = "text"
                page.text = expression.code
                asking["content/zz/e\(number).md"] = page
            }
            if expression.place != .text {
                templates["templates/ask/\(number).html"] = expression.code + "\n"
            }
        }
        templates["templates/text.html"] = "{{ page.content }}\n"
        configuration = [
            "title": "\"S\"", "baseURL": "\"https://example.org\"", "theme": "\"mine\"",
            "templates": "{\"undefined\": \"lenient\"}", "environment": "[\"X\"]",
            "taxonomies": "{\"tags\": {}, \"categories\": {}}",
        ]
        for path in ExpressionSiteParts.paths.prefix(10) { pages[path] = page(at: path, &random) }
        for _ in 0..<random.below(8) {
            let path = topic.path(ExpressionSiteParts.paths, &random)
            pages[path] = page(at: path, &random)
        }
        for (path, texts) in ExpressionSiteParts.files { if random.below(2) == 0 { others[path] = texts[0] } }
        others["templates/page.html"] = "{{ page.title }}\n"
        others["templates/section.html"] = "{{ page.title }}{{ section.pages | length }}\n"
        others["templates/macros.html"] = "{% macro show(p) %}{{ p.title }}{% endmacro %}\n"
        others["templates/base.html"] = "<{% block main %}{% endblock %}>\n"
        others["templates/taxonomy.html"] = "X{{ page.title }}{{ page.pages | length }}\n"
        others["themes/mine/theme.json"] = "{}\n"
        others["themes/other/theme.json"] = "{}\n"
        for _ in 0..<random.below(4) { changeConfiguration(&random) }
    }

    /// The files of this state.
    var files: [String: String] {
        var files = others.merging(templates) { own, _ in own }
        for (path, page) in pages { files[path] = page.written }
        for (path, page) in asking { files[path] = page.written }
        files["site.json"] =
            "{\n"
            + configuration.sorted { $0.key < $1.key }.map { "  \"\($0.key)\": \($0.value)" }.joined(
                separator: ",\n") + "\n}\n"
        return files
    }

    private func page(at path: String, _ random: inout RandomSource) -> Page {
        var page = Page(head: ["title": random.pick(["A", "B", "C#"])])
        if path.contains("/p") { page.head["date"] = "2025-0\(1 + random.below(6))-01" }
        for _ in 0..<random.below(4) { changeKey(of: &page, &random) }
        if random.below(2) == 0 { page.text = random.pick(ExpressionSiteParts.texts) }
        return page
    }

    // MARK: Edits

    /// Changes one thing.
    mutating func change(_ random: inout RandomSource) {
        var kinds: [(inout ExpressionSite, inout RandomSource) -> Void] = []
        func add(_ weight: Int, _ kind: @escaping (inout ExpressionSite, inout RandomSource) -> Void) {
            for _ in 0..<weight { kinds.append(kind) }
        }
        add(topic.heads.isEmpty ? 1 : 6) { $0.changeHead(&$1) }
        add(topic.heads.isEmpty ? 1 : 3) { $0.changeThoseWhoAsk(&$1) }
        add(1) { $0.changeText(&$1) }
        add(topic.paths.isEmpty ? 1 : 5) { $0.changePages(&$1) }
        add(1) { $0.renameFolder(&$1) }
        add(topic.configurations.isEmpty ? 1 : 4) { $0.changeConfiguration(&$1) }
        add(topic.files.isEmpty ? 1 : 6) { $0.changeFile(&$1) }
        add(topic.files.isEmpty ? 1 : 4) { $0.moveFile(&$1) }
        add(1) { $0.emptyFile(&$1) }
        random.pick(kinds)(&self, &random)
    }

    private mutating func changeHead(_ random: inout RandomSource) {
        // Many of the expressions are about this one.
        let path =
            random.below(3) == 0 && pages["content/blog/p1.md"] != nil
            ? "content/blog/p1.md" : topic.path(pages.keys.sorted(), &random)
        guard var page = pages[path] else { return }
        changeKey(of: &page, &random)
        pages[path] = page
    }

    private func changeKey(of page: inout Page, _ random: inout RandomSource) {
        let (key, values) = topic.head(&random)
        if page.head[key] != nil, random.below(2) == 0 {
            page.head[key] = nil
        } else {
            page.head[key] = Self.next(values, after: page.head[key], &random)
        }
    }

    /// Another value: often the one beside the present one, which differs from it in little.
    private static func next(
        _ values: [String], after value: String?, _ random: inout RandomSource
    ) -> String {
        guard let value, let place = values.firstIndex(of: value), random.below(2) == 0 else {
            return random.pick(values)
        }
        return values[(place + (random.below(2) == 0 ? 1 : values.count - 1)) % values.count]
    }

    private mutating func changeThoseWhoAsk(_ random: inout RandomSource) {
        let (key, values) = topic.head(&random)
        if key == "template" || key == "title" { return }
        let value = random.pick(values)
        let folder = random.pick(["content/own/", "content/lists/"])
        // Two pages cannot have one address.
        let isOfOne =
            random.below(3) == 0 || ["slug", "url", "aliases"].contains(key)
            ? random.pick(asking.keys.sorted()) : nil
        for path in asking.keys.sorted() where isOfOne.map({ $0 == path }) ?? path.hasPrefix(folder) {
            let old = asking[path]?.head[key]
            asking[path]?.head[key] = old == value ? nil : value
        }
    }

    private mutating func changeText(_ random: inout RandomSource) {
        let path = topic.path(pages.keys.sorted(), &random)
        pages[path]?.text = random.pick(ExpressionSiteParts.texts)
    }

    private mutating func changePages(_ random: inout RandomSource) {
        let here = pages.keys.sorted()
        let away = ExpressionSiteParts.paths.filter { pages[$0] == nil }
        switch random.below(3) {
        case 0 where here.count > 3: pages[topic.path(here, &random)] = nil
        case 1 where !away.isEmpty && !here.isEmpty:
            pages[topic.path(away, &random)] = pages.removeValue(forKey: topic.path(here, &random))
        default:
            guard !away.isEmpty else { return }
            let path = topic.path(away, &random)
            pages[path] = page(at: path, &random)
        }
    }

    private mutating func renameFolder(_ random: inout RandomSource) {
        let old = random.pick(ExpressionSiteParts.folders)
        let new = random.pick(ExpressionSiteParts.folders)
        guard old != new, !pages.keys.contains(where: { $0.hasPrefix(new) }) else { return }
        for path in pages.keys.sorted() where path.hasPrefix(old) {
            pages[new + path.dropFirst(old.count)] = pages.removeValue(forKey: path)
        }
    }

    private mutating func changeConfiguration(_ random: inout RandomSource) {
        let (key, values) = topic.configuration(&random)
        let value = Self.next(values, after: configuration[key], &random)
        configuration[key] = value.isEmpty ? nil : value
    }

    private mutating func changeFile(_ random: inout RandomSource) {
        let path = topic.file(ExpressionSiteParts.files.map(\.0), &random)
        let texts = ExpressionSiteParts.files.first { $0.0 == path }?.1 ?? []
        let text = Self.next(texts + [""], after: others[path], &random)
        others[path] = text.isEmpty ? nil : text
    }

    /// A file goes from the site to its theme, or back; over what is there.
    private mutating func moveFile(_ random: inout RandomSource) {
        let movable = others.keys.sorted().filter { path in
            ["assets/", "templates/", "i18n/", "static/", "data/"].contains { path.hasPrefix($0) }
                || path.hasPrefix("themes/mine/") && !path.hasSuffix("theme.json")
        }
        guard !movable.isEmpty else { return }
        let path = topic.file(movable, &random)
        let theme = "themes/mine/"
        let target = path.hasPrefix(theme) ? String(path.dropFirst(theme.count)) : theme + path
        others[target] = others.removeValue(forKey: path)
    }

    private mutating func emptyFile(_ random: inout RandomSource) {
        let path = topic.file(others.keys.sorted(), &random)
        if path.hasSuffix("theme.json") { return }
        others[path] = others[path] == "\n" ? nil : "\n"
    }
}
