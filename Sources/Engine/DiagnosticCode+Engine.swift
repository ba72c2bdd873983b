public import Text

extension DiagnosticCode {
    /// A key that depends on itself.
    public static let dependencyCycle = DiagnosticCode(
        "dependency-cycle", .error, "Something is made from itself: two pages embed each other, say.")
    /// A source that cannot be read.
    public static let unreadableFile = DiagnosticCode(
        "unreadable-file", .error,
        "A file or folder is there but cannot be read; a warning for a link that leads nowhere.")
    /// A file of someone else's in the output folder.
    public static let foreignOutput = DiagnosticCode(
        "foreign-output", .error,
        "A file that this product did not write lies where an output should go; --force overwrites it.")
    /// An output that cannot be written.
    public static let unwritableOutput = DiagnosticCode(
        "unwritable-output", .error, "The system refuses to write an output: no space, no permission.")

    /// A link out of the site.
    public static let linkOutside = DiagnosticCode(
        "link-outside", .error, "A symbolic link among the sources leads out of the site; it is not followed."
    )

    /// All codes of the engine.
    public static let ofEngine: [DiagnosticCode] = [
        .dependencyCycle, .unreadableFile, .foreignOutput, .unwritableOutput, .linkOutside,
    ]
}
