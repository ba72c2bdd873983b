import Formats
import Text

/// What the variables `SITE_…` of the process set.
extension SiteConfiguration {
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
            // A secret that was never set must not take the addresses off the site.
            if path == ["baseURL"], variable.value.isEmpty { continue }
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
            if let path = path(of: words[...], schema, effective) {
                guard path == ["baseURL"], variable.value.isEmpty else { return nil }
                return Diagnostic(
                    .unknownVariable, "the variable \(variable.name) is empty and sets nothing",
                    hint: "set it, or take it away; --base-url \"\" builds without a base URL")
            }
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
            return schemas.firstResult { path(of: words, $0, value) }
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
        case .map(let item):
            // `LANGUAGES_DE_NAME`: the shortest name with which the rest is a key of what it names.
            if case .object = item.shape {
                for count in 1..<max(words.count, 1) {
                    guard let rest = path(of: words.dropFirst(count), item, nil) else { continue }
                    return [words.prefix(count).joined(separator: "_")] + rest
                }
            }
            return [words.joined(separator: "_")]
        case .any: return [words.joined(separator: "_")]
        // Codes of findings: `CHECK_BROKEN_LINK`.
        case .object(_, others: .some): return [words.joined(separator: "-")]
        default: return nil
        }
    }
}
