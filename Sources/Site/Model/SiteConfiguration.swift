public import Formats
public import Text

/// `site.json` as a value: what is in force, defaults included.
///
/// Every value has a canonical path (`pagination.size`, `params.colors.accent`), so that whoever reads one
/// value depends on that path alone: ``value(at:)`` and ``fingerprint(at:)``. The typed properties are such
/// reads, one path each; the path is their name.
public struct SiteConfiguration: Sendable {
    /// What is in force: defaults, the file, the environment's part of it, variables and flags, each over the
    /// one before.
    public let effective: DataValue
    /// Where its values were read, for findings of those who use them.
    public let file: SourceFile

    /// Whether somebody said where the content lies, be it where it lies anyway.
    public internal(set) var isContentNamed = false

    /// The base URL that the file has, whatever variables and flags say; a preview has one of its own.
    public internal(set) var baseURLOfFile = ""

    /// The environment whose part of the file is laid over the rest, where it has one: its values stand in that part.
    var environment: String?

    /// The paths of the values that variables and flags have set, sorted: they have no place in the file.
    var overriddenPaths: [[String]] = []

    init(effective: DataValue, file: SourceFile) {
        self.effective = effective
        self.file = file
    }

    /// The value at a path, written with points.
    public func value(at path: String) -> DataValue? { effective.value(at: path) }

    /// The value at a path; for keys that hold points.
    public func value(at path: [String]) -> DataValue? { effective.value(at: path) }

    /// What stands for the value at a path; ``Fingerprint/absent`` where there is none.
    public func fingerprint(at path: String) -> Fingerprint {
        effective.value(at: path)?.fingerprint ?? .absent
    }

    /// The finding about the value at a path, at its place in the file; without a place where the value comes from
    /// somewhere else.
    public func finding(_ code: DiagnosticCode, _ message: String, at path: [String], hint: String? = nil)
        -> Diagnostic
    {
        guard let value = value(at: path) else {
            return Diagnostic(code, message, at: SourceLocation(path: file.path), hint: hint)
        }
        return finding(code, message, at: value, hint: hint)
    }

    /// The finding about a value that was taken out of this configuration.
    func finding(_ code: DiagnosticCode, _ message: String, at value: DataValue, hint: String? = nil)
        -> Diagnostic
    {
        guard case let range = value.range, range.start < range.end, Int(range.end) <= file.bytes.count,
            // A value from a variable or a flag has no place in the file.
            !value.isScalar || value.text.isEmpty
                || file.bytes[Int(range.start)..<Int(range.end)].contains(value.text)
        else { return Diagnostic(code, message, at: SourceLocation(path: file.path), hint: hint) }
        return Diagnostic(code, message, at: range, in: file, hint: hint)
    }

    /// The text at a path; empty where there is none.
    public func text(_ path: String) -> String {
        value(at: path).map { String(decoding: $0.text, as: UTF8.self) } ?? ""
    }

    /// The text at a path, or `nil` where there is none or it is null.
    public func optionalText(_ path: String) -> String? {
        guard let value = value(at: path), value.isScalar else { return nil }
        return String(decoding: value.text, as: UTF8.self)
    }

    /// The texts at a path: of a list, or of one text.
    public func texts(_ path: String) -> [String] {
        guard let value = value(at: path) else { return [] }
        if value.isScalar { return [String(decoding: value.text, as: UTF8.self)] }
        return value.elements.filter(\.isScalar).map { String(decoding: $0.text, as: UTF8.self) }
    }

    /// The truth value at a path; `false` where there is none.
    public func flag(_ path: String) -> Bool { value(at: path)?.boolean ?? false }

    /// The whole number at a path; 0 where there is none.
    public func number(_ path: String) -> Int { value(at: path)?.integer ?? 0 }

    /// The names of the map at a path, in the order written.
    public func keys(_ path: String) -> [String] {
        value(at: path).map { $0.entries.map(\.keyText) } ?? []
    }

    /// What is in force, as JSON: what `site config` prints.
    public var json: [UInt8] { effective.json(.pretty) }
}
