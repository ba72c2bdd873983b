import Engine
import Files
import Site
import Testing
import Text

/// What each kind of edit makes run: of content, templates and copied files.
@Suite struct FlowEditTests {
    /// Content: a page comes, changes its name, goes.
    @Test func aPageIsAddedRenamedAndDeleted() {
        let site = FlowFixture.site()
        expectRebuilt(
            site, after: "-- content/c.md --\n---\ntitle: C\n---\nC.\n",
            ran: """
                content-tree en
                page-meta content/c.md
                catalog en
                page-body content/c.md
                link-check en:content/c.md
                page-output en:content/c.md
                sitemap-output
                output-manifest
                output-files
                site-summary
                section-sources en
                """,
            written: """
                c/index.html
                sitemap.xml
                """)
        expectRebuilt(
            site, after: "-- content/e.md (renamed from content/c.md) --",
            ran: """
                content-tree en
                page-meta content/c.md
                page-meta content/e.md
                catalog en
                page-body content/e.md
                link-check en:content/e.md
                page-output en:content/e.md
                sitemap-output
                output-manifest
                output-files
                site-summary
                section-sources en
                """,
            written: """
                e/index.html
                sitemap.xml
                """, removed: "c/index.html")
        expectRebuilt(
            site, after: "-- content/e.md (deleted) --",
            ran: """
                content-tree en
                page-meta content/e.md
                catalog en
                sitemap-output
                output-manifest
                output-files
                site-summary
                section-sources en
                """, written: "sitemap.xml", removed: "e/index.html")
    }

    /// A template: the pages it writes.
    @Test func aTemplateIsEdited() {
        let site = FlowFixture.site()
        expectRebuilt(
            site, after: "-- templates/section.html --\n[{{ page.title }}]\n",
            ran: """
                template-program section.html
                page-output en:@term/tags/t
                """, written: "tags/t/index.html")
    }

    /// An include: the pages that include it; without it, an error, and nothing is published.
    @Test func anIncludeIsEditedAndVanishes() {
        let site = FlowFixture.site()
        expectRebuilt(
            site, after: "-- templates/head.html --\n<head lang>\n",
            ran: """
                template-program head.html
                page-output en:content/a.md
                page-output en:content/b.md
                """,
            written: """
                a/index.html
                b/index.html
                """)
        expectRebuilt(
            site, after: "-- templates/head.html (deleted) --",
            ran: """
                template-program head.html
                page-output en:content/a.md
                page-output en:content/b.md
                settings-check
                """, written: "")
        expectRebuilt(
            site, after: "-- templates/head.html --\n<head lang>\n",
            ran: """
                template-program head.html
                page-output en:content/a.md
                page-output en:content/b.md
                settings-check
                """, written: "")
    }

    /// A component: the bodies that call it.
    @Test func aComponentIsEdited() {
        let site = FlowFixture.site()
        expectRebuilt(
            site, after: "-- templates/components/box.html --\nnew box\n",
            ran: """
                template-program components/box.html
                page-body content/b.md
                page-output en:content/b.md
                feed-output atom:en:@home
                """,
            written: """
                atom.xml
                b/index.html
                """)
    }

    /// A template for links: the bodies; those without links stay as they are.
    @Test func anElementGetsATemplate() {
        let site = FlowFixture.site()
        expectRebuilt(
            site,
            after:
                "-- templates/render/link.html --\n<a class=x href=\"{{ destination }}\">{{ content }}</a>\n",
            ran: """
                template-program render/link.html
                page-body content/a.md
                page-body content/b.md
                page-output en:content/b.md
                feed-output atom:en:@home
                settings-check
                """,
            written: """
                atom.xml
                b/index.html
                """)
        expectRebuilt(
            site, after: "-- templates/render/link.html (deleted) --",
            ran: """
                template-program render/link.html
                page-body content/a.md
                page-body content/b.md
                page-output en:content/b.md
                feed-output atom:en:@home
                settings-check
                """,
            written: """
                atom.xml
                b/index.html
                """)
    }

    /// An asset: who names it, and the file under its new name.
    @Test func anAssetChanges() {
        let site = FlowFixture.site()
        expectRebuilt(
            site, after: "-- assets/a.css --\nb {}\n",
            ran: """
                asset a.css
                page-output en:@home
                file-output assets/a.css
                output-manifest
                """,
            written: """
                assets/a.aef72dbbc44d.css
                index.html
                """, removed: "assets/a.7df2d3ac857e.css")
    }

    /// A static file: the copy.
    @Test func aCopiedFileChanges() {
        let site = FlowFixture.site()
        expectRebuilt(
            site, after: "-- static/f.txt --\ng\n", ran: "file-output static/f.txt", written: "f.txt")
        expectRebuilt(
            site, after: "-- static/g.txt --\ng\n",
            ran: """
                file-output static/g.txt
                output-manifest
                output-files
                """, written: "g.txt")
    }

    /// A theme's file of the same name as the site's: it is not even looked at.
    @Test func theThemeOverridesNothing() {
        let site = FlowFixture.site()
        expectRebuilt(
            site, after: "-- themes/plain/templates/page.html --\nother\n",
            ran: """
                theme-chain
                settings-check
                """, written: "")
    }
}
