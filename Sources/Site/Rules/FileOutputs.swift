import Engine
import Files
import Templates
import Text

/// A file that is copied as it is: static files, the files of bundles, assets under their published names.
///
/// The key is the path of the source, or of a file that the product carries.
struct FileOutputRule: Rule {
    static let kind = RuleKind.fileOutput
    static let stratum = Stratum.outputs

    func placeholder(for name: Symbol) -> OutputValue { OutputValue(bytes: []) }

    func run(_ name: Symbol, in context: RuleContext) -> OutputValue {
        let path = RelativePath(unchecked: name.bytes)
        if let carried = CarriedFiles.file(path) { return OutputValue(bytes: carried.bytes) }
        if Self.mayBeTemplate(path), let file = Self.withHead(path, in: context) {
            context.find(
                Diagnostic(
                    .unprocessedFile, "this file has front matter, but is published as it is",
                    at: SourceRange(0, 3),
                    in: file, hint: "only Markdown is made into pages: write a template in templates/ instead"
                ))
        }
        if Self.isArticle(path, in: context) {
            context.find(
                Diagnostic(
                    .unprocessedFile,
                    "this file has a head as Pelican's articles in HTML have it, but is published as it is",
                    at: SourceLocation(path: path),
                    hint:
                        "pages are written in Markdown, which may hold HTML; what stands in <meta> belongs in front matter"
                ))
        }
        return OutputValue(copyOf: path, context.fileFingerprint(path))
    }

    /// Whether other generators run files of that name through their template engines, if they start with front matter.
    static func mayBeTemplate(_ path: RelativePath) -> Bool {
        mayBeTemplates.contains { path.fileExtension.elementsEqual($0.utf8) }
    }

    /// Whether an HTML file of the content says what Pelican reads of an article: `<meta name="date" …>`.
    private static func isArticle(_ path: RelativePath, in context: RuleContext) -> Bool {
        guard ["html", "htm"].contains(where: { path.fileExtension.elementsEqual($0.utf8) }) else {
            return false
        }
        let content = context.read(ConfigurationRule.self, .empty, Configuration.languages).content
        guard path.isInside(content), !content.isRoot, let file = context.file(path, most: 4 << 20) else {
            return false
        }
        let head = String(decoding: file.bytes.prefix(4096), as: UTF8.self).lowercased()
        return head.contains("<meta")
            && ["date", "category", "tags", "slug", "status"].contains {
                head.contains("name=\"\($0)\"") || head.contains("name='\($0)'")
            }
    }

    /// A file, if it starts with front matter. What has more than a few megabytes was written by no hand.
    static func withHead(_ path: RelativePath, in context: RuleContext) -> SourceFile? {
        guard let file = context.file(path, most: 4 << 20),
            file.bytes.starts(with: "---\n".utf8) || file.bytes.starts(with: "---\r".utf8)
        else { return nil }
        return file
    }

    /// Files that Jekyll and Eleventy run through their template engines if they start with front matter.
    private static let mayBeTemplates = [
        "html", "htm", "xml", "json", "css", "scss", "txt", "njk", "liquid", "webc", "vto", "haml", "adoc",
        "rst",
    ]
}

/// A small page at an old address that leads to the new one.
///
/// The key is the redirect's output path, the code of its language, and the root-relative URL it leads to, with line
/// feeds between them.
struct RedirectOutputRule: Rule {
    static let kind = RuleKind.redirectOutput
    static let stratum = Stratum.outputs

    func placeholder(for name: Symbol) -> OutputValue { OutputValue(bytes: []) }

    static func key(from output: RelativePath, in language: [UInt8], to url: [UInt8]) -> Symbol {
        Symbol(output.bytes + [UInt8(ascii: "\n")] + language + [UInt8(ascii: "\n")] + url)
    }

    func run(_ name: Symbol, in context: RuleContext) -> OutputValue {
        let parts = name.bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 2)
        guard parts.count == 3 else { return OutputValue(bytes: []) }
        let written = Array(parts[2])
        let target =
            Addresses.isAbsolute(written) || written.first == UInt8(ascii: "/")
            ? written : [UInt8(ascii: "/")] + written
        let rendering = Rendering(context: context, language: Symbol(Array(parts[1])))
        let isAbsolute = Addresses.isAbsolute(target)
        let url = isAbsolute ? target : rendering.basePath + target
        let permalink = isAbsolute ? target : rendering.baseURL + target
        if let program = rendering.program(Array("redirect.html".utf8)) {
            let variables = Variables([
                (Symbol("redirect"), .frozen([("url", .safeless(url)), ("permalink", .safeless(permalink))]))
            ])
            return OutputValue(
                bytes: SiteRenderer.render(
                    program, variables, rendering: rendering,
                    circumstance:
                        "while rendering the redirect from /\(String(decoding: parts[0], as: UTF8.self))"))
        }
        return OutputValue(bytes: Self.page(url: url, permalink: permalink))
    }

    /// The redirect of themes that have no `redirect.html`.
    private static func page(url: [UInt8], permalink: [UInt8]) -> [UInt8] {
        var writer = ByteWriter(capacity: 512)
        writer.append(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Moved</title>\n<link rel=\"canonical\" href=\""
        )
        writer.append(permalink, escapedAs: .html)
        writer.append(
            "\">\n<meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"0; url=")
        writer.append(url, escapedAs: .html)
        writer.append("\">\n</head>\n<body>\n<p>This page has moved to <a href=\"")
        writer.append(url, escapedAs: .html)
        writer.append("\">")
        writer.append(permalink, escapedAs: .html)
        writer.append("</a>.</p>\n</body>\n</html>\n")
        return writer.finish()
    }
}
