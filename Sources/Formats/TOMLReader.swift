import CTOML
import Text

/// Reads TOML 1.0 through toml++: the only file that touches CTOML.
///
/// toml++ stops at the first thing that is wrong and keeps nothing of what came before it.
enum TOMLReader {
    static func read(_ file: SourceFile, _ part: Range<Int>) -> DataDocument {
        let bytes = file.bytes
        let document = unsafe bytes.withUnsafeBytes { buffer in
            let input = unsafe UnsafeRawBufferPointer(rebasing: buffer[part])
            return unsafe ctoml_parse(
                input.baseAddress?.assumingMemoryBound(to: CChar.self), input.count,
                UInt32(DataTree.depthLimit))
        }
        guard let document = unsafe document else {
            preconditionFailure("there is no memory for a TOML document")
        }
        defer { unsafe ctoml_free(document) }
        let lines = LineStarts(file.bytes, part)
        if let problem = unsafe document.pointee.problem {
            let start = lines.offset(unsafe document.pointee.problem_start)
            let end = max(lines.offset(unsafe document.pointee.problem_end), min(start + 1, part.upperBound))
            let range = SourceRange(start, end)
            let finding = unsafe finding(String(cString: problem), range, file)
            return DataDocument(value: .null, diagnostics: [finding])
        }
        var diagnostics: [Diagnostic] = []
        if unsafe document.pointee.is_too_deep != 0 {
            diagnostics.append(
                Diagnostic(
                    .dataLimit, "values nest deeper than \(DataTree.depthLimit) levels",
                    at: SourceRange(part.lowerBound, part.lowerBound), in: file))
        }
        let records = unsafe UnsafeBufferPointer(
            start: document.pointee.records, count: document.pointee.record_count)
        let heap = unsafe Array(
            UnsafeBufferPointer(start: document.pointee.heap, count: document.pointee.heap_count))
        var tree = unsafe Tree(
            records: Array(records), heap: heap, bytes: file.bytes, part: part, lines: lines)
        let root = tree.next().node
        return DataDocument(value: tree.builder.finish(root), diagnostics: diagnostics)
    }

    /// toml++'s sentences, with the two that have findings of their own told apart.
    private static func finding(_ problem: String, _ range: SourceRange, _ file: SourceFile) -> Diagnostic {
        let lower = problem.lowercased()
        if lower.contains("redefine existing") || lower.contains("already") || lower.contains("duplicate") {
            return Diagnostic(.duplicateKey, cleaned(problem), at: range, in: file)
        }
        if lower.contains("could not determine value type") {
            return Diagnostic(
                .unreadableData, "this is no value of TOML", at: range, in: file,
                hint: "write texts in quotes: key = \"text\"")
        }
        let isDate = lower.contains("expected month") || lower.contains("expected day")
        return Diagnostic(
            .unreadableData, cleaned(problem), at: range, in: file,
            hint: isDate ? "write dates like 2026-01-02 or 2026-01-02T15:04:05+01:00" : nil)
    }

    /// Lower case at the start, no full stop.
    private static func cleaned(_ problem: String) -> String {
        var text = problem
        if text.utf8.last == UInt8(ascii: ".") { text.removeLast() }
        // "Error while parsing key-value pair: …" says nothing that the place does not say.
        if text.utf8.starts(with: "Error while parsing ".utf8),
            let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
        {
            let rest = text[text.utf8.index(after: colon)...]
            text = String(rest.drop { $0 == " " })
        }
        guard let first = text.first else { return "this is not TOML" }
        return first.lowercased() + text.dropFirst()
    }

    /// Turns records into nodes.
    private struct Tree: ~Copyable {
        let records: [ctoml_record]
        let heap: [UInt8]
        let bytes: [UInt8]
        let part: Range<Int>
        let lines: LineStarts
        var builder: DataBuilder
        var index = 0

        init(records: [ctoml_record], heap: [UInt8], bytes: [UInt8], part: Range<Int>, lines: LineStarts) {
            self.records = records
            self.heap = heap
            self.bytes = bytes
            self.part = part
            self.lines = lines
            builder = DataBuilder(expectedBytes: part.count)
        }

        /// The next record with all that it holds; recursion is bounded by the depth that CTOML allows.
        mutating func next() -> (node: DataBuilder.Node, record: ctoml_record) {
            let record = records[index]
            index += 1
            let start = lines.offset(record.start)
            let range = SourceRange(start, max(start, lines.offset(record.end)))
            let written = bytes[Int(range.start)..<Int(range.end)]
            switch Int(record.kind) {
            case ctoml_map:
                var entries: [DataBuilder.Entry] = []
                for _ in 0..<record.count {
                    let (node, child) = next()
                    let key = heap[Int(child.key_offset)..<Int(child.key_offset + child.key_count)]
                    let keyRange = SourceRange(lines.offset(child.key_start), lines.offset(child.key_end))
                    entries.append(builder.entry(key, node, keyRange: keyRange))
                }
                return (builder.map(entries, at: range), record)
            case ctoml_list:
                var elements: [DataBuilder.Node] = []
                for _ in 0..<record.count { elements.append(next().node) }
                return (builder.list(elements, at: range), record)
            case ctoml_string:
                let text = heap[Int(record.text_offset)..<Int(record.text_offset + record.text_count)]
                return (builder.string(text, at: range), record)
            case ctoml_boolean: return (builder.boolean(record.integer != 0, at: range), record)
            case ctoml_integer:
                return (builder.integer(Int(record.integer), text: written, at: range), record)
            case ctoml_double: return (builder.double(record.number, text: written, at: range), record)
            case ctoml_date:
                if let parts = date(record) { return (builder.date(parts, text: written, at: range), record) }
                return (builder.string(written, at: range), record)
            default:
                // A time of day without a date has no type of its own here.
                return (builder.string(written, at: range), record)
            }
        }

        private func date(_ record: ctoml_record) -> DateTimeParts? {
            if record.has_time == 0 {
                return DateTimeParts(year: Int(record.year), month: Int(record.month), day: Int(record.day))
            }
            return DateTimeParts(
                year: Int(record.year), month: Int(record.month), day: Int(record.day),
                hour: Int(record.hour),
                minute: Int(record.minute), second: Int(record.second), nanosecond: Int(record.nanosecond),
                offsetSeconds: record.has_offset != 0 ? Int(record.offset_minutes) * 60 : nil)
        }
    }

    /// Where lines start, to turn toml++'s lines and columns into offsets.
    private struct LineStarts {
        private let bytes: [UInt8]
        private let part: Range<Int>
        private var starts: [Int]

        init(_ bytes: [UInt8], _ part: Range<Int>) {
            self.bytes = bytes
            self.part = part
            starts = [part.lowerBound]
            for index in part where bytes[index] == UInt8(ascii: "\n") { starts.append(index + 1) }
        }

        func offset(_ place: ctoml_place) -> Int {
            guard place.line >= 1 else { return part.lowerBound }
            guard Int(place.line) <= starts.count else { return part.upperBound }
            var offset = starts[Int(place.line) - 1]
            var column: UInt32 = 1
            while column < place.column, offset < part.upperBound {
                offset += 1
                while offset < part.upperBound, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
                column += 1
            }
            return offset
        }
    }
}
