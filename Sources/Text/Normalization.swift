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

    /// A text with letters and their marks taken apart (NFD).
    public static func nfd(_ text: String) -> String {
        var decomposed = String.UnicodeScalarView()
        for scalar in text._nfd { decomposed.append(scalar) }
        return String(decomposed)
    }
}
