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

@Suite struct ByteCursorTests {
    @Test func `it reads forward and never past the end`() {
        let bytes = Array("key: value".utf8)
        var cursor = ByteCursor(bytes.span)
        let count = cursor.skip { $0 != UInt8(ascii: ":") }
        #expect(count == 3)
        let isKey = cursor.slice(from: 0).count == 3
        #expect(isKey)
        let taken = cursor.take(": ")
        let missed = cursor.take("valuable")
        #expect(taken && !missed)
        // The macro cannot hold a cursor, so each answer is taken out first.
        let peeked = [cursor.peek, cursor.peek(4), cursor.peek(5), cursor.peek(-1000)]
        #expect(peeked == [UInt8(ascii: "v"), UInt8(ascii: "e"), 0, 0])
        let found = cursor.next(UInt8(ascii: "u"))
        #expect(found == 8)
        cursor.skip(1000)
        let isAtEnd = cursor.isAtEnd
        #expect(isAtEnd)
        let end = cursor.next()
        #expect(end == nil)
        cursor.move(to: -5)
        let offset = cursor.offset
        #expect(offset == 0)
        let byte = cursor.take(UInt8(ascii: "k"))
        let remaining = cursor.remaining
        #expect(byte && remaining == 9)
    }
}
