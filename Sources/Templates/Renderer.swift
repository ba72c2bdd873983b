public import Text

/// Renders programs.
public struct Renderer: Sendable {
    /// Finds what templates extend, include and import.
    public let loader: any TemplateLoader
    /// What bounds each rendering.
    public let limits: TemplateLimits

    /// A renderer.
    public init(loader: any TemplateLoader, limits: TemplateLimits = TemplateLimits()) {
        self.loader = loader
        self.limits = limits
    }

    /// What to do about a template that extends itself; a host with more names for templates may say more.
    public static let circleHint = "a template cannot extend itself, nor one that extends it"

    /// Renders a template.
    ///
    /// - Parameters:
    ///   - program: the template.
    ///   - variables: what it sees by name, beside the globals of the environment.
    ///   - host: the recorder of the page; handed to host objects, functions and the loader.
    /// - Returns: what was printed, what was found, and the error that ended it, if one did.
    public func render(
        _ program: Program, variables: Variables, host: AnyObject? = nil
    ) -> RenderResult {
        if program.isBroken { return RenderResult(ofBroken: program) }
        var render = RenderContext(
            host: host, limits: limits, loader: loader, expecting: program.usualSize)
        render.undefined = program.environment.settings.undefined
        let context = TemplateContext(program, given: variables.given)
        render.contexts.append(context)
        var failure: RenderFailure?
        do throws(TemplateError) {
            try render.runRoot(program, context)
        } catch {
            let place = render.failure ?? FailurePlace(program: program, word: 0, calls: [])
            failure = RenderFailure(error, at: place)
            render.addFailure(error, at: place)
        }
        render.breakCircles()
        program.note(size: render.output.count)
        let findings = render.findings
        return RenderResult(
            bytes: render.takeOutput(), diagnostics: findings.diagnostics, failure: failure,
            programsWithFindings: findings.programs)
    }
}

extension Renderer {
    /// What a template sets a variable to, as elements; `nil` if anything is found on the way.
    func evaluate(_ program: Program, _ variables: Variables, _ name: Symbol, host: AnyObject?) -> [Value]? {
        var render = RenderContext(host: host, limits: limits, loader: loader)
        render.undefined = program.environment.settings.undefined
        let context = TemplateContext(program, given: variables.given)
        render.contexts.append(context)
        var elements: [Value]?
        do throws(TemplateError) {
            try render.runRoot(program, context)
            if let value = context.value(of: name) { elements = try render.elements(of: value) }
        } catch {
            elements = nil
        }
        render.breakCircles()
        return render.findings.diagnostics.isEmpty ? elements : nil
    }
}

extension RenderContext {
    /// Adds the error that ended the rendering to the findings.
    fileprivate mutating func addFailure(_ error: TemplateError, at place: FailurePlace) {
        if let broken = place.program.failure, place.word < 0 {
            findings.add(
                broken.code, error.message, hint: error.hint, at: place, range: broken.range)
        } else {
            let isMissing = error.kind == .notFound
            findings.add(
                DiagnosticCode.of(error.kind),
                isMissing ? "there is no template '\(error.message)'" : error.message, hint: error.hint,
                at: place)
        }
    }

    /// Empties what may hold on to itself.
    fileprivate mutating func breakCircles() {
        for cells in cells { cells.values = [] }
        for context in contexts { context.clear() }
        if !modules.isEmpty { modules = [:] }
        for value in circles {
            switch value {
            case .list(let list) where !list.isFrozen: list.items = []
            case .dict(let dict) where !dict.isFrozen: dict.removeAll()
            case .object(let object):
                (object as? Namespace)?.clear()
                (object as? LoopObject)?.clear()
            default: break
            }
        }
    }
}

/// The values a template sees by name. Make it once when many pages share it.
public struct Variables: Sendable {
    /// The names and values as a template is given them; `nil` while there are none.
    private(set) var given: GivenNames?

    /// Values by name; of two with one name, the first counts.
    public init(_ entries: [(Symbol, Value)] = []) {
        if !entries.isEmpty {
            given = GivenNames(names: entries.map(\.0), values: entries.map(\.1), next: nil)
        }
    }

    /// The value of a name; setting it adds, replaces or removes it, which copies the others.
    public subscript(name: Symbol) -> Value? {
        get { given?.value(of: name) }
        set {
            given =
                given?.setting(name, to: newValue)
                ?? newValue.map { GivenNames(names: [name], values: [$0], next: nil) }
        }
    }
}

/// What came of a rendering.
public struct RenderResult: Sendable {
    /// What was printed, as far as it got.
    public var bytes: [UInt8] = []
    /// What was found.
    public var diagnostics: [Diagnostic] = []
    /// The error that ended the rendering, if one did. It is among the diagnostics too, unless the template was
    /// broken before it ran: then ``TemplateCompiler`` has reported it.
    public var failure: RenderFailure?
    /// The programs in which a finding has its place, each once: whoever keeps the findings depends on their
    /// ``Program/positionsFingerprint``.
    public var programsWithFindings: [Program] = []

    /// Nothing printed, nothing found.
    public init() {}

    /// What comes of a template with mistakes.
    @inline(never)
    init(ofBroken program: Program) {
        failure = program.failure
        programsWithFindings = [program]
    }

    init(bytes: [UInt8], diagnostics: [Diagnostic], failure: RenderFailure?, programsWithFindings: [Program])
    {
        self.bytes = bytes
        self.diagnostics = diagnostics
        self.failure = failure
        self.programsWithFindings = programsWithFindings
    }
}

/// An error as Jinja2 would have thrown it.
public struct RenderFailure: Sendable {
    /// What kind of error.
    public let kind: TemplateError.Kind
    /// The template in which it happened.
    public let template: [UInt8]
    /// The line, from 1, as Jinja2 counts: that of the statement, even if the expression goes over several.
    public let line: Int
    /// The column, from 1, of the expression.
    public let column: Int
    /// What happened, in Jinja2's words.
    public let message: String
    /// What to type instead.
    public let hint: String?
    let code: DiagnosticCode
    let range: SourceRange

    /// The failure of a rendering.
    init(_ error: TemplateError, at place: FailurePlace) {
        if let broken = place.program.failure, place.word < 0 {
            self = broken
            return
        }
        kind = error.kind
        template = place.program.name
        range = place.program.range(at: place.word)
        line =
            place.program.source.location(
                of: SourceRange(at: place.program.lineOffset(at: place.word))
            ).line
        column = place.program.source.location(of: range).column
        message = error.message
        hint = error.hint
        code = DiagnosticCode.of(error.kind)
    }

    /// A mistake found while compiling.
    init(_ mistake: Parser.Mistake, template: [UInt8], source: SourceFile) {
        kind = mistake.kind
        self.template = template
        let location = source.location(of: mistake.range)
        line = location.line
        column = location.column
        message = mistake.message
        hint = mistake.hint
        code = mistake.code
        range = mistake.range
    }
}
