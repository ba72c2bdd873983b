import Foundation
import TestSupport
import Testing

/// The table of all keys of front matter says each that is understood, with all its names, and no other.
@Suite struct HeadKeyReferenceTests {
    @Test func everyKeyIsInTheTable() throws {
        let source = try #require(SourceTree.text(at: "Sources/Site/Model/FrontMatterField.swift"))
        var keys: [String: Set<String>] = [:]
        for match in source.matches(of: #/case \.(\w+):\s*\[([^\]]*)\]/#) {
            keys[String(match.1).lowercased()] = Set(
                String(match.2).matches(of: #/"(\w+)"/#).map { String($0.1) })
        }
        #expect(keys.count > 30)
        // Those that mean several fields, or one by what is in them.
        let normalizer = try #require(SourceTree.text(at: "Sources/Site/Model/FrontMatterNormalizer.swift"))
        for match in normalizer.matches(of: #/case "(\w+)"(?: where [^:]*)?: \w+\(entry\)/#) {
            keys[String(match.1)] = [String(match.1)]
        }
        let page = try #require(SourceTree.text(at: "content/docs/content.md"))
        var told: [String: Set<String>] = [:]
        for row in page.components(separatedBy: "\n").drop(while: { !$0.hasPrefix("| key | also |") })
            .dropFirst(2)
        {
            let cells = row.components(separatedBy: "|")
            guard row.hasPrefix("| `"), cells.count == 6 else { break }
            let names = (cells[1] + cells[2]).matches(of: #/`(\w+)`/#).map { String($0.1).lowercased() }
            told[names[0]] = Set(names)
        }
        for key in Set(keys.keys).union(told.keys).sorted() {
            #expect(keys[key] == told[key], "\(key)")
        }
    }
}
