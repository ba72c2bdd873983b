import Formats
import Text

/// What is wrong with values that have the right type.
extension SiteConfiguration {
    /// What types cannot say: zones, URLs and patterns that are none.
    ///
    /// - Parameter foreign: the values that do not come from the file, and the names of where they come from.
    /// - Returns: the findings.
    func valueFindings(_ foreign: [[String]: String]) -> [Diagnostic] {
        func finding(_ code: DiagnosticCode, _ message: String, at path: [String], hint: String?)
            -> Diagnostic
        {
            guard let name = foreign[path] else {
                return self.finding(code, message, at: path, hint: hint)
            }
            return Diagnostic(code, message, hint: hint, notes: [DiagnosticNote("from \(name)")])
        }
        var findings: [Diagnostic] = []
        let zone = text("timeZone")
        if TimeZoneRules(named: zone) == nil {
            findings.append(
                finding(
                    .unknownTimeZone, "no time zone is named \"\(zone)\"", at: ["timeZone"],
                    hint: Spelling.hint(for: zone, among: TimeZoneRules.names)))
        }
        let base = text("baseURL")
        if BaseURL(base) == nil {
            let hasQuery = base.contains("?") || base.contains("#")
            findings.append(
                finding(
                    .invalidBaseURL,
                    hasQuery
                        ? "the base URL should have neither ? nor #"
                        : "the base URL should be an absolute http or https URL", at: ["baseURL"],
                    hint: "write it like https://example.org/"))
        }
        let tag = text("language")
        if !Self.isLanguageTag(tag) {
            findings.append(
                finding(
                    .wrongType, "language should be a language's tag, not \"\(tag)\"", at: ["language"],
                    hint: "write it like en or pt-BR"))
        }
        for entry in value(at: "languages")?.entries.map({ $0 }) ?? []
        where !Self.isLanguageTag(entry.keyText) {
            findings.append(
                Diagnostic(
                    .wrongType, "a language is named by its tag, not \"\(entry.keyText)\"",
                    at: entry.keyRange,
                    in: file, hint: "write it like en or pt-BR"))
        }
        findings += languageFolderFindings
        for key in ["content", "data"] where RelativePath(text(key)) == nil {
            findings.append(
                finding(
                    .wrongType, "\(key) should be a folder of the site, not \"\(text(key))\"", at: [key],
                    hint: "name it from the folder of site.json on"))
        }
        findings += staticFindings(foreign)
        if let problem = pagination.problem {
            findings.append(
                finding(
                    .wrongType, "the path of \"pagination\" \(problem)", at: ["pagination", "path"],
                    hint: "write the word before the number: \"page\""))
        }
        for (section, _) in permalinks {
            guard let value = value(at: ["permalinks", section]) else { continue }
            findings += PermalinkPattern.read(value.text, at: value.range, in: file).diagnostics
        }
        findings += effectlessKeys.map { path, hint in
            let name = path.joined(separator: ".")
            return finding(.keyWithoutEffect, "\"\(name)\" has no effect yet", at: path, hint: hint)
        }
        return findings + redirectFindings + headerFindings + codeFindings + outputFindings + menuFindings
    }

    /// Keys that are kept for what is not there yet, where somebody wrote them; and what to do meanwhile.
    private var effectlessKeys: [(path: [String], hint: String)] {
        var keys: [(path: [String], hint: String)] = []
        let code =
            "code says its language, class=\"language-swift\": a script in static/ can colour it; see \"Code\" in the documentation"
        if let value = value(at: "highlight"), !value.entries.isEmpty { keys.append((["highlight"], code)) }
        for name in ["widths", "formats", "quality"] where value(at: ["images", name]) != nil {
            keys.append((["images", name], "pictures are published as they are: make them small before"))
        }
        if let value = value(at: "search"), value.boolean != false {
            keys.append((["search"], "take it out; a template can write the titles as JSON for a script"))
        }
        if let value = value(at: "deploy"), !value.entries.isEmpty {
            keys.append((["deploy"], "take it out, and copy the output folder with the program of your host"))
        }
        return keys
    }

    /// Folders of the content of languages that are none, or of two languages: a text would be made in one of them.
    private var languageFolderFindings: [Diagnostic] {
        var findings: [Diagnostic] = []
        var languages: [RelativePath: String] = [:]
        for entry in value(at: "languages")?.entries.map({ $0 }) ?? [] {
            guard let written = entry.value["contentFolder"], written.string != nil else { continue }
            let shown = String(decoding: written.text, as: UTF8.self)
            let message: String
            // Such a site is built, though not as anybody would have it.
            let isShared = RelativePath(shown) != nil
            if let folder = RelativePath(shown) {
                guard let other = languages.updateValue(entry.keyText, forKey: folder) else { continue }
                message =
                    "the content of \"\(entry.keyText)\" lies in the folder of that of \"\(other)\", \"\(shown)\""
            } else {
                message = "contentFolder should be a folder of the content, not \"\(shown)\""
            }
            var found = finding(
                .wrongType, message, at: ["languages", entry.keyText, "contentFolder"],
                hint:
                    "name a folder of its own, from the content folder on: {\"de\": {\"contentFolder\": \"de\"}}"
            )
            if isShared { found.severity = .warning }
            findings.append(found)
        }
        return findings
    }

    /// Folders of files that are none of the site's, and addresses that lead out of it.
    private func staticFindings(_ foreign: [[String]: String]) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        for entry in value(at: "static")?.entries.map({ $0 }) ?? [] {
            let folder = entry.keyText
            let address = String(decoding: entry.value.text, as: UTF8.self)
            let message: String
            if RelativePath(folder).map({ $0.isRoot }) ?? true {
                message = "\"static\" should name folders of the site, not \"\(folder)\""
            } else if RelativePath(address) == nil {
                message =
                    "\"static\" publishes \"\(folder)\" at an address that leaves the site, \"\(address)\""
            } else if let path = RelativePath(folder),
                path.components.first?.elementsEqual(".site".utf8) == true
            {
                // What is kept there changes with each build.
                message = "\"static\" should name folders of files for visitors, not \"\(folder)\""
            } else {
                continue
            }
            let hint = "name folders from that of site.json on: {\"assets\": \"/assets/\"}"
            if let name = foreign[["static", folder]] {
                findings.append(
                    Diagnostic(.wrongType, message, hint: hint, notes: [DiagnosticNote("from \(name)")]))
            } else {
                findings.append(Diagnostic(.wrongType, message, at: entry.keyRange, in: file, hint: hint))
            }
        }
        return findings
    }

    /// Whether a text has the form of a language tag (RFC 5646): parts of up to eight letters and digits. The first is two or
    /// three letters (longer ones are set aside, and no language has one), or `x` and `i` with more behind.
    static func isLanguageTag(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard let first = parts.first, (2...3).contains(first.count) || (first.count == 1 && parts.count > 1)
        else { return false }
        return parts.enumerated().allSatisfy { index, part in
            (1...8).contains(part.count)
                && part.allSatisfy { byte in
                    byte.isASCIILetter || (index > 0 && byte.isASCIIDigit)
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
                if writesHostFiles { return nil }
                return Diagnostic(
                    .aliasPattern,
                    "the redirect from \"\(shown)\" is a pattern, for which no page can be written",
                    at: from.keyRange, in: file,
                    hint:
                        "name the addresses one by one, or write \"headers\": {} for a host that reads _redirects"
                )
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
            if name == "ignore" { return nil }
            if let code = DiagnosticCode.ofAll.first(where: { $0.name == name }) {
                guard code.severity == .error, !entry.value.text.elementsEqual("error".utf8) else {
                    return nil
                }
                return Diagnostic(
                    .unknownCode, "\"\(name)\" is an error, which has no other level", at: entry.keyRange,
                    in: file, hint: "take it out: errors cannot be silenced")
            }
            return Diagnostic(
                .unknownCode, "no finding has the code \"\(name)\"", at: entry.keyRange, in: file,
                hint: Spelling.hint(for: name, among: known))
        }
    }
}
