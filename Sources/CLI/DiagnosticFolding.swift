import Text

/// Keeps a thousand findings of one kind from hiding the others.
enum DiagnosticFolding {
    /// How many findings of one code are shown in full.
    static let limit = 10

    /// All errors, those of one place in a template once; of notes and warnings of one code the first few, the last of
    /// them saying how many more there are.
    static func folded(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        let diagnostics = joined(diagnostics)
        var counts: [String: Int] = [:]
        for diagnostic in diagnostics { counts[diagnostic.code.name, default: 0] += 1 }
        var shown: [String: Int] = [:]
        var result: [Diagnostic] = []
        for var diagnostic in diagnostics {
            let name = diagnostic.code.name
            let number = shown[name, default: 0] + 1
            shown[name] = number
            let total = counts[name] ?? 0
            if diagnostic.severity == .error || number < limit || total <= limit {
                result.append(diagnostic)
            } else if number == limit {
                diagnostic.notes.append(
                    DiagnosticNote("\(total - limit) more of this kind; --format json lists all"))
                result.append(diagnostic)
            }
        }
        return result
    }

    /// What one place of a template gives for several pages becomes one finding, which names the first of them and says
    /// how many there are.
    private static func joined(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        var positions: [Place: Int] = [:]
        var result: [Diagnostic] = []
        var others: [Int] = []
        for diagnostic in diagnostics {
            guard let location = diagnostic.location, diagnostic.notes.contains(where: isCircumstance) else {
                result.append(diagnostic)
                others.append(0)
                continue
            }
            let place = Place(
                location: location, code: diagnostic.code.name, message: diagnostic.message,
                hint: diagnostic.hint, notes: diagnostic.notes.filter { !isCircumstance($0) })
            if let first = positions[place] {
                others[first] += 1
            } else {
                positions[place] = result.count
                result.append(diagnostic)
                others.append(0)
            }
        }
        for index in result.indices where others[index] > 0 {
            let count = others[index]
            result[index].notes.append(
                DiagnosticNote(
                    "and \(count) more page\(count == 1 ? "" : "s"); --format json lists all"))
        }
        return result
    }

    /// Whether a note says for which page a template was rendered.
    private static func isCircumstance(_ note: DiagnosticNote) -> Bool {
        note.location == nil && note.message.hasPrefix("while rendering ")
    }

    /// What is told once.
    private struct Place: Hashable {
        let location: SourceLocation
        let code: String
        let message: String
        let hint: String?
        let notes: [DiagnosticNote]
    }
}
