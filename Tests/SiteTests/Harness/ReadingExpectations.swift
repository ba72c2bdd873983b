import Engine
import Formats
import TestSupport
import Testing
import Text

/// One reading of a value, as a test compares it: what an edge keeps of it, and what it gives as text.
struct ReadPart<Value: RuleValue> {
    let name: String
    /// Both for one value.
    let read: (Value) -> (seen: UInt64, told: String)

    /// A reading, of which `tell` says what counts of its result; else all of it does.
    init<Result>(
        _ name: String, _ reading: Reading<Value, Result>,
        tell: @escaping (Result) -> String = { deepText($0) }
    ) {
        self.name = name
        read = { value in (value.fingerprint(of: reading.projection).low, tell(reading.extract(value))) }
    }
}

/// Expects that values in which a reading has the same fingerprint give the same by it: else who read one stays as it is
/// where the other is now.
///
/// - Parameters:
///   - values: what to compare, each with a name.
///   - parts: the readings.
///   - files: the sources of the type, in which every reading must be one of those.
///   - leftOut: readings that are no concern of the test, and why.
///   - sourceLocation: the test.
func expectReadings<Value: RuleValue>(
    of values: [(name: String, value: Value)], _ parts: [ReadPart<Value>], declaredIn files: [String],
    leftOut: KeyValuePairs<String, String> = [:], sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
    let named = Set(parts.map(\.name) + leftOut.map(\.key))
    let declared = Set(files.flatMap { declaredReadings(in: $0, of: "\(Value.self)") })
    #expect(named == declared, sourceLocation: sourceLocation)
    for part in parts {
        var first: [UInt64: (name: String, told: String)] = [:]
        for (name, value) in values {
            let (seen, told) = part.read(value)
            guard let other = first[seen] else {
                first[seen] = (name, told)
                continue
            }
            #expect(
                other.told == told, "\(part.name) of \"\(other.name)\" and \"\(name)\"",
                sourceLocation: sourceLocation)
        }
    }
}

/// The names of the readings that a source declares.
private func declaredReadings(in file: String, of type: String) -> [String] {
    let text = Repository.file(file).map { String(decoding: $0, as: UTF8.self) } ?? ""
    var words: [Substring] = []
    var names: [String] = []
    for word in text.split(whereSeparator: { " \n(:".contains($0) }) {
        words.append(word)
        guard word.hasPrefix("Reading<\(type),") || word == "Reading<" else { continue }
        if let place = words.lastIndex(where: { $0 == "let" || $0 == "func" }), place + 1 < words.count {
            names.append(String(words[place + 1]))
        }
    }
    return names
}

/// All that is in a value, by its parts.
func deepText(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional {
        return mirror.children.first.map { "some(\(deepText($0.value)))" } ?? "nil"
    }
    if mirror.children.isEmpty, mirror.superclassMirror == nil { return String(describing: value) }
    // How keys are found again is no part of a value of the template language.
    let parts = mirror.children.filter { !["run", "marks", "table", "places"].contains($0.label) }
    return "[" + parts.map { "\($0.label ?? "")\(deepText($0.value))" }.joined(separator: ",") + "]"
}

/// A value as it is written, whatever its place: with its kind, since a date and its text read the same.
func written(_ value: DataValue?) -> String {
    guard let value else { return "nil" }
    switch value.kind {
    case .list: return "[" + value.elements.map { written($0) }.joined(separator: ",") + "]"
    case .map:
        return "{" + value.entries.map { "\($0.keyText)=\(written($0.value))" }.joined(separator: ",") + "}"
    default: return "\(value.kind) \(String(decoding: value.text, as: UTF8.self))"
    }
}

/// The same of some, or of none.
func written(_ values: [DataValue]?) -> String {
    values.map { $0.map { written($0) }.joined(separator: "|") } ?? "nil"
}
