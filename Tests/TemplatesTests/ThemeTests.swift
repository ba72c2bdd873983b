import Glibc
import Templates
import Testing
import Text

/// Real themes, which are fetched to be read and are never part of the repository.
///
/// `TEMPLATES_THEME_LIST` names a file with the paths of templates, one a line; those that Jinja2 compiles must
/// compile without a finding, and no others. A line may start with `! `: Jinja2 refuses that template.
struct ThemeTests {
    private static let list: String? = {
        guard let value = unsafe getenv("TEMPLATES_THEME_LIST") else { return nil }
        return unsafe String(cString: value)
    }()

    @Test("themes compile as in Jinja2", .enabled(if: list != nil))
    func themes() {
        var settings = TemplateSettings()
        settings.extensions = [.do, .loopControls, .i18n]
        settings.trimBlocks = true
        settings.lstripBlocks = true
        var environment = Environment(settings: settings)
        // What Pelican, MkDocs and their plugins add.
        for name in ["strftime", "url", "script_tag", "sidebar_tags", "cdn", "dedent", "jsonify"] {
            environment.add(filter: name, "*, **") { arguments, _ throws(TemplateError) in arguments.input }
        }
        let compiler = TemplateCompiler(environment: environment)
        let text = String(decoding: SharedFiles.read(Self.list ?? "") ?? [], as: UTF8.self)
        var count = 0
        for line in text.split(separator: "\n") {
            let isRefused = line.hasPrefix("! ")
            let path = String(isRefused ? line.dropFirst(2) : line)
            guard let bytes = SharedFiles.read(path) else { continue }
            let name = Array(path.utf8)
            let found = compiler.compile(
                SourceFile(path: RelativePath(unchecked: name), bytes: bytes), name: name
            ).diagnostics
            #expect(found.isEmpty != isRefused, "\(path): \(found.map { $0.message })")
            count += 1
        }
        #expect(count > 0)
    }
}
