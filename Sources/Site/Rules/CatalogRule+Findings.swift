import Engine
import Formats
import Text

/// What is wrong with the pages of a language taken together.
extension CatalogRule {
    /// Says which terms are spelled in two ways.
    func reportSpellings(_ spellings: [CatalogBuilder.TermSpelling], in context: RuleContext) {
        for found in spellings {
            let first = found.first.map { first in
                DiagnosticNote(
                    "the other spelling is here",
                    at: HeadPlaces.location(in: first, Self.termFields, context) { $0 == found.name })
            }
            context.find(
                Diagnostic(
                    .termSpelling,
                    "\"\(String(decoding: found.other, as: UTF8.self))\" and \"\(String(decoding: found.name, as: UTF8.self))\" are one term of \(String(decoding: found.taxonomy, as: UTF8.self))",
                    at: HeadPlaces.location(in: found.source, Self.termFields, context) {
                        Normalization.areEquivalent($0, found.other)
                    },
                    hint: "spell it the same everywhere", notes: first.map { [$0] } ?? []))
        }
    }

    /// Says which pages stand where a list would be.
    func reportReplacements(
        _ found: [(source: RelativePath, list: String, description: RelativePath?)], _ content: RelativePath,
        in context: RuleContext
    ) {
        for (source, list, description) in found {
            let advice =
                description.map {
                    "write its text into \(content.appending($0.bytes).appending("_index.md").text)"
                } ?? "write \"layout: archive\" into its head"
            context.find(
                Diagnostic(
                    .replacedList, "this page stands where the list of \(list) would be, which is not made",
                    at: SourceLocation(path: source),
                    hint: "\(advice), so that both are shown, or give the page another slug or URL"))
        }
    }

    /// Says which lists of terms a section keeps from being made.
    func reportOvertaken(_ found: [(taxonomy: String, section: RelativePath)], in context: RuleContext) {
        for (taxonomy, section) in found {
            let places = context.read(ConfigurationRule.self, .empty, Configuration.places)
            context.find(
                places.finding(
                    .replacedList,
                    "the section /\(section.text)/ stands where the list of \(taxonomy) would be, which is not made",
                    at: ["taxonomies", taxonomy, "path"],
                    hint:
                        "give the taxonomy another path, \"taxonomies\": {\"\(taxonomy)\": {\"path\": \"topics\"}}, or the section's folder another name"
                ))
        }
    }

    /// Where terms are written.
    private static let termFields: [FrontMatter.Field] = [
        .tags, .categories, .keywords, .authors, .series, .taxonomies, .params,
    ]

    private func hasPostsOfJekyll(_ catalog: CatalogContents) -> Bool {
        catalog.pages.contains { page in
            catalog.entry(of: page).source.map {
                RoutePlanner.isOfPosts(RelativePath(unchecked: $0.bytes))
            } ?? false
        }
    }

    /// Says which sections that `posts` and `permalinks` name are nowhere. A folder that has no pages yet is one.
    func reportMissingSections(
        _ catalog: CatalogContents, _ languages: SiteLanguages, in context: RuleContext
    ) {
        let folders = catalog.sections.map(\.folder)
        // Where there is no content at all, that is told.
        if !languages.all.contains(where: { context.folderExists(languages.contentFolder(of: $0.code)) }) {
            return
        }
        func check(_ name: String, _ key: String, at path: [String]) {
            guard let folder = RelativePath(name), !folder.isRoot,
                !folders.contains(where: { $0.isInside(folder) }),
                !languages.all.contains(where: {
                    context.folderExists(languages.contentFolder(of: $0.code).appending(folder.bytes))
                })
            else { return }
            if folder == RoutePlanner.posts, hasPostsOfJekyll(catalog) { return }
            context.find(
                context.read(ConfigurationRule.self, .empty, Configuration.places).finding(
                    .missingSection,
                    "\"\(key)\" in site.json names the section \"\(name)\", which is not there",
                    at: path, hint: Spelling.hint(for: name, among: folders.map(\.text))))
        }
        for (index, name) in (context.read(ConfigurationRule.self, .empty, Configuration.postSections) ?? [])
            .enumerated()
        {
            check(name, "posts", at: ["posts", String(index)])
        }
        for (name, _) in context.read(ConfigurationRule.self, .empty, Configuration.urls).permalinks {
            check(name, "permalinks", at: ["permalinks", name])
        }
    }
}
