import Glibc
import Templates
import Text

/// Templates with a context, as a case describes them.
struct TestTemplates {
    var templates: [(name: String, text: String)]
    var variables: Variables
    var settings = TemplateSettings()
    var limits = TemplateLimits()
    var entry = "main"

    init(_ templates: [(name: String, text: String)], variables: Variables = Variables()) {
        self.templates = templates
        self.variables = variables
    }

    /// From the JSON of a case.
    init(_ input: Value) {
        templates = []
        variables = Variables()
        if case .dict(let dict) = input["templates"] {
            for (name, text) in zip(dict.keys, dict.values) {
                templates.append((name.plainText ?? "", text.plainText ?? ""))
            }
        }
        if case .dict(let dict) = input["context"] {
            variables = Variables(
                zip(dict.keys, dict.values).compactMap { key, value in
                    key.stringValue.map { (Symbol($0.bytes), value) }
                })
        }
        if case .bool(let escapes) = input["autoescape"] { settings.autoescape = escapes }
        guard let options = input["options"] else { return }
        if case .bool(let value) = options["trim_blocks"] { settings.trimBlocks = value }
        if case .bool(let value) = options["lstrip_blocks"] { settings.lstripBlocks = value }
        if case .bool(let value) = options["keep_trailing_newline"] { settings.keepTrailingNewline = value }
        switch options["undefined"]?.plainText {
        case "strict": settings.undefined = .strict
        case "chainable": settings.undefined = .chainable
        case "debug": settings.undefined = .debug
        default: break
        }
        if case .list(let names) = options["extensions"] {
            for name in names.items {
                if let found = TemplateExtensions.named(name.plainText ?? "") {
                    settings.extensions.insert(found)
                }
            }
        }
    }

    /// The programs, in the order of the templates.
    func programs(_ environment: Environment? = nil) -> [(program: Program, diagnostics: [Diagnostic])] {
        let compiler = TemplateCompiler(environment: environment ?? Environment(settings: settings))
        return templates.map { compiler.compile(SourceFile(path: $0.name, text: $0.text), name: $0.name) }
    }

    func render(_ environment: Environment? = nil, host: AnyObject? = nil) -> RenderResult {
        let programs = programs(environment).map(\.program)
        guard let main = programs.first(where: { $0.name == Array(entry.utf8) }) else {
            return RenderResult()
        }
        return Renderer(loader: DictionaryLoader(programs), limits: limits).render(
            main, variables: variables, host: host)
    }
}

/// Files beside the repository.
enum SharedFiles {
    /// The folder of the repository, from the place of this file.
    static let repository: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)
        return resolved(parts.joined(separator: "/"))
    }()

    /// The bytes of a file in the folder `shared`, wherever above the repository it lies.
    static func bytes(of path: String) -> [UInt8]? {
        for up in ["/../shared/", "/../../shared/"] {
            if let bytes = read(repository + up + path) { return bytes }
        }
        return nil
    }

    static func read(_ path: String) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
            }
            if count <= 0 { return result }
            result += buffer[..<count]
        }
    }

    /// A path without links, since a package may be a folder of links to this one.
    private static func resolved(_ path: String) -> String {
        guard let real = unsafe realpath(path + "/Tests", nil) else { return path }
        defer { unsafe free(real) }
        var parts = unsafe String(cString: real).split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast()
        return parts.joined(separator: "/")
    }
}
