import Foundation
import TestSupport

/// A small site that is edited at random, as people edit: each edit is a few changes of files, done at once.
struct PreviewEdits {
    private var random: RandomSource
    private let root: String
    private var posts: [String: Post] = [:]
    private var nextPost = 0
    private var counter = 0
    private var tagline = 0
    private var color = 0
    private var style = 0
    private var size = 5
    private var isBroken: Break?

    private struct Post {
        var title: String
        var day: Int
        var tags: [String]
        var isDraft = false
        var paragraphs: [String]

        var text: String {
            """
            ---
            title: "\(title)"
            date: 2026-01-\(day < 10 ? "0" : "")\(day)
            tags: [\(tags.joined(separator: ", "))]
            draft: \(isDraft)
            ---
            \(paragraphs.joined(separator: "\n\n"))

            """
        }
    }

    /// What stands in the way of a build at the moment.
    private enum Break: CaseIterable {
        case template
        case configuration
        case head
        case missingTemplate
    }

    private static let tags = ["swift", "cooking", "Grüße", "two words", "x"]

    /// A site of 24 posts in a folder, written at once.
    init(seed: UInt64, in root: String) throws {
        random = RandomSource(seed: seed)
        self.root = root
        try write("content/_index.md", "---\ntitle: Home\n---\nWelcome.\n")
        try write("content/about.md", "---\ntitle: About\n---\nSee [posts](/posts/).\n")
        try write("data/nav.json", "{\"links\": [\"one\", \"two\"]}\n")
        try write("static/file.txt", "static\n")
        try write("templates/post-list.html", Self.list)
        try write("templates/section.html", Self.section)
        try write("templates/home.html", Self.section)
        try write("templates/term.html", Self.section)
        try write("templates/taxonomy.html", Self.taxonomy)
        try write("templates/page.html", Self.page)
        try write(
            "templates/404.html", "{% extends \"base.html\" %}{% block main %}Nothing here.{% endblock %}")
        for _ in 0..<24 { try addPost() }
        try writeConfiguration()
        try writeBase()
        try writeStyle()
    }

    private static let list =
        "<ul>{% for p in paginator.pages %}<li><a href=\"{{ p.url }}\">{{ p.title }}</a></li>{% endfor %}</ul>"
    private static let section =
        "{% extends \"base.html\" %}{% block main %}<h1>{{ page.title }}</h1>{% include \"post-list.html\" %}{% endblock %}"
    private static let taxonomy =
        "{% extends \"base.html\" %}{% block main %}{% for t in taxonomy.terms %}<a href=\"{{ t.url }}\">{{ t.title }} {{ t.count }}</a> {% endfor %}{% endblock %}"
    private static let page =
        "{% extends \"base.html\" %}{% block main %}<h1>{{ page.title }}</h1>{{ page.content }}{% if page.previous %}<a href=\"{{ page.previous.url }}\">{{ page.previous.title }}</a>{% endif %}{% endblock %}"

    // MARK: Edits

    /// Makes one edit.
    ///
    /// - Returns: what it was, and whether the site can be built after it.
    mutating func edit() throws -> (what: String, isWhole: Bool) {
        if let broken = isBroken {
            isBroken = nil
            try mend(broken)
            return ("fix \(broken)", true)
        }
        counter += 1
        let names = posts.keys.sorted()
        let name = random.pick(names)
        switch random.below(22) {
        case 0..<6:
            let place = random.below((posts[name]?.paragraphs.count ?? 0) + 1)
            posts[name]?.paragraphs.insert("Paragraph \(counter) with *words*.", at: place)
            try save(name)
            return ("body of \(name)", true)
        case 6, 7, 8:
            posts[name]?.title = "Title \(counter)"
            try save(name)
            return ("title of \(name)", true)
        case 9, 10, 11:
            let tag = random.pick(Self.tags + ["new\(counter)"])
            if let index = posts[name]?.tags.firstIndex(of: tag) {
                posts[name]?.tags.remove(at: index)
            } else {
                let tags = (posts[name]?.tags ?? []) + [tag]
                posts[name]?.tags = Array(tags.suffix(3))
            }
            try save(name)
            return ("tags of \(name)", true)
        case 12:
            style += 1
            try writeBase()
            return ("template base.html", true)
        case 13:
            color += 1
            try writeStyle()
            return ("style sheet", true)
        case 14:
            if random.below(2) == 0 { tagline += 1 } else { size = 3 + random.below(5) }
            try writeConfiguration()
            return ("site.json", true)
        case 15:
            try write("data/nav.json", "{\"links\": [\"one\", \"n\(counter)\"]}\n")
            return ("data", true)
        case 16 where posts.count > 8:
            posts[name] = nil
            try remove("content/posts/\(name).md")
            return ("delete \(name)", true)
        case 17:
            let new = "moved-\(counter)"
            posts[new] = posts.removeValue(forKey: name)
            try FileManager.default.moveItem(
                atPath: "\(root)/content/posts/\(name).md", toPath: "\(root)/content/posts/\(new).md")
            return ("rename \(name) to \(new)", true)
        case 18:
            try addPost()
            return ("a new post", true)
        case 19:
            posts[name]?.isDraft.toggle()
            try save(name)
            return ("draft \(name)", true)
        case 20:
            // Several at once, as a change of branches does.
            for name in names.prefix(6) {
                posts[name]?.paragraphs.append("All of \(counter).")
                try save(name)
            }
            return ("six bodies", true)
        default:
            let kind = random.pick(Break.allCases)
            isBroken = kind
            try damage(kind)
            return ("break \(kind)", false)
        }
    }

    /// Makes the site whole again.
    mutating func mendAll() throws {
        if let broken = isBroken { try mend(broken) }
        isBroken = nil
    }

    private func damage(_ kind: Break) throws {
        switch kind {
        case .template: try write("templates/post-list.html", "{% for p in site.posts %}no end")
        case .configuration: try write("site.json", "{\"title\": ")
        case .head: try write("content/about.md", "---\ntitle: [About\n---\nBroken.\n")
        case .missingTemplate: try write("templates/section.html", "{% extends \"nowhere.html\" %}")
        }
    }

    private func mend(_ kind: Break) throws {
        switch kind {
        case .template: try write("templates/post-list.html", Self.list)
        case .configuration: try writeConfiguration()
        case .head: try write("content/about.md", "---\ntitle: About\n---\nSee [posts](/posts/).\n")
        case .missingTemplate: try write("templates/section.html", Self.section)
        }
    }

    // MARK: Files

    private mutating func addPost() throws {
        nextPost += 1
        let name = "post-\(nextPost)"
        posts[name] = Post(
            title: "Post \(nextPost)", day: 1 + random.below(28),
            tags: [random.pick(Self.tags), random.pick(Self.tags)].reduce(into: []) {
                if !$0.contains($1) { $0.append($1) }
            }, paragraphs: ["First paragraph of \(nextPost)."])
        try save(name)
    }

    private func save(_ name: String) throws {
        try write("content/posts/\(name).md", posts[name]?.text ?? "")
    }

    private func writeConfiguration() throws {
        try write(
            "site.json",
            """
            {"title": "Random \(tagline)", "baseURL": "https://example.org/", "pagination": {"size": \(size)},
             "feeds": {"formats": ["atom", "rss"], "limit": 10}, "taxonomies": {"tags": {}},
             "templates": {"undefined": "lenient"}}

            """)
    }

    private func writeBase() throws {
        try write(
            "templates/base.html",
            """
            <!doctype html><html lang="en"><head><title>{{ page.title }} {{ site.title }}</title>
            <link rel="stylesheet" href="{{ asset("main.css").url }}"></head>
            <body class="b\(style)">{% for i in site.data.nav.links %}<b>{{ i }}</b>{% endfor %}
            <main>{% block main %}{% endblock %}</main></body></html>

            """)
    }

    private func writeStyle() throws { try write("assets/main.css", "body { color: #\(100_000 + color) }\n") }

    /// Writes a file: in place, or as editors do, beside it and renamed.
    private func write(_ name: String, _ text: String) throws {
        let path = root + "/" + name
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(
            to: URL(fileURLWithPath: path), options: text.utf8.count % 2 == 0 ? .atomic : [])
    }

    private func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: root + "/" + name)
    }
}
