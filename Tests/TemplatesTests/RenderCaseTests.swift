import Glibc
import Templates
import Testing
import Text

/// Our own cases, written by `update_cases.py`, which asks Jinja2 for what they come to.
struct RenderCaseTests {
    @Test("our cases come out as in Jinja2", arguments: RenderCase.all)
    func renderCase(one: RenderCase) {
        if let difference = one.conformance.difference() { Issue.record("\(one.name): \(difference)") }
    }
}

/// A case, and what Jinja2 makes of it.
struct RenderCase: Sendable, CustomTestStringConvertible {
    let name: String
    let conformance: ConformanceCase

    var testDescription: String { name }

    static let all: [RenderCase] = {
        let path = SharedFiles.repository + "/Tests/TemplatesTests/Cases/render.jsonl"
        let expectedPath = SharedFiles.repository + "/Tests/TemplatesTests/Cases/render.expected.jsonl"
        func lines(_ path: String) -> [Value] {
            (SharedFiles.read(path) ?? []).split(separator: 0x0A).compactMap {
                JSONReader.value($0, isFrozen: false)
            }
        }
        return zip(lines(path), lines(expectedPath)).map { input, expected in
            let name = input["name"]?.plainText ?? "?"
            return RenderCase(
                name: name, conformance: ConformanceCase(name: name, input: input, expected: expected))
        }
    }()

    static var sources: [(name: String, text: [UInt8])] {
        all.flatMap { one -> [(name: String, text: [UInt8])] in
            guard case .dict(let dict) = one.conformance.input["templates"] else { return [] }
            return dict.values.map { (one.name, $0.stringValue?.bytes ?? []) }
        }
    }
}
