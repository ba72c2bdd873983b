import Templates
import Testing
import Text

/// The shared cases, whose results come from Jinja2 3.1.6.
struct ConformanceTests {
    @Test(
        "the shared Jinja2 cases come out as in Jinja2",
        .enabled(if: SharedFiles.bytes(of: "conformance/jinja/cases.jsonl") != nil),
        arguments: ConformanceCase.categories
    )
    func sharedCases(category: String) {
        for one in ConformanceCase.all where one.name.hasPrefix(category + "/") {
            if let difference = one.difference() { Issue.record("\(one.name): \(difference)") }
        }
    }
}

/// One case: templates, a context, and what Jinja2 makes of them.
struct ConformanceCase: Sendable {
    let name: String
    let input: Value
    let expected: Value

    static let all: [ConformanceCase] = {
        let cases = lines("conformance/jinja/cases.jsonl")
        let expected = lines("conformance/jinja/expected.jsonl")
        return zip(cases, expected).map {
            ConformanceCase(name: $0["name"]?.plainText ?? "?", input: $0, expected: $1)
        }
    }()

    static let categories: [String] = {
        var seen: [String] = []
        for one in all {
            let category = String(one.name.prefix { $0 != "/" })
            if !seen.contains(category) { seen.append(category) }
        }
        return seen
    }()

    static func lines(_ path: String) -> [Value] {
        (SharedFiles.bytes(of: path) ?? []).split(separator: 0x0A).compactMap {
            JSONReader.value($0, isFrozen: false)
        }
    }

    /// What differs from Jinja2, or `nil`.
    func difference() -> String? {
        let result = TestTemplates(input).render()
        if let output = expected["output"]?.plainText {
            if let failure = result.failure {
                return
                    "expected \(quoted(output)), got \(failure.kind) line \(failure.line): \(failure.message)"
            }
            let text = String(decoding: result.bytes, as: UTF8.self)
            return Array(output.utf8) == result.bytes
                ? nil : "expected \(quoted(output)), got \(quoted(text))"
        }
        guard let error = expected["error"] else { return "no expectation" }
        let expectedClass = error["class"]?.plainText ?? "?"
        guard let failure = result.failure else {
            let text = String(decoding: result.bytes, as: UTF8.self)
            return "expected \(expectedClass), got \(quoted(text))"
        }
        let kind = failure.kind.rawValue
        if ErrorFamily(expectedClass) != ErrorFamily(kind) {
            return "expected \(expectedClass), got \(kind): \(failure.message)"
        }
        let template = String(decoding: failure.template, as: UTF8.self)
        if let expectedTemplate = error["template"]?.plainText, expectedTemplate != template {
            return "expected the error in \(expectedTemplate), got \(template)"
        }
        if case .int(let line) = error["line"], line != failure.line {
            return "expected the error on line \(line), got \(failure.line): \(failure.message)"
        }
        return nil
    }

    private func quoted(_ text: String) -> String { text.debugDescription }
}

/// Errors that one family of names means.
enum ErrorFamily: Equatable {
    case syntax, notFound, undefined, runtime, filterArgument, python

    init(_ name: String) {
        switch name {
        case "TemplateSyntaxError", "TemplateAssertionError": self = .syntax
        case "TemplateNotFound", "TemplatesNotFound": self = .notFound
        case "UndefinedError": self = .undefined
        case "TemplateRuntimeError": self = .runtime
        case "FilterArgumentError": self = .filterArgument
        default: self = .python
        }
    }
}
