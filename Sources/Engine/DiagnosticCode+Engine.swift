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
        "A file that this product did not write lies where an output should go, or a link stands in the way.")
    /// A file that was written for another place.
    public static let strayOutput = DiagnosticCode(
        "stray-output", .warning,
        "A file that this product wrote for another place lies in the output folder: moved, or put back from a copy. It is left alone, and not an error under `--strict`."
    )
    /// A folder that holds files of others when it is first built into.
    public static let sharedOutput = DiagnosticCode(
        "shared-output", .warning,
        "The output folder holds files of others when it is first built into. They are left alone; not an error under `--strict`."
    )
    /// An output that cannot be written.
    public static let unwritableOutput = DiagnosticCode(
        "unwritable-output", .error, "The system refuses to write an output: no space, no permission.")

    /// A link out of the site.
    public static let linkOutside = DiagnosticCode(
        "link-outside", .error, "A symbolic link among the sources leads out of the site; it is not followed."
    )

    /// All codes of the engine.
    public static let ofEngine: [DiagnosticCode] = [
        .dependencyCycle, .unreadableFile, .foreignOutput, .strayOutput, .sharedOutput, .unwritableOutput,
        .linkOutside,
    ]
}
