import Text

/// Names that templates of other generators use and that mean nothing here: whoever moves a site over has whole folders of
/// such templates, and is helped by their owner's name, not by a name that is spelled alike.
enum ForeignNames {
    /// What to do about a name that is not defined, if it is one of another generator's.
    static func hint(for name: String) -> String? {
        guard let owner = owners[name] else { return nil }
        if owner == zola {
            return
                "that is a name of Zola's, whose templates are written in another language: move its templates/ away, and take over what is needed piece by piece"
        }
        return "that is a name of \(owner)'s: its templates are to be rewritten for the names in use here"
    }

    /// The finding of a template about something undefined, with that hint where it has one.
    static func explained(_ diagnostic: Diagnostic) -> Diagnostic {
        // The message is Jinja's: 'config' is undefined.
        let parts = diagnostic.message.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isEmpty, parts[2] == " is undefined",
            let hint = hint(for: String(parts[1]))
        else { return diagnostic }
        var diagnostic = diagnostic
        diagnostic.hint = hint
        return diagnostic
    }

    private static let zola = "Zola"
    private static let owners: [String: String] = [
        "config": zola, "get_url": zola, "get_taxonomy": zola, "get_taxonomy_url": zola,
        "get_image_metadata": zola, "resize_image": zola, "current_path": zola, "current_url": zola,
        "lang": zola, "term": zola,
        "collections": "Eleventy", "eleventy": "Eleventy",
        "SITENAME": "Pelican", "SITEURL": "Pelican", "article": "Pelican", "articles": "Pelican",
        "articles_page": "Pelican", "output_file": "Pelican",
    ]
}
