public import Formats
public import Text

extension SiteConfiguration {
    /// A value set from outside the file: a variable `SITE_…`, or a flag.
    public struct Override: Sendable {
        /// Where it goes: `["params", "color"]`.
        public let path: [String]
        /// Its value as typed: JSON where it is JSON, else text.
        public let value: DataValue
        /// What to call it in findings: `SITE_BASE_URL`, `--base-url`.
        public let name: String

        /// A value from a flag or a test.
        public init(_ path: [String], _ value: DataValue, named name: String) {
            self.path = path
            self.value = value
            self.name = name
        }
    }

    /// Reads `site.json`.
    ///
    /// - Parameters:
    ///   - file: the file, or `nil` where there is none: then all is as by default.
    ///   - environment: the name of the environment, whose part of `environments` is laid over the rest.
    ///   - variables: names and values of the process's variables; those that start with `SITE_` count.
    ///   - overrides: values of flags, which win over all.
    ///   - fallbackTitle: the title where none is set; the name of the site's folder.
    /// - Returns: what is in force, whatever is wrong, and what that is.
    public static func read(
        _ file: SourceFile?, environment: String? = nil, variables: [(name: String, value: String)] = [],
        overrides: [Override] = [], fallbackTitle: String = ""
    ) -> (configuration: SiteConfiguration, diagnostics: [Diagnostic]) {
        let source = file ?? SourceFile(path: "site.json", text: "{}")
        let document = DataReader.read(source, as: .json)
        var diagnostics = document.diagnostics
        var effective = defaults
        var isContentNamed = false
        var environmentOfFile: String?
        if document.value.kind == .map {
            diagnostics += schema.findings(in: document.value, of: source, named: "site.json")
            var own = schema.accepted(of: document.value)
            if let environment {
                if let part = own.value(at: ["environments", environment]) {
                    own = own.overlaid(with: part)
                    environmentOfFile = environment
                } else if let slip = environmentSlip(environment, own) {
                    diagnostics.append(slip)
                }
            }
            // Taxonomies that are named replace those by default: else nobody could be rid of tags.
            if own["taxonomies"] != nil {
                effective = effective.replacing(
                    ["taxonomies"], with: DataValue([(key: String, value: DataValue)]()))
            }
            isContentNamed = own["content"] != nil
            effective = effective.overlaid(with: own)
        } else if diagnostics.isEmpty {
            diagnostics.append(
                Diagnostic(
                    .wrongType, "site.json should be a map of keys, not \(document.value.describedKind)",
                    at: document.value.range, in: source))
        }
        let baseURLOfFile = effective["baseURL"].map { String(decoding: $0.text, as: UTF8.self) } ?? ""
        for override in variableOverrides(variables, effective) + overrides {
            let (cleaned, findings) = checked(override, over: effective)
            diagnostics += findings
            if override.path == ["content"] { isContentNamed = true }
            if let cleaned { effective = cleaned }
        }
        if let title = effective["title"], title.text.isEmpty {
            effective = effective.replacing(["title"], with: DataValue(fallbackTitle))
        }
        var configuration = SiteConfiguration(effective: effective, file: source)
        configuration.isContentNamed = isContentNamed
        configuration.baseURLOfFile = baseURLOfFile
        configuration.environment = environmentOfFile
        let foreign = Dictionary(
            (variableOverrides(variables, effective) + overrides).map { ($0.path, $0.name) }
        ) { $1 }
        configuration.overriddenPaths = foreign.keys.sorted { $0.lexicographicallyPrecedes($1) }
        return (
            configuration,
            diagnostics + configuration.valueFindings(foreign) + variableSlips(variables, effective)
        )
    }

    /// A name of an environment that is nearly one of those in the file. Others need no part of their own.
    private static func environmentSlip(_ name: String, _ own: DataValue) -> Diagnostic? {
        let known = own["environments"]?.entries.map { String($0.keyText) } ?? []
        guard let hint = Spelling.hint(for: name, among: known) else { return nil }
        return Diagnostic(
            .unknownEnvironment, "\"environments\" in site.json has no \"\(name)\"", hint: hint)
    }

    /// The configuration with an override, or what is wrong with it.
    private static func checked(
        _ override: Override, over effective: DataValue
    ) -> (value: DataValue?, findings: [Diagnostic]) {
        let lone = DataValue.null.replacing(override.path, with: override.value)
        let findings = schema.findings(
            in: lone, of: SourceFile(path: override.name, text: ""), named: override.name)
        if findings.isEmpty { return (effective.replacing(override.path, with: override.value), []) }
        // `SITE_TITLE=2026` is typed as a number and meant as text.
        let text = DataValue(String(decoding: override.value.text, as: UTF8.self))
        let asText = DataValue.null.replacing(override.path, with: text)
        if override.value.isScalar,
            schema.findings(in: asText, of: SourceFile(path: override.name, text: ""), named: override.name)
                .isEmpty
        {
            return (effective.replacing(override.path, with: text), [])
        }
        // `SITE_FEEDS_FORMATS=rss,json` is meant as a list.
        if override.value.isScalar {
            let items = DataValue(
                override.value.text.split(separator: UInt8(ascii: ",")).map {
                    DataValue(String(decoding: FrontMatterNormalizer.trimmed($0), as: UTF8.self))
                })
            let asList = DataValue.null.replacing(override.path, with: items)
            if schema.findings(
                in: asList, of: SourceFile(path: override.name, text: ""), named: override.name
            )
            .isEmpty {
                return (effective.replacing(override.path, with: items), [])
            }
        }
        let located = findings.map {
            Diagnostic($0.code, $0.message, hint: $0.hint, notes: [DiagnosticNote("from \(override.name)")])
        }
        return (nil, located)
    }
}
