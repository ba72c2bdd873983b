import Engine
import Formats
import Templates
import Text

/// Pages in other languages, and the words of the interface.
enum Translations {
    struct Page {
        let catalog: Catalog
        let index: Int

        /// What it is.
        var page: CatalogPage { catalog.page(at: index) }
    }

    /// The same page in the other languages, in the order of the configuration: the page whose source has the
    /// same path below its language's content folder; invented pages by the same name.
    static func of(_ page: CatalogPage, in catalog: Catalog, rendering: Rendering) -> [Page] {
        let languages = rendering.configuration(Configuration.languages)
        guard languages.all.count > 1 else { return [] }
        var pages: [Page] = []
        for language in languages.all where language.code != catalog.language {
            let other = rendering.catalog(of: Symbol(language.code))
            let id: PageID
            if let source = page.ownFile {
                guard
                    let path = languages.translated(
                        RelativePath(unchecked: source.bytes), from: catalog.language, to: language)
                else { continue }
                id = PageID(language: language.code, source: path)
                if languages.usesSuffixes, rendering.position(of: id, in: other) == nil,
                    // The name of the file may write the language in other letters.
                    let index = rendering.position(ofReference: path, in: other)
                {
                    pages.append(Page(catalog: other, index: index))
                    continue
                }
            } else {
                let name = page.id.symbol.bytes.dropFirst(catalog.language.count)
                id = PageID(symbol: Symbol(language.code + name))
            }
            if let index = rendering.position(of: id, in: other) {
                pages.append(Page(catalog: other, index: index))
            }
        }
        return pages
    }

    /// A string of the interface: from the site's or the theme's file of the language, of the main language, or
    /// of English, and what of it the call leaves unsaid; `nil` when none of them has it. The language is the rendering's, if
    /// none is given. `passedOver` is told of a file that has the key with something that is no text for this call.
    static func text(
        _ key: [UInt8], count: Value?, keywords: [CallArguments.Keyword], language: [UInt8]? = nil,
        rendering: Rendering, passedOver: (RelativePath, DataValue.Kind) -> Void = { _, _ in }
    ) -> (bytes: [UInt8], missing: [[UInt8]])? {
        let languages = rendering.configuration(Configuration.languages)
        var tried: [[UInt8]] = []
        let codes = [language ?? rendering.language.bytes, languages.main.code].flatMap { shortened($0) }
        for language in codes + [Array("en".utf8)] where !tried.contains(language) {
            tried.append(language)
            for file in files(language, rendering) {
                guard
                    let found = rendering.context.read(
                        DataFileRule.self, Symbol(file.bytes), DataFile.value(at: key))
                else { continue }
                guard let text = form(of: found, count, in: language) else {
                    passedOver(file, found.kind)
                    continue
                }
                return filled(text, count: count, keywords: keywords)
            }
        }
        return nil
    }

    private static func files(_ language: [UInt8], _ rendering: Rendering) -> [RelativePath] {
        let folder = RelativePath(unchecked: Array("i18n".utf8))
        let theme = rendering.context.read(ThemeRule.self, .empty, Theme.all)
        var roots = [folder]
        if let root = theme.root { roots.append(root.appending(folder.bytes)) }
        if theme.isCarried { roots.append(CarriedFiles.theme.appending(folder.bytes)) }
        return roots.flatMap { root in
            [".yml", ".yaml", ".toml", ".json"].map { root.appending(language + Array($0.utf8)) }
        }
    }

    /// A language's code, and the shorter ones that stand for it where it has no file: `pt-br`, `pt` (RFC 4647, section
    /// 3.4).
    private static func shortened(_ code: [UInt8]) -> [[UInt8]] {
        var codes = [code]
        while let last = codes.last, let dash = last.lastIndex(of: UInt8(ascii: "-")) {
            codes.append(Array(last[..<dash]))
        }
        return codes
    }

    /// The form for a number in a language; `zero` for 0 wherever there is one, and `other` where the form is not there.
    private static func form(of data: DataValue, _ count: Value?, in language: [UInt8]) -> [UInt8]? {
        if data.isScalar { return Array(data.text) }
        guard data.kind == .map else { return nil }
        var names = ["other"]
        if case .int(let number)? = count {
            let language = String(decoding: language, as: UTF8.self)
            names.insert(PluralCategory(of: number, in: language).rawValue, at: 0)
            if number == 0 { names.insert("zero", at: 0) }
        }
        for name in names {
            if let text = data.entries[Array(name.utf8)]?.value, text.isScalar { return Array(text.text) }
        }
        return nil
    }

    /// The text with `{name}` replaced by arguments, and the names that none of them has.
    private static func filled(
        _ text: [UInt8], count: Value?, keywords: [CallArguments.Keyword]
    ) -> (bytes: [UInt8], missing: [[UInt8]]) {
        guard text.contains(UInt8(ascii: "{")) else { return (text, []) }
        var result: [UInt8] = []
        var missing: [[UInt8]] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
            result.append(contentsOf: rest[..<open])
            guard let close = rest[open...].firstIndex(of: UInt8(ascii: "}")) else {
                rest = rest[open...]
                break
            }
            let name = Array(rest[(open + 1)..<close])
            let value = name == Array("count".utf8) ? count : keywords.first { $0.name.bytes == name }?.value
            switch value {
            case .int(let number): result.append(contentsOf: String(number).utf8)
            case .string(let text): result.append(contentsOf: text.bytes)
            case .double(let number): result.append(contentsOf: String(number).utf8)
            default:
                result.append(contentsOf: rest[open...close])
                // Other text in braces is text.
                let isName = name.allSatisfy {
                    ($0 | 0x20) &- UInt8(ascii: "a") < 26 || $0 == UInt8(ascii: "_")
                }
                if isName, !name.isEmpty { missing.append(name) }
            }
            rest = rest[(close + 1)...]
        }
        result.append(contentsOf: rest)
        return (result, missing)
    }
}
