import Foundation
import TestSupport
import Testing

/// The same sources are the same bytes, whoever builds them and where.
@Suite(.enabled(if: SiteProgram.path != nil)) struct ReproducibilityTests {
    @Test("Threads, zone, locale and folder change no byte of the output")
    func sameBytes() throws {
        var pages = ""
        for number in 1...40 {
            pages += """
                -- content/posts/2026-01-\(String(format: "%02d", number % 28 + 1))-post-\(number).md --
                ---
                title: "Post \(number)"
                tags: [all, "tag \(number % 7)", Größe]
                categories: [c\(number % 3)]
                ---
                # Part

                Text of *\(number)*, [the one before](2026-01-\(String(format: "%02d", (number - 1) % 28 + 1))-post-\(max(1, number - 1)).md).

                """
        }
        let text = """
            -- site.json --
            {"title": "T", "baseURL": "https://example.org/blog/", "timeZone": "Europe/Berlin",
             "feeds": {"formats": ["atom", "rss", "json"]}}
            \(pages)
            """
        let first = try SiteOnDisk(text, named: "one")
        let second = try SiteOnDisk(text, named: "another-name")
        let now = "2026-06-01T12:00:00Z"
        let one = try first.run(
            "build", "--jobs", "1", "--now", now, environment: ["TZ": "UTC", "LANG": "C"])
        let two = try second.run(
            "build", "--jobs", "2", "--now", now,
            environment: ["TZ": "Asia/Tokyo", "LANG": "de_DE.UTF-8", "LC_ALL": "tr_TR.UTF-8"])
        #expect(one.code == 0, "\(one.error)")
        #expect(two.code == 0, "\(two.error)")
        let expected = first.files()
        #expect(expected.count > 60)
        #expect(second.files() == expected)
        // Again, over what is there: nothing is written.
        let again = try first.run("build", "--now", now, "--format", "json")
        #expect(again.json["written"] as? Int == 0)
        #expect(first.files() == expected)
    }
}
