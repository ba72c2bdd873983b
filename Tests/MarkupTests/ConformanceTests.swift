import Testing
import Text

@testable import Markup

/// The renderer over the examples of the specifications, byte for byte.
@Suite(.enabled(if: SharedMaterial.exists))
struct ConformanceTests {
    /// Where cmark-gfm 0.29.0.gfm.6 itself differs: numbers of examples.
    @Test(arguments: [
        ("gfm-spec.json", 673, [279, 280]),
        ("commonmark-spec.json", 655, [28, 173, 356, 627, 628]),
    ])
    func everyExampleButThoseTheLibraryMissesIsEqual(file: String, count: Int, missed: [Int]) throws {
        let cases = try ConformanceCase.all(file)
        #expect(cases.count == count)
        var failed: [Int] = []
        for example in cases where Self.render(example) != example.html { failed.append(example.number) }
        #expect(failed == missed)
    }

    @Test(arguments: ["gfm-spec.json", "commonmark-spec.json"])
    func everyExampleIsWhatTheLibraryItselfWrites(file: String) throws {
        for example in try ConformanceCase.all(file) {
            let reference = CommonMarkTree.referenceHTML(
                Array(example.markdown.utf8), extensions: Self.extensions(of: example))
            #expect(
                Self.render(example) == String(decoding: reference, as: UTF8.self),
                "example \(example.number)")
        }
    }

    static func extensions(of example: ConformanceCase) -> MarkdownExtensions {
        var extensions: MarkdownExtensions = []
        for name in example.extensions ?? [] {
            switch name {
            case "table": extensions.insert(.table)
            case "strikethrough": extensions.insert(.strikethrough)
            case "autolink": extensions.insert(.autolink)
            case "tagfilter": extensions.insert(.tagFilter)
            case "tasklist": extensions.insert(.taskList)
            default: break
            }
        }
        return extensions
    }

    static func render(_ example: ConformanceCase) -> String {
        var options = MarkdownOptions()
        options.conformance = true
        options.extensions = extensions(of: example)
        let file = SourceFile(path: "case.md", text: example.markdown)
        return String(decoding: Markdown.render(file, options: options).html, as: UTF8.self)
    }
}
