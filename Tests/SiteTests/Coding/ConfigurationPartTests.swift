import Engine
import Formats
import Testing
import Text

@testable import Site

/// What can be read of a configuration is what its fingerprints stand for, wherever it is said: in the file, in the part of
/// an environment, by a variable or a flag.
@Suite struct ConfigurationPartTests {
    private static let files = [
        "{}", "{\"title\": \"\"}", "{\"title\": \"A\"}", " {\"title\": \"A\"}", "{\"description\": \"A\"}",
        "{\"baseURL\": \"\"}", "{\"baseURL\": \"https://e.org\"}", "{\"baseURL\": \"https://e.org/\"}",
        "{\"baseURL\": \"https://e.org/b\"}", "{\"baseURL\": \"/b/\"}", "{\"baseURL\": \"/\"}",
        "{\"author\": \"A\"}", "{\"author\": [\"A\", \"B\"]}", "{\"author\": [\"A, B\"]}",
        "{\"author\": {\"name\": \"A\"}}", "{\"author\": {\"name\": \"A\", \"url\": \"/a/\"}}",
        "{\"theme\": \"a\"}",
        "{\"theme\": \"\"}", "{\"timeZone\": \"UTC\"}", "{\"timeZone\": \"Europe/Berlin\"}",
        "{\"gitDates\": {\"updated\": true}}", "{\"gitDates\": {\"created\": [\"a\"]}}",
        "{\"gitDates\": {\"created\": []}}", "{\"language\": \"de\"}", "{\"content\": \".\"}",
        "{\"content\": \"a\"}",
        "{\"languages\": {\"en\": {}}}", "{\"languages\": {\"en\": {}, \"de\": {}}}",
        "{\"languages\": {\"de\": {}, \"en\": {}}}",
        "{\"languages\": {\"en\": {}, \"de\": {\"contentFolder\": \"de\"}}}",
        "{\"languages\": {\"en\": {}, \"de\": {\"contentFolder\": \".\"}}}",
        "{\"languages\": {\"en\": {}, \"de\": {\"contentFolder\": \"\"}}}",
        "{\"languages\": {\"en\": {}, \"de\": {\"title\": \"\"}}}",
        "{\"languages\": {\"en\": {}, \"de\": {\"title\": \"D\"}}}",
        "{\"languages\": {\"en\": {}, \"de\": {\"name\": \"D\", \"weight\": 1}}}",
        "{\"languages\": {\"en\": {}, \"de\": {\"description\": \"D\"}}}",
        "{\"params\": {\"a\": 1}, \"languages\": {\"en\": {}, \"de\": {\"params\": {\"a\": 1}}}}",
        "{\"params\": {\"a\": 1}, \"languages\": {\"en\": {}, \"de\": {\"params\": {\"a\": {\"b\": 1}}}}}",
        "{\"params\": {\"a\": {\"b\": 1}}, \"languages\": {\"en\": {}, \"de\": {\"params\": {\"a\": 1}}}}",
        "{\"params\": {\"a\": {\"b\": 1}}}", "{\"params\": {\"a.b\": 1}}", "{\"params\": {}}",
        "{\"params\": {\"a\": \"1\"}}",
        "{\"menus\": {\"main\": []}}", "{\"menus\": {\"main\": [{\"name\": \"A\", \"url\": \"/\"}]}}",
        "{\"menus\": {\"\": [{\"name\": \"A\", \"url\": \"/\"}]}}",
        "{\"languages\": {\"en\": {}, \"de\": {\"menus\": {\"main\": [{\"name\": \"A\", \"url\": \"/\"}]}}}}",
        "{\"languages\": {\"en\": {}, \"de\": {\"menus\": {\"a\": [], \"b\": []}}}}",
        "{\"languages\": {\"en\": {}, \"de\": {\"menus\": {\"b\": [], \"a\": []}}}}",
        "{\"templates\": {\"autoescape\": false}}", "{\"templates\": {\"trimBlocks\": false}}",
        "{\"templates\": {\"undefined\": \"lenient\"}}", "{\"templates\": {\"limits\": {\"depth\": 3}}}",
        "{\"markdown\": {\"rawHTML\": false}}", "{\"markdown\": {\"headingIDs\": \"none\"}}",
        "{\"feeds\": {\"formats\": []}}", "{\"feeds\": {\"formats\": [\"rss\", \"json\"]}}",
        "{\"feeds\": {\"formats\": [\"json\", \"rss\"]}}", "{\"feeds\": {\"sections\": false}}",
        "{\"feeds\": {\"terms\": false}}", "{\"feeds\": {\"limit\": 0}}", "{\"feeds\": {\"emails\": true}}",
        "{\"taxonomies\": {}}", "{\"taxonomies\": {\"a\": {}}}", "{\"taxonomies\": {\"a\": {}, \"b\": {}}}",
        "{\"taxonomies\": {\"b\": {}, \"a\": {}}}", "{\"taxonomies\": {\"a\": {\"path\": \"b\"}}}",
        "{\"taxonomies\": {\"a\": {\"paginate\": 0}}}", "{\"taxonomies\": {\"a\": {\"thin\": 1}}}",
        "{\"taxonomies\": {\"a\": {\"hierarchical\": true}}}",
        "{\"taxonomies\": {\"a\": {\"fromFolder\": true}}}",
        "{\"pagination\": {\"size\": 0}}", "{\"pagination\": {\"size\": 1}}",
        "{\"pagination\": {\"path\": \"p\"}}",
        "{\"pagination\": {\"order\": \"oldest\"}}", "{\"urls\": {\"trailingSlash\": false}}",
        "{\"urls\": {\"style\": \"file\"}}", "{\"urls\": {\"style\": \"bare\", \"trailingSlash\": false}}",
        "{\"urls\": {\"slugs\": \"ascii\"}}", "{\"permalinks\": {\"a\": \"/:slug/\"}}", "{\"posts\": []}",
        "{\"posts\": [\"a\"]}", "{\"posts\": [\"a\", \"b\"]}", "{\"static\": {\"a\": \"/\"}}",
        "{\"static\": {\"a\": \"/b\"}}", "{\"static\": {\".site\": \"/b\"}}", "{\"data\": \"a\"}",
        "{\"data\": \".\"}",
        "{\"seo\": {\"image\": \"/a\"}}", "{\"seo\": {\"image\": \"/a\", \"imageAlt\": \"b\"}}",
        "{\"images\": {\"sizes\": false}}", "{\"check\": {\"ignore\": []}}",
        "{\"check\": {\"ignore\": [\"a\", \"b\"]}}",
        "{\"check\": {\"ignore\": [\"a\\nb\"]}}", "{\"check\": {\"broken-link\": \"off\"}}",
        "{\"check\": {\"broken-link\": \"error\"}}", "{\"ignore\": [\"a\"]}", "{\"environment\": [\"X\"]}",
        "{\"environment\": []}", "{\"outputs\": {\"page\": [\"json\"]}}", "{\"outputs\": {}}",
        "{\"headers\": {}}",
        "{\"headers\": {\"/*\": {\"X\": \"1\"}}}", "{\"redirects\": {\"/a/\": \"/b/\"}}",
        "{\"redirects\": {\"/a/\": {\"to\": \"/b/\", \"status\": 302}}}",
        // The same in the part of one environment or another.
        "{\"title\": \"A\",\n\"environments\": {\"one\": {\"title\": \"A\"},\n\"two\": {\"title\": \"A\"}}}",
    ]

    private static func told(_ site: SiteConfiguration, _ paths: [[String]]) -> String {
        paths.map { written(site.value(at: $0)) }.joined(separator: "|")
    }

    @Test func partsAreWhatTheyStandFor() {
        var values: [(name: String, value: Configuration)] = []
        for file in Self.files {
            for environment in ["production", "one", "two"] {
                let source = SourceFile(path: "site.json", text: file)
                values.append(
                    (
                        "\(file) \(environment)",
                        Configuration(SiteConfiguration.read(source, environment: environment).configuration)
                    ))
            }
            let flag = SiteConfiguration.Override(
                ["baseURL"], DataValue("https://e.org/b"), named: "--base-url")
            let title = ("SITE_TITLE", "A")
            let source = SourceFile(path: "site.json", text: file)
            let other = SiteConfiguration.read(source, variables: [title], overrides: [flag])
            values.append(
                ("\(file) from elsewhere", Configuration(other.configuration, isContentAssumed: true)))
        }
        expectReadings(
            of: values, Self.parts,
            declaredIn: ["", "+Languages", "+Host", "+Params"].map {
                "Sources/Site/Rules/Configuration\($0).swift"
            },
            leftOut: ["classification": "says nothing by itself"])
    }

    private typealias Part = ReadPart<Configuration>

    private static var parts: [Part] {
        let german: Symbol = "de"
        return [
            Part("places", Configuration.places) { site in
                [["title"], ["menus"], ["params", "a"], ["baseURL"]].map {
                    deepText(site.finding(.wrongType, "", at: $0).location as Any)
                }.joined()
            },
            Part("addresses", Configuration.addresses) {
                told($0, [["menus"], ["languages"], ["redirects"], ["seo", "image"]])
            },
            Part("title", Configuration.title), Part("title", Configuration.title(in: german)),
            Part("description", Configuration.description),
            Part("description", Configuration.description(in: german)),
            Part("name", Configuration.name(of: german)),
            Part("menu", Configuration.menu("main")) { written($0) },
            Part("menu", Configuration.menu("")) { written($0) },
            Part("menu", Configuration.menu("main", in: german)) { written($0) },
            Part("param", Configuration.param(at: Array("a".utf8))) { written($0) },
            Part("param", Configuration.param(at: Array("a.b".utf8))) { written($0) },
            Part("param", Configuration.param(at: [])) { written($0) },
            Part("param", Configuration.param(at: Array("a".utf8), in: german)) { written($0) },
            Part("param", Configuration.param(at: Array("a.b".utf8), in: german)) { written($0) },
            Part("menuNames", Configuration.menuNames(in: german)),
            Part("isContentAssumed", Configuration.isContentAssumed),
            Part("baseURL", Configuration.baseURL), Part("ownBaseURLs", Configuration.ownBaseURLs),
            Part("basePath", Configuration.basePath), Part("hasOrigin", Configuration.hasOrigin),
            Part("writtenBaseURL", Configuration.writtenBaseURL), Part("author", Configuration.author),
            Part("people", Configuration.people), Part("theme", Configuration.theme),
            Part("timeZone", Configuration.timeZone) { $0.name },
            Part("dating", Configuration.dating) { "\($0.zone.name) \(deepText($0.git))" },
            Part("languages", Configuration.languages), Part("templates", Configuration.templates),
            Part("markdown", Configuration.markdown), Part("feeds", Configuration.feeds),
            Part("feedChoice", Configuration.feedChoice), Part("taxonomies", Configuration.taxonomies),
            Part("taxonomyHeads", Configuration.taxonomyHeads), Part("pagination", Configuration.pagination),
            Part("paginationPath", Configuration.paginationPath),
            Part("endsInSlash", Configuration.endsInSlash), Part("slugs", Configuration.slugs),
            Part("urls", Configuration.urls) { told($0, [["urls"], ["permalinks"]]) },
            Part("postSections", Configuration.postSections),
            Part("staticFolders", Configuration.staticFolders), Part("data", Configuration.data),
            Part("commonImage", Configuration.commonImage),
            Part("commonImageAlternative", Configuration.commonImageAlternative),
            Part("writesImageSizes", Configuration.writesImageSizes),
            Part("ignoredLinks", Configuration.ignoredLinks), Part("ignored", Configuration.ignored),
            Part("allowedEnvironment", Configuration.allowedEnvironment),
            Part("levels", Configuration.levels),
            Part("outputs", Configuration.outputs) { written($0) },
            Part("redirects", Configuration.redirects) { entries in
                entries.map { "\($0.from.keyText)=\(written($0.to))" }.joined()
            },
            Part("redirectedPaths", Configuration.redirectedPaths) {
                $0.map(\.text).sorted().joined(separator: "|")
            },
            Part("writesHostFiles", Configuration.writesHostFiles),
            Part("headers", Configuration.headers) { written($0) },
        ]
    }
}
