import Engine
public import Files
public import Text

/// What `site.json` says of the preview, read without building anything: it is needed before there is a server.
public struct PreviewSettings: Sendable {
    /// The path of the base URL, with a slash at both ends.
    public let basePath: String
    /// The port to try first.
    public let port: UInt16
    /// An address to listen on beside loopback, or `nil`.
    public let host: String?
    /// Whether a browser is opened.
    public let opensBrowser: Bool
    /// How links open an editor: a URL with `{path}`, `{line}` and `{column}` in it, or `nil`.
    public let editor: String?
    /// More names by which browsers may call the preview.
    public let names: [String]
    /// The folders that it names for sources: of content, of data, of static files.
    public let folders: [RelativePath]
    /// Whether dates come from the history of Git.
    public let readsHistory: Bool

    /// The settings of a site; those of an empty `site.json` where it cannot be read.
    public static func read(from source: any FileSystem, options: Project.Options) -> PreviewSettings {
        let engine = BuildEngine(
            rules: [ConfigurationProbe(), ConfigurationRule()], source: source,
            root: ConfigurationProbe.key(.empty))
        _ = engine.refresh(
            BuildInputs(flags: options.flags, environment: options.variables, now: 0), changed: .everything)
        return PreviewSettings(engine.value(of: ConfigurationRule.self, .empty)?.site)
    }

    private init(_ site: SiteConfiguration?) {
        basePath = site?.baseURL.path ?? "/"
        port = site.flatMap { UInt16(exactly: $0.number("serve.port")) } ?? 4000
        let host = site?.text("serve.host") ?? ""
        self.host = ["", "127.0.0.1", "::1", "localhost"].contains(host) ? nil : host
        opensBrowser = site?.flag("serve.open") ?? false
        editor = site?.optionalText("serve.editor").flatMap { $0.isEmpty ? nil : $0 }
        names = site?.texts("serve.hosts") ?? []
        var folders = site.map { [$0.contentFolder, $0.dataFolder] + $0.staticFolders.map(\.folder) } ?? []
        folders += site?.languages.compactMap(\.contentFolder) ?? []
        self.folders = folders.compactMap { RelativePath($0) }.filter { !$0.isRoot }
        readsHistory =
            site.map { $0.flag("gitDates.updated") || !$0.texts("gitDates.created").isEmpty } ?? false
    }
}

/// A root that needs the configuration and nothing else.
private struct ConfigurationProbe: Rule {
    static let kind = RuleKind.outputManifest
    static let stratum = Stratum.manifest

    func placeholder(for name: Symbol) -> ManifestValue { ManifestValue([]) }

    func run(_ name: Symbol, in context: RuleContext) -> ManifestValue {
        context.record(ConfigurationRule.self, .empty, .whole)
        return ManifestValue([])
    }
}
