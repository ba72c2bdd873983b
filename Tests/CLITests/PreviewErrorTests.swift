import Foundation
import TestSupport
import Testing

/// What a preview shows while something is wrong: the last good page, in every case in which what a page is made from
/// has an error; and nothing old as soon as that is mended.
@Suite(.enabled(if: SiteProgram.path != nil)) struct PreviewErrorTests {
    /// A site whose pages show the site's title, a datum, a list and themselves.
    private static let site: [(name: String, text: String)] = [
        ("site.json", #"{"title": "Good"}"#),
        ("data/x.json", #"{"word": "datum"}"#),
        ("templates/frame.html", "{{ site.title }} {{ site.data.x.word }} {% block main %}{% endblock %}"),
        (
            "templates/page.html",
            "{% extends \"frame.html\" %}{% block main %}{{ page.title }} {{ page.content }}{% endblock %}"
        ),
        (
            "templates/home.html",
            "{% extends \"frame.html\" %}{% block main %}{% for p in site.pages %}{{ p.title }},{% endfor %}{% endblock %}"
        ),
        ("content/one.md", "---\ntitle: One\n---\nfirst\n"),
        ("content/two.md", "---\ntitle: Two\n---\nsecond\n"),
    ]

    private func words(_ preview: PreviewProcess, _ path: String) -> String {
        let answer = preview.get(path)
        let text = String(decoding: answer.published, as: UTF8.self)
        return "\(answer.status) "
            + text.replacing("<p>", with: "").replacing("</p>", with: "").split { $0.isWhitespace }.joined(
                separator: " ")
    }

    /// Breaks a file, looks at pages, breaks it otherwise, mends it.
    private func expect(
        _ file: String, _ broken: String?, shows: [String: String] = [:], newPage: String = "200 ",
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws {
        let site = try SiteOnDisk("")
        for (name, text) in Self.site { try site.save(name, text) }
        let preview = try PreviewProcess(in: site.path)
        let pages = ["/", "/one/", "/two/"]
        let good = pages.map { words(preview, $0) }
        #expect(
            good == ["200 Good datum One,Two,", "200 Good datum One first", "200 Good datum Two second"],
            sourceLocation: sourceLocation)
        if let broken {
            try site.save(file, broken)
        } else {
            try FileManager.default.removeItem(atPath: site.path + "/" + file)
        }
        for (index, page) in pages.enumerated() {
            #expect(words(preview, page) == shows[page] ?? good[index], sourceLocation: sourceLocation)
        }
        #expect(preview.isRunning, sourceLocation: sourceLocation)
        // A new page is shown as far as it goes, if anything can be made of it.
        try site.save("content/three.md", "---\ntitle: Three\n---\nthird\n")
        #expect(words(preview, "/three/").hasPrefix(newPage), sourceLocation: sourceLocation)
        try FileManager.default.removeItem(atPath: site.path + "/content/three.md")
        let original = Self.site.first { $0.name == file }?.text ?? ""
        try site.save(file, original.replacing("Good", with: "Mended"))
        #expect(
            pages.map { words(preview, $0) }
                == good.map { file == "site.json" ? $0.replacing("Good", with: "Mended") : $0 },
            sourceLocation: sourceLocation)
    }

    @Test func theConfigurationIsCutOff() throws { try expect("site.json", #"{"title":"#) }

    @Test func theDataAreCutOff() throws { try expect("data/x.json", #"{"word":"#) }

    @Test func aTemplateCannotBeRead() throws {
        try expect("templates/frame.html", "{% block main %}", newPage: "500 ")
    }

    @Test func aTemplateIsGoneThatAnotherExtends() throws {
        try expect("templates/frame.html", nil, newPage: "500 ")
    }

    @Test func aTemplateAsksForWhatIsNotThere() throws {
        try expect("templates/page.html", "{{ nothing.at.all }}", newPage: "500 ")
    }

    @Test func aHeadCannotBeRead() throws {
        // The list goes on, with what the name of the file says.
        try expect(
            "content/one.md", "---\ntitle: [One\n---\nfirst again\n", shows: ["/": "200 Good datum One,Two,"])
    }

    @Test func aPageThatWasNeverGoodIsShownAsFarAsItGoes() throws {
        let site = try SiteOnDisk("")
        for (name, text) in Self.site { try site.save(name, text) }
        try site.save("data/x.json", #"{"word":"#)
        let preview = try PreviewProcess(in: site.path)
        #expect(words(preview, "/one/").hasPrefix("200 Good"))
        try site.save("templates/page.html", "{% for %}")
        #expect(preview.get("/two/").status == 500)
        try site.save("data/x.json", #"{"word": "datum"}"#)
        try site.save("templates/page.html", "{{ page.title }}")
        #expect(words(preview, "/two/") == "200 Two")
    }

    @Test func aPageIsGoneAtOnceAlthoughAnotherIsBroken() throws {
        let site = try SiteOnDisk("")
        for (name, text) in Self.site { try site.save(name, text) }
        let preview = try PreviewProcess(in: site.path)
        #expect(words(preview, "/one/") == "200 Good datum One first")
        try site.save("content/two.md", "---\ntitle: [\n---\n")
        try FileManager.default.removeItem(atPath: site.path + "/content/one.md")
        #expect(preview.get("/one/").status == 404)
    }

    @Test func aPageThatTheConfigurationPutElsewhereStaysWhileThatIsBroken() throws {
        let site = try SiteOnDisk("")
        for (name, text) in Self.site { try site.save(name, text) }
        try site.save("site.json", #"{"title": "Good", "urls": {"style": "file"}}"#)
        let preview = try PreviewProcess(in: site.path)
        #expect(words(preview, "/one.html") == "200 Good datum One first")
        try site.save("site.json", #"{"title": "Good", "urls": {"style": "file"}"#)
        #expect(words(preview, "/one.html") == "200 Good datum One first")
        try site.save("site.json", #"{"title": "Good"}"#)
        #expect(preview.get("/one.html").status == 404)
        #expect(words(preview, "/one/") == "200 Good datum One first")
    }

    /// While somebody types in the configuration, the site is what it was, also where nobody has looked yet, and goes on.
    @Test func theSiteStaysWhatItWasWhileTheConfigurationCannotBeRead() throws {
        let site = try SiteOnDisk("")
        for (name, text) in Self.site { try site.save(name, text) }
        try site.save("site.json", #"{"title": "Good", "urls": {"style": "file"}}"#)
        let preview = try PreviewProcess(in: site.path)
        #expect(words(preview, "/one.html") == "200 Good datum One first")
        try site.save("site.json", #"{"title": "Good", "urls": {"style": "file"}"#)
        #expect(words(preview, "/two.html") == "200 Good datum Two second")
        try site.save("content/three.md", "---\ntitle: Three\n---\nthird\n")
        #expect(words(preview, "/three.html") == "200 Good datum Three third")
        let dashboard = String(decoding: preview.get("/_site/").body, as: UTF8.self)
        #expect(dashboard.contains("unreadable-data") && !dashboard.contains("missing-base-url"))
        #expect(!preview.said.contains("gone"))
        // Empty, as between the two writes of an editor.
        try site.save("site.json", "")
        #expect(words(preview, "/three.html") == "200 Good datum Three third")
        try site.save("site.json", #"{"title": "Mended", "urls": {"style": "file"}}"#)
        #expect(words(preview, "/three.html") == "200 Mended datum Three third")
        try FileManager.default.removeItem(atPath: site.path + "/site.json")
        #expect(words(preview, "/three/").hasSuffix("datum Three third"))
    }

    @Test func aWarningIsSaidWithTheEditThatBroughtItIn() throws {
        let site = try SiteOnDisk("")
        for (name, text) in Self.site { try site.save(name, text) }
        try site.save("content/old.md", "[y](never.md)\n")
        let preview = try PreviewProcess(in: site.path)
        #expect(preview.get("/one/").status == 200)
        func wait(_ text: String) -> Bool {
            for _ in 0..<2000 where !preview.said.contains(text) { usleep(10_000) }
            usleep(100_000)
            return preview.said.contains(text)
        }
        func warnings(_ name: String) -> Int { preview.said.components(separatedBy: name).count - 1 }
        #expect(wait("never.md"))
        try site.save("content/two.md", "---\ntitle: Two\n---\n[x](nope.md)\n")
        #expect(wait(", 2 warnings, "))
        #expect(wait("there is no page \"nope.md\""))
        #expect(warnings("there is no page \"never.md\"") == 1)
        // It stands: the line has its number, wherever in the file it goes.
        try site.save("content/two.md", "---\ntitle: Two\n---\nMore.\n\n[x](nope.md)\n")
        try site.save("content/one.md", "---\ntitle: Uno\n---\nfirst\n")
        #expect(wait("content/one.md"))
        #expect(warnings("there is no page \"nope.md\"") == 1)
        // What is broken hides it; mended, it is no news.
        try site.save("site.json", "{")
        #expect(wait(", 1 error"))
        try site.save("site.json", #"{"title": "Good"}"#)
        try site.save("content/one.md", "---\ntitle: One\ndate: 2999-01-02\n---\nfirst\n")
        #expect(wait("not published before 2999-01-02"))
        #expect(warnings("there is no page \"nope.md\"") == 1)
    }

    /// The dashboard lists what has other bytes, not what was looked at.
    @Test func whatDidNotChangeIsNotSaidToHaveChanged() throws {
        let site = try SiteOnDisk("")
        for (name, text) in Self.site where name.hasPrefix("content/") { try site.save(name, text) }
        let preview = try PreviewProcess(in: site.path)
        #expect(preview.get("/one/").status == 200)
        func changed(by file: String, _ text: String?) throws -> [String] {
            if let text {
                try site.save(file, text)
            } else {
                try FileManager.default.removeItem(atPath: site.path + "/" + file)
            }
            for _ in 0..<1000 {
                let page = String(decoding: preview.get("/_site/").body, as: UTF8.self)
                if page.contains("<li>\(file)</li>"), let start = page.range(of: "Changed</p>") {
                    let list = page[start.upperBound...].components(separatedBy: "</ul>")[0]
                    return list.components(separatedBy: "<li>").dropFirst().map {
                        $0.components(separatedBy: "</a>")[0].components(separatedBy: ">").last ?? ""
                    }
                }
                usleep(10_000)
            }
            return []
        }
        _ = try changed(by: "templates/page.html", "{{ nothing.at.all }}")
        _ = try changed(by: "templates/page.html", nil)
        for word in ["a", "b", "c"] {
            for page in ["one", "two"] {
                let text = "---\ntitle: \(page)\n---\nfirst\n\n<!--more-->\n\n\(word)\n"
                let list = try changed(by: "content/\(page).md", text)
                // With the first one the title is another, which lists show.
                #expect(list == ["\(page)/index.html"] || word == "a", "\(list)")
            }
        }
    }

    /// What one place of a template gives for every page is one error to whoever mends it.
    @Test func anErrorOfATemplateIsShownOnce() throws {
        let site = try SiteOnDisk("")
        for (name, text) in Self.site { try site.save(name, text) }
        let preview = try PreviewProcess(in: site.path)
        #expect(preview.get("/one/").status == 200)
        try site.save("templates/page.html", "{{ nothing.at.all }}")
        var shown = ""
        for _ in 0..<1000 where !shown.contains("undefined-value") {
            shown = String(decoding: preview.get("/_site/findings.json").body, as: UTF8.self)
            usleep(10_000)
        }
        #expect(shown.hasPrefix("{\"count\":1,"), "\(shown)")
        #expect(shown.contains("and 1 more page"), "\(shown)")
    }

    @Test func anErrorThatStandsIsSaidOnce() throws {
        let site = try SiteOnDisk("")
        for (name, text) in Self.site { try site.save(name, text) }
        let preview = try PreviewProcess(in: site.path)
        #expect(preview.get("/one/").status == 200)
        func errors(after line: String) -> Int {
            for _ in 0..<2000 where !preview.said.contains(line) { usleep(10_000) }
            usleep(100_000)
            return preview.said.components(separatedBy: "error[").count - 1
        }
        try site.save("data/x.json", #"{"word":"#)
        #expect(errors(after: "data/x.json: ") == 1)
        try site.save("content/two.md", "---\ntitle: Two\n---\nedited\n")
        #expect(errors(after: "content/two.md: ") == 1)
        try site.save("templates/page.html", "{% for %}")
        #expect(errors(after: "templates/page.html: ") > 2)
    }
}
