import Text

/// Reads CSV as RFC 4180 has it, and TSV: the first row names the columns, each further row is a map.
///
/// Fields in quotes may hold separators, line breaks and doubled quotes; rows end in LF, CR LF or CR; empty
/// lines count for nothing. In TSV (IANA, `text/tab-separated-values`) a quote is text, and no field holds a tab or a line
/// break; a whole field in quotes is taken without them, since spreadsheets write some so. All values are text. A short row
/// leaves its last columns empty.
enum TableReader {
    static func read(_ file: SourceFile, _ part: Range<Int>, separator: UInt8) -> DataDocument {
        var reader = Reader(file: file, part: part, separator: separator)
        let root = reader.table()
        let diagnostics = reader.diagnostics
        return DataDocument(value: reader.builder.finish(root), diagnostics: diagnostics)
    }

    private struct Field {
        var text: [UInt8]
        var range: SourceRange
    }

    private struct Reader: ~Copyable {
        let file: SourceFile
        let bytes: [UInt8]
        let part: Range<Int>
        let separator: UInt8
        var position: Int
        var builder: DataBuilder
        var diagnostics: [Diagnostic] = []

        init(file: SourceFile, part: Range<Int>, separator: UInt8) {
            self.file = file
            bytes = file.bytes
            self.part = part
            self.separator = separator
            position = part.lowerBound
            builder = DataBuilder(expectedBytes: part.count)
        }

        mutating func table() -> DataBuilder.Node {
            var rows: [DataBuilder.Node] = []
            guard let names = row() else {
                return builder.list(rows, at: SourceRange(part.lowerBound, part.upperBound))
            }
            reportRepeats(names)
            while let fields = row() {
                if fields.count > names.count {
                    let extra = fields[names.count]
                    diagnostics.append(
                        Diagnostic(
                            .unreadableData, "the row has \(fields.count) fields, the header \(names.count)",
                            at: extra.range, in: file,
                            hint: "put a field that holds the separator in double quotes"))
                }
                var entries: [DataBuilder.Entry] = []
                entries.reserveCapacity(names.count)
                for (column, name) in names.enumerated() {
                    let end = Int(fields[fields.count - 1].range.end)
                    let field =
                        column < fields.count
                        ? fields[column] : Field(text: [], range: SourceRange(at: end))
                    let node = builder.string(field.text, at: field.range)
                    entries.append(builder.entry(name.text, node, keyRange: name.range))
                }
                let range = SourceRange(Int(fields[0].range.start), Int(fields[fields.count - 1].range.end))
                rows.append(builder.map(entries, at: range))
            }
            return builder.list(rows, at: SourceRange(part.lowerBound, part.upperBound))
        }

        mutating func reportRepeats(_ names: [Field]) {
            var seen: [[UInt8]: Int] = [:]
            for (column, name) in names.enumerated() {
                guard let first = seen.updateValue(column, forKey: name.text) else { continue }
                seen[name.text] = first
                diagnostics.append(
                    Diagnostic(
                        .duplicateKey,
                        "the column \"\(String(decoding: name.text, as: UTF8.self))\" is given twice",
                        at: name.range, in: file,
                        notes: [DiagnosticNote("first given here", at: file.location(of: names[first].range))]
                    ))
            }
        }

        /// The next row that is not empty.
        mutating func row() -> [Field]? {
            while position < part.upperBound, isBreak(bytes[position]) { position += 1 }
            guard position < part.upperBound else { return nil }
            var fields = [field()]
            while position < part.upperBound, bytes[position] == separator {
                position += 1
                fields.append(field())
            }
            return fields
        }

        mutating func field() -> Field {
            let start = position
            if separator == UInt8(ascii: "\t") { return tabbedField() }
            guard position < part.upperBound, bytes[position] == UInt8(ascii: "\"") else {
                while position < part.upperBound, bytes[position] != separator, !isBreak(bytes[position]) {
                    position += 1
                }
                return Field(
                    text: Array(bytes[start..<position]), range: SourceRange(start, position)
                )
            }
            position += 1
            var text: [UInt8] = []
            while position < part.upperBound {
                let byte = bytes[position]
                position += 1
                if byte != UInt8(ascii: "\"") {
                    text.append(byte)
                } else if position < part.upperBound, bytes[position] == UInt8(ascii: "\"") {
                    text.append(byte)
                    position += 1
                } else {
                    skipToSeparator()
                    return Field(text: text, range: SourceRange(start, position))
                }
            }
            diagnostics.append(
                Diagnostic(
                    .unreadableData, "the quoted field is not closed", at: SourceRange(start, start + 1),
                    in: file))
            return Field(text: text, range: SourceRange(start, position))
        }

        /// A field up to the next tab or line break.
        private mutating func tabbedField() -> Field {
            let start = position
            while position < part.upperBound, bytes[position] != separator, !isBreak(bytes[position]) {
                position += 1
            }
            let range = SourceRange(start, position)
            let written = bytes[start..<position]
            let quote = UInt8(ascii: "\"")
            guard written.count >= 2, written.first == quote, written.last == quote,
                let text = Self.unquoted(written.dropFirst().dropLast())
            else { return Field(text: Array(written), range: range) }
            return Field(text: text, range: range)
        }

        /// Text without the second of each two quotes; `nil` when one stands alone.
        private static func unquoted(_ written: ArraySlice<UInt8>) -> [UInt8]? {
            let quote = UInt8(ascii: "\"")
            var text: [UInt8] = []
            var isOpen = false
            for byte in written {
                if byte != quote, isOpen { return nil }
                isOpen = byte == quote && !isOpen
                if !isOpen { text.append(byte) }
            }
            return isOpen ? nil : text
        }

        mutating func skipToSeparator() {
            let start = position
            while position < part.upperBound, bytes[position] != separator, !isBreak(bytes[position]) {
                position += 1
            }
            if position > start {
                diagnostics.append(
                    Diagnostic(
                        .unreadableData, "there is text after the closing quote of a field",
                        at: SourceRange(start, position), in: file,
                        hint: "write \"\" for a quote inside quotes"))
            }
        }

        func isBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
    }
}
