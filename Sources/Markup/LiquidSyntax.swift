import Text

/// Recognises the marks of Jekyll's Liquid and of Zola's shortcodes in content.
///
/// Content is not run through a template engine, so these are reported and dropped rather than printed
/// half-digested. But braces occur in prose as well; the rule is narrow on purpose:
///
/// - `{% word … %}` on one line is a tag, whatever the word.
/// - `{{ name(…) }}` is a shortcode of Zola's when what is in the parentheses is empty or `key=value`.
/// - `{{ … }}` is a variable when it starts with `site.`, `page.`, `layout.`, `include.`, `post.`,
///   `paginator.`, `jekyll.`, `theme.` or `forloop.`, when it is a quoted text, or when a filter of Liquid follows a `|`.
/// - All else, such as `{{ rust }}`, is text.
enum LiquidSyntax {
    /// What was recognised.
    enum Reading {
        /// A tag: its word and what follows it.
        case tag(word: [UInt8], rest: Range<Int>, end: Int)
        /// A shortcode of Zola's.
        case shortcode(name: [UInt8], end: Int)
        /// `{{/* … */}}`: what it prints.
        case escaped([UInt8], end: Int)
        /// `{{ "/path" | relative_url }}`.
        case path([UInt8], end: Int)
        /// `{{ site.baseurl }}` and `{{ site.url }}`.
        case root(end: Int)
        /// Another variable.
        case variable(Range<Int>, end: Int)
    }

    /// Reads at `{{` or `{%`; `nil` for plain text.
    static func read(_ bytes: [UInt8], at start: Int) -> Reading? {
        let isTag = bytes[start + 1] == UInt8(ascii: "%")
        let first: UInt8 = isTag ? UInt8(ascii: "%") : UInt8(ascii: "}")
        var close = start + 2
        let limit = min(bytes.count, start + 1000)
        while close + 1 < limit, !(bytes[close] == first && bytes[close + 1] == UInt8(ascii: "}")) {
            if bytes[close] == 0x0A, !isTag { return nil }
            close += 1
        }
        guard close + 1 < limit else { return nil }
        let end = close + 2
        var from = start + 2
        var to = close
        if from < to, bytes[from] == UInt8(ascii: "-") { from += 1 }
        if from < to, bytes[to - 1] == UInt8(ascii: "-") { to -= 1 }
        while from < to, HTMLTokenizer.isSpace(bytes[from]) { from += 1 }
        while to > from, HTMLTokenizer.isSpace(bytes[to - 1]) { to -= 1 }
        if to - from >= 4, bytes[from] == UInt8(ascii: "/"), bytes[from + 1] == UInt8(ascii: "*"),
            bytes[to - 2] == UInt8(ascii: "*"), bytes[to - 1] == UInt8(ascii: "/")
        {
            return .escaped(
                Array(bytes[start..<start + 2] + bytes[(from + 2)..<(to - 2)] + bytes[close..<end]), end: end)
        }
        if isTag { return readTag(bytes, from..<to, end: end) }
        return readVariable(bytes, from..<to, end: end)
    }

    /// Whether `{{ name(` or `{% name(` stands here.
    static func beginsShortcode(_ bytes: [UInt8], at start: Int) -> Bool {
        openingParenthesis(bytes, at: start) != nil
    }

    /// Reads a shortcode of Zola's of any length, over several lines: `{{ name(key="value",\n other=1) }}`; what is quoted in
    /// it ends nothing. What was looked through in vain is taken from `budget`.
    static func readShortcode(_ bytes: [UInt8], at start: Int, budget: inout Int) -> Reading? {
        guard let open = openingParenthesis(bytes, at: start) else { return nil }
        let closing = bytes[start + 1] == UInt8(ascii: "%") ? UInt8(ascii: "%") : UInt8(ascii: "}")
        var quote: UInt8?
        var index = open + 1
        var hasValue = false
        var isFound = false
        defer { if !isFound { budget -= index - start } }
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if let open = quote {
                if byte == UInt8(ascii: "\\") { index += 1 } else if byte == open { quote = nil }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): quote = byte
            case UInt8(ascii: "="): hasValue = true
            case UInt8(ascii: "{"): return nil
            case UInt8(ascii: ")"):
                while index < bytes.count, HTMLTokenizer.isSpace(bytes[index]) { index += 1 }
                guard hasValue, index + 1 < bytes.count, bytes[index] == closing,
                    bytes[index + 1] == UInt8(ascii: "}")
                else { return nil }
                isFound = true
                let name = bytes[(start + 2)..<open].filter { !HTMLTokenizer.isSpace($0) }
                return .shortcode(name: name, end: index + 2)
            default: break
            }
        }
        return nil
    }

    private static func openingParenthesis(_ bytes: [UInt8], at start: Int) -> Int? {
        var index = start + 2
        while index < bytes.count, bytes[index] == 0x20 { index += 1 }
        let name = index
        while index < bytes.count, isWord(bytes[index]) { index += 1 }
        guard index > name, index < bytes.count, bytes[index] == UInt8(ascii: "(") else { return nil }
        return index
    }

    private static func readTag(_ bytes: [UInt8], _ content: Range<Int>, end: Int) -> Reading? {
        var index = content.lowerBound
        while index < content.upperBound, isWord(bytes[index]) { index += 1 }
        if index == content.lowerBound { return nil }
        if index < content.upperBound, bytes[index] == UInt8(ascii: "(") {
            guard bytes[content.upperBound - 1] == UInt8(ascii: ")") else { return nil }
            return .shortcode(name: Array(bytes[content.lowerBound..<index]), end: end)
        }
        let word = Array(bytes[content.lowerBound..<index])
        if index < content.upperBound, !HTMLTokenizer.isSpace(bytes[index]) { return nil }
        while index < content.upperBound, HTMLTokenizer.isSpace(bytes[index]) { index += 1 }
        return .tag(word: word, rest: index..<content.upperBound, end: end)
    }

    private static func readVariable(_ bytes: [UInt8], _ content: Range<Int>, end: Int) -> Reading? {
        guard let first = bytes[content].first else { return nil }
        let pipe = bytes[content].firstIndex(of: UInt8(ascii: "|"))
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            guard let close = bytes[(content.lowerBound + 1)..<content.upperBound].firstIndex(of: first),
                let pipe, pipe > close,
                let filter = filter(bytes, pipe + 1..<content.upperBound)
            else { return nil }
            let text = Array(bytes[(content.lowerBound + 1)..<close])
            if filter.elementsEqual("relative_url".utf8) || filter.elementsEqual("absolute_url".utf8) {
                return .path(text.first == 0x2F ? text : [0x2F] + text, end: end)
            }
            return .variable(content, end: end)
        }
        var index = content.lowerBound
        while index < content.upperBound, isWord(bytes[index]) || bytes[index] == UInt8(ascii: ".") {
            index += 1
        }
        let name = bytes[content.lowerBound..<index]
        if name.isEmpty { return nil }
        if index < content.upperBound, bytes[index] == UInt8(ascii: "(") {
            guard bytes[content.upperBound - 1] == UInt8(ascii: ")") else { return nil }
            let arguments = bytes[(index + 1)..<(content.upperBound - 1)]
            let isNamed = arguments.allSatisfy(HTMLTokenizer.isSpace) || arguments.contains(UInt8(ascii: "="))
            return isNamed ? .shortcode(name: Array(name), end: end) : nil
        }
        if name.elementsEqual("site.baseurl".utf8) || name.elementsEqual("site.url".utf8) {
            if pipe == nil, index == content.upperBound { return .root(end: end) }
        }
        for root in [
            "site.", "page.", "layout.", "include.", "post.", "paginator.", "jekyll.", "theme.", "forloop.",
        ] {
            if name.starts(with: root.utf8) { return .variable(content, end: end) }
        }
        if let pipe, filter(bytes, pipe + 1..<content.upperBound) != nil {
            return .variable(content, end: end)
        }
        return nil
    }

    /// The name of a filter that Jekyll has.
    private static func filter(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8]? {
        var start = range.lowerBound
        while start < range.upperBound, HTMLTokenizer.isSpace(bytes[start]) { start += 1 }
        var end = start
        while end < range.upperBound, isWord(bytes[end]) { end += 1 }
        let name = Array(bytes[start..<end])
        let known = [
            "relative_url", "absolute_url", "date", "date_to_string", "date_to_xmlschema",
            "date_to_long_string", "escape",
            "xml_escape", "cgi_escape", "uri_escape", "markdownify", "smartify", "slugify", "jsonify",
            "strip_html", "strip",
            "append", "prepend", "replace", "remove", "size", "first", "last", "join", "split", "sort",
            "where", "default",
            "upcase", "downcase", "capitalize", "truncate", "truncatewords", "number_of_words", "plus",
            "minus", "times",
        ]
        return known.contains { name.elementsEqual($0.utf8) } ? name : nil
    }

    static func isWord(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
}
