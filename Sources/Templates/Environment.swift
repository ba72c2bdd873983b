public import Text

/// The language of a set of templates: settings, and the functions and filters beside the built-in ones.
///
/// A template is compiled for one environment and keeps what it names; give every template of a site the same.
public struct Environment: Sendable {
    /// How templates are read and compiled.
    public var settings: TemplateSettings
    private(set) var filters: [Symbol: FunctionValue] = [:]
    private(set) var globals: [Symbol: Value] = [:]

    /// Jinja2's language with all its filters, tests and functions.
    public init(settings: TemplateSettings = TemplateSettings()) {
        self.settings = settings
    }

    /// Adds or replaces a filter. Its ``Arguments/input`` is what stands before the bar.
    ///
    /// One that gives a list of some of the elements, as the attribute that its first argument names decides, may
    /// be part of a ``CollectionQuery``.
    public mutating func add(
        filter name: String, _ signature: Signature, selectsByAttribute: Bool = false,
        _ body: @escaping FunctionValue.Body
    ) {
        filters[Symbol(name)] = FunctionValue(
            name, signature, selectsByAttribute: selectsByAttribute, body)
    }

    /// Adds or replaces a function that every template can call, also in files that are imported.
    public mutating func add(
        function name: String, _ signature: Signature, _ body: @escaping FunctionValue.Body
    ) {
        globals[Symbol(name)] = .function(FunctionValue(name, signature, body))
    }

    /// Adds or replaces a value that every template sees, also in files that are imported.
    public mutating func add(global name: String, _ value: Value) {
        globals[Symbol(name)] = value
    }

    /// The names of all filters, sorted, for documentation and "did you mean".
    public var filterNames: [String] { names(filters, Builtins.filters) }

    /// The names of all tests, sorted.
    public var testNames: [String] { names([:], Builtins.tests) }

    /// The names of all functions and global values, sorted.
    public var globalNames: [String] { names(globals, Builtins.globals) }

    /// The filter of that name.
    public func filter(named name: Symbol) -> FunctionValue? { filters[name] ?? Builtins.filters[name] }

    /// The test of that name.
    public func test(named name: Symbol) -> FunctionValue? { Builtins.tests[name] }

    /// All functions and global values.
    var allGlobals: [Symbol: Value] {
        var all = Builtins.globals
        if settings.extensions.contains(.i18n) { all.merge(Builtins.translations) { $1 } }
        all.merge(globals) { $1 }
        return all
    }

    private func names<Element>(_ own: [Symbol: Element], _ builtIn: [Symbol: Element]) -> [String] {
        Set(own.keys).union(builtIn.keys).map(\.text).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

/// How templates are read and compiled: Jinja2's settings, with Jinja2's defaults.
public struct TemplateSettings: Sendable, Hashable {
    /// Removes the first newline after a block (not after a variable).
    public var trimBlocks = false
    /// Removes spaces and tabs from the start of a line to a block.
    public var lstripBlocks = false
    /// Keeps the newline at the end of a template.
    public var keepTrailingNewline = false
    /// Whether what is printed is escaped as HTML unless it is safe.
    public var autoescape = false
    /// What using something undefined does.
    public var undefined = UndefinedBehavior.lenient
    /// Tags beyond the language proper.
    public var extensions: TemplateExtensions = []

    /// Jinja2's defaults.
    public init() {}
}

/// Tags beyond the language proper, by the names of Jinja2's extensions.
public struct TemplateExtensions: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: UInt8

    /// A set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `{% do %}`.
    public static let `do` = TemplateExtensions(rawValue: 1)
    /// `{% break %}` and `{% continue %}`.
    public static let loopControls = TemplateExtensions(rawValue: 2)
    /// `{% trans %}`, `_`, `gettext`, `ngettext`.
    public static let i18n = TemplateExtensions(rawValue: 4)
    /// `{% debug %}`.
    public static let debug = TemplateExtensions(rawValue: 8)

    /// The extension of that name (`i18n`, `do`, `loopcontrols`, `debug`), or `nil`.
    public static func named(_ name: String) -> TemplateExtensions? {
        switch name {
        case "do": .do
        case "loopcontrols": .loopControls
        case "i18n": .i18n
        case "debug": .debug
        default: nil
        }
    }
}
