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

    /// Renders a template.
    ///
    /// - Parameters:
    ///   - program: the template.
    ///   - variables: what it sees by name, beside the globals of the environment.
    ///   - host: the recorder of the page; handed to host objects, functions and the loader.
    public func render(
        _ program: Program, variables: Variables, host: AnyObject? = nil
    ) -> RenderResult {
        RenderResult()
    }
}

/// The values a template sees by name. Make it once when many pages share it.
public struct Variables: Sendable {
    var names: [Symbol]
    var values: [Value]

    /// Values by name; of two with one name, the last counts.
    public init(_ entries: [(Symbol, Value)] = []) {
        names = entries.map(\.0)
        values = entries.map(\.1)
    }

    /// Adds or replaces a value.
    public subscript(name: Symbol) -> Value? {
        get {
            guard let index = names.lastIndex(of: name) else { return nil }
            return values[index]
        }
        set {
            if let index = names.lastIndex(of: name) {
                if let newValue {
                    values[index] = newValue
                } else {
                    names.remove(at: index)
                    values.remove(at: index)
                }
            } else if let newValue {
                names.append(name)
                values.append(newValue)
            }
        }
    }
}

/// What came of a rendering.
public struct RenderResult: Sendable {
    /// What was printed, as far as it got.
    public var bytes: [UInt8] = []
    /// What was found.
    public var diagnostics: [Diagnostic] = []
    /// The error that ended the rendering, if one did.
    public var failure: RenderFailure?
    /// The programs in which a finding has its place, each once: whoever keeps the findings depends on their
    /// ``Program/positionsFingerprint``.
    public var programsWithFindings: [Program] = []
}

/// An error as Jinja2 would have thrown it.
public struct RenderFailure: Sendable {
    /// What kind of error.
    public let kind: TemplateError.Kind
    /// The template in which it happened.
    public let template: [UInt8]
    /// The line, from 1.
    public let line: Int
    /// The column, from 1.
    public let column: Int
    /// What happened.
    public let message: String
    /// What to type instead.
    public let hint: String?
    /// The template that was not found.
    public let missing: String?
}
