import Testing
import Text

/// Checksums are those of the specification's algorithm; the expected numbers are from the xxhash program.
@Suite struct ChecksumTests {
    @Test(
        arguments: [
            ([UInt8](), 0xef46_db37_51d8_e999 as UInt64),
            (Array("a".utf8), 0xd24e_c4f1_a98c_6e5b),
            (Array("abc".utf8), 0x44bc_2cf5_ad77_0999),
            (Array("abcdefgh".utf8), 0x3ad3_5177_5b46_34b7),
            (Array(0..<31), 0xc346_d2b5_9b4d_8ee1),
            (Array(0..<32), 0xcbf5_9c51_16ff_32b4),
            (Array(0..<101), 0xe990_3849_5f85_381e),
            ((0..<1000).map { UInt8($0 % 251) }, 0xf306_f04a_a88b_54d3),
        ] as [([UInt8], UInt64)])
    func isXXH64(bytes: [UInt8], expected: UInt64) {
        #expect(Checksum.of(bytes.span) == expected)
    }
}
