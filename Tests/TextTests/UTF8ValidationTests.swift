import TestSupport
import Testing
import Text

@Suite struct UTF8ValidationTests {
    @Test(
        arguments: [
            ([], nil), ([0x41], nil), ([0xC3, 0xA9], nil), ([0xF0, 0x9F, 0x98, 0x80], nil),
            ([0x80], 0), ([0x41, 0xFF], 1), ([0xC0, 0x80], 0), ([0xC1, 0xBF], 0),
            ([0xE0, 0x80, 0x80], 0), ([0xE0, 0xA0, 0x80], nil),
            ([0xED, 0xA0, 0x80], 0), ([0xED, 0x9F, 0xBF], nil),
            ([0xF0, 0x80, 0x80, 0x80], 0), ([0xF4, 0x8F, 0xBF, 0xBF], nil), ([0xF4, 0x90, 0x80, 0x80], 0),
            ([0xF5, 0x80, 0x80, 0x80], 0), ([0x41, 0xE2, 0x82], 1), ([0xC3], 0), ([0xC3, 0x41], 0),
        ] as [([UInt8], Int?)])
    func `ill-formed sequences are found where they start`(bytes: [UInt8], offset: Int?) {
        #expect(UTF8Validation.firstInvalidOffset(in: bytes) == offset)
        // Behind ASCII of every length up to two words.
        for count in 0..<17 {
            let head = [UInt8](repeating: 0x20, count: count)
            #expect(UTF8Validation.firstInvalidOffset(in: head + bytes) == offset.map { $0 + count })
            #expect(
                UTF8Validation.firstInvalidOffset(in: (head + bytes)[count...]) == offset.map { $0 + count })
        }
    }

    @Test func `it agrees with the standard library on random bytes`() {
        var random = RandomSource(seed: 2)
        let alphabet: [UInt8] = [
            0x41, 0x20, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE2, 0xED, 0xEF,
            0xF0,
            0xF3, 0xF4, 0xF5, 0xFF,
        ]
        for _ in 0..<5000 {
            let bytes = random.bytes(count: random.below(12), from: alphabet)
            let isValid = UTF8Validation.firstInvalidOffset(in: bytes) == nil
            #expect(isValid == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
        }
    }
}
