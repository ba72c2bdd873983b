import Formats
import TestSupport
import Testing
import Text

/// A case of `Cases/NAME.txt`: a text, and what another reader makes of it (`Cases/expect.py`).
struct ReaderCase: Sendable, CustomTestStringConvertible {
    let title: String
    let text: String
    /// JSON, or `nil` where the text is wrong.
    let expected: String?

    var testDescription: String { title }

    static func all(_ name: String) -> [ReaderCase] {
        let text = String(decoding: Repository.file("Tests/FormatsTests/Cases/\(name)") ?? [], as: UTF8.self)
        return ("\n" + text).split(separator: "\n=== ").map { part in
            let line = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            let rest = line.count > 1 ? String(line[1]) : ""
            let halves = ("\n" + rest).components(separatedBy: "\n--- expect\n")
            let expected = String(halves.last?.split(separator: "\n").first ?? "")
            return ReaderCase(
                title: String(line[0]), text: String(halves[0].dropFirst()) + (halves[0].isEmpty ? "" : "\n"),
                expected: expected == "error" ? nil : expected)
        }
    }
}

extension String {
    /// The parts between occurrences of a separator.
    func components(separatedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}

/// Whether two values are the same as JSON can tell: numbers by value, dates by their text, maps by their keys
/// (PyYAML puts merged keys first).
func isSameData(_ left: DataValue, _ right: DataValue) -> Bool {
    switch (left.kind, right.kind) {
    case (.list, .list):
        return left.count == right.count && zip(left.elements, right.elements).allSatisfy(isSameData)
    case (.map, .map):
        return left.count == right.count
            && left.entries.allSatisfy { entry in
                right[entry.key].map { isSameData(entry.value, $0) } ?? false
            }
    case (.null, .null): return true
    case (.boolean, .boolean): return left.boolean == right.boolean
    case (.date, .string): return left.date.map { Array($0.text.utf8)[...] == right.text } ?? false
    case (.double, .null): return left.double.map { !$0.isFinite } ?? false
    case (.integer, .integer), (.integer, .double), (.double, .integer), (.double, .double):
        return left.double == right.double
            && (left.kind != .integer || left.integer == right.integer || right.kind == .double)
    default: return left.kind == right.kind && left.text.elementsEqual(right.text)
    }
}

@Suite struct ReaderCases {
    private func expectAgreement(_ example: ReaderCase, as format: DataFormat) throws {
        let document = DataReader.read(SourceFile(path: example.title, text: example.text), as: format)
        let errors = document.diagnostics.filter { $0.severity == .error }
        guard let json = example.expected else {
            #expect(
                !errors.isEmpty,
                "read without a finding: \(String(decoding: document.value.json(), as: UTF8.self))")
            #expect(errors.allSatisfy { $0.location != nil && !$0.message.isEmpty })
            return
        }
        #expect(errors.isEmpty, "\(errors.map(\.message))")
        let expected = DataReader.read(SourceFile(path: "expected", text: json), as: .json)
        try #require(expected.diagnostics.isEmpty)
        let found = String(decoding: document.value.json(), as: UTF8.self)
        #expect(isSameData(document.value, expected.value), "\(found) is not \(json)")
    }

    @Test(arguments: ReaderCase.all("yaml.txt"))
    func yamlIsReadAsPyYAMLReadsIt(_ example: ReaderCase) throws {
        try expectAgreement(example, as: .yaml)
    }

    @Test(arguments: ReaderCase.all("heads.txt"))
    func headsAreReadAsPyYAMLReadsThem(_ example: ReaderCase) throws {
        try expectAgreement(example, as: .yaml)
    }

    @Test(arguments: ReaderCase.all("toml.txt"))
    func tomlIsReadAsPythonReadsIt(_ example: ReaderCase) throws {
        try expectAgreement(example, as: .toml)
    }

    @Test func thereAreCases() {
        #expect(ReaderCase.all("yaml.txt").count > 80)
        #expect(ReaderCase.all("heads.txt").count > 10)
        #expect(ReaderCase.all("toml.txt").count > 30)
    }
}
