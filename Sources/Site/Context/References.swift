import Engine
import Files
import Text

/// Finds the page that a reference between sources means: `other.md`, `../x.md`, `@/x.md`, `docs/start.md`.
enum References {
    /// The page of a reference, as its position in the catalogue; recorded, also when there is none.
    ///
    /// - Parameters:
    ///   - target: a path without fragment and query.
    ///   - source: the file that refers, or `nil` for a template.
    ///   - rendering: where the look is recorded.
    /// - Returns: the position, or `nil`.
    static func find(_ target: [UInt8], from source: RelativePath?, rendering: Rendering) -> Int? {
        let catalog = rendering.catalog
        for candidate in candidates(target, from: source, rendering: rendering) {
            if let index = rendering.position(ofReference: candidate, in: catalog) { return index }
        }
        return nil
    }

    /// The page of a reference in any language: the language of the rendering first, then that which the folder or the name
    /// of the file says. Recorded, also when there is none.
    static func locate(_ target: [UInt8], from source: RelativePath?, rendering: Rendering) -> Page? {
        if let index = find(target, from: source, rendering: rendering) {
            return Page(catalog: rendering.catalog, index: index)
        }
        let languages = rendering.configuration(Configuration.languages)
        if languages.all.count < 2 { return nil }
        var paths = candidates(target, from: source, rendering: rendering)
        // From the folder of all content the language is a part of the path: `@/en/docs/start.md`.
        let rest =
            target.starts(with: "@/".utf8) ? target.dropFirst(2) : target.drop { $0 == UInt8(ascii: "/") }
        if let path = RelativePath(languages.content.bytes + [UInt8(ascii: "/")] + rest) {
            paths.append(path)
        }
        // The main language may be named though its files name none: `about.en.md` for `about.md`.
        let main = String(decoding: languages.main.code, as: UTF8.self)
        for path in paths {
            let name = ContentName.split(path.stem, languages: languages.codes)
            if name.language == main {
                paths.append(
                    path.parent.appending(Array(name.stem) + [UInt8(ascii: ".")] + path.fileExtension))
            }
        }
        for path in paths {
            let code = languages.language(of: path)
            let catalog = rendering.catalog(of: Symbol(code))
            if let index = rendering.position(ofReference: path, in: catalog) {
                return Page(catalog: catalog, index: index)
            }
        }
        return nil
    }

    /// A page, of whichever language.
    struct Page {
        let catalog: Catalog
        let index: Int

        /// What it is.
        var page: CatalogPage { catalog.page(at: index) }
    }

    /// Says that a reference means a page that is not published, if it does; recorded as a look at all pages.
    static func unpublished(_ target: [UInt8], from source: RelativePath?, rendering: Rendering) -> String? {
        let skipped = rendering.contents(of: rendering.catalog).skipped
        if skipped.isEmpty { return nil }
        for candidate in candidates(target, from: source, rendering: rendering) {
            guard
                let page = skipped.first(where: {
                    Normalization.areEquivalent($0.path.bytes, candidate.bytes)
                })
            else { continue }
            let reason =
                switch page.reason {
                case .draft: "a draft"
                case .future: "not published yet"
                case .expired: "expired"
                }
            return "\(page.path.text) is \(reason)"
        }
        return nil
    }

    /// What was probably meant; recorded as a look at all pages.
    ///
    /// - Parameters:
    ///   - target: what leads nowhere.
    ///   - source: the text that refers, in whose words the answer is; `nil` for a template or a menu.
    ///   - rendering: where the look is recorded.
    /// - Returns: the hint, or `nil` where nothing is near.
    static func nearest(to target: [UInt8], from source: RelativePath? = nil, rendering: Rendering) -> String?
    {
        let contents = rendering.contents(of: rendering.catalog)
        let name = ownName(target)
        var named: [UInt8]?
        let files = contents.pages.compactMap { contents.entry(of: $0).source?.bytes }
        for source in files {
            // The same file in another folder is the likeliest mistake.
            if ownName(source) == name {
                named = named ?? source
            }
        }
        func hint(_ file: [UInt8]) -> String {
            let path = RelativePath(unchecked: file)
            return "did you mean \"\(source.map { words(for: path, in: $0, rendering) } ?? path.text)\"?"
        }
        if let named { return hint(named) }
        // Every wrong reference compares itself with all of them: past a few thousand that would be most of the build.
        if files.count > 2000 { return nil }
        let names = files.map(ownName)
        let near = Spelling.nearest(to: ownName(target), among: names).flatMap { near in
            names.firstIndex { $0.elementsEqual(near) }.map { files[$0] }
        }
        return near.map(hint)
    }

    /// How a text refers to a source: from its own folder on if it lies there, else from the folder of content on.
    static func words(for path: RelativePath, in source: RelativePath, _ rendering: Rendering) -> String {
        // A bundle is known by its folder, not by the name that all of them have.
        let isOwnText = path.parent == source.parent && path.name.starts(with: "index.".utf8)
        if let near = path.relative(to: source.parent), !isOwnText { return near.text }
        let content = rendering.configuration(Configuration.languages).contentFolder(
            of: rendering.language.bytes)
        return path.relative(to: content).map { "@/\($0.text)" } ?? path.text
    }

    /// Says how a text leads to what it named by a folder: to a bundle by its file, to a section without a text of its own by
    /// its address. Recorded.
    static func folderHint(_ target: [UInt8], from source: RelativePath, rendering: Rendering) -> String? {
        let catalog = rendering.catalog
        if target.last == UInt8(ascii: "/"), target.count > 1,
            let index = find(Array(target.dropLast()), from: source, rendering: rendering),
            let file = rendering.entry(of: catalog.page(at: index), in: catalog).source
        {
            let path = RelativePath(unchecked: file.bytes)
            return "write \"\(words(for: path, in: source, rendering))\""
        }
        let folder = RelativePath(unchecked: target)
        guard folder.name.elementsEqual("_index.md".utf8) else { return nil }
        let content = rendering.configuration(Configuration.languages).contentFolder(
            of: rendering.language.bytes)
        for candidate in candidates(target, from: source, rendering: rendering) {
            guard let section = candidate.parent.relative(to: content),
                let index = rendering.position(
                    of: PageID(language: catalog.language, invented: "section", section.bytes), in: catalog)
            else { continue }
            let address = rendering.entry(of: catalog.page(at: index), in: catalog).url
            return
                "that section has no file of its own: write \"\(String(decoding: address, as: UTF8.self))\""
        }
        return nil
    }

    /// What a file is called: by its folder, where it is the text of that.
    private static func ownName(_ path: [UInt8]) -> [UInt8] {
        let parts = path.split(separator: UInt8(ascii: "/"))
        guard let last = parts.last else { return path }
        let isText = ["index.", "_index."].contains { last.starts(with: $0.utf8) }
        return Array(isText && parts.count > 1 ? parts[parts.count - 2] : last)
    }

    /// The paths that a reference may mean, likeliest first, relative to the site.
    private static func candidates(
        _ target: [UInt8], from source: RelativePath?, rendering: Rendering
    ) -> [RelativePath] {
        let content = rendering.configuration(Configuration.languages).contentFolder(
            of: rendering.language.bytes)
        var paths: [RelativePath] = []
        func add(_ base: RelativePath, _ rest: some Collection<UInt8>) {
            guard let path = RelativePath(base.bytes + [UInt8(ascii: "/")] + Array(rest)),
                !paths.contains(path)
            else { return }
            paths.append(path)
        }
        if target.starts(with: "@/".utf8) {
            add(content, target.dropFirst(2))
        } else if target.first == UInt8(ascii: "/") {
            add(content, target.dropFirst())
        } else {
            if let source { add(source.parent, target) }
            add(content, target)
            if source == nil { add(.root, target) }
        }
        // A folder or a page may be named without `index.md`, `_index.md` or `.md` (Hugo's `ref`).
        for path in paths
        where !MarkdownName.isEnding(path.fileExtension) {
            for ending in [".md", "/index.md", "/_index.md"] {
                paths.append(RelativePath(unchecked: path.bytes + Array(ending.utf8)))
            }
        }
        // In a translation, a link to the main language's file means its translation.
        let languages = rendering.configuration(Configuration.languages)
        if languages.usesSuffixes,
            let own = languages.all.first(where: { $0.code == rendering.language.bytes }),
            own.code != languages.main.code
        {
            for path in paths {
                // A name that says its language means that one.
                guard ContentName.split(path.stem, languages: languages.codes).language == nil,
                    let other = languages.translated(path, from: languages.main.code, to: own),
                    !paths.contains(other)
                else { continue }
                paths.append(other)
            }
        }
        return paths
    }
}
