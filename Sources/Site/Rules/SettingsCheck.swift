import Engine
import Formats
import Text

/// That `site.json` says where the site will be, that its menus and redirects lead somewhere, and that templates can be
/// read: nothing but findings.
final class SettingsCheck: RuleValue {
    func fingerprint(of projection: Projection) -> Fingerprint { Fingerprint(low: 1, high: 0) }
}

/// Checks every internal address that `site.json` names, once for all the pages that show it.
///
/// It depends on the presence of what they name.
struct SettingsCheckRule: Rule {
    static let kind = RuleKind.settingsCheck
    static let stratum = Stratum.checks

    func placeholder(for name: Symbol) -> SettingsCheck { SettingsCheck() }

    func run(_ name: Symbol, in context: RuleContext) -> SettingsCheck {
        let site = context.read(ConfigurationRule.self, .empty, Configuration.addresses)
        // One that is there and is none is told of by the configuration.
        if !context.read(ConfigurationRule.self, .empty, Configuration.hasOrigin),
            BaseURL(context.read(ConfigurationRule.self, .empty, Configuration.writtenBaseURL)) != nil
        {
            context.find(
                Diagnostic(
                    .missingBaseURL, "\"baseURL\" is not set: sitemap, feeds and canonical addresses need it",
                    hint:
                        "write \"baseURL\": \"https://example.org/\" in site.json, or build with --base-url"))
        }
        let languages = context.read(ConfigurationRule.self, .empty, Configuration.languages)
        let ignored = context.read(ConfigurationRule.self, .empty, Configuration.ignoredLinks)
        let rendering = Rendering(context: context, language: Symbol(languages.main.code))
        // Where there is no content at all, that is told, and all addresses lead nowhere.
        let hasContent = languages.all.contains {
            context.folderExists(languages.contentFolder(of: $0.code))
        }
        func check(_ value: DataValue, _ rendering: Rendering, _ message: (String) -> String) {
            let url = Array(value.text)
            if !hasContent { return }
            if ignored.contains(url) { return }
            guard let problem = MenuAddress.problem(url, rendering) else { return }
            // Its place is known from now on only as long as the file is the same.
            let places = context.read(ConfigurationRule.self, .empty, Configuration.places)
            let text =
                message(String(decoding: url, as: UTF8.self)) + (problem.reason.map { ": \($0)" } ?? "")
            context.find(places.finding(.brokenLink, text, at: value, hint: problem.hint))
        }
        func check(_ entries: [DataValue], of menu: String, _ rendering: Rendering) {
            for entry in entries {
                if let url = entry["url"], url.kind == .string {
                    check(url, rendering) { "the link \"\($0)\" of the menu \"\(menu)\" leads nowhere" }
                }
                if let children = entry["children"], children.kind == .list {
                    check(children.elements.map { $0 }, of: menu, rendering)
                }
            }
        }
        if let image = site.value(at: "seo.image"), image.kind == .string {
            check(image, rendering) { "the picture \"\($0)\" of \"seo\" is not there" }
        }
        for menu in site.allMenus {
            let place = menu.language.map { Rendering(context: context, language: Symbol($0)) } ?? rendering
            check(menu.entries, of: menu.name, place)
        }
        for (from, to) in site.redirects {
            // One that is not written at all is said to be so elsewhere.
            guard let target = to.kind == .map ? to["to"] : to, target.kind == .string,
                !from.key.contains(UInt8(ascii: "*")),
                case .success = OutputRoute.make(RoutePlanner.path(of: Array(from.key)))
            else { continue }
            check(target, rendering) { "the redirect from \"\(from.keyText)\" to \"\($0)\" leads nowhere" }
        }
        reportKeysOfHeads(languages, in: context)
        // Files in these are asked for by name, or only if a template asks for any.
        let theme = context.read(ThemeRule.self, .empty, Theme.all)
        if let settings = theme.root?.appending("theme.json") {
            // What is wrong in it is told, whether or not a template asks for any of it.
            _ = context.read(DataFileRule.self, Symbol(settings.bytes), DataFile.exists)
        }
        reportDeadFolders(context)
        OwnTemplates.check(in: context)
        let names = ["templates", "i18n", "data"].map { RelativePath(unchecked: Array($0.utf8)) }
        let own = [names[0], names[1], context.read(ConfigurationRule.self, .empty, Configuration.data)]
        for folder in own + names.compactMap({ theme.root?.appending($0.bytes) }) {
            context.findDeadLinks(below: folder)
        }
        return SettingsCheck()
    }

    /// Says of taxonomies that are called like another key of heads, or that in another spelling, that no page has a term of
    /// theirs. A map `taxonomies` in a head may have terms of any name.
    private func reportKeysOfHeads(_ languages: SiteLanguages, in context: RuleContext) {
        for taxonomy in context.read(ConfigurationRule.self, .empty, Configuration.taxonomyHeads) {
            guard let field = FrontMatter.Field(spelled: taxonomy.name), field.taxonomy != taxonomy.name
            else {
                continue
            }
            let hasTerms = languages.all.contains { language in
                let rendering = Rendering(context: context, language: Symbol(language.code))
                return !rendering.termNames(of: Array(taxonomy.name.utf8), in: rendering.catalog).isEmpty
            }
            if hasTerms { continue }
            let places = context.read(ConfigurationRule.self, .empty, Configuration.places)
            let entry = places.value(at: "taxonomies")?.entries.first { $0.keyText == taxonomy.name }
            let message =
                field.taxonomy == nil
                ? "the taxonomy \"\(taxonomy.name)\" has no terms: in heads that key says something else"
                : "the taxonomy \"\(taxonomy.name)\" has no terms: it is called otherwise"
            let hint = field.taxonomy.map { "did you mean \"\($0)\"?" } ?? "give it a name of its own"
            context.find(
                entry.map { Diagnostic(.unknownKey, message, at: $0.keyRange, in: places.file, hint: hint) }
                    ?? Diagnostic(.unknownKey, message, hint: hint))
        }
    }

    /// Says of folders of the site that they are links which lead nowhere: a disk that is not mounted must not take what is
    /// on it off the site. For the folder of content see ``ConfigurationRule``.
    private func reportDeadFolders(_ context: RuleContext) {
        var folders = ["static", "assets", "templates", "i18n", "themes"].map {
            RelativePath(unchecked: Array($0.utf8))
        }
        folders.append(context.read(ConfigurationRule.self, .empty, Configuration.data))
        folders += context.read(ConfigurationRule.self, .empty, Configuration.staticFolders).map(\.folder)
        for folder in Set(folders).sorted() where context.isDeadLink(folder) {
            context.find(
                Diagnostic(
                    .missingFolder, "the folder \"\(folder.text)\" is a link that leads nowhere",
                    at: SourceLocation(path: folder),
                    hint: "mount or mend what it leads to, or take the link away"))
        }
    }
}
