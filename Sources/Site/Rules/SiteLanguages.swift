import Formats
import Text

/// The languages of a site and where the content of each lies. What a site says in each of them is had through
/// ``Configuration/title(in:)`` and its like, one by one: a word in a menu does not move a page.
final class SiteLanguages: Sendable {
    struct Language: Sendable {
        let code: [UInt8]
        /// The folder of its content, relative to the site; `nil` when files carry the language in their names.
        let folder: RelativePath?
        /// What stands before its paths: nothing for the main language, its code for the others.
        let urlPrefix: RelativePath
    }

    /// All languages in the order of the configuration; at least one.
    let all: [Language]
    /// The language of the site, whose paths have no prefix.
    let main: Language
    /// The folder of all content.
    let content: RelativePath
    /// The codes that count as languages in the names of files; none when folders tell languages apart.
    let codes: [String]
    /// Whether the configuration has `languages`, in which a language may have words of its own.
    let areNamed: Bool

    init(_ site: SiteConfiguration) {
        let content = RelativePath(site.contentFolder) ?? RelativePath(unchecked: Array("content".utf8))
        let mainCode = Array(site.language.utf8)
        var languages = site.languages.map { settings in
            let code = Array(settings.code.utf8)
            return Language(
                code: code,
                folder: settings.contentFolder.flatMap { RelativePath(Array($0.utf8)) }.map {
                    content.appending($0.bytes)
                },
                urlPrefix: code == mainCode ? .root : RelativePath(unchecked: code))
        }
        self.content = content
        areNamed = !languages.isEmpty
        if !languages.contains(where: { $0.code == mainCode }) {
            languages.insert(Language(code: mainCode, folder: nil, urlPrefix: .root), at: 0)
        }
        all = languages
        let usesSuffixes = languages.count > 1 && languages.contains { $0.folder == nil }
        codes = usesSuffixes ? languages.map { String(decoding: $0.code, as: UTF8.self) } : []
        main = languages.first { $0.code == mainCode } ?? languages[0]
    }

    /// What stands for all of this.
    var fingerprint: Fingerprint {
        var builder = FingerprintBuilder()
        builder.combine(content.bytes)
        builder.combine(main.code)
        builder.combine(areNamed)
        for language in all {
            builder.combine(language.code)
            builder.combine(language.folder != nil)
            builder.combine(language.folder?.bytes ?? [])
            builder.combine(language.urlPrefix.bytes)
        }
        return builder.finish()
    }

    /// The folder in which the content of a language lies.
    func contentFolder(of code: [UInt8]) -> RelativePath {
        all.first { $0.code == code }?.folder ?? content
    }

    /// Whether some language has its content in files that name it (`post.fr.md`).
    var usesSuffixes: Bool { !codes.isEmpty }

    /// The language of a source: by the folder it lies in, else by its name, else the main one.
    func language(of path: RelativePath) -> [UInt8] {
        var best: Language?
        for language in all {
            guard let folder = language.folder, path.isInside(folder) else { continue }
            if folder.bytes.count >= (best?.folder?.bytes.count ?? 0) { best = language }
        }
        if let best { return best.code }
        return ContentName.split(path.stem, languages: codes).language.map { Array($0.utf8) } ?? main.code
    }

    /// Whether two codes are of one language: their case says nothing (RFC 5646, section 2.1.1).
    static func isSame(_ code: [UInt8], _ other: some Collection<UInt8>) -> Bool {
        code.elementsEqual(other) { left, right in
            left == right || (left ^ right == 0x20 && left.isASCIILetter)
        }
    }

    /// Where the translation of a source would lie.
    func translated(_ path: RelativePath, from code: [UInt8], to language: Language) -> RelativePath? {
        guard let own = all.first(where: { $0.code == code }) else { return nil }
        if own.folder != nil || language.folder != nil {
            return path.relative(to: own.folder ?? content).map {
                (language.folder ?? content).appending($0.bytes)
            }
        }
        let name = ContentName.split(path.stem, languages: codes)
        var stem = Array(name.language.map { code.elementsEqual($0.utf8) } ?? false ? name.stem : path.stem)
        if language.code != main.code { stem += [UInt8(ascii: ".")] + language.code }
        return path.parent.appending(stem + [UInt8(ascii: ".")] + path.fileExtension)
    }
}
