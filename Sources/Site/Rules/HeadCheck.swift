import Formats
import Text

/// What types cannot say about a head: values that can be read and must not be meant.
enum HeadCheck {
    /// Looks at the values one by one.
    ///
    /// - Parameters:
    ///   - front: the head.
    ///   - file: where it is written.
    ///   - baseURLs: gives the addresses of the site, if the head names a whole address.
    /// - Returns: what is wrong with it.
    static func findings(
        _ front: FrontMatter, in file: SourceFile, baseURLs: () -> [[UInt8]]
    ) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        // A slug is one part of an address: it would be made harmless in silence.
        if let slug = front[.slug], let text = slug.string, leaves(Array(text)) {
            findings.append(
                Diagnostic(
                    .pathLeavesOutput,
                    "the slug \"\(String(decoding: text, as: UTF8.self))\" leads out of its folder",
                    at: slug.range, in: file, hint: "a slug is one part of an address; \"url\" sets all of it"
                ))
        }
        if let url = front[.url], let text = url.string {
            if let path = path(ofURL: Array(text), baseURLs) {
                findings += problems(ofURL: path[...], url.range, in: file)
            } else {
                findings.append(
                    Diagnostic(
                        .pathLeavesOutput,
                        "the address \"\(String(decoding: text, as: UTF8.self))\" is one of another site",
                        at: url.range, in: file,
                        hint: "write its path alone; \"redirect_to\" leads to another site"))
            }
        }
        for (field, name, instead) in withoutEffect {
            guard let value = front[field],
                field != .insertAnchorLinks || !value.text.elementsEqual("none".utf8)
            else { continue }
            findings.append(
                Diagnostic(
                    .keyWithoutEffect, "\"\(name)\" has no effect here", at: value.range, in: file,
                    hint: instead))
        }
        if let params = front[.params] {
            for entry in params.entries where entry.key.count == 11 {
                guard String(decoding: entry.key, as: UTF8.self).lowercased() == "translation",
                    FrontMatterNormalizer.boolean(entry.value) == true
                else { continue }
                findings.append(
                    Diagnostic(
                        .keyWithoutEffect, "\"\(entry.keyText)\" has no effect here", at: entry.keyRange,
                        in: file, hint: "a translation is called like its original: post.fr.md beside post.md"
                    ))
            }
        }
        if let title = front[.title], let text = title.string, let control = bidiControl(in: text) {
            findings.append(
                Diagnostic(
                    .bidiControl,
                    "this title holds U+\(String(control, radix: 16, uppercase: true)), which changes the direction of text",
                    at: title.range, in: file, hint: "take it out, unless the title needs it"))
        }
        return findings
    }

    /// Says that a date is to be that of the file where nothing says so but the head.
    static func dateSourceFinding(_ front: FrontMatter, _ git: GitDatesSettings, in file: SourceFile)
        -> Diagnostic?
    {
        guard front.dateSource != nil, !git.isEnabled, let value = front[.date] else { return nil }
        return Diagnostic(
            .keyWithoutEffect,
            "the page has no date: \"\(String(decoding: value.text, as: UTF8.self))\" is taken from Git, and that is not switched on",
            at: value.range, in: file,
            hint:
                "\"gitDates\": {\"updated\": true} in site.json; the times of files are never taken, since each copy has others"
        )
    }

    /// Says that a head names another language than the one its file is in.
    static func languageFinding(
        _ front: FrontMatter, _ path: RelativePath, _ languages: SiteLanguages, in file: SourceFile
    ) -> Diagnostic? {
        guard let value = front[.lang], let text = value.string else { return nil }
        func parts(_ code: some Collection<UInt8>) -> [String] {
            String(decoding: Array(code), as: UTF8.self).lowercased().split { $0 == "-" || $0 == "_" }
                .map(String.init)
        }
        let own = languages.language(of: path)
        let (wanted, given) = (parts(text), parts(own))
        // `en` in a site in `en-GB` says nothing else.
        if wanted.isEmpty || wanted.starts(with: given) || given.starts(with: wanted) { return nil }
        let code = String(decoding: text, as: UTF8.self)
        let known = languages.all.first { parts($0.code) == wanted }
        let name = String(decoding: path.stem, as: UTF8.self)
        let hint: String
        if let known {
            hint =
                known.folder.map { "move the file to \($0.text)/" }
                ?? "call the file \(name).\(String(decoding: known.code, as: UTF8.self)).md"
        } else if languages.all.count > 1 {
            hint = "add \"\(code)\" to \"languages\" in site.json, and call the file \(name).\(code).md"
        } else {
            hint =
                "for the whole site: \"language\": \"\(code)\" in site.json; for some pages: \"languages\", and \(name).\(code).md"
        }
        return Diagnostic(
            .keyWithoutEffect,
            "\"lang\" has no effect here: a page's language is that of its file, \"\(String(decoding: own, as: UTF8.self))\"",
            at: value.range, in: file, hint: hint)
    }

    /// Whether a text is for a template engine: Eleventy's and Jekyll's permalinks may be.
    static func isTemplate(_ url: some Collection<UInt8>) -> Bool {
        let pairs = zip(url, url.dropFirst())
        return pairs.contains {
            $0 == UInt8(ascii: "{") && ($1 == UInt8(ascii: "{") || $1 == UInt8(ascii: "%"))
        }
    }

    private static func problems(
        ofURL url: ArraySlice<UInt8>, _ range: SourceRange?, in file: SourceFile
    ) -> [Diagnostic] {
        if isTemplate(url) {
            return [
                Diagnostic(
                    .templateInURL,
                    "templates are not run in addresses: the page is published where its file says",
                    at: range ?? .start, in: file, hint: "write a pattern, such as /:section/:slug/")
            ]
        }
        if PermalinkPattern.isOne(url) {
            return PermalinkPattern.read(url, at: range ?? .start, in: file).diagnostics
        }
        guard case .failure(let problem) = OutputRoute.make(RoutePlanner.path(of: Array(url))) else {
            return []
        }
        return [
            Diagnostic(
                .pathLeavesOutput,
                "the address \"\(String(decoding: url, as: UTF8.self))\" \(problem.message)",
                at: range ?? .start, in: file)
        ]
    }

    /// What a head's address says of the place in the site: all of it, or what follows the site's own base URL; `nil` where
    /// it is of another site.
    static func path(ofURL url: [UInt8], _ baseURLs: () -> [[UInt8]]) -> [UInt8]? {
        guard Addresses.isAbsolute(url), let colon = url.firstIndex(of: UInt8(ascii: ":")),
            url[colon...].starts(with: "://".utf8)
        else { return url }
        for base in baseURLs() {
            guard let rest = rest(of: url, after: base) else { continue }
            if rest.isEmpty { return [UInt8(ascii: "/")] }
            if rest.first == UInt8(ascii: "/") { return rest }
        }
        return nil
    }

    /// What follows a base URL, or `nil`. Of a host the case does not count, and old addresses with `http` are the site's too.
    private static func rest(of url: [UInt8], after base: [UInt8]) -> [UInt8]? {
        func divided(_ url: [UInt8]) -> (host: [UInt8], path: ArraySlice<UInt8>)? {
            let lower = url.prefix(8).map { $0 &- UInt8(ascii: "A") < 26 ? $0 | 0x20 : $0 }
            let scheme = ["https://", "http://"].first { lower.starts(with: $0.utf8) }
            guard let scheme else { return nil }
            let rest = url[scheme.utf8.count...]
            let host = rest.prefix { $0 != UInt8(ascii: "/") }
            return (host.map { $0 &- UInt8(ascii: "A") < 26 ? $0 | 0x20 : $0 }, rest[host.endIndex...])
        }
        guard let own = divided(url), let other = divided(base), own.host == other.host,
            own.path.starts(with: other.path)
        else { return nil }
        return Array(own.path.dropFirst(other.path.count))
    }

    /// Whether a page can live at an address, as its head writes it.
    static func isPossible(_ url: some Collection<UInt8>) -> Bool {
        if isTemplate(url) { return false }
        if PermalinkPattern.isOne(url) { return true }
        if case .success = OutputRoute.make(RoutePlanner.path(of: Array(url))) { return true }
        return false
    }

    /// Keys of other generators that are understood but mean nothing here, and what to do instead.
    private static let withoutEffect: [(FrontMatter.Field, name: String, instead: String)] = [
        (.paginatePath, "paginate_path", "\"pagination\": {\"path\": …} in site.json is for all lists"),
        (
            .paginateReversed, "paginate_reversed",
            "\"pagination\": {\"order\": \"oldest\"} in site.json is for all lists"
        ),
        (
            .menu, "menu",
            "menus are written in site.json: \"menus\": {\"main\": [{\"name\": …, \"url\": …}]}"
        ),
        (
            .resources, "resources",
            "files beside a page are in page.resources by their names; say more of them in keys of your own"
        ),
        (
            .pageTemplate, "page_template",
            "a template for the pages of one section is templates/SECTION/page.html"
        ),
        (
            .translationKey, "translationKey",
            "translations are paired by their paths: about.md and about.fr.md, or one path below each \"contentFolder\""
        ),
        (
            .insertAnchorLinks, "insert_anchor_links",
            "write templates/render/heading.html: it gets the heading's \"id\" and \"content\""
        ),
    ]

    private static func leaves(_ slug: [UInt8]) -> Bool {
        Percent.decoded(slug).split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
            .contains { $0.elementsEqual("..".utf8) }
    }

    /// The first of the controls of the bidirectional algorithm (UAX #9) that override or isolate.
    private static func bidiControl(in text: ArraySlice<UInt8>) -> UInt32? {
        // All of them start with these two bytes.
        guard text.contains(0xE2) else { return nil }
        return String(decoding: text, as: UTF8.self).unicodeScalars
            .first { (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value) }?.value
    }
}
