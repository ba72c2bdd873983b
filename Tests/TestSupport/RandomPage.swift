/// A page of the fuzzer: some keys and a text.
struct RandomPage: Sendable {
    /// Lines of the front matter by key.
    var head: [String: String] = [:]
    /// Blocks of Markdown.
    var blocks: [String] = []

    var text: String {
        var text = "---\n"
        for (key, value) in head.sorted(by: { $0.key < $1.key }) { text += "\(key): \(value)\n" }
        return text + "---\n" + blocks.joined(separator: "\n\n") + "\n"
    }

    init(isPost: Bool, _ random: inout RandomSource) {
        head["title"] = Self.title(&random)
        if isPost || random.below(3) == 0 { head["date"] = Self.date(&random) }
        for _ in 0..<random.below(4) { change(&random) }
        for _ in 0...random.below(3) { blocks.append(Self.block(&random)) }
    }

    /// Changes a key or the text.
    mutating func change(_ random: inout RandomSource) {
        if random.below(3) == 0 {
            changeText(&random)
            return
        }
        let key = random.pick(Self.keys)
        if head[key] != nil, random.below(3) == 0 {
            head[key] = nil
            return
        }
        switch key {
        case "title": head[key] = Self.title(&random)
        case "date", "updated", "expires", "publishDate": head[key] = Self.date(&random)
        case "tags":
            head[key] =
                "["
                + (0..<random.below(3)).map { _ in random.pick(["a", "b", "A", "c d", "d"]) }.joined(
                    separator: ", ") + "]"
        case "categories": head[key] = "[" + random.pick(["x", "y", "x/y"]) + "]"
        case "draft", "listed", "render", "sitemap": head[key] = random.pick(["true", "false"])
        case "weight": head[key] = "\(random.below(3))"
        case "slug": head[key] = random.pick(["one", "two", "p1", "Drei"])
        case "url": head[key] = random.pick(["/u/", "/posts/p1/", "/u.html", "/x/y/z/"])
        case "aliases": head[key] = "[" + random.pick(["/old/", "/posts/p2/", "/older/x/"]) + "]"
        case "series": head[key] = random.pick(["s", "t"])
        case "template": head[key] = random.pick(["special", "page.html", "none"])
        case "x": head[key] = random.pick(["1", "2", "\"1\""])
        case "m": head[key] = random.pick(["{a: 1}", "{a: 2, b: 3}", "{b: 3, a: 2}", "[1]"])
        case "featured": head[key] = random.pick(["true", "false"])
        case "authors": head[key] = random.pick(["[Ann]", "[Bob, {name: Cleo}]"])
        case "image":
            head[key] = random.pick([
                "pic.png", "/files/f.txt", "{path: pic.png, alt: What}", "\"\"",
            ])
        case "cascade":
            head[key] = random.pick([
                "{x: 1}", "{draft: true}", "{tags: [a]}", "{x: 2, weight: 2}", "{x: 1, target: {kind: page}}",
                "[{_target: {path: \"/posts/**\"}, x: 1}, {x: 2}]",
            ])
        case "sort_by": head[key] = random.pick(["title", "date", "weight"])
        case "paginate_by": head[key] = "\(random.below(5) - 1)"
        case "description": head[key] = Self.title(&random)
        case "summary": head[key] = random.pick([Self.title(&random), "\"*in* [b](p2.md)\""])
        case "linkTitle": head[key] = random.pick(["Short", "Shorter"])
        case "noindex", "toc": head[key] = random.pick(["true", "false"])
        case "robots": head[key] = random.pick(["noindex", "nofollow"])
        case "transparent": head[key] = "true"
        case "redirect_to": head[key] = "/about/"
        // Among them two that are as long and have another number of lines.
        default: head["unread"] = random.pick(["1", "2", "1234", "1\nmore:", "1234567"])
        }
    }

    private mutating func changeText(_ random: inout RandomSource) {
        switch random.below(4) {
        case 0 where !blocks.isEmpty: blocks.remove(at: random.below(blocks.count))
        case 1 where !blocks.isEmpty: blocks[random.below(blocks.count)] = Self.block(&random)
        case 2: blocks.insert(Self.block(&random), at: 0)
        default: blocks.append(Self.block(&random))
        }
    }

    private static let keys = [
        "title", "title", "date", "date", "tags", "tags", "tags", "categories", "draft", "weight", "slug",
        "url", "aliases", "series", "x", "x", "m",
        "featured", "authors", "description", "summary", "updated", "expires", "publishDate", "unread",
        "listed", "render", "sitemap",
        "linkTitle", "noindex", "toc", "robots",
        "template", "image", "cascade", "sort_by", "paginate_by", "transparent", "redirect_to",
    ]

    static func title(_ random: inout RandomSource) -> String {
        random.pick(["Alpha", "Beta", "Gamma", "Alpha & Omega", "\"Ünï: x\"", "Delta"])
    }

    private static func date(_ random: inout RandomSource) -> String {
        random.pick([
            "2025-12-31", "2026-01-01", "2026-01-02", "2026-01-09T12:00:00Z", "2026-01-12", "2026-01-15",
            "2026-02-01", "2027-01-01",
        ])
    }

    private static func block(_ random: inout RandomSource) -> String {
        random.pick([
            "Some words.", "Other words, *more* of them.", "<!--more-->", "# Head", "## Part one",
            "[b](p2.md)", "[b](p1.md#part-one)",
            "[home](/) and [post](/posts/p1/)", "[broken](nowhere.md)", "![pic](pic.png)",
            "{{< note \"n\" >}}", "{{< note >}}*in*{{< /note >}}",
            "{{< embed \"posts/p1.md\" >}}", "{{< embed \"posts/p2.md\" >}}", "{{< unknown >}}",
            "```swift\nlet a = 1\n```", "- a\n- b",
            "[anchor](#part-one)", "[asset](/files/f.txt)", "{{< body \"posts/p2.md\" >}}",
            "{{< body \"posts/p1.md\" >}}",
            "> [!NOTE]\n> Noted.", "Said.[^1]\n\n[^1]: So.", "- [ ] open\n- [x] done",
            "{{< figure src=\"pic.png\" link=\"/about/\" >}}",
            "<div>\n{{< note \"n\" >}}\n<a href=\"p2.md\">x</a></div>",
            "[c](../docs/caf\u{E9}.md)", "[c](../docs/cafe\u{301}.md)", "![e](\u{E9}.png)",
            "[e](/files/e\u{301}.txt)", "{{< list >}}", "<img src=\"pic.png\" id=p> <img src=pic.svg>",
            "[x](../docs/d1.md)", "Text & <b>html</b>.",
            "[tag](/tags/a/)",
        ])
    }
}
