import Text

/// What a rendering has found so far; the same finding at the same place is counted.
struct Findings {
    private struct Key: Hashable {
        let program: ObjectIdentifier
        let word: Int
        let message: String
    }

    private(set) var diagnostics: [Diagnostic] = []
    private(set) var programs: [Program] = []
    private var indexes: [Key: Int] = [:]

    /// Adds a finding, or counts it if it is there. Its place is the range, or else that of the instruction.
    mutating func add(
        _ code: DiagnosticCode, _ message: String, hint: String?, at place: FailurePlace,
        range: SourceRange? = nil
    ) {
        let key = Key(program: ObjectIdentifier(place.program), word: place.word, message: message)
        if let index = indexes[key] {
            diagnostics[index].count += 1
            return
        }
        indexes[key] = diagnostics.count
        let range = range ?? place.program.range(at: place.word)
        diagnostics.append(
            Diagnostic(code, message, at: range, in: place.program.source, hint: hint, notes: notes(place)))
        remember(place.program)
        for call in place.calls { remember(call.program) }
    }

    /// The chain of includes, extends and macros, innermost first.
    private func notes(_ place: FailurePlace) -> [DiagnosticNote] {
        let shown = place.calls.count > 12 ? place.calls.suffix(8) : place.calls[...]
        var notes = shown.reversed().map { call in
            DiagnosticNote(
                Self.words(for: call.kind),
                at: call.program.source.location(of: call.program.range(at: call.word)))
        }
        if shown.count < place.calls.count {
            notes.append(DiagnosticNote("… and \(place.calls.count - shown.count) more"))
        }
        return notes
    }

    private static func words(for kind: CallRecord.Kind) -> String {
        switch kind {
        case .include: "included here"
        case .importing: "imported here"
        case .extending: "extended here"
        case .block(let name): "in block '\(name.text)', placed here"
        case .macro(let name): "in macro '\(name.text)', called here"
        case .callBlock: "in a call block, called here"
        case .recursiveLoop: "in a recursive loop, called here"
        case .module: "in a template that is imported here"
        }
    }

    private mutating func remember(_ program: Program) {
        if !programs.contains(where: { $0 === program }) { programs.append(program) }
    }
}

extension DiagnosticCode {
    /// The code for an error of a kind.
    static func of(_ kind: TemplateError.Kind) -> DiagnosticCode {
        switch kind {
        case .syntax, .assertion: .templateSyntax
        case .notFound, .noneFound: .templateNotFound
        case .undefined: .undefinedValue
        case .limit: .templateLimit
        default: .templateError
        }
    }
}
