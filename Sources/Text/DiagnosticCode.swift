/// The stable name of a kind of finding, with how serious it is and what it means.
///
/// Each room declares its codes as static constants in one file, `DiagnosticCode+Room.swift`, and lists them
/// there, so that the documentation and the tests see them all.
public struct DiagnosticCode: Hashable, Sendable {
    /// Kebab-case, stable: people write it in `site.json`.
    public let name: String
    /// How serious it is unless the site says otherwise.
    public let severity: Severity
    /// One sentence for the documentation.
    public let summary: String

    /// A code; declare each once.
    public init(_ name: String, _ severity: Severity, _ summary: String) {
        self.name = name
        self.severity = severity
        self.summary = summary
    }

    /// Two codes are the same when their names are.
    public static func == (left: DiagnosticCode, right: DiagnosticCode) -> Bool {
        left.name == right.name
    }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
    }
}
