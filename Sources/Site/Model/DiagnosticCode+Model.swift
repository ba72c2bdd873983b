public import Text

extension DiagnosticCode {
    /// The findings of the content model.
    public static let ofModel: [DiagnosticCode] = [
        impossibleDate, unknownPermalinkToken, pathLeavesOutput, unknownTimeZone, invalidBaseURL,
        invalidRedirect, unknownCode, invalidHeader, unknownEnvironment, unknownVariable, menuEntry,
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
    /// A redirect that cannot be written.
    public static let invalidRedirect = DiagnosticCode(
        "invalid-redirect", .warning,
        "A redirect says not where from or where to, and is left out; or leads in a circle.")
    /// A code of findings that nobody reports.
    public static let unknownCode = DiagnosticCode(
        "unknown-code", .warning, "\"check\" in site.json names a code that no finding has.")
    /// An entry of a menu that shows nothing or leads nowhere.
    public static let menuEntry = DiagnosticCode(
        "menu-entry", .warning, "An entry of a menu in site.json has no \"name\" or no \"url\".")
    /// A header field that no host can send.
    public static let invalidHeader = DiagnosticCode(
        "invalid-header", .error, "A header field of site.json holds a character that HTTP does not allow.")
    /// An environment that nobody described.
    public static let unknownEnvironment = DiagnosticCode(
        "unknown-environment", .warning,
        "The environment asked for is not in site.json, but one of nearly that name is.")
    /// A variable that is nearly one that sets something.
    public static let unknownVariable = DiagnosticCode(
        "unknown-variable", .warning,
        "A variable SITE_… sets nothing: one of nearly that name would, or it is empty.")
    /// A time zone that nobody knows.
    public static let unknownTimeZone = DiagnosticCode(
        "unknown-time-zone", .error, "The time zone is not in the IANA time zone database.")
    /// A base URL that is none.
    public static let invalidBaseURL = DiagnosticCode(
        "invalid-base-url", .error, "The base URL is not an absolute http or https URL.")
}
