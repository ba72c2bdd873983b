public import Text

extension DiagnosticCode {
    /// The text is no template.
    public static let templateSyntax = DiagnosticCode(
        "template-syntax", .error, "A template breaks the rules of the language.")
    /// A tag nobody knows.
    public static let unknownTag = DiagnosticCode(
        "unknown-tag", .error, "A template uses a tag that does not exist.")
    /// A filter nobody knows.
    public static let unknownFilter = DiagnosticCode(
        "unknown-filter", .error, "A template uses a filter that does not exist.")
    /// A test nobody knows.
    public static let unknownTest = DiagnosticCode(
        "unknown-test", .error, "A template uses a test that does not exist.")
    /// A template nobody has.
    public static let templateNotFound = DiagnosticCode(
        "template-not-found", .error, "A template extends, includes or imports one that does not exist.")
    /// A block that no parent places.
    public static let unplacedBlock = DiagnosticCode(
        "unplaced-block", .warning,
        "A template fills a block that no template it extends has: what stands in it is never printed.")
    /// Text that no block holds, in a template that extends another.
    public static let unplacedText = DiagnosticCode(
        "unplaced-text", .warning,
        "A template that extends another has text outside of its blocks, which is never printed.")
    /// Something undefined was used.
    public static let undefinedValue = DiagnosticCode(
        "undefined-value", .error, "A template prints, iterates over or computes with something undefined.")
    /// An expression has no value.
    public static let templateError = DiagnosticCode(
        "template-error", .error, "An expression of a template cannot be computed.")
    /// A limit was passed.
    public static let templateLimit = DiagnosticCode(
        "template-limit", .error, "A template passed a limit of depth, steps, output or size.")

    /// All codes of this room.
    public static let ofTemplates: [DiagnosticCode] = [
        .templateSyntax, .unknownTag, .unknownFilter, .unknownTest, .templateNotFound, .unplacedBlock,
        .unplacedText,
        .undefinedValue,
        .templateError, .templateLimit,
    ]
}
