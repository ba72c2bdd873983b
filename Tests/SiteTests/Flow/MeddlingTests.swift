import TestSupport
import Testing

/// Sources that change while they are read: the build in which that happens is of no single world, every later one is.
@Suite struct MeddlingTests {
    private static let site = """
        -- site.json --
        {"title": "T", "baseURL": "https://example.org"}
        -- content/a.md --
        ---
        title: A
        ---
        First sentence, and a [link](@/nowhere.md) that leads nowhere.
        -- content/b.md --
        ---
        title: B
        ---
        Another one.
        """

    /// Each edit, at each moment of a build, kept or undone.
    @Test(arguments: [
        "-- content/a.md --\n---\ntitle: A\n---\nAnother sentence, and a [link](@/nowhere.md) that leads nowhere.\n",
        "-- content/a.md --\n---\ntitle: A\n---\n",
        "-- content/a.md --\n",
        "-- content/a.md --\n---\ntitle: A longer title than before\nimage: x.png\n---\nFirst, [link](@/b.md).\n",
        "-- content/a.md (deleted) --\n",
    ])
    func anEditInTheMidstOfABuild(_ edit: String) {
        for orders in ["glimpse", "meanwhile"] {
            for reads in stride(from: 2, through: 27, by: 5) {
                // A cold build, and one that knows all but the page.
                let first = "\(orders) \(reads)\n"
                let touched = "-- content/b.md --\n---\ntitle: B\n---\nEdited.\n"
                for script in [
                    [Self.site, first + edit],
                    [Self.site, touched, first + edit, touched + "Again.\n"],
                ] {
                    let failure = EditScript(blocks: script).run()
                    #expect(
                        failure == nil,
                        "\(orders) \(reads), block \(failure?.block ?? 0): \(failure?.problems.joined(separator: "\n") ?? "")"
                    )
                    if failure != nil { break }
                }
            }
        }
    }

    /// A configuration that is read again in the midst of a build puts in doubt which outputs there are, when these have
    /// been found out already: the build is none to begin from.
    @Test func anotherThemeInTheMidstOfABuild() {
        for reads in 8..<24 {
            let failure = EditScript(blocks: [
                """
                now 2026-01-12T00:00:00Z
                -- content/posts/p1.md --
                Text.
                -- site.json --
                {
                  "theme": "plain",
                -- templates/page.html --
                {% for p in site.posts[-1:] %}{% for t in p.terms.categories %}{{ t.title }}{% endfor %}{% endfor %}
                {{ now("day") | date("%Y-%m-%d") }}
                -- themes/plain/assets/a.css --

                """,
                "now 2026-01-10T23:59:59Z\nmeanwhile \(reads)\n-- site.json --\n{\n}\n",
            ]).run()
            #expect(
                failure == nil,
                "\(reads), block \(failure?.block ?? 0): \(failure?.problems.joined(separator: "\n") ?? "")")
        }
    }
}
