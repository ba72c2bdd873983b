import Testing
import TestSupport

@testable import Markup

/// Words are counted eight characters at a time; a count of one by one must agree.
@Suite struct WordCounterTests {
    @Test(arguments: [
        ("", 0), ("one", 1), ("one two", 2), (" - one -- two - ", 2), ("a-b c_d", 2), ("--- ... !!!", 0),
        ("don't 1st 2-3", 3), ("exactly8 exactly8 exactly8", 3), ("sixteen-letters! x", 2),
        ("naïve café", 2), ("日本語 text", 4), ("foo—bar", 2), ("a\tb\nc\r\nd", 4), ("\u{a0}a\u{a0}b", 2),
    ])
    func words(_ text: String, _ count: Int) {
        let bytes = Array(text.utf8)
        #expect(WordCounter.count(bytes, 0..<bytes.count) == count)
        #expect(Self.slowly(text) == count)
    }

    @Test func eightAtATimeIsAsOneByOne() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = RandomSource(seed: seed)
        let pieces = [
            "a", "Z", "9", " ", "  ", "-", ".", "\n", "\u{7f}", "@", "[", "`", "{", "é", "—", "日", "’",
        ]
        for _ in 0..<3_000 {
            var text = ""
            for _ in 0..<random.below(60) { text += pieces[random.below(pieces.count)] }
            let bytes = Array(text.utf8)
            #expect(
                WordCounter.count(bytes, 0..<bytes.count) == Self.slowly(text),
                "seed \(seed): \(text.debugDescription)")
        }
    }

    private static func slowly(_ text: String) -> Int {
        var words = 0
        var isInWord = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "日", "本", "語":
                words += 1
                isInWord = false
            case "—", "\u{a0}": isInWord = false
            case "’": break
            case _ where scalar.properties.isAlphabetic || scalar.properties.numericType != nil:
                if !isInWord { words += 1 }
                isInWord = true
            default: if scalar.value <= 0x20 { isInWord = false }
            }
        }
        return words
    }
}
