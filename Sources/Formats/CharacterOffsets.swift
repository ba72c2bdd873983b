/// Turns libyaml's positions, which count characters, into byte offsets.
///
/// Positions come nearly in order, so the last one is remembered and the search goes on from there.
struct CharacterOffsets {
    private let bytes: [UInt8]
    private let part: Range<Int>
    private var character = 0
    private var byte: Int

    init(bytes: [UInt8], part: Range<Int>) {
        self.bytes = bytes
        self.part = part
        byte = part.lowerBound
    }

    /// The byte offset of the character with an index in the part; past the end, the end.
    ///
    /// - Complexity: O(distance to the position asked for before).
    mutating func byte(ofCharacter index: Int) -> Int {
        while character > index, byte > part.lowerBound {
            byte -= 1
            if bytes[byte] & 0xC0 != 0x80 { character -= 1 }
        }
        while character < index, byte < part.upperBound {
            byte += 1
            while byte < part.upperBound, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
            character += 1
        }
        return byte
    }
}
