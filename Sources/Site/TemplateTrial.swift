public import Files
import Formats
import Synchronization
public import Templates
public import Text

/// One template rendered by itself, with data from a JSON text: pure Jinja2, without a site.
public struct TemplateTrial: Sendable {
    /// How the templates are read.
    public var settings: TemplateSettings

    /// What came of it.
    public struct Outcome: Sendable {
        /// What was printed; nothing when an error ended the rendering.
        public let bytes: [UInt8]
        /// The findings, with their places.
        public let diagnostics: [Diagnostic]
        /// The error that ended the rendering, as Jinja2 would have thrown it.
        public let failure: RenderFailure?
    }

    /// A trial with these settings.
    public init(settings: TemplateSettings) {
        self.settings = settings
    }

    /// Renders a template.
    ///
    /// - Parameters:
    ///   - entry: the template's name below the folder.
    ///   - folder: the templates; no name leads out of it.
    ///   - data: what the template sees, a JSON object; its findings come with the outcome.
    /// - Returns: `nil` for the outcome's bytes when there is no such template.
    public func render(_ entry: String, in folder: any FileSystem, data: SourceFile) -> Outcome {
        let document = DataReader.read(data, as: .json)
        let errors = document.diagnostics.filter { $0.severity == .error }
        if !errors.isEmpty { return Outcome(bytes: [], diagnostics: document.diagnostics, failure: nil) }
        if document.value.kind != .map {
            let wrong = Diagnostic(
                .wrongType, "the data of a template should be an object", at: document.value.range, in: data)
            return Outcome(bytes: [], diagnostics: [wrong], failure: nil)
        }
        let loader = FolderLoader(folder, TemplateCompiler(environment: Environment(settings: settings)))
        guard let program = loader.program(named: Array(entry.utf8), from: nil, host: nil) else {
            let missing = Diagnostic(
                .templateNotFound, "there is no template '\(entry)'",
                hint: Spelling.hint(
                    for: entry,
                    among: loader.templateNames(host: nil).map { String(decoding: $0, as: UTF8.self) }))
            return Outcome(bytes: [], diagnostics: [missing], failure: nil)
        }
        let variables = Variables(document.value.entries.map { (Symbol($0.key), Self.owned($0.value)) })
        let result = Renderer(loader: loader).render(program, variables: variables)
        // The mistake that ended it is told with what led to it; the others of its template follow.
        let others = loader.mistakes.filter { mistake in
            !result.diagnostics.contains {
                $0.message == mistake.message && $0.location?.path == mistake.location?.path
                    && $0.location?.line == mistake.location?.line
                    && $0.location?.column == mistake.location?.column
            }
        }
        return Outcome(
            bytes: result.failure == nil ? result.bytes : [], diagnostics: result.diagnostics + others,
            failure: result.failure)
    }
}

extension TemplateTrial {
    /// Data that the template may change, as in Jinja2: nobody else sees it.
    private static func owned(_ data: DataValue) -> Value {
        switch data.kind {
        case .list: .list(ListValue(ownedByRendering: data.elements.map(owned)))
        case .map:
            .dict(DictValue(ownedByRendering: data.entries.map { (.text(Array($0.key)), owned($0.value)) }))
        default: data.templateValue
        }
    }
}

/// Finds templates in one folder and compiles each once.
private final class FolderLoader: TemplateLoader {
    private let folder: any FileSystem
    private let compiler: TemplateCompiler
    private let programs = Mutex<[[UInt8]: Program]>([:])
    private let found = Mutex<[Diagnostic]>([])

    /// What was found while compiling.
    var mistakes: [Diagnostic] { found.withLock { $0 } }

    init(_ folder: any FileSystem, _ compiler: TemplateCompiler) {
        self.folder = folder
        self.compiler = compiler
    }

    func program(named name: [UInt8], from parent: Program?, host: AnyObject?) -> Program? {
        if let known = programs.withLock({ $0[name] }) { return known }
        // A name that leads out of the folder names nothing.
        guard let path = RelativePath(name), path.bytes == name, !path.isRoot, let bytes = bytes(of: path)
        else { return nil }
        let (program, diagnostics) = compiler.compile(SourceFile(path: path, bytes: bytes), name: name)
        found.withLock { $0 += diagnostics }
        programs.withLock { $0[name] = program }
        return program
    }

    /// The templates in the folder and in folders in it, sorted, for "did you mean".
    func templateNames(host: AnyObject?) -> [[UInt8]] {
        var names: [[UInt8]] = []
        var folders: [RelativePath] = [.root]
        while let next = folders.popLast(), names.count < 1000 {
            do throws(FileError) {
                for entry in try folder.list(next) ?? [] {
                    let path = next.appending(entry.name)
                    if entry.kind == .file { names.append(path.bytes) }
                    if entry.kind == .folder { folders.append(path) }
                }
            } catch {
                // A folder that cannot be read has no names to offer.
                continue
            }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private func bytes(of path: RelativePath) -> [UInt8]? {
        do throws(FileError) {
            return try folder.read(path)?.bytes
        } catch {
            return nil
        }
    }
}
