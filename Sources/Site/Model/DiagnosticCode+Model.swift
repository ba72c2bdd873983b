public import Text

extension DiagnosticCode {
    /// The findings of the content model.
    public static let ofModel: [DiagnosticCode] = [
        impossibleDate, unknownPermalinkToken, pathLeavesOutput, unknownTimeZone, invalidBaseURL,
    ]

    /// A date that no calendar has.
    public static let impossibleDate = DiagnosticCode(
        "impossible-date", .error, "A date is written like one but does not exist, as 30 February.")
    /// A token that no permalink pattern has.
    public static let unknownPermalinkToken = DiagnosticCode(
        "unknown-permalink-token", .error, "A permalink pattern holds a token that is not known.")
    /// A URL that leads out of the output folder.
    public static let pathLeavesOutput = DiagnosticCode(
        "path-leaves-output", .error,
        "A slug, URL or alias leads out of the output folder or cannot be a file name.")
    /// A time zone that nobody knows.
    public static let unknownTimeZone = DiagnosticCode(
        "unknown-time-zone", .error, "The time zone is not in the IANA time zone database.")
    /// A base URL that is none.
    public static let invalidBaseURL = DiagnosticCode(
        "invalid-base-url", .error, "The base URL is not an absolute http or https URL.")
}
