import Engine
import Formats
import Text

/// Reads the configuration.
struct ConfigurationRule: Rule {
    static let kind = RuleKind.configuration
    static let stratum = Stratum.configuration
    static let traits: RuleTraits = .eager

    func placeholder(for name: Symbol) -> Configuration {
        Configuration(SiteConfiguration.read(nil).configuration)
    }

    func run(_ name: Symbol, in context: RuleContext) -> Configuration {
        var file = context.file(RelativePath(unchecked: Array("site.json".utf8)))
        if file == nil { Self.reportForeign(context) }
        var unreadable: [Diagnostic] = []
        if let now = file, case let findings = Self.findingsOfUnreadable(now), !findings.isEmpty,
            let former = context.flag(Self.former)
        {
            unreadable = findings
            file = SourceFile(path: now.path, bytes: Array(former.utf8))
        }
        var overrides: [SiteConfiguration.Override] = []
        if let baseURL = context.flag("base-url") {
            overrides.append(.init(["baseURL"], DataValue(baseURL), named: "--base-url"))
        }
        func read() -> (configuration: SiteConfiguration, diagnostics: [Diagnostic]) {
            SiteConfiguration.read(
                file, environment: context.flag("environment"), variables: variables(context),
                overrides: overrides)
        }
        var (configuration, diagnostics) = read()
        // A folder of Markdown without a content folder is content itself. Where somebody names a folder that is not there, or
        // has more of a site than its content, the whole site must not be published in its place.
        let content = RelativePath(unchecked: Array("content".utf8))
        var isContentAssumed = false
        if !configuration.isContentNamed, !context.folderExists(content) {
            if context.isDeadLink(content) {
                // A disk that is not mounted must not take the pages off the site.
                diagnostics.append(
                    Diagnostic(
                        .missingFolder, "the folder of content is a link that leads nowhere",
                        at: SourceLocation(path: content),
                        hint: "mount or mend what it leads to, or take the link away"))
            } else if diagnostics.contains(where: { $0.code == .unreadableData }) {
                // Where content lies may be said in what cannot be read.
            } else if let missing = MissingContent.finding(hasConfiguration: file != nil, in: context) {
                diagnostics.append(missing)
            } else {
                isContentAssumed = true
                overrides.append(.init(["content"], DataValue("."), named: "site.json"))
                (configuration, diagnostics) = read()
            }
        }
        diagnostics += NamedFolders.findings(configuration, in: context)
        diagnostics += NamedFolders.findingsOfOutput(configuration, in: context)
        // What was wrong before has other places now, and nobody looks for it before the file can be read again.
        if !unreadable.isEmpty { diagnostics = unreadable }
        for diagnostic in diagnostics { context.find(diagnostic, levels: configuration.levels) }
        if configuration.title.isEmpty {
            // A folder without a configuration is titled by its name, and only then does the name count.
            let named = SiteConfiguration.read(
                file, environment: context.flag("environment"), variables: variables(context),
                overrides: overrides, fallbackTitle: context.flag("folder-name") ?? "")
            return Configuration(named.configuration, isContentAssumed: isContentAssumed)
        }
        return Configuration(configuration, isContentAssumed: isContentAssumed)
    }

    /// The flag by which a preview says what `site.json` was when it could be read last. While somebody types in it, the site
    /// stays what it was: as if nothing were said there, most of it would be elsewhere.
    static let former = "former-configuration"

    /// What keeps a configuration from being read at all.
    private static func findingsOfUnreadable(_ file: SourceFile) -> [Diagnostic] {
        let findings = DataReader.read(file, as: .json).diagnostics
        return findings.contains { $0.code == .unreadableData } ? findings : []
    }

    /// Says that the configuration of another generator is not read; whoever comes from there has one.
    private static func reportForeign(_ context: RuleContext) {
        for name in foreignNames {
            let path = RelativePath(unchecked: Array(name.utf8))
            guard context.fileExists(path) else { continue }
            context.find(
                Diagnostic(
                    .foreignConfiguration, "\(name) is another generator's and not read",
                    at: SourceLocation(path: path),
                    hint:
                        "write what matters of it into site.json; \"Coming from another generator\" in the documentation has one that keeps the addresses, \"site schema\" lists all keys"
                ),
                levels: [])
            return
        }
    }

    /// How other generators name their configurations.
    static let foreignNames = [
        "hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "config.yaml", "_config.yml", "pelicanconf.py",
        "eleventy.config.js", ".eleventy.js", "zola.toml",
    ]

    /// The variables `SITE_…`, which the command line hands over as lines.
    private func variables(_ context: RuleContext) -> [(name: String, value: String)] {
        (context.flag("variables") ?? "").split(separator: "\u{0}").compactMap { line in
            guard let equals = line.firstIndex(of: "=") else { return nil }
            return (String(line[..<equals]), String(line[equals...].dropFirst()))
        }
    }
}
