import Engine
import Files
import Formats
import Text

/// Which theme the site uses and where it lies.
final class Theme: RuleValue {
    /// The theme's folder in the site, or `nil`.
    let root: RelativePath?
    /// Whether the theme is the one the product carries.
    let isCarried: Bool

    init(root: RelativePath?, isCarried: Bool) {
        self.root = root
        self.isCarried = isCarried
    }

    func fingerprint(of projection: Projection) -> Fingerprint {
        var builder = FingerprintBuilder()
        builder.combine(root?.bytes ?? [])
        builder.combine(isCarried)
        return builder.finish()
    }

    /// Whether a path is that of what a theme says of itself: `themes/NAME/theme.json`.
    static func isSettings(_ path: RelativePath) -> Bool {
        path.name.elementsEqual("theme.json".utf8) && path.components.count == 3
            && path.bytes.starts(with: "themes/".utf8)
    }

    /// What may stand there; all but `params` is for people.
    static let schema: Schema = {
        let texts = [
            "name", "version", "description", "license", "author", "homepage", "repository", "$schema",
        ]
        return .object(
            texts.map { Schema.Property($0, .any, "Said to people.") } + [
                Schema.Property("authors", .any, "Said to people."),
                Schema.Property("tags", .any, "Said to people."),
                Schema.Property("params", .map(.any), "The defaults of site.params."),
            ])
    }()

    /// Everything.
    static let all = Reading<Theme, Theme>(.whole) { $0 }
}

/// Finds the theme: `themes/NAME` in the site, or the carried one when the site names none or `default`.
struct ThemeRule: Rule {
    static let kind = RuleKind.themeChain
    static let stratum = Stratum.configuration
    static let traits: RuleTraits = .eager

    func placeholder(for name: Symbol) -> Theme { Theme(root: nil, isCarried: true) }

    func run(_ name: Symbol, in context: RuleContext) -> Theme {
        let wanted = context.read(ConfigurationRule.self, .empty, Configuration.theme)
        let themes = RelativePath(unchecked: Array("themes".utf8))
        let theme = wanted.isEmpty ? Array("default".utf8) : wanted
        guard let path = RelativePath(theme), path.components.count == 1 else {
            context.find(
                context.read(ConfigurationRule.self, .empty, Configuration.places).finding(
                    .unknownTheme,
                    "a theme is named by one folder below themes/, not by \"\(String(decoding: theme, as: UTF8.self))\"",
                    at: ["theme"]))
            return Theme(root: nil, isCarried: true)
        }
        let folder = themes.appending(path.bytes)
        if context.listing(folder) != nil { return Theme(root: folder, isCarried: false) }
        if path.bytes != Array("default".utf8) {
            let known = (context.listing(themes) ?? []).filter { $0.kind == .folder }.map {
                String(decoding: $0.name, as: UTF8.self)
            }
            context.find(
                context.read(ConfigurationRule.self, .empty, Configuration.places).finding(
                    .unknownTheme, "there is no theme \"\(path.text)\" in themes/", at: ["theme"],
                    hint: Spelling.hint(for: path.text, among: known + ["default"])))
        }
        return Theme(root: nil, isCarried: true)
    }
}
