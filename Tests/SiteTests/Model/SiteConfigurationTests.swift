import Formats
import Site
import TestSupport
import Testing
import Text

@Suite struct SiteConfigurationTests {
    private func read(
        _ text: String?, environment: String? = nil, variables: [(name: String, value: String)] = [],
        overrides: [SiteConfiguration.Override] = []
    ) -> (configuration: SiteConfiguration, diagnostics: [Diagnostic]) {
        SiteConfiguration.read(
            text.map { SourceFile(path: "site.json", text: $0) }, environment: environment,
            variables: variables,
            overrides: overrides, fallbackTitle: "folder")
    }

    private func expectFinding(
        _ marked: String, _ code: DiagnosticCode, _ message: String? = nil, hint: String? = nil,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
        let text = MarkedText(marked)
        let file = text.file("site.json")
        let findings = SiteConfiguration.read(file).diagnostics
        #expect(findings.map(\.code) == [code], sourceLocation: sourceLocation)
        #expect(
            findings.first?.location == text.ranges.first.map { file.location(of: $0) },
            sourceLocation: sourceLocation)
        if let message { #expect(findings.first?.message == message, sourceLocation: sourceLocation) }
        if let hint { #expect(findings.first?.hint == hint, sourceLocation: sourceLocation) }
    }

    @Test func withoutAFileAllIsAsByDefault() {
        let (configuration, diagnostics) = read(nil)
        #expect(diagnostics == [])
        #expect(configuration.title == "folder")
        #expect(configuration.language == "en" && configuration.timeZone == .utc)
        #expect(configuration.baseURL == .none && configuration.baseURL.path == "/")
        #expect(configuration.pagination.size == 10 && configuration.pagination.path == "page")
        #expect(configuration.taxonomies.map(\.name) == ["tags", "categories"])
        #expect(configuration.feeds.formats == [.atom] && configuration.feeds.limit == 20)
        #expect(configuration.flag("markdown.rawHTML") && !configuration.flag("markdown.smartPunctuation"))
        #expect(configuration.urlStyle == .pretty && configuration.slugStyle == .unicode)
        #expect(configuration.contentFolder == "content" && configuration.postSections == nil)
        #expect(configuration.theme == nil && configuration.languages.isEmpty)
    }

    @Test func whatTheFileSaysIsInForce() throws {
        let (configuration, diagnostics) = read(
            """
            {"$schema": "x", "title": 2026, "baseURL": "HTTPS://Example.org/blog", "timeZone": "Europe/Berlin",
             "taxonomies": {"series": {"path": "s", "feeds": false, "paginate": 5}, "tags": {}}, "posts": "blog",
             "pagination": {"size": 3}, "feeds": {"formats": ["rss", "json"]}, "permalinks": {"posts": "/:year/:slug/"},
             "languages": {"fr": {"name": "Français", "weight": 2}, "en": {"weight": 1}},
             "params": {"colors": {"accent": "red"}}, "check": {"broken-link": "error", "broken-image": "off"}, "theme": null}
            """)
        #expect(diagnostics == [])
        #expect(configuration.title == "2026")
        #expect(
            configuration.baseURL.origin == "https://example.org" && configuration.baseURL.path == "/blog/")
        #expect(configuration.timeZone.name == "Europe/Berlin")
        let series = try #require(configuration.taxonomies.first)
        #expect(series.name == "series" && series.path == "s" && !series.hasFeeds && series.pageSize == 5)
        #expect(configuration.taxonomies.map(\.name) == ["series", "tags"])
        #expect(configuration.taxonomies[1].hasFeeds && configuration.taxonomies[1].pageSize == 3)
        #expect(configuration.pagination.size == 3 && configuration.pagination.path == "page")
        #expect(configuration.feeds.formats == [.rss, .json])
        #expect(
            configuration.languages.map(\.code) == ["en", "fr"]
                && configuration.languages[1].name == "Français")
        #expect(configuration.postSections == ["blog"])
        #expect(
            configuration.levels.map(\.code) == ["broken-link", "broken-image"]
                && configuration.levels[1].severity == nil)
        #expect(configuration.text("params.colors.accent") == "red")
        #expect(configuration.permalinks.map(\.pattern) == ["/:year/:slug/"])
    }

    @Test func unknownKeysAreFindingsWithTheNearestKey() {
        expectFinding(
            "{\n  «\"titel\"»: \"x\"}", .unknownKey, "site.json has no key \"titel\"",
            hint: "did you mean \"title\"?")
        expectFinding(
            "{\"pagination\": {«\"sise\"»: 3}}", .unknownKey, "pagination has no key \"sise\"",
            hint: "did you mean \"size\"?")
        expectFinding(
            "{\"environments\": {\"dev\": {«\"baseUrl\"»: \"x\"}}}", .unknownKey,
            hint: "did you mean \"baseURL\"?")
        expectFinding(
            "{\"taxonomies\": {\"tags\": {«\"feed\"»: true}}}", .unknownKey, hint: "did you mean \"feeds\"?")
    }

    @Test func wrongValuesAreFindingsAndLeaveTheDefault() {
        expectFinding(
            "{\"pagination\": {\"size\": «\"10\"»}}", .wrongType,
            "size should be a whole number from 1 to 100000, not \"10\"",
            hint: "write the number without quotes")
        expectFinding("{\"pagination\": {\"size\": «0»}}", .wrongType)
        expectFinding("{\"feeds\": {\"formats\": [«\"atmo\"»]}}", .wrongType, hint: "did you mean \"atom\"?")
        expectFinding("{\"urls\": {\"style\": «\"prety\"»}}", .wrongType, hint: "did you mean \"pretty\"?")
        expectFinding("{\"params\": «[]»}", .wrongType, "params should be a map, not a list")
        expectFinding(
            "{\"timeZone\": «\"Europe/Berlim\"»}", .unknownTimeZone, hint: "did you mean \"Europe/Berlin\"?")
        expectFinding("{\"baseURL\": «\"example.org\"»}", .invalidBaseURL)
        expectFinding(
            "{\"permalinks\": {\"p\": «\"/:yaer/\"»}}", .unknownPermalinkToken,
            hint: "did you mean \":year\"?")
        expectFinding("«[]»", .wrongType)
        #expect(
            read("{\"pagination\": {\"size\": \"x\", \"path\": \"seite\"}}").configuration.pagination.size
                == 10)
        #expect(
            read("{\"pagination\": {\"size\": \"x\", \"path\": \"seite\"}}").configuration.pagination.path
                == "seite")
        #expect(read("{\"title\": \"x\",").diagnostics.map(\.code) == [.unreadableData])
    }

    @Test func theEnvironmentsPartIsLaidOver() {
        let text =
            #"{"title": "A", "params": {"a": 1, "b": 2}, "environments": {"dev": {"title": "B", "params": {"b": 3}}}}"#
        #expect(read(text).configuration.title == "A")
        let configuration = read(text, environment: "dev").configuration
        #expect(configuration.title == "B")
        #expect(configuration.number("params.a") == 1 && configuration.number("params.b") == 3)
        #expect(
            configuration.value(at: "environments") == nil
                || read(text).configuration.value(at: "environments") != nil)
    }

    @Test func variablesAndFlagsWin() {
        let variables = [
            ("SITE_BASE_URL", "https://x.org"), ("SITE_PAGINATION_SIZE", "7"), ("SITE_PARAMS_COLOR", "red"),
            ("SITE_PARAMS_Big_Deal", "true"), ("SITE_TITLE", "2026"), ("SITE_MARKDOWN_RAW_HTML", "false"),
            ("SITE_TIMEZONE", "Asia/Tokyo"), ("SITE_ENVIRONMENT", "[\"A\"]"), ("PATH", "/bin"),
            ("SITE_UNKNOWN_THING", "x"),
            ("SITE_PARAMS_MY_COLOR", "blue"), ("SITE_FEEDS_FORMATS", "rss, json"),
            ("SITE_CHECK_BROKEN_LINK", "error"), ("SITE_LANGUAGES_DE_NAME", "Deutsch"),
            ("SITE_LANGUAGES_DE_CONTENT_FOLDER", "deutsch"),
        ].map { (name: $0.0, value: $0.1) }
        let (configuration, diagnostics) = read(
            #"{"title": "A", "params": {"my_color": "green"}}"#, variables: variables,
            overrides: [.init(["baseURL"], DataValue("https://flag.org/"), named: "--base-url")])
        #expect(diagnostics == [])
        #expect(configuration.baseURL == BaseURL("https://flag.org/"))
        #expect(configuration.pagination.size == 7)
        #expect(configuration.text("params.color") == "red" && configuration.flag("params.big_deal"))
        #expect(
            configuration.text("params.my_color") == "blue" && configuration.value(at: "params")?.count == 3)
        #expect(configuration.title == "2026" && !configuration.flag("markdown.rawHTML"))
        #expect(configuration.timeZone.name == "Asia/Tokyo")
        #expect(configuration.readableVariables == ["A"])
        #expect(configuration.feeds.formats == [.rss, .json])
        #expect(configuration.levels.map(\.code) == ["broken-link"])
        #expect(configuration.text("languages.de.name") == "Deutsch")
        #expect(configuration.languages.map(\.contentFolder) == ["deutsch"])
    }

    @Test func aWrongVariableIsAFindingThatNamesIt() {
        let (configuration, diagnostics) = read(
            "{}", variables: [(name: "SITE_PAGINATION_SIZE", value: "many")])
        #expect(diagnostics.map(\.code) == [.wrongType])
        #expect(diagnostics.first?.notes.first?.message == "from SITE_PAGINATION_SIZE")
        #expect(configuration.pagination.size == 10)
    }

    /// A variable that is nearly one of ours is told; one of somebody else is not.
    /// A secret of the machine that builds was never set.
    @Test func anEmptyVariableTakesNoBaseURLAway() {
        let (configuration, diagnostics) = read(
            "{\"baseURL\": \"https://a.b/\"}", variables: [("SITE_BASE_URL", ""), ("SITE_DESCRIPTION", "")])
        #expect(configuration.baseURL.origin == "https://a.b")
        #expect(diagnostics.map(\.message) == ["the variable SITE_BASE_URL is empty and sets nothing"])
    }

    @Test func aMistypedVariableIsAFindingWithTheNearestName() {
        func hints(_ name: String) -> [String?] {
            let diagnostics = read("{}", variables: [(name: name, value: "x")]).diagnostics
            #expect(diagnostics.allSatisfy { $0.code == .unknownVariable })
            return diagnostics.map(\.hint)
        }
        #expect(hints("SITE_TITEL") == ["did you mean SITE_TITLE?"])
        #expect(hints("SITE_PAGINATION_SIZ") == ["did you mean SITE_PAGINATION_SIZE?"])
        #expect(hints("SITE_BASEURLL") == ["did you mean SITE_BASE_URL?"])
        for name in [
            "SITE_PROGRAM", "SITE_ID", "SITE_URL", "SITE_NAME", "SITE_UPDATE_SNAPSHOTS", "SITE_KILL_POINT",
        ] {
            #expect(hints(name) == [], "\(name)")
        }
    }

    @Test func whoReadsOnePathDependsOnItAlone() {
        let one = read(#"{"title": "A", "params": {"tagline": "x", "other": 1}}"#).configuration
        let two = read(#"{"params": {"other": 2, "tagline": "x"}, "title": "B"}"#).configuration
        #expect(one.fingerprint(at: "params.tagline") == two.fingerprint(at: "params.tagline"))
        #expect(one.fingerprint(at: "params") != two.fingerprint(at: "params"))
        #expect(one.fingerprint(at: "title") != two.fingerprint(at: "title"))
        #expect(one.fingerprint(at: "params.none") == .absent)
        #expect(one.fingerprint(at: "pagination") == two.fingerprint(at: "pagination"))
    }

    @Test func whatIsInForcePrintsAsJSONThatReadsBack() {
        let configuration = read(#"{"title": "A", "params": {"x": [1, {"y": null}]}}"#).configuration
        let again = read(String(decoding: configuration.json, as: UTF8.self))
        #expect(again.diagnostics == [])
        #expect(again.configuration.json == configuration.json)
    }

    @Test func theSchemaIsJSONAndKnowsEveryDefault() throws {
        let file = SourceFile(
            path: "schema.json", text: String(decoding: SiteConfiguration.jsonSchema, as: UTF8.self))
        let document = DataReader.read(file, as: .json)
        #expect(document.diagnostics == [])
        #expect(
            document.value["$schema"]?.string.map(Array.init)
                == Array("https://json-schema.org/draft/2020-12/schema".utf8))
        let properties = try #require(document.value["properties"])
        for key in ["title", "baseURL", "pagination", "environments", "deploy", "check"] {
            #expect(properties[key] != nil)
        }
        #expect(document.value.value(at: "properties.pagination.properties.size.default")?.integer == 10)
        #expect(document.value["additionalProperties"]?.boolean == false)
        #expect(
            SiteConfiguration.schema.findings(in: SiteConfiguration.defaults, of: file, named: "defaults")
                == [])
        #expect(
            SiteConfiguration.schema.rows.contains { $0.path == "pagination.size" && $0.defaultJSON == "10" })
    }

    @Test(arguments: [
        ("https://example.org", "https://example.org/"), ("http://x.org:8080/a/b", "http://x.org:8080/a/b/"),
        ("https://x.org//a//", "https://x.org/a/"), ("/blog", "/blog/"), ("", "/"),
    ])
    func baseURLsAreMadeUniform(_ text: String, _ expected: String) {
        #expect(BaseURL(text).map { $0.origin + $0.path } == expected)
    }

    @Test(arguments: [
        "example.org", "ftp://x.org", "https://", "https://x.org/?q", "https://x.org/#f",
        "https://x.org/../a", "https://x y.org", "//x.org",
    ])
    func otherTextsAreNoBaseURLs(_ text: String) {
        #expect(BaseURL(text) == nil)
    }
}
