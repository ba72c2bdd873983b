@_spi(_Unicode) import Swift

/// Unicode normalisation.
public enum Normalization {
    /// A text in composed form (NFC, UAX #15).
    ///
    /// The standard library has the tables for comparing strings; its door to them is not yet public API.
    public static func nfc(_ text: String) -> String {
        var composed = String.UnicodeScalarView()
        for scalar in text._nfc { composed.append(scalar) }
        return String(composed)
    }

    /// A name or address in composed form; one that is none of UTF-8 as it is.
    ///
    /// Disks keep names as they were typed, and macOS takes letters and their marks apart: the same `é` is one character
    /// here and two there.
    ///
    /// - Complexity: O(n), at the speed of a look at each byte where there is nothing to compose.
    public static func composed(_ bytes: [UInt8]) -> [UInt8] {
        // Characters below U+0300, which start with lower bytes, are composed.
        if bytes.allSatisfy({ $0 < 0xCC }) || UTF8Validation.firstInvalidOffset(in: bytes) != nil {
            return bytes
        }
        return Array(nfc(String(decoding: bytes, as: UTF8.self)).utf8)
    }

    /// Whether two names are the same to a reader: equal, or equal once composed.
    public static func areEquivalent(
        _ left: some Collection<UInt8>, _ right: some Collection<UInt8>
    ) -> Bool {
        if left.elementsEqual(right) { return true }
        // What is ASCII is equal to nothing else.
        guard left.contains(where: { $0 > 0x7F }), right.contains(where: { $0 > 0x7F }) else { return false }
        return composed(Array(left)) == composed(Array(right))
    }

    /// A text with letters and their marks taken apart (NFD).
    public static func nfd(_ text: String) -> String {
        var decomposed = String.UnicodeScalarView()
        for scalar in text._nfd { decomposed.append(scalar) }
        return String(decomposed)
    }
}
