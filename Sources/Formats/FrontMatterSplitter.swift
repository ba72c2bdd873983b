public import Text

/// Where the head of a content file is, and where its body starts.
public struct FrontMatterSplit: Sendable {
    /// The format of the head; `nil` when there is none.
    public let format: DataFormat?
    /// The head without its delimiters (for JSON with its braces); empty at the start of the body when there
    /// is none.
    public let head: SourceRange
    /// The offset of the body's first byte.
    public let bodyStart: Int
    /// What is wrong.
    public let diagnostics: [Diagnostic]
}

/// Splits a content file into front matter and body: `---` YAML, `+++` TOML, `{` JSON. A word right after `---` names
/// another format, as in Eleventy: `---json`, `---toml`.
///
/// Blank lines before the opening delimiter and blanks after either are allowed, a byte order mark too, and
/// lines may end in LF, CR LF or CR. YAML may also close with `...`. A file may also start with lines of
/// `Key: value` up to a blank line, a title among them. One that starts otherwise has no front matter.
public enum FrontMatterSplitter {
    /// Splits a file.
    ///
    /// - Complexity: O(n) in the size of the head.
    public static func split(_ file: SourceFile) -> FrontMatterSplit {
        let bytes = file.bytes
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var start = content
        while start < bytes.count, isBlank(bytes[start]) || isBreak(bytes[start]) { start += 1 }
        // Blanks before a delimiter on its own line would make it an indented line.
        guard start < bytes.count, start == content || isBreak(bytes[start - 1]) else {
            return none(bodyStart: content)
        }
        switch bytes[start] {
        case UInt8(ascii: "-"):
            if let (word, head) = formatWord(bytes, start) { return named(file, start, head, word, content) }
            if let slip = shortFence(file, start, content) { return slip }
            return fenced(file, start, content, UInt8(ascii: "-"), .yaml)
        case UInt8(ascii: "+"): return fenced(file, start, content, UInt8(ascii: "+"), .toml)
        case UInt8(ascii: "{"): return braced(file, start, content)
        default:
            guard let (end, body) = MetadataReader.head(bytes, from: start) else {
                return none(bodyStart: content)
            }
            return FrontMatterSplit(
                format: .metadata, head: SourceRange(start, end), bodyStart: body, diagnostics: [])
        }
    }

    private static func none(bodyStart: Int) -> FrontMatterSplit {
        FrontMatterSplit(format: nil, head: SourceRange(at: bodyStart), bodyStart: bodyStart, diagnostics: [])
    }

    /// A file whose first line is `--` and its second a key: it is text, and its author meant a head.
    private static func shortFence(_ file: SourceFile, _ start: Int, _ content: Int) -> FrontMatterSplit? {
        let bytes = file.bytes
        var end = start
        while end < bytes.count, bytes[end] == UInt8(ascii: "-") { end += 1 }
        let count = end - start
        while end < bytes.count, isBlank(bytes[end]) { end += 1 }
        guard count == 2, end < bytes.count, isBreak(bytes[end]), looksLikeYAML(bytes, nextLine(bytes, end))
        else { return nil }
        let finding = Diagnostic(
            .shortDelimiter, "this is text: front matter starts with three hyphens",
            at: SourceRange(start, start + 2), in: file, hint: "write --- here, and at its end")
        return FrontMatterSplit(
            format: nil, head: SourceRange(at: content), bodyStart: content, diagnostics: [finding])
    }

    private static func fenced(
        _ file: SourceFile, _ start: Int, _ content: Int, _ mark: UInt8, _ format: DataFormat
    ) -> FrontMatterSplit {
        let bytes = file.bytes
        guard let head = delimiterEnd(bytes, start, mark) else { return none(bodyStart: content) }
        var line = head
        while line < bytes.count {
            if let end = delimiterEnd(bytes, line, mark)
                ?? (format == .yaml ? delimiterEnd(bytes, line, UInt8(ascii: ".")) : nil)
            {
                return FrontMatterSplit(
                    format: format, head: SourceRange(head, line), bodyStart: end, diagnostics: [])
            }
            line = nextLine(bytes, line)
        }
        let delimiter = String(repeating: Character(Unicode.Scalar(mark)), count: 3)
        // A lone rule at the top of a page without front matter is Markdown's thematic break.
        if format == .yaml, !looksLikeYAML(bytes, head) { return none(bodyStart: content) }
        let finding = Diagnostic(
            .unclosedFrontMatter, "the front matter that starts here is not closed",
            at: SourceRange(start, start + 3), in: file,
            hint: "end it with a line of \(delimiter)")
        return FrontMatterSplit(
            format: format, head: SourceRange(head, bytes.count), bodyStart: bytes.count,
            diagnostics: [finding])
    }

    /// The word after `---` and where the next line starts, if it is one of a format.
    private static func formatWord(_ bytes: [UInt8], _ start: Int) -> (word: String, head: Int)? {
        guard start + 3 < bytes.count, bytes[start + 1] == bytes[start], bytes[start + 2] == bytes[start]
        else { return nil }
        var end = start + 3
        while end < bytes.count, bytes[end].isASCIILetter, end - start < 16 { end += 1 }
        let word = String(decoding: bytes[(start + 3)..<end], as: UTF8.self).lowercased()
        guard ["json", "toml", "yaml", "yml", "js", "javascript"].contains(word) else { return nil }
        while end < bytes.count, isBlank(bytes[end]) { end += 1 }
        guard end < bytes.count, isBreak(bytes[end]) else { return nil }
        return (word, nextLine(bytes, end))
    }

    /// Front matter whose opening line names its format.
    private static func named(
        _ file: SourceFile, _ start: Int, _ head: Int, _ word: String, _ content: Int
    ) -> FrontMatterSplit {
        let bytes = file.bytes
        let format: DataFormat? =
            switch word {
            case "json": .json
            case "toml": .toml
            case "yaml", "yml": .yaml
            default: nil
            }
        var line = head
        while line < bytes.count {
            guard let body = delimiterEnd(bytes, line, UInt8(ascii: "-")) else {
                line = nextLine(bytes, line)
                continue
            }
            if let format {
                return FrontMatterSplit(
                    format: format, head: SourceRange(head, line), bodyStart: body, diagnostics: [])
            }
            let finding = Diagnostic(
                .unreadableData, "front matter in JavaScript is not run",
                at: SourceRange(start, start + 3 + word.utf8.count), in: file,
                hint: "write it as YAML: lines of `key: value` between lines of ---")
            return FrontMatterSplit(
                format: .yaml, head: SourceRange(head, line), bodyStart: body, diagnostics: [finding])
        }
        let finding = Diagnostic(
            .unclosedFrontMatter, "the front matter that starts here is not closed",
            at: SourceRange(start, start + 3), in: file, hint: "end it with a line of ---")
        return FrontMatterSplit(
            format: format ?? .yaml, head: SourceRange(head, bytes.count), bodyStart: bytes.count,
            diagnostics: [finding])
    }

    /// Whether the first line that is neither blank nor a comment has a key.
    private static func looksLikeYAML(_ bytes: [UInt8], _ start: Int) -> Bool {
        var line = start
        while line < bytes.count {
            let next = nextLine(bytes, line)
            var index = line
            while index < next, isBlank(bytes[index]) || isBreak(bytes[index]) { index += 1 }
            if index == next || bytes[index] == UInt8(ascii: "#") {
                line = next
                continue
            }
            while index < next {
                if bytes[index] == UInt8(ascii: ":"),
                    index + 1 == next || isBlank(bytes[index + 1]) || isBreak(bytes[index + 1])
                {
                    return true
                }
                index += 1
            }
            return false
        }
        return false
    }

    private static func braced(_ file: SourceFile, _ start: Int, _ content: Int) -> FrontMatterSplit {
        let bytes = file.bytes
        // `{{< … >}}` and `{% … %}` start a body, not an object.
        var probe = start + 1
        while probe < bytes.count, isBlank(bytes[probe]) || isBreak(bytes[probe]) { probe += 1 }
        guard probe < bytes.count, bytes[probe] == UInt8(ascii: "\"") || bytes[probe] == UInt8(ascii: "}")
        else {
            return none(bodyStart: content)
        }
        var depth = 0
        var index = start
        var isInString = false
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if isInString {
                if byte == UInt8(ascii: "\\") {
                    index += 1
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 {
                    let end = index
                    while index < bytes.count, isBlank(bytes[index]) { index += 1 }
                    if index < bytes.count, isBreak(bytes[index]) { index = nextLine(bytes, index) }
                    return FrontMatterSplit(
                        format: .json, head: SourceRange(start, end), bodyStart: index, diagnostics: [])
                }
            default: break
            }
        }
        let finding = Diagnostic(
            .unclosedFrontMatter, "the front matter that starts here is not closed",
            at: SourceRange(start, start + 1), in: file, hint: "end it with a line of }")
        return FrontMatterSplit(
            format: .json, head: SourceRange(start, bytes.count), bodyStart: bytes.count,
            diagnostics: [finding])
    }

    /// The offset after a line of exactly three marks and blanks, or `nil`.
    private static func delimiterEnd(_ bytes: [UInt8], _ start: Int, _ mark: UInt8) -> Int? {
        guard start + 3 <= bytes.count, bytes[start] == mark, bytes[start + 1] == mark,
            bytes[start + 2] == mark
        else { return nil }
        var index = start + 3
        while index < bytes.count, isBlank(bytes[index]) { index += 1 }
        guard index < bytes.count else { return index }
        return isBreak(bytes[index]) ? nextLine(bytes, index) : nil
    }

    /// The offset of the line after the one that an offset is in.
    private static func nextLine(_ bytes: [UInt8], _ start: Int) -> Int {
        var index = start
        while index < bytes.count, !isBreak(bytes[index]) { index += 1 }
        guard index < bytes.count else { return index }
        if bytes[index] == UInt8(ascii: "\r"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n")
        {
            return index + 2
        }
        return index + 1
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
    private static func isBreak(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}
