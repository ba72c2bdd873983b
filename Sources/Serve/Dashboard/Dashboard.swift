import NIOCore
import NIOHTTP1
import Text

/// The dashboard at `/_site/`: what the site is, what is wrong with it, and what the last rebuild did and
/// why.
struct Dashboard: Sendable {
    private let site: any PreviewSite
    private let paths: SitePaths
    private let options: PreviewOptions
    private static let mostResults = 50
    private static let mostFindings = 100

    /// Nothing but our own files may be loaded, whatever a title managed to say.
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'"

    /// The dashboard of a site.
    init(site: any PreviewSite, options: PreviewOptions) {
        self.site = site
        self.options = options
        paths = SitePaths(options)
    }

    /// The answer to a request below `/_site/` that no other part of the preview answers.
    func answer(_ request: Request) -> Response {
        guard request.target.path.bytes.count == 5 else {
            return Response(Refusal(404, "the preview has nothing here"))
        }
        return Response(
            .ok, type: "text/html; charset=utf-8", body: ByteBuffer(bytes: page(request)),
            more: [("Content-Security-Policy", Self.policy), ("Referrer-Policy", "same-origin")])
    }

    private func page(_ request: Request) -> [UInt8] {
        let facts = site.dashboard()
        let words = request.target.parameter("q").map { String(decoding: $0, as: UTF8.self) } ?? ""
        var page = HTMLPage(title: facts.title.isEmpty ? "Preview" : facts.title)
        page.raw("<header><h1>")
        page.text(facts.title.isEmpty ? "Preview" : facts.title)
        page.raw(
            "</h1><label hidden><input type=\"checkbox\" id=\"follows\"\(options.followsEdits ? " checked" : "")>"
        )
        page.raw(" Go to what I am editing</label>")
        page.link("Open the site", to: paths.url(of: RelativePath(unchecked: Array("index.html".utf8))))
        page.raw("</header>\n<main>\n")
        counts(facts, into: &page)
        if let question = whyQuestion(request) { why(question, into: &page) }
        findings(facts.findings, into: &page)
        lastRebuild(facts.lastRebuild, into: &page)
        for (state, heading) in [
            (PageFact.State.draft, "Drafts"), (.scheduled, "Scheduled"), (.expired, "Expired"),
        ] {
            let pages = facts.pages.filter { $0.state == state }
            if !pages.isEmpty { list(pages[...], count: pages.count, heading: heading, into: &page) }
        }
        search(words, facts.pages, into: &page)
        page.raw("</main>\n<script type=\"module\" src=\"/_site/dashboard.js\"></script>\n")
        return page.finish()
    }

    private func counts(_ facts: DashboardFacts, into page: inout HTMLPage) {
        func count(_ state: PageFact.State) -> Int { facts.pages.count { $0.state == state } }
        func count(_ severity: Severity) -> Int { facts.findings.count { $0.severity == severity } }
        page.raw("<dl class=\"counts\">")
        for (name, number) in [
            ("Pages", facts.pages.count { $0.path != nil }), ("Drafts", count(.draft)),
            ("Scheduled", count(.scheduled)),
            ("Files", facts.outputCount), ("Errors", count(.error)), ("Warnings", count(.warning)),
        ] {
            page.raw("<div><dt>\(name)</dt><dd>\(number)</dd></div>")
        }
        page.raw("</dl>\n")
    }

    /// The output to explain: the one asked for, or the page from which one came.
    private func whyQuestion(_ request: Request) -> (path: RelativePath, text: String)? {
        if let asked = request.target.parameter("why") {
            guard let path = RelativePath(asked) else { return nil }
            return (path, site.why(path) ?? "There is no such output.")
        }
        guard let referrer = request.referrer else { return nil }
        for path in paths.outputs(for: referrer) {
            if let text = site.why(path) { return (path, text) }
        }
        return nil
    }

    private func why(_ question: (path: RelativePath, text: String), into page: inout HTMLPage) {
        page.raw("<section id=\"why\"><h2>Why ")
        page.link(question.path.text, to: paths.url(of: question.path))
        page.raw(" is as it is</h2><pre class=\"why\">")
        page.text(question.text)
        page.raw("</pre></section>\n")
    }

    private func findings(_ findings: [Diagnostic], into page: inout HTMLPage) {
        if findings.isEmpty { return }
        page.raw("<section id=\"findings\"><h2>Findings</h2>")
        // What stops publishing comes first.
        let sorted = findings.sorted { ($1.severity, $0) < ($0.severity, $1) }
        for finding in sorted.prefix(Self.mostFindings) {
            page.raw(
                "<div class=\"finding\"><p><span class=\"\(finding.severity.name)\">\(finding.severity.name)</span> "
            )
            page.text(finding.message)
            page.raw(" <code class=\"soft\">")
            page.text(finding.code.name)
            page.raw("</code></p>")
            if let place = finding.location { self.place(place, into: &page) }
            if let hint = finding.hint {
                page.raw("<p>hint: ")
                page.text(hint)
                page.raw("</p>")
            }
            for note in finding.notes {
                page.raw("<p class=\"soft\">")
                page.text(note.message)
                if let place = note.location {
                    page.text(" · \(place.path.text):\(place.line):\(place.column)")
                }
                page.raw("</p>")
            }
            page.raw("</div>")
        }
        remainder(sorted.count - Self.mostFindings, into: &page)
        page.raw("</section>\n")
    }

    private func place(_ place: SourceLocation, into page: inout HTMLPage) {
        page.raw("<p><code>")
        let text = "\(place.path.text):\(place.line):\(place.column)"
        if let link = options.editorLink?(place) { page.link(text, to: link) } else { page.text(text) }
        page.raw("</code></p>")
        if place.excerpt.isEmpty { return }
        page.raw("<pre>")
        page.text(place.excerpt)
        page.raw("\n")
        for character in place.excerpt.unicodeScalars.prefix(max(0, place.excerptColumn - 1)) {
            page.raw(character == "\t" ? "\t" : " ")
        }
        page.raw("<span class=\"error\">" + String(repeating: "^", count: min(max(1, place.length), 240)))
        page.raw("</span></pre>")
    }

    private func lastRebuild(_ rebuild: RebuildFact?, into page: inout HTMLPage) {
        guard let rebuild else { return }
        page.raw("<section id=\"rebuild\"><h2>Last rebuild: \(milliseconds(rebuild.duration)) ms</h2>")
        for (heading, lines) in [("Because of", rebuild.causes), ("Ran", rebuild.work)] where !lines.isEmpty {
            page.raw("<p class=\"soft\">\(heading)</p><ul>")
            for line in lines.prefix(50) {
                page.raw("<li>")
                page.text(line)
                page.raw("</li>")
            }
            page.raw("</ul>")
            remainder(lines.count - 50, into: &page)
        }
        if !rebuild.changed.isEmpty {
            page.raw("<p class=\"soft\">Changed</p><ul class=\"pages\">")
            for path in rebuild.changed.prefix(50) {
                page.raw("<li>")
                page.link(path.text, to: paths.url(of: path))
                whyLink(path, into: &page)
                page.raw("</li>")
            }
            page.raw("</ul>")
            remainder(rebuild.changed.count - 50, into: &page)
        }
        page.raw("</section>\n")
    }

    private func search(_ words: String, _ pages: [PageFact], into page: inout HTMLPage) {
        page.raw("<section id=\"pages\"><h2>Pages</h2>")
        page.raw("<form id=\"search\" action=\"/_site/\" role=\"search\">")
        page.raw("<label class=\"hidden\" for=\"q\">Search titles</label>")
        page.raw(
            "<input type=\"search\" id=\"q\" name=\"q\" placeholder=\"Search titles\" autocomplete=\"off\" value=\""
        )
        page.text(words)
        page.raw("\"><button>Search</button></form><div id=\"results\">")
        let found = PageSearch(words).matches(in: pages, atMost: Self.mostResults)
        if found.count == 0 {
            page.raw("<p class=\"soft\">No page has these words in its title.</p>")
        } else {
            items(found.first[...], into: &page)
            remainder(found.count - found.first.count, into: &page)
        }
        page.raw("</div></section>\n")
    }

    private func list(_ pages: ArraySlice<PageFact>, count: Int, heading: String, into page: inout HTMLPage) {
        page.raw("<section><h2>\(heading)</h2>")
        items(pages.prefix(Self.mostResults), into: &page)
        remainder(count - Self.mostResults, into: &page)
        page.raw("</section>\n")
    }

    private func items(_ pages: ArraySlice<PageFact>, into page: inout HTMLPage) {
        page.raw("<ul class=\"pages\">")
        for fact in pages {
            page.raw("<li>")
            let title = fact.title.isEmpty ? (fact.path ?? fact.source ?? .root).text : fact.title
            if let path = fact.path {
                page.link(title, to: paths.url(of: path))
            } else {
                page.raw("<span>")
                page.text(title)
                page.raw("</span>")
            }
            if let badge = fact.state.badge { page.raw(" <span class=\"badge\">\(badge)</span>") }
            if !fact.date.isEmpty {
                page.raw(" <span class=\"soft\">")
                page.text(fact.date)
                page.raw("</span>")
            }
            if let source = fact.source, let link = options.editorLink?(SourceLocation(path: source)) {
                page.raw(" <span class=\"soft\">")
                page.link("edit", to: link)
                page.raw("</span>")
            }
            if let path = fact.path { whyLink(path, into: &page) }
            page.raw("</li>")
        }
        page.raw("</ul>")
    }

    private func whyLink(_ path: RelativePath, into page: inout HTMLPage) {
        page.raw(" <span class=\"soft\">")
        let question = String(decoding: Escaping.urlComponent.escaped(path.bytes), as: UTF8.self)
        page.link("why", to: "/_site/?why=" + question)
        page.raw("</span>")
    }

    private func remainder(_ count: Int, into page: inout HTMLPage) {
        if count > 0 { page.raw("<p class=\"soft\">and \(count) more</p>") }
    }

    /// Milliseconds with one decimal below ten.
    private func milliseconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let tenths = seconds * 10_000 + (attoseconds + 50_000_000_000_000) / 100_000_000_000_000
        return tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : "\((tenths + 5) / 10)"
    }
}

extension PageFact.State {
    /// The word shown beside a page that is not published.
    var badge: String? {
        switch self {
        case .published: nil
        case .draft: "draft"
        case .scheduled: "scheduled"
        case .expired: "expired"
        }
    }
}
