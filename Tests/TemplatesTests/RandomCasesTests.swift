import Glibc
import Templates
import Testing

/// Random templates made by `generate_random_cases.py`, compared with what Jinja2 made of them.
struct RandomCasesTests {
    static let folder: String? = {
        guard let value = unsafe getenv("TEMPLATES_RANDOM_CASES") else { return nil }
        return unsafe String(cString: value)
    }()

    @Test("random templates come out as in Jinja2", .enabled(if: folder != nil))
    func randomCases() {
        let folder = Self.folder ?? ""
        func lines(_ name: String) -> [Value] {
            (SharedFiles.read("\(folder)/\(name)") ?? []).split(separator: 0x0A).compactMap {
                JSONReader.value($0, isFrozen: false)
            }
        }
        var shown = 0
        var differing = 0
        let cases = lines("cases.jsonl")
        for (input, expected) in zip(cases, lines("expected.jsonl")) {
            let one = ConformanceCase(name: input["name"]?.plainText ?? "?", input: input, expected: expected)
            guard let difference = one.difference() else { continue }
            differing += 1
            if shown < 40 {
                Issue.record("\(one.name): \(difference)\n\(input["templates"]?["main"]?.plainText ?? "")")
                shown += 1
            }
        }
        #expect(differing == 0, "\(differing) of \(cases.count) differ")
    }
}
