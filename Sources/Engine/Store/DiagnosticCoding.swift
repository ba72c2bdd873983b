import Text

/// Findings as bytes, so that a result that is reused can report them again.
enum DiagnosticCoding {
    static func encode(_ list: [Diagnostic], to encoder: inout Encoder) {
        encoder.number(list.count)
        for finding in list {
            encoder.string(finding.code.name)
            encoder.number(UInt64(finding.code.severity.rawValue))
            encoder.number(UInt64(finding.severity.rawValue))
            encoder.string(finding.message)
            encode(finding.location, to: &encoder)
            encoder.optional(finding.hint)
            encoder.number(finding.count)
            encoder.number(finding.notes.count)
            for note in finding.notes {
                encoder.string(note.message)
                encode(note.location, to: &encoder)
            }
        }
    }

    private static func encode(_ location: SourceLocation?, to encoder: inout Encoder) {
        encoder.number(location == nil ? 0 : 1 as UInt64)
        guard let location else { return }
        encoder.string(location.path.bytes)
        for number in [location.line, location.column, location.length, location.excerptColumn] {
            encoder.number(number)
        }
        encoder.string(location.excerpt)
    }

    static func decode(_ decoder: inout Decoder) -> [Diagnostic] {
        (0..<decoder.count()).map { _ in
            let name = decoder.text()
            let usual = severity(&decoder)
            let severity = severity(&decoder)
            let message = decoder.text()
            let location = location(&decoder)
            let hint = decoder.optionalText()
            let count = decoder.index()
            let notes = (0..<decoder.count()).map { _ in
                let message = decoder.text()
                return DiagnosticNote(message, at: Self.location(&decoder))
            }
            var finding = Diagnostic(
                DiagnosticCode(name, usual, ""), message, at: location, hint: hint, notes: notes)
            finding.severity = severity
            finding.count = count
            return finding
        }
    }

    private static func severity(_ decoder: inout Decoder) -> Severity {
        Severity(rawValue: UInt8(truncatingIfNeeded: decoder.number())) ?? .error
    }

    private static func location(_ decoder: inout Decoder) -> SourceLocation? {
        guard decoder.number() != 0 else { return nil }
        let path = RelativePath(unchecked: Array(decoder.string()))
        let line = decoder.index()
        let column = decoder.index()
        let length = decoder.index()
        let excerptColumn = decoder.index()
        return SourceLocation(
            path: path, line: line, column: column, length: length, excerpt: decoder.text(),
            excerptColumn: excerptColumn)
    }
}
