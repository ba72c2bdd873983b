public import Text

extension DiagnosticCode {
    /// The findings of this room.
    public static let ofFormats: [DiagnosticCode] = [
        unreadableData, invalidUTF8, duplicateKey, repeatedKey, dataLimit, unclosedFrontMatter,
        shortDelimiter, unknownKey,
        wrongType,
    ]

    /// The text is not YAML, TOML, JSON or CSV.
    public static let unreadableData = DiagnosticCode(
        "unreadable-data", .error, "The text breaks the rules of its format (YAML, TOML, JSON or CSV).")
    /// Bytes that are not UTF-8.
    public static let invalidUTF8 = DiagnosticCode(
        "invalid-utf8", .error, "The file holds bytes that are not UTF-8.")
    /// One key twice in one map.
    public static let duplicateKey = DiagnosticCode(
        "duplicate-key", .error, "A key is given twice in the same map, with two values.")
    /// One key twice in one map, with the same value: nothing is lost.
    public static let repeatedKey = DiagnosticCode(
        "repeated-key", .warning, "A key is given twice in the same map, with the same value.")
    /// Too deep or too large.
    public static let dataLimit = DiagnosticCode(
        "data-limit", .error, "The data nests too deep, or its aliases stand for too much.")
    /// Front matter that does not end.
    public static let unclosedFrontMatter = DiagnosticCode(
        "unclosed-front-matter", .error, "The front matter starts but its closing line is missing.")
    /// Front matter after two hyphens.
    public static let shortDelimiter = DiagnosticCode(
        "short-delimiter", .warning,
        "A file starts with two hyphens and a key: with three, that were front matter.")
    /// A key that nobody reads.
    public static let unknownKey = DiagnosticCode(
        "unknown-key", .warning, "A key is not one that is understood here.")
    /// A value of another type than expected.
    public static let wrongType = DiagnosticCode(
        "wrong-type", .error, "A value is not of the type that its key takes.")
}
