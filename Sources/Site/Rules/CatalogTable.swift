import Text

/// Where pages stand by a key, as it lies in the store: a table with open addressing, whose places hold a position and 1 more,
/// in 4 bytes, little-endian; 0 is free. A key begins at the lowest bits of its fingerprint, and goes on at the next place.
///
/// What it gives are candidates: whoever asks compares keys. That costs a look at one or two pages, where a dictionary would
/// be made of all of them.
struct CatalogTable: Sendable {
    /// Where the first place is among the bytes that hold it.
    private let start: Int
    /// A power of two.
    private let count: Int

    /// Reads over a table and finds where it is; `nil` where it is none.
    init?(from reader: inout CompactReader, in size: Int) {
        count = reader.number()
        start = size - reader.rest.count
        guard count > 0, count & (count - 1) == 0, count <= reader.rest.count / 4 else { return nil }
        reader.skip(count * 4)
    }

    /// Writes the table of some keys. The order decides where a key lies, so it must be the same for the same keys.
    static func put(_ keys: [(fingerprint: UInt64, position: Int)], to writer: inout CompactWriter) {
        var count = 8
        while count < keys.count * 2 { count *= 2 }
        var places = [UInt32](repeating: 0, count: count)
        for key in keys {
            var place = Int(truncatingIfNeeded: key.fingerprint) & (count - 1)
            while places[place] != 0 { place = (place + 1) & (count - 1) }
            places[place] = UInt32(key.position) + 1
        }
        writer.put(count)
        writer.put(words: places)
    }

    /// The positions that a key may have; one, and seldom another, which the key is not of.
    func candidates(of fingerprint: UInt64, in bytes: [UInt8]) -> [Int] {
        var found: [Int] = []
        var place = Int(truncatingIfNeeded: fingerprint) & (count - 1)
        // A table that is full, which none is that was written here, is walked through once.
        for _ in 0..<count {
            let word = bytes.word(at: start + place * 4)
            if word == 0 { break }
            found.append(Int(word) - 1)
            place = (place + 1) & (count - 1)
        }
        return found
    }
}

extension [UInt8] {
    /// The number in the 4 bytes from a place on, little-endian.
    func word(at place: Int) -> UInt32 {
        UInt32(self[place]) | UInt32(self[place + 1]) << 8 | UInt32(self[place + 2]) << 16
            | UInt32(self[place + 3]) << 24
    }
}
