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
        if document.value.kind == .map {
            diagnostics += schema.findings(in: document.value, of: source, named: "site.json")
            var own = schema.accepted(of: document.value)
            if let environment {
                if let part = own.value(at: ["environments", environment]) {
                    own = own.overlaid(with: part)
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
        let foreign = Dictionary(
            (variableOverrides(variables, effective) + overrides).map { ($0.path, $0.name) }
        ) { $1 }
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

    /// What types cannot say: zones, URLs and patterns that are none.
    ///
    /// - Parameter foreign: the values that do not come from the file, and the names of where they come from.
    /// - Returns: the findings.
    private func valueFindings(_ foreign: [[String]: String]) -> [Diagnostic] {
        func finding(_ code: DiagnosticCode, _ message: String, at path: String, hint: String?) -> Diagnostic
        {
            guard let name = foreign[[path]] else {
                return self.finding(code, message, at: [path], hint: hint)
            }
            return Diagnostic(code, message, hint: hint, notes: [DiagnosticNote("from \(name)")])
        }
        var findings: [Diagnostic] = []
        let zone = text("timeZone")
        if TimeZoneRules(named: zone) == nil {
            findings.append(
                finding(
                    .unknownTimeZone, "no time zone is named \"\(zone)\"", at: "timeZone",
                    hint: Spelling.hint(for: zone, among: TimeZoneRules.names)))
        }
        if BaseURL(text("baseURL")) == nil {
            findings.append(
                finding(
                    .invalidBaseURL, "the base URL should be an absolute http or https URL", at: "baseURL",
                    hint: "write it like https://example.org/"))
        }
        let tag = text("language")
        if !Self.isLanguageTag(tag) {
            findings.append(
                finding(
                    .wrongType, "language should be a language's tag, not \"\(tag)\"", at: "language",
                    hint: "write it like en or pt-BR"))
        }
        for key in ["content", "data"] where RelativePath(text(key)) == nil {
            findings.append(
                finding(
                    .wrongType, "\(key) should be a folder of the site, not \"\(text(key))\"", at: key,
                    hint: "name it from the folder of site.json on"))
        }
        for (section, _) in permalinks {
            guard let value = value(at: ["permalinks", section]) else { continue }
            findings += PermalinkPattern.read(value.text, at: value.range, in: file).diagnostics
        }
        return findings + redirectFindings + headerFindings + codeFindings + outputFindings + menuFindings
    }

    /// Whether a text has the form of a language tag (RFC 5646): parts of up to eight letters and digits, letters alone in
    /// the first.
    private static func isLanguageTag(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return parts.enumerated().allSatisfy { index, part in
            (1...8).contains(part.count)
                && part.allSatisfy { byte in
                    (byte | 0x20) &- UInt8(ascii: "a") < 26 || (index > 0 && byte &- UInt8(ascii: "0") < 10)
                }
        }
    }

    /// Redirects from and to nowhere.
    private var redirectFindings: [Diagnostic] {
        redirects.compactMap { from, to in
            let shown = from.keyText
            let target = to.kind == .map ? to.entries[Array("to".utf8)]?.value : to
            guard let target, target.isScalar, !target.text.isEmpty else {
                return Diagnostic(
                    .invalidRedirect, "the redirect from \"\(shown)\" says not where to", at: to.range,
                    in: file,
                    hint: "write {\"\(shown)\": \"/new/\"}")
            }
            if from.key.contains(UInt8(ascii: "*")) {
                return Diagnostic(
                    .aliasPattern,
                    "the redirect from \"\(shown)\" is a pattern, for which no page can be written",
                    at: from.keyRange, in: file,
                    hint: "name the addresses one by one, or let the host redirect them")
            }
            switch OutputRoute.make(RoutePlanner.path(of: Array(from.key))) {
            case .success: return nil
            case .failure(.hasQuery):
                return Diagnostic(
                    .invalidRedirect,
                    "the redirect from \"\(shown)\" cannot be written: a file cannot tell addresses apart by ? or #",
                    at: from.keyRange, in: file, hint: "let the host redirect it")
            case .failure(let problem):
                return Diagnostic(
                    .pathLeavesOutput, "the redirect from \"\(shown)\" \(problem.message)", at: from.keyRange,
                    in: file)
            }
        }
    }

    /// Header fields that no host could send (RFC 9110, section 5): a line of them would be another field.
    private var headerFindings: [Diagnostic] {
        var findings: [Diagnostic] = []
        for path in value(at: "headers")?.entries.map({ $0 }) ?? [] {
            func check(_ bytes: ArraySlice<UInt8>, _ range: SourceRange, isName: Bool) {
                let isFine = bytes.allSatisfy { byte in
                    byte >= 0x20 && byte != 0x7F && (!isName || (byte != 0x20 && byte != UInt8(ascii: ":")))
                }
                if isFine, !isName || !bytes.isEmpty { return }
                findings.append(
                    Diagnostic(
                        .invalidHeader, "a header field cannot hold this character", at: range, in: file,
                        hint: "write {\"/path/*\": {\"Name\": \"value\"}}"))
            }
            check(path.key, path.keyRange, isName: false)
            for field in path.value.entries {
                check(field.key, field.keyRange, isName: true)
                for value in field.value.kind == .list ? field.value.elements.map({ $0 }) : [field.value] {
                    check(value.text, value.range, isName: false)
                }
            }
        }
        return findings
    }

    /// Further outputs that nothing makes: there are pages as JSON.
    private var outputFindings: [Diagnostic] {
        var findings: [Diagnostic] = []
        func report(_ name: String, _ known: [String], at range: SourceRange) {
            if known.contains(name) { return }
            findings.append(
                Diagnostic(
                    .unknownKey, "\"outputs\" knows no \"\(name)\"", at: range, in: file,
                    hint: Spelling.hint(for: name, among: known)
                        ?? "known is {\"page\": [\"json\"]}; feeds are set by \"feeds\""))
        }
        for entry in value(at: "outputs")?.entries.map({ $0 }) ?? [] {
            report(entry.keyText, ["page"], at: entry.keyRange)
            for output in entry.value.kind == .list ? Array(entry.value.elements) : [entry.value]
            where output.isScalar {
                report(String(decoding: output.text, as: UTF8.self), ["json", "html"], at: output.range)
            }
        }
        return findings
    }

    /// Levels of findings that nobody reports.
    private var codeFindings: [Diagnostic] {
        guard let map = value(at: "check") else { return [] }
        let known = DiagnosticCode.ofAll.map(\.name)
        return map.entries.compactMap { entry in
            let name = entry.keyText
            if name == "ignore" || known.contains(name) { return nil }
            return Diagnostic(
                .unknownCode, "no finding has the code \"\(name)\"", at: entry.keyRange, in: file,
                hint: Spelling.hint(for: name, among: known))
        }
    }

    /// The overrides out of variables: `SITE_BASE_URL`, `SITE_PAGINATION_SIZE`, `SITE_PARAMS_COLOR`.
    ///
    /// Words between `_` are matched against keys without regard to case, the longest first; below maps of the
    /// author's own keys, what is left is one key in lower case unless the map has one that matches.
    static func variableOverrides(
        _ variables: [(name: String, value: String)], _ effective: DataValue
    ) -> [Override] {
        var overrides: [Override] = []
        let prefix = "SITE_"
        for variable in variables.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
        where variable.name.hasPrefix(prefix) && variable.name.utf8.count > prefix.utf8.count {
            let words = variable.name.dropFirst(prefix.count).split(separator: "_").map { $0.lowercased() }
            guard let path = path(of: words[...], schema, effective) else { continue }
            overrides.append(Override(path, DataValue(typed: variable.value), named: variable.name))
        }
        return overrides
    }

    /// Variables that set nothing but are nearly called like one that would; others may be anybody's.
    static func variableSlips(
        _ variables: [(name: String, value: String)], _ effective: DataValue
    ) -> [Diagnostic] {
        let prefix = "SITE_"
        var known: [String] = []
        func collect(_ schema: Schema, _ name: String) {
            guard case .object(let properties, _) = schema.shape else { return }
            for property in properties {
                let own = prefix + Self.variableName(property.name)
                let whole = name.isEmpty ? own : name + "_" + own.dropFirst(prefix.count)
                known.append(whole)
                collect(property.schema, whole)
            }
        }
        return variables.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.compactMap {
            variable in
            // Short names are near to too many.
            guard variable.name.hasPrefix(prefix), variable.name.utf8.count >= prefix.utf8.count + 5 else {
                return nil
            }
            let words = variable.name.dropFirst(prefix.count).split(separator: "_").map { $0.lowercased() }
            if path(of: words[...], schema, effective) != nil { return nil }
            if known.isEmpty { collect(schema, "") }
            // The prefix is in all of them and no letter to be measured.
            let rest = String(variable.name.dropFirst(prefix.count))
            guard
                let near = Spelling.nearest(to: rest, among: known.map { String($0.dropFirst(prefix.count)) })
            else { return nil }
            return Diagnostic(
                .unknownVariable, "the variable \(variable.name) sets nothing",
                hint: "did you mean \(prefix)\(near)?")
        }
    }

    /// `baseURL` as `BASE_URL`.
    private static func variableName(_ key: String) -> String {
        var name = ""
        var wasLower = false
        for character in key {
            if character.isUppercase, wasLower { name.append("_") }
            wasLower = character.isLowercase
            name += character.uppercased()
        }
        return name
    }

    private static func path(of words: ArraySlice<String>, _ schema: Schema, _ value: DataValue?) -> [String]?
    {
        if words.isEmpty { return [] }
        let known: [(name: String, schema: Schema)]
        switch schema.shape {
        case .object(let properties, _): known = properties.map { ($0.name, $0.schema) }
        case .map(let item): known = value.map { $0.entries.map { ($0.keyText, item) } } ?? []
        case .any: known = value.map { $0.entries.map { ($0.keyText, .any) } } ?? []
        case .oneOf(let schemas):
            return schemas.lazy.compactMap { path(of: words, $0, value) }.first
        default: return nil
        }
        for count in stride(from: words.count, to: 0, by: -1) {
            let joined = words.prefix(count).joined()
            guard
                let key = known.first(where: {
                    $0.name.lowercased().filter { $0 != "_" && $0 != "-" } == joined
                })
            else { continue }
            if let rest = path(of: words.dropFirst(count), key.schema, value?[key.name]) {
                return [key.name] + rest
            }
        }
        switch schema.shape {
        case .map, .any: return [words.joined(separator: "_")]
        default: return nil
        }
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
        let located = findings.map {
            Diagnostic($0.code, $0.message, hint: $0.hint, notes: [DiagnosticNote("from \(override.name)")])
        }
        return (nil, located)
    }
}
