import Testing
import Text

@Suite struct FingerprintTests {
    // Made with a SipHash in Python whose 2-4-128 variant gives the reference implementation's vectors; here
    // with one and three rounds, our key, and the bytes 0, 1, 2, … .
    @Test(
        arguments: [
            (0, 0xce9e_e7c7_a92f_7bbe, 0x16b8_1c16_f443_e949),
            (1, 0xc9d3_4fbf_3a72_8a8e, 0xb464_f57e_b780_547c),
            (7, 0xde07_69d8_cdc9_939e, 0xc424_52cc_1876_4a37),
            (8, 0x083d_dc11_194c_d9ad, 0x2477_12c5_9a0b_668c),
            (9, 0x9da4_8d06_94ce_c087, 0xe4e0_dfeb_2bcb_4aa6),
            (15, 0x0aa1_35a0_5700_9065, 0xa011_8622_62c2_f71a),
            (16, 0x42d1_a950_5137_3afa, 0x5201_ec83_1bac_3f05),
            (63, 0xe570_2b2a_baf3_7669, 0x3c81_cd0a_fbd7_4ad6),
            (64, 0xc146_26ae_c845_354f, 0xa1c1_55ac_0442_4d6a),
            (255, 0x3e56_f5d6_528b_c9d9, 0xde35_fbd7_915b_3edf),
            (300, 0xa5c6_b8cd_8946_44df, 0x4631_8196_ea46_ec40),
        ] as [(Int, UInt64, UInt64)])
    func `it is SipHash-1-3-128`(count: Int, low: UInt64, high: UInt64) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let expected = Fingerprint(low: low, high: high)
        // In one piece, and in two cut anywhere.
        for cut in 0...count {
            var builder = FingerprintBuilder()
            let (head, tail) = (bytes[..<cut], bytes[cut...])
            builder.append(head.span)
            builder.append(tail.span)
            #expect(builder.finish() == expected, "cut at \(cut)")
        }
    }

    // Made with the same Python, and the lanes of XXH64 before it for 128 bytes and more. The list of outputs keeps
    // these between versions of the program: other numbers take another type of frame in `OutputLedger`.
    @Test(
        arguments: [
            (0, 0x9d7d_c9c2_aaf2_ac89, 0xf425_f3e6_1db8_6b5f),
            (127, 0xb18b_eed0_f8f9_a10e, 0xbebe_76a7_ecfd_e1ff),
            (128, 0xfd04_6d3e_02bd_b87d, 0x4a00_a7d7_82bb_db73),
            (200, 0x91d4_4ba4_525f_b1b7, 0x4894_b278_6d06_dbad),
            (1000, 0x6b05_7e78_5fda_8bd4, 0x0cf0_8281_2d60_86f3),
        ] as [(Int, UInt64, UInt64)])
    func `what stands for content stays the same`(count: Int, low: UInt64, high: UInt64) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        #expect(Fingerprint(of: bytes) == Fingerprint(low: low, high: high))
    }

    @Test func `numbers are their eight bytes, wherever they stand`() {
        for before in 0..<9 {
            let head = [UInt8](repeating: 7, count: before)
            var one = FingerprintBuilder()
            one.append(head.span)
            one.combine(0x0102_0304_0506_0708 as UInt64)
            var other = FingerprintBuilder()
            let bytes = head + [8, 7, 6, 5, 4, 3, 2, 1]
            other.append(bytes.span)
            #expect(one.finish() == other.finish())
        }
    }

    @Test func `parts cannot be confused`() {
        func fingerprint(_ parts: [String]) -> Fingerprint {
            var builder = FingerprintBuilder()
            for part in parts { builder.combine(part) }
            return builder.finish()
        }
        #expect(fingerprint(["ab", "c"]) != fingerprint(["a", "bc"]))
        #expect(fingerprint(["", "a"]) != fingerprint(["a", ""]))
        #expect(fingerprint(["a"]) == Fingerprint(of: "a"))
        #expect(Fingerprint(of: "é") == Fingerprint(of: Array("é".utf8)))
        #expect(Fingerprint(of: "é") != Fingerprint(of: "e\u{301}"))
    }

    @Test func `the builder may go on after it was asked`() {
        var builder = FingerprintBuilder()
        builder.combine("a")
        let first = builder.finish()
        #expect(builder.finish() == first)
        builder.combine("b")
        #expect(builder.finish() != first)
    }
}

@Suite struct SHA256Tests {
    // FIPS 180-4 examples and lengths around the block.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
    ])
    func `the standard's examples come out`(text: String, expected: String) {
        let bytes = Array(text.utf8)
        #expect(SHA256.hex(SHA256.hash(bytes)) == expected)
        for cut in 0...bytes.count {
            var hash = SHA256()
            let (head, tail) = (bytes[..<cut], bytes[cut...])
            hash.update(head.span)
            hash.update(tail.span)
            #expect(SHA256.hex(hash.finish()) == expected)
        }
    }

    @Test func `a million letters come out`() {
        var hash = SHA256()
        let part = [UInt8](repeating: UInt8(ascii: "a"), count: 1000)
        for _ in 0..<1000 { hash.update(part.span) }
        #expect(
            SHA256.hex(hash.finish()) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }
}
