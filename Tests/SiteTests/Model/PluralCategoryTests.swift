import Site
import Testing

/// Plural forms, with the examples that Unicode CLDR gives beside its rules.
@Suite struct PluralCategoryTests {
    @Test(arguments: [
        ("en", "one 1; other 0 2 11 100"), ("de-AT", "one 1; other 0 2 21"), ("ja", "other 0 1 2 11"),
        ("fr", "one 0 1; other 2 100"), ("pt-BR", "one 0 1; other 2"), ("pt-PT", "one 1; other 0 2"),
        ("ru", "one 1 21 31 101 1001; few 2 3 4 22 102; many 0 5 11 12 14 19 100 1000 111"),
        ("uk", "one 1 21; few 2 24; many 0 11 14 25"), ("sr", "one 1 21; few 2 24; other 0 11 12 14 25"),
        ("pl", "one 1; few 2 3 4 22 102; many 0 5 11 12 14 19 21 100 1000"),
        ("cs", "one 1; few 2 3 4; other 0 5 11 22"),
        ("sl", "one 1 101 201; two 2 102; few 3 4 103; other 0 5 11"),
        ("lt", "one 1 21 101; few 2 9 22 102; other 0 10 11 19 20 111"),
        ("lv", "zero 0 10 11 19 20 100 111; one 1 21 101; other 2 9 22"),
        ("ro", "one 1; few 0 2 16 101 119; other 20 35 100"), ("is", "one 1 21 101; other 0 2 11 111"),
        ("he", "one 1; two 2; other 0 3 10 20"), ("iw", "two 2"),
        ("ar", "zero 0; one 1; two 2; few 3 10 103 110; many 11 26 99 111; other 100 102 200 1000"),
        ("mt", "one 1; two 2; few 0 3 10 103; many 11 19 111; other 20 35 100"),
        ("ga", "one 1; two 2; few 3 6; many 7 10; other 0 11 100"),
        ("gd", "one 1 11; two 2 12; few 3 10 13 19; other 0 20 100"),
        ("cy", "zero 0; one 1; two 2; few 3; many 6; other 4 5 7 100"),
        ("br", "one 1 21 101; two 2 22; few 3 4 9 23 29; many 1000000; other 0 5 11 12 71 72 91 100"),
        ("fil", "one 0 1 2 3 5 7 8 10 13; other 4 6 9 14 104"), ("tzm", "one 0 1 11 99; other 2 10 100"),
        ("", "one 1; other 2"), ("tlh", "one 1; other 0"),
    ])
    func numbersTakeTheFormOfTheirLanguage(language: String, examples: String) {
        for group in examples.split(separator: ";") {
            let words = group.split(separator: " ").map(String.init)
            for word in words.dropFirst() {
                guard let number = Int(word) else { continue }
                #expect(
                    PluralCategory(of: number, in: language).rawValue == words[0], "\(language) \(number)")
                #expect(PluralCategory(of: -number, in: language).rawValue == words[0])
            }
        }
    }

    @Test func everyNumberHasAForm() {
        for language in ["en", "ar", "br", "ru", "lv"] {
            for number in [Int.min, .max, 0] { _ = PluralCategory(of: number, in: language) }
        }
    }
}
