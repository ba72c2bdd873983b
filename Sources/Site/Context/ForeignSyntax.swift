import Templates
import Text

/// Syntax of other template languages in templates of the site: each is a mistake here, whose message says in Jinja's words
/// what was expected, and what was meant is known.
enum ForeignSyntax {
    /// A finding of the compiler or of a rendering, with what is written instead where it is known.
    static func explained(_ diagnostic: Diagnostic) -> Diagnostic {
        guard let hint = hint(for: diagnostic) else { return diagnostic }
        var diagnostic = diagnostic
        diagnostic.hint = hint
        return diagnostic
    }

    /// An error of a rendering that the compiler would have found, had the call not stood in a branch.
    static func explainedError(_ diagnostic: Diagnostic) -> Diagnostic {
        let code: DiagnosticCode
        if diagnostic.message.hasPrefix("No filter named '") {
            code = .unknownFilter
        } else if diagnostic.message.hasPrefix("No test named '") {
            code = .unknownTest
        } else {
            return diagnostic
        }
        return explained(
            Diagnostic(
                code, diagnostic.message, at: diagnostic.location, hint: diagnostic.hint,
                notes: diagnostic.notes))
    }

    private static func hint(for diagnostic: Diagnostic) -> String? {
        let message = diagnostic.message
        switch diagnostic.code {
        case .unknownFilter: return quoted(in: message).flatMap { filters[$0] }
        case .unknownTag:
            guard let tag = quoted(in: message) else { return nil }
            if let known = tags[tag] { return known }
            // The end of a block in which another one is still open.
            if tag.hasPrefix("end"), let open = message.range(after: "needs to be closed is '"),
                "end" + open != tag, openers.contains(String(tag.dropFirst(3)))
            {
                return "\"\(open)\" is still open: it ends with {% end\(open) %}"
            }
            return nil
        case .templateSyntax: return syntaxHint(message, diagnostic.location)
        default: return nil
        }
    }

    private static func syntaxHint(_ message: String, _ location: SourceLocation?) -> String? {
        guard let location else { return nil }
        let line = location.excerpt
        let rest = line.dropFirst(max(0, location.excerptColumn - 1))
        let before = line.dropLast(rest.count)
        let statement = before.range(after: "{%", last: true)?.drop { $0 == "-" || $0 == " " } ?? ""
        if message.hasPrefix("unexpected char '&'") { return "\"and\" is written as a word" }
        if message.hasPrefix("unexpected char '!'") { return "\"not\" is written as a word" }
        if message.hasPrefix("unexpected char '?'") {
            return rest.hasPrefix("??")
                ? "a default is given by a filter: a | default(b)" : "a choice is written: a if test else b"
        }
        if message == "expected token 'name', got '|'", before.hasSuffix("|") {
            return "\"or\" is written as a word"
        }
        if message == "expected name or number", before.hasSuffix("."), rest.hasPrefix(".") {
            return "numbers in a row are range(1, 4), which ends before the last"
        }
        if message.hasSuffix("got ':'"), before.contains("|") {
            return "arguments of a filter stand in parentheses: | date(\"%Y\")"
        }
        if message.hasSuffix("got '='"), statement.hasPrefix("if") || statement.hasPrefix("elif") {
            return "equality is written =="
        }
        if message == "unexpected '='", before.hasSuffix("==") { return "equality is written ==" }
        if message == "unexpected '.'", rest.dropFirst().first?.isUppercase == true {
            return "that is a template of Hugo's: names have no point before them here, page.title"
        }
        if message.hasPrefix("expected token 'end of statement block'"), statement.hasPrefix("include") {
            return
                "what is included sees the variables that are there: write {% set name = value %} before it, or call a macro"
        }
        return nil
    }

    /// The first word between single quotes.
    private static func quoted(in message: String) -> String? {
        let parts = message.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count == 3 ? String(parts[1]) : nil
    }

    /// Filters of Liquid, Nunjucks, Tera and Twig.
    private static let filters: [String: String] = [
        "size": "write | length", "upcase": "write | upper", "downcase": "write | lower",
        "strip_html": "write | plainify", "strip": "write | trim",
        "strip_newlines": "write | replace(\"\\n\", \"\")",
        "split": "it is a method of text: text.split(\",\")", "append": "write text ~ \"more\"",
        "prepend": "write \"more\" ~ text", "limit": "write list[:3]", "offset": "write list[3:]",
        "filter": "write | where(\"attribute\", value)", "where_exp": "write | selectattr(\"attribute\")",
        "absURL": "write | absolute_url", "absUrl": "write | absolute_url", "abs_url": "write | absolute_url",
        "relURL": "write | relative_url", "url": "write | relative_url, or | absolute_url",
        "dump": "write | jsonify", "json": "write | jsonify", "json_encode": "write | jsonify",
        "plus": "write a + b", "minus": "write a - b", "times": "write a * b", "divided_by": "write a // b",
        "modulo": "write a % b", "date_to_string": "write | date(\"%d %b %Y\")",
        "date_to_long_string": "write | date(\"%d %B %Y\")", "date_to_xmlschema": "write .isoformat()",
        "markdown": "write | markdownify", "newline_to_br": "write | replace(\"\\n\", \"<br>\")",
        "number_of_words": "write | wordcount", "truncatewords": "write | truncate_html(30)",
        "remove": "write | replace(\"text\", \"\")", "push": "write list + [value]",
        "concat": "write list + other",
        "handleize": "write | slugify", "slug": "write | slugify", "escape_once": "write | forceescape",
    ]

    /// Tags of Liquid and Twig.
    private static let tags: [String: String] = [
        "assign": "write {% set name = value %}", "capture": "write {% set name %}…{% endset %}",
        "case": "write {% if … %}…{% elif … %}…{% endif %}", "when": "write {% elif … %}",
        "unless": "write {% if not … %}…{% endif %}", "layout": "write {% extends \"base.html\" %}",
        "render": "write {% include \"name.html\" %}", "comment": "a comment is written {# … #}",
        "increment": "write {% set name = name + 1 %}, in a loop on a namespace()",
    ]

    private static let openers: Set<String> = [
        "for", "if", "block", "macro", "call", "filter", "set", "with", "autoescape", "trans",
    ]
}

extension StringProtocol {
    /// What follows a text: up to the next quotation mark, or to the end after its last occurrence.
    fileprivate func range(after text: String, last: Bool = false) -> String? {
        var found: Substring?
        var rest = Substring(self)
        while let range = rest.firstRange(of: text) {
            rest = rest[range.upperBound...]
            found = rest
            if !last { break }
        }
        guard let found else { return nil }
        return String(last ? found : found.prefix { $0 != "'" })
    }
}
