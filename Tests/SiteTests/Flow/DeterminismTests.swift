import Engine
import Files
import Site
import TestSupport
import Testing
import Text

/// What must not matter does not: how many threads work, and in which order they come to things.
@Suite struct DeterminismTests {
    /// `SITE_DETERMINISM_BUILDS` builds, or some.
    @Test func manyBuildsGiveOneTree() {
        let world = Self.world()
        let builds = Environment.number("SITE_DETERMINISM_BUILDS") ?? 4
        var first: OutputTree?
        for number in 0..<builds {
            var other = world
            other.jobs = number == 0 ? 1 : 1 + number % 4
            let disk = MemoryFileSystem()
            let process = Process(other, disk)
            #expect(process.report.build.diagnostics.map(\.code.name) == ["missing-base-url"])
            let tree = OutputTree(disk)
            if let first {
                let differences = tree.differences(from: first, named: "the first build")
                #expect(
                    differences.isEmpty, "build \(number), \(other.jobs) jobs: \(differences.first ?? "")")
                if !differences.isEmpty { return }
            } else {
                #expect(tree.files.count > 200)
                first = tree
            }
        }
    }

    /// A store made by one thread is up to date for four, and the other way.
    @Test(arguments: [(1, 4), (4, 1), (2, 3)]) func aStoreKnowsNoThreads(_ first: Int, _ second: Int) {
        var world = Self.world()
        world.jobs = first
        let disk = MemoryFileSystem()
        _ = Process(world, disk)
        world.source.advanceClock(nanoseconds: 10_000_000_000)
        disk.advanceClock(nanoseconds: 10_000_000_000)
        world.jobs = second
        let again = Process(world, disk)
        #expect(again.ran == [])
        #expect(again.written == [])
    }

    /// The name of the folder counts only where it is the title.
    @Test func theNameOfTheFolderIsReadWhereThereIsNoTitle() {
        let site = SiteUnderTest(
            "-- site.json --\n{\"theme\": \"plain\", \"title\": \"T\"}\n-- content (folder) --\n"
                + Self.templates)
        expectBuild(site)
        site.world.options.folderName = "other"
        expectRebuilt(site, ran: "", written: "")
        let untitled = SiteUnderTest(
            "-- site.json --\n{\"theme\": \"plain\"}\n-- content (folder) --\n" + Self.templates)
        untitled.world.options.folderName = "one"
        expectBuild(untitled, ["index.html": "one:"])
        untitled.world.options.folderName = "two"
        expectBuild(untitled, ["index.html": "two:"])
    }

    private static func world() -> World {
        var site =
            "-- site.json --\n{\"theme\": \"plain\", \"title\": \"T\", \"pagination\": {\"size\": 10}, \"templates\": {\"undefined\": \"lenient\"}}\n"
            + templates
        for number in 0..<200 {
            site += """
                -- content/s\(number % 7)/p\(number).md --
                ---
                title: Page \(number)
                date: 2026-01-\(number % 28 < 9 ? "0" : "")\(number % 28 + 1)
                tags: [t\(number % 5), u\(number % 11)]
                ---
                Text of \(number). [other](../s\((number + 1) % 200 % 7)/p\((number + 1) % 200).md)

                ## Part

                """ + "\n"
        }
        return World(source: MemoryFileSystem(site: site), now: World.instant("2026-06-01"))
    }

    private static let templates = """
        -- themes/plain/theme.json --
        {}
        -- templates/page.html --
        {{ page.title }} {{ page.content }} {{ page.next.title }} {% for r in page.related %}{{ r.title }}, {% endfor %}
        {% for b in page.backlinks %}{{ b.title }}{% endfor %}
        -- templates/section.html --
        {{ site.title }}: {% for p in paginator.items %}{{ p.title }} {{ p.summary }}{% endfor %}
        -- templates/tags/taxonomy.html --
        {% for t in taxonomy.terms %}{{ t.title }}{% endfor %}

        """
}
