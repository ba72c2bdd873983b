import Formats
@testable import Site
import TestSupport
import Testing
import Text

/// Slugs, file names, permalink patterns and routes.
@Suite struct RouteTests {
    @Test(arguments: [
        ("Hello, World!", "hello-world"), ("  a  --  b ", "a-b"), ("Über Straße", "über-straße"),
        ("日本語 テスト", "日本語-テスト"),
        ("C++", "c-plus-plus"), ("C#", "c-sharp"), ("C", "c"), ("1 + 1 = 2", "1-1-2"), ("don't", "don-t"),
        ("a_b.c", "a-b-c"),
        ("cafe\u{301}", "café"), ("😀 smile", "smile"), ("…", "u2026"), ("🎉🎊", "🎉🎊"), ("?! ", "u3f-u21"),
        (" \u{fe0f}", ""), ("C++11", "c-plus-plus-11"), ("C/C++", "c-c-plus-plus"),
        ("C#/F#", "c-sharp-f-sharp"), ("", ""), ("Swift 5.2", "swift-5-2"),
        ("İstanbul", "i̇stanbul"),
        ("हिन्दी", "हिन्दी"), ("soft\u{ad}hyphen", "softhyphen"), ("can\u{200d}t", "cant"), ("x\u{2014}y", "x-y"),
        ("F# & C++, now", "f-sharp-c-plus-plus-now"),
    ])
    func slugsKeepLettersAndJoinTheRest(_ title: String, _ expected: String) {
        #expect(Slug.make(title.utf8) == Array(expected.utf8))
    }

    @Test(arguments: [
        ("Über Straße", "uber-strasse"), ("lingüística", "linguistica"), ("Привет, мир", "privet-mir"),
        ("Київ", "kiyiv"),
        ("Αθήνα", "athina"), ("łódź", "lodz"),
        ("café crème", "cafe-creme"), ("日本", "u65e5-u672c"), ("smørrebrød", "smorrebrod"),
        ("Việt Nam", "viet-nam"),
        ("a–b", "a-b"), ("йога", "yoga"),
    ])
    func slugsCanBeASCII(_ title: String, _ expected: String) {
        #expect(Slug.make(title.utf8, style: .ascii) == Array(expected.utf8))
    }

    /// As Hugo 0.168 makes them of names and terms, of titles in patterns, and of what is written as a slug.
    @Test(arguments: [
        ("Foo - Bar", "foo---bar", "foo-bar", "foo-bar"), ("CI/CD", "ci/cd", "ci-cd", "ci/cd"),
        ("C#", "c%23", "c", "c%23"), ("Tips & Tricks", "tips--tricks", "tips-tricks", "tips-tricks"),
        ("-a-", "-a-", "-a-", "a"), (" a  b ", "-a--b-", "a-b", "a-b"),
        ("A_b.c+d~e@f", "a_b.c+d~e@f", "a_b.c-d~e@f", "a_b.c+d~e@f"),
        ("don't – do…", "dont--do", "dont-do", "dont-do"),
        ("50 € x² H₂O ½", "50--x-ho-", "50-x-ho", "50-x-ho"),
        ("emoji😀x", "emojix", "emojix", "emojix"), ("../x/./y", "x/y", "..-x-.-y", "x/y"),
        ("日本 2", "日本-2", "日本-2", "日本-2"),
    ])
    func slugsCanBeHugos(_ text: String, _ name: String, _ title: String, _ written: String) {
        let bytes = Array(text.utf8)
        #expect(Slug.make(bytes, style: .hugo) == Array(name.utf8))
        #expect(Slug.make(title: bytes, style: .hugo) == Array(title.utf8))
        #expect(Slug.make(written: bytes, style: .hugo) == Array(written.utf8))
        // A slug of a slug is itself.
        #expect(Slug.make(Array(name.utf8), style: .hugo) == Array(name.utf8))
    }

    /// As Pelican 4.11 makes them of titles.
    @Test(arguments: [
        ("Don't use pickle — use Camel", "dont-use-pickle-use-camel"),
        ("Why I löve Pokémon", "why-i-love-pokemon"),
        ("What’s new in v1.2.3?", "whats-new-in-v123"), ("a_b  c--d", "a_b-c-d"), ("C++ & C#", "c-c"),
        ("", ""), ("…", "u2026"), ("emoji😀x", "emojix"), ("Foo -", "foo-"), (" a  b ", "a-b"),
    ])
    func slugsCanBePelicans(_ title: String, _ expected: String) {
        #expect(Slug.make(title.utf8, style: .pelican) == Array(expected.utf8))
    }

    @Test(arguments: [
        ("posts/2026-01-02-hello.md", "page", "2026-01-02", "hello"),
        ("2026-1-2_hi.md", "page", "2026-01-02", "hi"),
        ("a/index.md", "bundle", "", "a"), ("2026-01-02-trip/index.md", "bundle", "2026-01-02", "trip"),
        ("docs/_index.md", "section", "", "docs"),
        ("about.md", "page", "", "about"), ("v18.0.0.md", "page", "", "v18.0.0"),
        ("post.fr.md", "page", "", "post"), ("post.xx.md", "page", "", "post.xx"),
        ("2026-02-30-x.md", "page", "", "x"), ("2026-01-02.md", "page", "2026-01-02", "2026-01-02"),
        ("2026-01-06 Tue.md", "page", "2026-01-06", "2026-01-06 Tue"), ("2026-01.md", "page", "", "2026-01"),
        ("2026-01-02-.md", "page", "", "2026-01-02-"),
        ("index.fr.md", "bundle", "", ""), ("_index.md", "section", "", ""),
        ("2026-01-02-hello.fr.md", "page", "2026-01-02", "hello"),
    ])
    func fileNamesSayWhatTheyCan(_ path: String, _ role: String, _ date: String, _ name: String) throws {
        let found = ContentName(try #require(RelativePath(path)), languages: ["en", "fr", "pt-BR"])
        #expect("\(found.role)" == role && String(decoding: found.name, as: UTF8.self) == name)
        #expect(found.date?.text ?? "" == date)
        #expect((found.language == "fr") == path.contains(".fr."))
        #expect(found.hasImpossibleDate == path.contains("02-30"))
    }

    @Test(arguments: [
        ("swift-5.2-released", "Swift 5.2 released"), ("hello_world", "Hello world"), ("über", "Über"),
        ("", ""), ("a", "A"), ("getting-started", "Getting started"),
    ])
    func aTitleIsMadeOfAName(_ name: String, _ expected: String) {
        #expect(ContentName.title(of: name.utf8) == expected)
    }

    private func expand(
        _ pattern: String, path: String = "blog/news/2016-02-01-Swift_CI.md",
        change: (inout PermalinkValues) -> Void = { _ in }
    ) -> String? {
        let file = SourceFile(path: "site.json", text: pattern)
        let (read, diagnostics) = PermalinkPattern.read(
            file.bytes, at: SourceRange(0, file.bytes.count), in: file)
        #expect(diagnostics == [], "\(pattern)")
        var values = PermalinkValues(name: ContentName(RelativePath(path) ?? .root))
        values.date = Instant(seconds: 1_454_342_645)
        values.title = Array("Hello, Wörld".utf8)
        values.sections = ["blog", "news"].map { Array($0.utf8) }
        values.categories = [Array("Big Things".utf8)]
        // A site's posts of Jekyll lie in `_posts`.
        values.isOfJekyll = path.hasPrefix("_posts/")
        change(&values)
        return read.expanded(values).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(
        arguments: [
            ("/:year/:month/:day/:slug/", "/2016/02/01/hello-wörld/"),
            (":i_month-:i_day-:short_year", "/2-1-16"), ("/:y_day/:yearday", "/032/32"),
            ("/:w_year/W:week/:w_day/:weekday", "/2016/W05/1/1"),
            ("/:short_month/:long_month/:monthname", "/Feb/February/february"),
            ("/:short_day/:long_day/:weekdayname", "/Mon/Monday/monday"), ("/:hour:minute:second", "/160405"),
            ("/:section/:contentbasename", "/blog/swift-ci"),
            ("/:sections/:slug", "/blog/news/hello-wörld"), ("/:sections[1]/", "/news/"),
            ("/:sections[last]/", "/news/"), ("/:sections[:1]/x", "/blog/x"),
            ("/:sections[1:]/x", "/news/x"), ("/:sections[5]/x", "/x"),
            ("/:categories/:title", "/big-things/hello-wörld"),
            ("date", "/big-things/2016/02/01/Swift_CI.html"),
            ("/a/:b", nil), ("/a:b", "/a:b"),
            ("/{date:%Y-%m}/{category}/{slug}/", "/2016-02/big-things/hello-wörld/"), ("/{author}/", nil),
            ("/{date:%Q}/", nil),
            ("/:path", "/blog/news/Swift_CI"), ("/:year_:month", "/2016_02"), ("x//y", "/x/y"),
            ("/:slugorcontentbasename", "/swift-ci"),
            ("/:collection/:name/:basename", "/blog/swift-ci/Swift_CI"),
        ] as [(String, String?)])
    func patternsHaveTheTokensOfJekyllAndHugo(_ pattern: String, _ expected: String?) {
        if let expected {
            #expect(expand(pattern) == expected)
        } else {
            let file = SourceFile(path: "s", text: pattern)
            #expect(!PermalinkPattern.read(file.bytes, at: SourceRange(at: 0), in: file).diagnostics.isEmpty)
        }
    }

    private static let jekylls = "_posts/2016-02-01-Swift_CI.md"

    @Test(arguments: [
        ("date", "/big-things/2016/02/01/Swift_CI.html"), ("pretty", "/big-things/2016/02/01/Swift_CI/"),
        ("none", "/big-things/Swift_CI.html"), ("ordinal", "/big-things/2016/032/Swift_CI.html"),
        ("weekdate", "/big-things/2016/W05/Mon/Swift_CI.html"),
    ])
    func jekyllsPatternsHaveNames(_ name: String, _ expected: String) {
        #expect(expand(name, path: Self.jekylls) == expected)
    }

    @Test func slugAndTitleComeFromTheBestSource() {
        #expect(expand("/:slug") { $0.slug = Array("My Slug".utf8) } == "/my-slug")
        #expect(expand("/:title") { $0.slug = Array("My-Slug".utf8) } == "/my-slug")
        #expect(expand("/:title", path: Self.jekylls) { $0.slug = Array("My-Slug".utf8) } == "/My-Slug")
        #expect(expand("/:slug", path: Self.jekylls) == "/swift-ci")
        #expect(expand("/:title", path: "a/b.md") == "/hello-wörld")
        #expect(
            expand("/:title", path: "_posts/2016-03-30-swift-2.2-new-features.md")
                == "/swift-2.2-new-features")
        #expect(expand("/:slug", path: "a/My File.md") { $0.title = [] } == "/my-file")
        #expect(expand("/:year/x") { $0.date = nil } == nil)
        #expect(expand("/:slug") { $0.slugStyle = .ascii } == "/hello-world")
    }

    @Test(
        arguments: [
            ("/:yaer/", ":yaer", "did you mean \":year\"?"),
            ("/:titles/", ":titles", "did you mean \":title\"?"), ("/:xyzzy", ":xyzzy", nil),
        ] as [(String, String, String?)])
    func unknownTokensAreFindings(_ pattern: String, _ name: String, _ hint: String?) throws {
        let file = SourceFile(path: "site.json", text: pattern)
        let finding = try #require(
            PermalinkPattern.read(file.bytes, at: SourceRange(0, 3), in: file).diagnostics.first)
        #expect(
            finding.code == .unknownPermalinkToken && finding.message == "no token is named \"\(name)\""
                && finding.hint == hint)
    }

    @Test(arguments: [
        ("/a/", URLStyle.pretty, "/a/", "a/index.html"), ("a/b", .pretty, "/a/b/", "a/b/index.html"),
        ("/", .pretty, "/", "index.html"), ("", .file, "/", "index.html"),
        ("/a.html", .pretty, "/a.html", "a.html"), ("/a", .file, "/a.html", "a.html"),
        ("/a", .bare, "/a", "a.html"), ("/a/", .file, "/a/", "a/index.html"),
        ("//a//b/./", .pretty, "/a/b/", "a/b/index.html"),
        ("/swift-2.2", .pretty, "/swift-2.2/", "swift-2.2/index.html"),
        ("/feed.xml", .bare, "/feed.xml", "feed.xml"),
        ("/%C3%A9t%C3%A9/", .pretty, "/été/", "été/index.html"),
        ("/a%20b", .pretty, "/a b/", "a b/index.html"), ("/x.HTML", .pretty, "/x.HTML", "x.HTML"),
        ("/100%", .pretty, "/100%/", "100%/index.html"),
    ])
    func urlsBecomeFiles(_ text: String, _ style: URLStyle, _ url: String, _ path: String) throws {
        let route = try OutputRoute.make(text.utf8, style: style).get()
        #expect(String(decoding: route.url, as: UTF8.self) == url && route.path.text == path)
    }

    @Test(arguments: [
        ("../x", OutputRoute.Problem.leavesOutput), ("/a/../../b", .leavesOutput),
        ("/a/%2e%2e/b", .leavesOutput), ("/a/..", .leavesOutput), ("a\0b", .invalidCharacter),
        ("a\\b", .invalidCharacter), ("/a?b", .hasQuery), ("/a#b", .hasQuery),
        ("/" + String(repeating: "x", count: 256), .tooLong), ("/a%00", .invalidCharacter),
        ("/%0a", .invalidCharacter),
    ])
    func urlsThatNoFileCanHaveAreRefused(_ text: String, _ problem: OutputRoute.Problem) {
        #expect(OutputRoute.make(text.utf8) == .failure(problem))
    }

    @Test func whatURLsMustNotHoldIsEscaped() throws {
        #expect(
            try String(decoding: OutputRoute.make("/é b/\"".utf8).get().escapedURL, as: UTF8.self)
                == "/%C3%A9%20b/%22/")
    }
}
