import Engine
import Formats
import Templates
import Text

/// Names that templates of other generators use and that mean nothing here: whoever moves a site over has whole folders of
/// such templates, and is helped by their owner's name, not by a name that is spelled alike.
enum ForeignNames {
    /// The finding of a template about something undefined, with what was probably meant where that is known.
    ///
    /// - Parameters:
    ///   - diagnostic: the finding, whose message is Jinja's.
    ///   - rendering: where names that the site gives are looked up, recorded.
    /// - Returns: the finding, with another hint where one is known.
    static func explained(_ diagnostic: Diagnostic, _ rendering: Rendering) -> Diagnostic {
        let parts = diagnostic.message.split(separator: "'", omittingEmptySubsequences: false).map {
            String($0)
        }
        let hint: String?
        if parts.count == 3, parts[0].isEmpty, parts[2] == " is undefined" {
            hint = self.hint(for: parts[1], in: diagnostic.location?.path)
        } else if parts.count == 5, parts[0].isEmpty, parts[2] == " has no attribute " {
            hint =
                self.hint(forAttribute: parts[3], of: parts[1], known: diagnostic.hint)
                ?? nearest(to: parts[3], in: diagnostic.location?.excerpt ?? "", rendering)
        } else {
            return diagnostic
        }
        guard let hint else { return diagnostic }
        var diagnostic = diagnostic
        diagnostic.hint = hint
        return diagnostic
    }

    /// What to do about a name that is not defined.
    private static func hint(for name: String, in template: RelativePath?) -> String? {
        if let owner = owners[name] {
            if owner == zola {
                return
                    "that is a name of Zola's, whose templates are written in another language: move its templates/ away, and take over what is needed piece by piece"
            }
            return "that is a name of \(owner)'s: its templates are to be rewritten for the names in use here"
        }
        switch name {
        case "paginator": return "only lists have it: the home page, sections and terms"
        case "if", "else", "end", "with":
            return "that is a template of Hugo's: here a condition is {% if … %}…{% endif %}"
        case "posts", "sections", "taxonomies", "menus", "data", "base_url":
            return "did you mean site.\(name)?"
        default: break
        }
        guard PageAttribute(Symbol(name)) != nil else { return nil }
        let isComponent = template?.components.contains { $0.elementsEqual("components".utf8) } ?? false
        return isComponent
            ? "an argument of the call is kwargs.\(name); what the page says is page.\(name)"
            : "did you mean page.\(name)?"
    }

    /// What to do about a name that neither the site nor a page has.
    private static func hint(forAttribute name: String, of owner: String, known: String?) -> String? {
        switch owner {
        case "site object": return ofSite[name.lowercased()]
        case "page object":
            if let meant = ofPage[name.lowercased()] { return meant }
            return known == nil ? "a key of the head that is the author's own is page.params.\(name)" : nil
        default: return nil
        }
    }

    /// The nearest name of those that the site gives itself: menus, data, taxonomies and params.
    private static func nearest(to name: String, in line: String, _ rendering: Rendering) -> String? {
        func isAsked(of part: String) -> Bool { line.contains("site.\(part).\(name)") }
        let names: [[UInt8]]
        if isAsked(of: "menus") {
            names = rendering.menuNames(in: rendering.language.bytes)
        } else if isAsked(of: "data") {
            names = rendering.context.read(DataFolderRule.self, .empty, DataFolder.names(in: .root))
        } else if isAsked(of: "taxonomies") {
            names = rendering.taxonomies(in: rendering.catalog).map(\.name)
        } else if isAsked(of: "params") {
            let values = [
                rendering.configuration(Configuration.param(at: [])), rendering.themeParam(at: []),
            ]
            names = values.flatMap { $0?.entries.map { Array($0.key) } ?? [] }
        } else {
            return nil
        }
        return Spelling.nearest(to: Array(name.utf8), among: names).map {
            "did you mean \"\(String(decoding: $0, as: UTF8.self))\"?"
        }
    }

    /// Names that the site has in other generators.
    private static let ofSite: [String: String] = {
        let address =
            "page.permalink is the whole address of a page; of a file it is {{ \"/file\" | absolute_url }}"
        return [
            "url": address,
            "baseurl": "page.url has the path of the base URL in it; site.base_url is the whole",
            "tags": "did you mean site.taxonomies.tags?",
            "categories": "did you mean site.taxonomies.categories?",
            "time": "the time of the build is now(\"day\")", "date": "the time of the build is now(\"day\")",
            "name": "did you mean site.title?", "regularpages": "did you mean site.pages?",
            "collections": "did you mean site.sections?", "static_files": "files of static/ are not listed",
        ]
    }()

    /// Names that a page has in other generators.
    private static let ofPage: [String: String] = [
        "is_home": "write page.kind == \"home\"", "ishome": "write page.kind == \"home\"",
        "is_page": "write page.kind == \"page\"", "ispage": "write page.kind == \"page\"",
        "is_section": "write page.kind == \"section\"", "issection": "write page.kind == \"section\"",
        "relpermalink": "did you mean page.url?", "prev": "did you mean page.previous?",
        "id": "did you mean page.url?", "layout": "did you mean page.template?",
    ]

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
