import Engine
import Formats
import Templates
import Text

/// A compiled template of the site or its theme, or the lack of one.
final class TemplateProgram: RuleValue {
    /// The program, or `nil` when no folder has a template of that name.
    let program: Program?
    /// Whether there is one that cannot be read, which is told.
    private let isUnreadable: Bool
    private let mentionsPaginator: Bool
    private let isOfTheSite: Bool

    init(program: Program?, isUnreadable: Bool = false) {
        self.program = program
        self.isUnreadable = isUnreadable
        isOfTheSite = program?.source.path.bytes.starts(with: "templates/".utf8) ?? false
        mentionsPaginator = program?.names("paginator") ?? false
    }

    /// `whole`, what it does; `positions`, where everything is; `paginator`, whether it names the paginator;
    /// `names`, the templates it names in so many words; `own`, whether it is the site's, not the theme's.
    func fingerprint(of projection: Projection) -> Fingerprint {
        if projection == Self.unreadable.projection { return Fingerprint(low: isUnreadable ? 1 : 2, high: 0) }
        guard let program else { return .absent }
        switch projection {
        case .whole: return program.fingerprint
        case Self.positions.projection: return program.positionsFingerprint
        case Self.paginates.projection: return Fingerprint(low: mentionsPaginator ? 1 : 2, high: 0)
        case Self.names.projection:
            var builder = FingerprintBuilder()
            for name in program.namedTemplates { builder.combine(name) }
            return builder.finish()
        case Self.exists.projection: return Fingerprint(low: 1, high: 1)
        case Self.isOwn.projection: return isOfTheSite ? Fingerprint(low: 1, high: 2) : .absent
        default: return .absent
        }
    }

    /// What it does.
    static let code = Reading<TemplateProgram, Program?>(.whole) { $0.program }
    /// Whether there is one.
    static let exists = Reading<TemplateProgram, Bool>("exists") { $0.program != nil }
    /// Whether there is one that cannot be read.
    static let unreadable = Reading<TemplateProgram, Bool>("unreadable") { $0.isUnreadable }
    /// Whether the site has one of its own, whatever its theme has.
    static let isOwn = Reading<TemplateProgram, Bool>("own") { $0.isOfTheSite }
    /// Where everything is: read when a finding names a place.
    static let positions = Reading<TemplateProgram, Void>("positions") { _ in }
    /// Whether it names `paginator` itself.
    static let paginates = Reading<TemplateProgram, Bool>("paginator") { $0.mentionsPaginator }
    /// The templates it extends, includes or imports by a constant name.
    static let names = Reading<TemplateProgram, [[UInt8]]>("names") { $0.program?.namedTemplates ?? [] }
}

extension ArraySlice<UInt8> {
    fileprivate func hasSuffix(_ ending: String) -> Bool {
        suffix(ending.utf8.count).elementsEqual(ending.utf8)
    }
}

extension SourceFile {
    /// The same without the mark that some editors put before a text, which would be printed: in the middle of a page, where
    /// a template is included. Nobody sees it, so places in the first line are not off.
    fileprivate var withoutByteOrderMark: SourceFile {
        bytes.starts(with: [0xEF, 0xBB, 0xBF])
            ? SourceFile(path: path, bytes: Array(bytes.dropFirst(3))) : self
    }
}

/// Finds a template by name, site before theme, and compiles it. Each place that was tried in vain is an edge.
///
/// `@theme/page.html` is the theme's, whether or not the site has a `page.html` too: so can a template of the site extend
/// the one it stands for.
struct TemplateProgramRule: Rule {
    static let kind = RuleKind.templateProgram
    static let stratum = Stratum.programs

    func placeholder(for name: Symbol) -> TemplateProgram { TemplateProgram(program: nil) }

    func run(_ name: Symbol, in context: RuleContext) -> TemplateProgram {
        let bytes = name.bytes
        // A name that leaves the folders of templates names nothing.
        guard let path = RelativePath(bytes), path.bytes == bytes, !path.isRoot else {
            return TemplateProgram(program: nil)
        }
        let ofTheme = path.relative(to: Self.themeFolder).flatMap { $0.isRoot ? nil : $0 }
        let source =
            if let ofTheme {
                ThemeFiles.findInTheme(.templates, ofTheme, in: context)
            } else {
                ThemeFiles.find(.templates, path, in: context)
            }
        guard let source else { return TemplateProgram(program: nil) }
        if let offset = UTF8Validation.firstInvalidOffset(in: source.bytes) {
            context.find(
                Diagnostic(
                    .invalidUTF8, "the template is not valid UTF-8", at: SourceRange(offset, offset + 1),
                    in: source))
            return TemplateProgram(program: nil, isUnreadable: true)
        }
        let settings = context.read(ConfigurationRule.self, .empty, Configuration.templates)
        let text = source.withoutByteOrderMark
        let compiler = TemplateCompiler(environment: SiteLanguage.environment(settings.language))
        let (program, diagnostics) = compiler.compile(
            text, name: bytes, autoescape: settings.autoescape ?? Self.escapes(path),
            isBorrowed: !source.path.isInside(Self.ownFolder))
        for diagnostic in diagnostics { context.find(ForeignSyntax.explained(diagnostic)) }
        return TemplateProgram(program: program)
    }

    private static let ownFolder = RelativePath(unchecked: Array("templates".utf8))

    /// What stands before the name of a template that is wanted of the theme, never of the site.
    static let themeFolder = RelativePath(unchecked: Array("@theme".utf8))

    /// HTML and XML are escaped, other texts are not. `page.html.j2` is HTML and `robots.txt.j2` is text; a name that says
    /// nothing but that it is a template, `page.jinja`, is taken for HTML.
    static func escapes(_ path: RelativePath) -> Bool {
        var name = path.name.asciiLowercased[...]
        for ending in [".j2", ".jinja", ".jinja2"] where name.hasSuffix(ending) {
            name = name.dropLast(ending.utf8.count)
            if !name.contains(UInt8(ascii: ".")) { return true }
        }
        return [".html", ".htm", ".xml", ".svg", ".xhtml"].contains { name.hasSuffix($0) }
    }
}
