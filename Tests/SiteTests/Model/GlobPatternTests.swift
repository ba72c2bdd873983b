import Testing

@testable import Site

/// Patterns of paths.
@Suite struct GlobPatternTests {
    @Test(arguments: [
        ("/blog/*", "/blog/a", true), ("/blog/*", "/blog/a/b", false), ("/blog/**", "/blog/a/b", true),
        ("/blog/?", "/blog/a", true), ("/blog/?", "/blog/ab", false), ("/blog/", "/blog", true),
        ("{page,section}", "section", true), ("{page,section}", "sectio", false),
        ("/{a,b*}/{c,d/**}", "/bee/d/e/f", true), ("/{a,b*}/{c,d/**}", "/bee/e", false),
        ("{,x}y", "y", true), ("{a}", "a", true), ("{}", "", true), ("a{b", "a{b", true),
        ("a}b", "a}b", true),
        ("{a,b}{c", "b{c", true), ("*{a,b}?", "aab/a!", false), ("**{a,b}?", "aab/a!", true),
    ])
    func aPatternMatches(_ pattern: String, _ path: String, _ matches: Bool) {
        let glob = GlobPattern(pattern.utf8, matchesWhole: true, hasChoices: true)
        #expect(glob.matches(Array(path.utf8)) == matches)
        // What is written to the store is read back as the same.
        let again = GlobPattern(glob.bytes, matchesWhole: true, hasChoices: true)
        #expect(again.matches(Array(path.utf8)) == matches)
    }

    @Test func bracesAreNoChoiceWhereTheyAreNone() {
        #expect(GlobPattern("{a,b}.md".utf8).matches(Array("x/{a,b}.md".utf8)))
        #expect(!GlobPattern("{a,b}.md".utf8).matches(Array("x/a.md".utf8)))
    }

    /// Two to the power of sixty patterns, had they to be written out.
    @Test func manyChoicesAreNotMultipliedOut() {
        let pattern = GlobPattern(
            String(repeating: "{a,b}", count: 60).utf8, matchesWhole: true, hasChoices: true)
        #expect(pattern.matches(Array(String(repeating: "ab", count: 30).utf8)))
        #expect(!pattern.matches(Array(String(repeating: "ab", count: 29).utf8)))
    }
}
