import Engine
import Text

/// The dates that a page takes from the history of its file.
enum GitHistoryReader {
    /// `source` is what the head names in the place of a date, `git Created` or `Last Modified` (Eleventy).
    ///
    /// - Returns: the dates wanted and not written in the page; in seconds since 1970.
    static func dates(
        of path: RelativePath, isDated: Bool, isUpdated: Bool, source: FrontMatter.DateSource? = nil,
        _ settings: GitDatesSettings, _ context: RuleContext
    ) -> (created: Int?, updated: Int?) {
        if !isDated, settings.isEnabled, let source {
            guard let entry = context.read(GitDatesRule.self, .empty, GitDates.of(path)) else {
                return (nil, nil)
            }
            let updated = settings.updated && !isUpdated ? Int(entry.updated) : nil
            switch source {
            case .fileModified, .gitModified: return (Int(entry.updated), updated)
            case .fileCreated, .gitCreated: return (Int(entry.created), updated)
            }
        }
        let wantsUpdated = settings.updated && !isUpdated
        guard wantsUpdated || (!isDated && !settings.created.isEmpty) else { return (nil, nil) }
        var wantsCreated = false
        if !isDated, !settings.created.isEmpty {
            let languages = context.read(ConfigurationRule.self, .empty, Configuration.languages)
            let folder = languages.contentFolder(of: languages.language(of: path))
            // A section's own text has no date of its own.
            let isIndex = path.stem.elementsEqual("_index".utf8) || path.stem.starts(with: "_index.".utf8)
            wantsCreated = !isIndex && settings.created.contains { path.isInside(folder.appending($0.bytes)) }
        }
        guard wantsUpdated || wantsCreated,
            let entry = context.read(GitDatesRule.self, .empty, GitDates.of(path))
        else { return (nil, nil) }
        return (wantsCreated ? Int(entry.created) : nil, wantsUpdated ? Int(entry.updated) : nil)
    }
}
