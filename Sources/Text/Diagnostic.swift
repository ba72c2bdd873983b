/// One finding: what is wrong, where, and what to do.
///
/// The author's mistakes are findings, never errors that are thrown; see `content/docs/architecture.md`.
public struct Diagnostic: Hashable, Sendable {
    /// How serious it is, after the site's own levels have been applied.
    public var severity: Severity
    /// Its stable name.
    public let code: DiagnosticCode
    /// What was found and what was expected: lower case, no full stop.
    public let message: String
    /// Where, or `nil` when no file is to blame.
    public var location: SourceLocation?
    /// What to type instead.
    public var hint: String?
    /// More places and circumstances: first definition, include chain, page being rendered.
    public var notes: [DiagnosticNote]
    /// How often it happened in the same place; more than 1 where repetition was folded.
    public var count: Int

    /// A finding.
    ///
    /// - Parameters:
    ///   - code: what kind; gives the severity.
    ///   - message: lower case, no full stop.
    ///   - location: where.
    ///   - hint: what to type instead.
    ///   - notes: more places.
    public init(
        _ code: DiagnosticCode, _ message: String, at location: SourceLocation? = nil,
        hint: String? = nil, notes: [DiagnosticNote] = []
    ) {
        self.severity = code.severity
        self.code = code
        self.message = message
        self.location = location
        self.hint = hint
        self.notes = notes
        self.count = 1
    }

    /// A finding about a range of a file.
    public init(
        _ code: DiagnosticCode, _ message: String, at range: SourceRange, in file: SourceFile,
        hint: String? = nil, notes: [DiagnosticNote] = []
    ) {
        self.init(code, message, at: file.location(of: range), hint: hint, notes: notes)
    }
}

/// How serious a finding is.
public enum Severity: UInt8, Hashable, Sendable, Comparable {
    /// Worth knowing; changes nothing.
    case note = 0
    /// Published all the same; an error under `--strict`.
    case warning = 1
    /// Nothing is published.
    case error = 2

    /// The word people and programs read.
    public var name: String {
        switch self {
        case .note: "note"
        case .warning: "warning"
        case .error: "error"
        }
    }

    /// From harmless to serious.
    public static func < (left: Severity, right: Severity) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// A further place or circumstance of a finding.
public struct DiagnosticNote: Hashable, Sendable {
    /// What to know: "first defined here", "while rendering content/a.md".
    public let message: String
    /// Where, if it is a place.
    public let location: SourceLocation?

    /// A note.
    public init(_ message: String, at location: SourceLocation? = nil) {
        self.message = message
        self.location = location
    }
}

extension Diagnostic: Comparable {
    /// By place, code, message, and what more is said: the order in which findings are shown. Two that are
    /// shown otherwise are never taken for equal, since their order would depend on who met them first.
    public static func < (left: Diagnostic, right: Diagnostic) -> Bool {
        if let isBefore = isBefore(left.location, right.location) { return isBefore }
        if let isBefore = isBefore(left.code.name, right.code.name) { return isBefore }
        if let isBefore = isBefore(left.message, right.message) { return isBefore }
        for (a, b) in zip(left.notes, right.notes) {
            if let isBefore = isBefore(a.message, b.message) { return isBefore }
            if let isBefore = isBefore(a.location, b.location) { return isBefore }
        }
        if left.notes.count != right.notes.count { return left.notes.count < right.notes.count }
        if left.severity != right.severity { return left.severity < right.severity }
        if left.count != right.count { return left.count < right.count }
        return isBefore(left.hint ?? "", right.hint ?? "") ?? false
    }

    /// Whether one text stands before another; `nil` where they have the same bytes. Characters that Unicode calls
    /// equivalent are not the same bytes.
    private static func isBefore(_ left: String, _ right: String) -> Bool? {
        if left.utf8.elementsEqual(right.utf8) { return nil }
        return left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    /// Whether one place stands before another; `nil` where they are the same.
    private static func isBefore(_ left: SourceLocation?, _ right: SourceLocation?) -> Bool? {
        switch (left, right) {
        case (nil, .some): return true
        case (.some, nil): return false
        case (.some(let a), .some(let b)):
            if a.path != b.path { return a.path < b.path }
            let (one, other) = (
                (a.line, a.column, a.length, a.excerptColumn), (b.line, b.column, b.length, b.excerptColumn)
            )
            if one != other { return one < other }
            return isBefore(a.excerpt, b.excerpt)
        case (nil, nil): return nil
        }
    }
}
