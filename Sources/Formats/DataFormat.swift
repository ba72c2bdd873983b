/// The formats that data is written in.
public enum DataFormat: UInt8, Sendable, CaseIterable {
    /// YAML: 1.2 values, 1.1 syntax; see ``YAMLScalar``.
    case yaml
    /// TOML 1.0.
    case toml
    /// JSON, RFC 8259.
    case json
    /// Comma-separated values, RFC 4180, with a header row.
    case csv
    /// Tab-separated values with a header row.
    case tsv
    /// Lines of `Key: value` at the top of a text, as Pelican has them; no file is written in it alone.
    case metadata

    /// The format of files with an extension (without its dot, in any case), or `nil`.
    public init?(fileExtension: some Collection<UInt8>) {
        switch String(decoding: fileExtension, as: UTF8.self).lowercased() {
        case "yaml", "yml": self = .yaml
        case "toml": self = .toml
        case "json": self = .json
        case "csv": self = .csv
        case "tsv", "tab": self = .tsv
        default: return nil
        }
    }
}
