import Foundation
import TestSupport
import Testing

/// What symbolic links in a site lead to.
@Suite(.enabled(if: SiteProgram.path != nil)) struct SymbolicLinkTests {
    @Test("What a link out of the site leads to is never published")
    func linkOutside() throws {
        let site = try SiteOnDisk(CommandTests.page)
        let other = try SiteOnDisk("-- secret.md --\nSecret.\n")
        try FileManager.default.createSymbolicLink(
            atPath: site.path + "/content/linked.md", withDestinationPath: other.path + "/secret.md")
        let run = try site.run("build")
        #expect(run.code == 1)
        #expect(run.error.contains("error[link-outside]") && run.error.contains("--> content/linked.md"))
        try site.write("-- site.json --\n{\"ignore\": [\"content/linked.md\"]}\n")
        #expect(try site.run("build").code == 0)
        // A link to a file of the site is that file.
        try FileManager.default.createSymbolicLink(
            atPath: site.path + "/content/again.md", withDestinationPath: "a.md")
        #expect(try site.run("build").code == 0)
        #expect(site.text("public/again/index.html") != nil && site.text("public/linked/index.html") == nil)
    }

    @Test(
        "What a link out of the site leads to is not read by a name that a text holds either",
        arguments: [
            ("other/l.json", "file", "{{ load_data(\"other/l.json\").a }}"),
            ("l.json", "file", "{{ load_data(\"l.json\").a }}"),
            ("data/l.json", "file", "{{ load_data(\"data/l.json\").a }}"),
            ("data/x/l.json", "folder", "{{ load_data(\"data/x/l.json\").a }}"),
            ("other/l.json", "folder", "{{ load_data(\"other/l.json\").a }}"),
            ("content/x/l.json", "folder", "{{ load_data(\"content/x/l.json\").a }}"),
            ("templates/l.json", "file", "{% include \"l.json\" %}"),
            ("templates/x/l.json", "folder", "{% include \"x/l.json\" %}"),
            ("themes/t/templates/x/l.json", "folder", "{% include \"x/l.json\" %}"),
            ("assets/x/l.json", "folder", "{{ asset(\"x/l.json\").url }}"),
            ("i18n/en.json", "file", "{{ t(\"a\") }}"),
            ("site.json", "file", "{{ site.title }}"),
        ])
    func linkOutsideByName(path: String, kind: String, template: String) throws {
        let theme = path.hasPrefix("themes/") ? "{\"theme\": \"t\"}" : "{}"
        let site = try SiteOnDisk(
            CommandTests.page + "-- site.json --\n\(theme)\n-- templates/page.html --\n[\(template)]\n"
                + "-- themes/t/theme.json --\n{}\n")
        let other = try SiteOnDisk(
            "-- l.json --\n{\"a\": \"hidden\", \"title\": \"hidden\"}\n")
        let isFile = kind == "file"
        let link = site.path + "/" + (isFile ? path : String(path.dropLast("/l.json".count)))
        try FileManager.default.createDirectory(
            atPath: String(link[..<(link.lastIndex(of: "/") ?? link.endIndex)]),
            withIntermediateDirectories: true)
        try? FileManager.default.removeItem(atPath: link)
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: other.path + (isFile ? "/l.json" : ""))
        let run = try site.run("build")
        #expect(run.code == 1)
        #expect(run.error.contains("error[link-outside]"))
        #expect(run.error.contains("--> " + link.dropFirst(site.path.count + 1)))
        #expect(!(site.text("public/a/index.html") ?? "").contains("hidden"))
    }

    @Test(
        "A whole folder of the site may be a link to anywhere, and its files are asked for by name",
        arguments: [
            ("data", "data/x/l.json", "{{ load_data(\"data/x/l.json\").a }}"),
            ("data/x", "data/x/l.json", "{{ load_data(\"data/x/l.json\").a }}"),
            ("themes/t", "themes/t/templates/x/l.json", "{% include \"x/l.json\" %}"),
            ("themes/t/templates", "themes/t/templates/x/l.json", "{% include \"x/l.json\" %}"),
            ("i18n", "i18n/en.json", "{{ t(\"a\") }}"),
        ])
    func linkedFolderByName(folder: String, path: String, template: String) throws {
        // A folder that `site.json` names is one as well.
        let settings = folder == "data/x" ? "{\"data\": \"data/x\"}" : "{\"theme\": \"t\"}"
        let site = try SiteOnDisk(
            CommandTests.page + "-- site.json --\n\(settings)\n-- templates/page.html --\n[\(template)]\n"
                + "-- themes/t/theme.json --\n{}\n-- \(path) --\n{\"a\": \"shown\"}\n")
        let other = try SiteOnDisk("-- x.txt --\n")
        try FileManager.default.moveItem(atPath: site.path + "/" + folder, toPath: other.path + "/moved")
        try FileManager.default.createSymbolicLink(
            atPath: site.path + "/" + folder, withDestinationPath: other.path + "/moved")
        let run = try site.run("build")
        #expect(run.code == 0, "\(run.error)")
        #expect((site.text("public/a/index.html") ?? "").contains("shown"))
    }

    @Test(
        "A folder on a disk that is not mounted takes nothing off the site", arguments: ["static", "content"])
    func unmountedFolder(name: String) throws {
        let site = try SiteOnDisk("-- content/a.md --\nA\n-- static/f.txt --\nf\n")
        let disk = try SiteOnDisk("-- disk/nothing.txt --\n")
        try FileManager.default.moveItem(atPath: site.path + "/" + name, toPath: disk.path + "/disk/" + name)
        try FileManager.default.createSymbolicLink(
            atPath: site.path + "/" + name, withDestinationPath: disk.path + "/disk/" + name)
        #expect(try site.run("build").code == 0)
        try FileManager.default.moveItem(atPath: disk.path + "/disk", toPath: disk.path + "/away")
        let run = try site.run("build")
        #expect(run.code == 1 && run.error.contains("error[missing-folder]"))
        #expect(site.text("public/f.txt") != nil && site.text("public/a/index.html") != nil)
        try FileManager.default.moveItem(atPath: disk.path + "/away", toPath: disk.path + "/disk")
        #expect(try site.run("build").code == 0)
    }

    @Test("A link that leads nowhere is told, until it does")
    func deadLinks() throws {
        let site = try SiteOnDisk(
            CommandTests.page
                + "-- static/f.txt --\n-- assets/f.txt --\n-- data/f.yml --\na: 1\n-- templates/f.html --\n"
                + "-- i18n/en.yml --\nx: y\n")
        func link(_ path: String, _ target: String) throws {
            try FileManager.default.createSymbolicLink(
                atPath: site.path + "/" + path, withDestinationPath: target)
        }
        func told() throws -> [String] {
            let run = try site.run("build")
            #expect(run.code == 0)
            let lines = run.error.split(separator: "\n")
            #expect(
                lines.count { $0.contains("[unreadable-file]") }
                    == lines.count { $0.contains("warning[unreadable-file]") })
            return lines.filter { $0.contains("--> ") && $0.contains("link") }.map {
                String($0.drop { $0 != ">" }.dropFirst(2).prefix { $0 != ":" })
            }.sorted()
        }
        let folders = ["assets", "content", "data", "i18n", "static", "templates"]
        for folder in folders { try link(folder + "/link.md", "gone.md") }
        try link("content/link-y.md", "link-z.md")
        try link("content/link-z.md", "link-y.md")
        try link("content/link-up", "..")
        let circles = ["content/link-up", "content/link-y.md", "content/link-z.md"]
        #expect(try told() == (folders.map { $0 + "/link.md" } + circles).sorted())
        #expect(try site.run("build", "--strict").code == 3)
        for folder in folders.dropFirst() { try site.write("-- \(folder)/gone.md --\nText.\n") }
        for path in circles { try FileManager.default.removeItem(atPath: site.path + "/" + path) }
        #expect(try told() == ["assets/link.md"])
        #expect(site.text("public/link/index.html") != nil)
        try FileManager.default.removeItem(atPath: site.path + "/assets/link.md")
        #expect(try told() == [])
    }

    @Test("A link that leads out of the site by now is seen, though what it leads to is as it was")
    func linkThatLeavesTheSite() throws {
        let site = try SiteOnDisk(
            CommandTests.page + "-- shared/page.html --\n[{{ page.title }}]\n-- templates/x.html --\nx\n")
        let other = try TemporaryFolder()
        let link = site.path + "/templates/page.html"
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: site.path + "/shared/page.html")
        for _ in 0..<2 { #expect(try site.run("build").code == 0) }
        // The file keeps its inode and its times where only its folder is moved.
        try FileManager.default.moveItem(atPath: site.path + "/shared", toPath: other.path + "/shared")
        try FileManager.default.removeItem(atPath: link)
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: other.path + "/shared/page.html")
        let run = try site.run("build")
        #expect(run.code == 1 && run.error.contains("error[link-outside]"))
    }
}
