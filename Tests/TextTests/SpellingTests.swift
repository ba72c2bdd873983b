import TestSupport
import Testing
import Text

@Suite struct SpellingTests {
    private let names = [
        "title", "date", "description", "draft", "slug", "tags", "categories", "base_url", "id",
    ]

    @Test(
        arguments: [
            ("titel", "title"), ("Title", "title"), ("desciption", "description"),
            ("descripton", "description"),
            ("dtae", "date"), ("drafts", "draft"), ("tag", "tags"), ("base-url", "base_url"),
            ("BASE_URL", "base_url"),
            ("catgories", "categories"), ("xyz", nil), ("", nil), ("a", nil), ("ix", "id"), ("i", "id"),
            ("weight", nil),
        ] as [(String, String?)])
    func `slips of the finger find their word, others find none`(word: String, expected: String?) {
        #expect(Spelling.nearest(to: word, among: names) == expected)
        #expect(Spelling.nearest(to: word, among: names.reversed()) == expected)
    }

    @Test func `of equally near names the first by bytes wins, whatever the order`() {
        #expect(Spelling.nearest(to: "cat", among: ["hat", "bat", "rat"]) == "bat")
        #expect(Spelling.nearest(to: "cat", among: ["rat", "hat", "bat"]) == "bat")
        #expect(Spelling.nearest(to: "bats", among: ["bat", "bats", "bets"]) == "bats")
        #expect(Spelling.hint(for: "titel", among: names) == "did you mean \"title\"?")
    }

    /// The same distance by its definition, without bounds.
    private func slowDistance(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Int {
        guard let x = a.last, let y = b.last else { return a.count + b.count }
        var best = min(slowDistance(a.dropLast(), b) + 1, slowDistance(a, b.dropLast()) + 1)
        best = min(best, slowDistance(a.dropLast(), b.dropLast()) + (x == y ? 0 : 1))
        if a.count > 1, b.count > 1, x == b.dropLast().last, a.dropLast().last == y {
            best = min(best, slowDistance(a.dropLast(2), b.dropLast(2)) + 1)
        }
        return best
    }

    @Test func `the distance is what its definition says`() {
        var random = RandomSource(seed: 6)
        for _ in 0..<300 {
            let a = random.bytes(count: random.below(6), from: [0x61, 0x62, 0x63])
            let b = random.bytes(count: random.below(6), from: [0x61, 0x62, 0x63])
            let expected = slowDistance(a[...], b[...])
            for limit in 0..<7 {
                #expect(
                    Spelling.distance(from: a, to: b, limit: limit) == (expected <= limit ? expected : nil))
            }
        }
    }
}
