/// Makes random sites and edits them at random.
///
/// One seed gives one site and one sequence of edits, as text in the notation of ``SiteFixture``: what fails can be
/// shrunk, read, and saved as a test.
public enum SiteFuzzer {
    /// A site and what happens to it: each block is what comes before one build.
    ///
    /// - Parameters:
    ///   - seed: which site and which edits; print it when a test fails.
    ///   - steps: how many blocks; the first makes the site.
    /// - Returns: the blocks. Lines before the first file of a block are orders, such as `now 2026-01-05T00:00:00Z` or
    ///   `jobs 2`: see `EditScript` of the tests of Site.
    public static func blocks(seed: UInt64, steps: Int) -> [String] {
        var random = RandomSource(seed: seed)
        var site = RandomSite(&random)
        var files: [String: String] = [:]
        var history: [RandomSite] = []
        var blocks: [String] = []
        var now = 0
        for step in 0..<steps {
            var orders = ""
            if step > 0 {
                history.append(site)
                switch random.below(12) {
                case 0: site = random.pick(history)
                case 1, 2:
                    for _ in 0..<3 { site.change(&random) }
                default: site.change(&random)
                }
                orders = self.orders(&now, &random)
                if random.below(10) == 0 {
                    // Something else happens in the midst of a build and is undone.
                    var other = site
                    other.change(&random)
                    blocks.append("glimpse \(random.below(60))\n" + other.changes(from: files, &random))
                }
            }
            blocks.append(orders + site.changes(from: files, &random))
            files = site.files
        }
        return blocks
    }

    /// A site as it is after some edits, after some more, and so on: all its files, by path.
    public static func states(seed: UInt64, count: Int) -> [[String: String]] {
        var random = RandomSource(seed: seed)
        var site = RandomSite(&random)
        return (0..<count).map { index in
            if index > 0 { for _ in 0..<4 { site.change(&random) } }
            return site.files
        }
    }

    /// What leads from some files to others, as `SiteFixture` reads it.
    public static func changes(
        from old: [String: String], to new: [String: String], _ random: inout RandomSource
    ) -> String {
        var text = ""
        var added = new.keys.filter { old[$0] == nil }.sorted()
        for path in old.keys.sorted() where new[path] == nil {
            // A file that only changed its name is moved, as people do.
            if let index = added.firstIndex(where: { new[$0] == old[path] }), random.below(2) == 0 {
                text += "-- \(added[index]) (renamed from \(path)) --\n"
                added.remove(at: index)
            } else {
                text += "-- \(path) (deleted) --\n"
            }
        }
        for (path, content) in new.sorted(by: { $0.key < $1.key })
        where old[path] != content && (old[path] != nil || added.contains(path)) {
            text += "-- \(path) --\n" + content
        }
        return text
    }

    /// Things that happen to a build beside edits.
    private static func orders(_ now: inout Int, _ random: inout RandomSource) -> String {
        var orders = ""
        if random.below(6) == 0 {
            now = random.below(instants.count)
            orders += "now \(instants[now])\n"
        }
        if random.below(3) > 0 { return orders }
        switch random.below(18) {
        case 0: orders += "jobs \(1 + random.below(4))\n"
        case 1: orders += "folder \(random.pick(["site", "other"]))\n"
        case 2: orders += "drafts \(random.pick(["on", "off"]))\n"
        case 3: orders += random.pick(["base-url https://flag.example/\n", "base-url\n"])
        case 4: orders += random.pick(["env X 1\n", "env X 2\n", "env X\n", "env OTHER 1\n"])
        case 5: orders += "tool \(random.below(2))\n"
        case 6: orders += "touch\n"
        case 7: orders += random.pick(["drop store\ndrop output\n", "drop store\n"])
        case 8: orders += "drop output\n"
        case 9: orders += "drop output \(random.pick(outputs))\n"
        case 10: orders += "alter \(random.pick(outputs))\n"
        case 11, 12: orders += "meanwhile \(random.below(60))\n"
        case 17: orders += "git \(random.pick(["1", "2", "refuses", "none"]))\n"
        case 16: orders += "environment \(random.pick(["production", "staging"]))\n"
        default: orders += "kill \(random.below(40))\n"
        }
        return orders
    }

    private static let instants = [
        "2026-01-10T00:00:00Z", "2026-01-10T23:59:59Z", "2026-01-11T00:00:00Z", "2026-01-12T00:00:00Z",
        "2025-12-31T12:00:00Z", "2026-03-01T00:00:00Z",
        "2027-06-01T00:00:00Z", "2026-01-09T12:00:00Z",
    ]
    private static let outputs = [
        "index.html", "posts/p1/index.html", "posts/index.html", "tags/a/index.html", "atom.xml",
        "sitemap.xml", "files/f.txt",
    ]
}
