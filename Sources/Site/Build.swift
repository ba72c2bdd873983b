public import Engine
import Text

/// START HERE: what a site is made of, in the order in which data flows.
///
///     site.json ─► Configuration ─┬─► Theme ─► TemplateProgram ──────────────┐
///     content/ ──► ContentTree ───┼─► PageMeta ─► Catalog ─► Neighbours ─────┤
///     data/ ─────► DataFile ──────┤      │           │       RelatedPages ───┤
///     assets/ ───► Asset ─────────┘      └─► PageBody┴─► Backlinks ──────────┤
///                                                │                           ▼
///                                            LinkCheck        PageOutput, FeedOutput, SitemapOutput, …
///                                                                            │
///                                                              OutputManifest: the root
///
/// Each box is a rule: a pure function of what it reads through its `RuleContext`, which writes every read
/// down, to the field. Which of them run again after an edit follows from those reads alone; nothing here asks
/// what kind of file was edited. The room `Engine` knows how; this room knows what a page is.
///
/// Read next: any file in `Rules/`, then `Engine/RuleContext.swift`, then `content/docs/architecture.md`.
public enum SiteBuild {
    /// The rules, in the order in which data flows.
    public static let rules: [any Rule] = [
        ConfigurationRule(),
        ThemeRule(),
        TemplateProgramRule(),
        DataFileRule(),
        DataFolderRule(),
        ContentTreeRule(),
        SectionSourcesRule(),
        GitDatesRule(),
        PageMetaRule(),
        HeadPlacesRule(),
        AssetRule(),
        AssetTreeRule(),
        ImageFactsRule(),
        CatalogRule(),
        NeighboursRule(),
        RelatedPagesRule(),
        PageQueryRule(),
        OutputFilesRule(),
        PageBodyRule(),
        BacklinksRule(),
        LinkCheckRule(),
        SettingsCheckRule(),
        PageOutputRule(),
        FeedOutputRule(),
        SitemapOutputRule(),
        RobotsOutputRule(),
        FileOutputRule(),
        StyleSheetOutputRule(),
        RedirectOutputRule(),
        OutputCopyRule(),
        HeadersOutputRule(),
        HostRedirectsOutputRule(),
        ContentJSONOutputRule(),
        SiteSummaryRule(),
        OutputManifestRule(),
    ]

    /// The one key that all others hang from.
    public static let root = OutputManifestRule.key(.empty)
}
