import Engine
import Testing
import Text

@testable import Site

/// What is read of the configuration has another fingerprint whenever it is something else.
@Suite struct ConfigurationReadingTests {
    /// A reading without its type: the fingerprint of its part, and what it gives, written out.
    private struct Look: Sendable {
        let name: String
        let look: @Sendable (Configuration) -> (fingerprint: Fingerprint, text: String)

        init<Result>(_ name: String, _ reading: Reading<Configuration, Result>) {
            self.name = name
            look = { configuration in
                var text = ""
                dump(reading.extract(configuration), to: &text)
                // Objects are told by what is in them, not by where they lie.
                return (
                    configuration.fingerprint(of: reading.projection),
                    text.split(separator: "\n").map { $0.split(separator: " #")[0] }.joined(separator: "\n")
                )
            }
        }
    }

    private static let looks: [Look] = [
        Look("title", Configuration.title), Look("description", Configuration.description),
        Look("baseURL", Configuration.baseURL), Look("basePath", Configuration.basePath),
        Look("ownBaseURLs", Configuration.ownBaseURLs), Look("endsInSlash", Configuration.endsInSlash),
        Look("hasOrigin", Configuration.hasOrigin), Look("writtenBaseURL", Configuration.writtenBaseURL),
        Look("people", Configuration.people), Look("theme", Configuration.theme),
        Look("timeZone", Configuration.timeZone), Look("dating", Configuration.dating),
        Look("languages", Configuration.languages), Look("markdown", Configuration.markdown),
        Look("feeds", Configuration.feeds), Look("taxonomies", Configuration.taxonomies),
        Look("pagination", Configuration.pagination), Look("paginationPath", Configuration.paginationPath),
        Look("slugs", Configuration.slugs), Look("postSections", Configuration.postSections),
        Look("staticFolders", Configuration.staticFolders), Look("data", Configuration.data),
        Look("commonImage", Configuration.commonImage),
        Look("commonImageAlternative", Configuration.commonImageAlternative),
        Look("writesImageSizes", Configuration.writesImageSizes),
        Look("ignoredLinks", Configuration.ignoredLinks), Look("ignored", Configuration.ignored),
        Look("allowedEnvironment", Configuration.allowedEnvironment), Look("levels", Configuration.levels),
        Look("menu main", Configuration.menu("main")),
        Look("menu main.top", Configuration.menu("main.top")), Look("menu a|b", Configuration.menu("a|b")),
    ]

    /// Each value of each key that the sites of single questions know, alone and after each other.
    @Test func whatIsReadStandsInItsFingerprint() {
        let plain = Self.looks.map { $0.look(Self.configuration("{}")) }
        for (key, values) in ExpressionSiteParts.configurations {
            var seen = [plain]
            for value in values where !value.isEmpty {
                let configuration = Self.configuration("{\"\(key)\": \(value)}")
                let now = Self.looks.map { $0.look(configuration) }
                for before in seen {
                    for (index, look) in Self.looks.enumerated()
                    where before[index].text != now[index].text {
                        #expect(
                            before[index].fingerprint != now[index].fingerprint,
                            "\(look.name) does not see that \(key) became \(value)")
                    }
                }
                seen.append(now)
            }
        }
    }

    private static func configuration(_ text: String) -> Configuration {
        Configuration(
            SiteConfiguration.read(SourceFile(path: "site.json", bytes: Array(text.utf8))).configuration)
    }
}
