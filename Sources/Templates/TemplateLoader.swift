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
    /// In one object, since a loader is copied at each question.
    private final class Contents: Sendable {
        let names: DictValue
        let programs: [Program]

        init(_ programs: [Program]) {
            names = DictValue(frozen: programs.enumerated().map { (.text($1.name), .int($0)) })
            self.programs = programs
        }
    }

    private let contents: Contents

    /// A loader of these programs; of two with one name, the last counts.
    public init(_ programs: [Program]) {
        contents = Contents(programs)
    }

    /// The program of that name.
    public func program(named name: [UInt8], from parent: Program?, host: AnyObject?) -> Program? {
        contents.names.position(of: name).map { contents.programs[$0] }
    }

    /// The names of the programs, sorted.
    public func templateNames(host: AnyObject?) -> [[UInt8]] {
        contents.names.keys.compactMap(\.stringValue?.bytes).sorted { $0.lexicographicallyPrecedes($1) }
    }
}
