/// What the caller must provide to find a template by name.
///
/// It is asked while rendering, at each `extends`, `include` and `import`, so that the host can record which
/// template was found and which were looked for in vain.
public protocol TemplateLoader: Sendable {
    /// The program of a template, or `nil` when there is none of that name.
    ///
    /// The loader decides what a name may mean: it never leaves the folders of templates.
    ///
    /// - Parameters:
    ///   - name: as written in the template, UTF-8.
    ///   - parent: the template that asks, `nil` for the first.
    ///   - host: the recorder of the page being rendered.
    /// - Returns: the program, or `nil`.
    func program(named name: [UInt8], from parent: Program?, host: AnyObject?) -> Program?

    /// The names of all templates, for "did you mean" when one is not found; none by default.
    func templateNames(host: AnyObject?) -> [[UInt8]]
}

extension TemplateLoader {
    /// None known.
    public func templateNames(host: AnyObject?) -> [[UInt8]] { [] }
}

/// A loader over a dictionary, for tests and for `site render`.
public struct DictionaryLoader: TemplateLoader {
    private let programs: [[UInt8]: Program]

    /// A loader of these programs.
    public init(_ programs: [Program]) {
        var byName: [[UInt8]: Program] = [:]
        for program in programs { byName[program.name] = program }
        self.programs = byName
    }

    /// The program of that name.
    public func program(named name: [UInt8], from parent: Program?, host: AnyObject?) -> Program? {
        programs[name]
    }

    /// The names of the programs, sorted.
    public func templateNames(host: AnyObject?) -> [[UInt8]] {
        programs.keys.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
