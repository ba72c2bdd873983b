import Foundation
import TestSupport
import Testing

/// A preview beside other processes of the same site.
@Suite(.enabled(if: SiteProgram.path != nil)) struct PreviewNeighbourTests {
    private func site() throws -> SiteOnDisk {
        let site = try SiteOnDisk("")
        try site.save("site.json", #"{"title": "Site"}"#)
        try site.save("templates/page.html", "{{ page.content }}")
        try site.save("content/one.md", "first\n")
        return site
    }

    @Test func twoPreviewsOfOneSiteRunSideBySide() throws {
        let site = try site()
        let previews = try [
            PreviewProcess(in: site.path), PreviewProcess(in: site.path), PreviewProcess(in: site.path),
        ]
        for text in ["first", "second", "third"] {
            try site.save("content/one.md", text + "\n")
            for preview in previews {
                #expect(String(decoding: preview.get("/one/").published, as: UTF8.self) == "<p>\(text)</p>\n")
            }
        }
        for preview in previews { #expect(try #require(preview.stop()).code == 0) }
        // What each has remembered is used again.
        let stores = try FileManager.default.contentsOfDirectory(atPath: site.path + "/.site").sorted()
        #expect(stores == ["serve", "serve-2", "serve-3"])
        let next = try PreviewProcess(in: site.path)
        #expect(next.get("/one/").status == 200)
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.path + "/.site").sorted() == stores)
    }

    @Test func aBuildGoesOnBesideAPreview() throws {
        let site = try site()
        let preview = try PreviewProcess(in: site.path)
        for text in ["first", "second"] {
            try site.save("content/one.md", text + "\n")
            let run = try site.run("build", "--quiet")
            #expect(run.code == 0)
            let written = try String(contentsOfFile: site.path + "/public/one/index.html", encoding: .utf8)
            #expect(written == "<p>\(text)</p>\n")
            #expect(Array(written.utf8) == preview.get("/one/").published)
        }
    }
}
