/// One Swift file as the house rules see it: its lines as written, and the same lines with comments and the
/// insides of string literals blanked out, so that a word in prose is not taken for code.
struct SwiftText: Sendable {
    /// The path inside the repository, such as `Sources/Text/Symbol.swift`.
    let path: String
    /// The lines as written.
    let lines: [String]
    /// The lines without comments and string contents; as many as `lines`.
    let code: [String]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        code = SwiftText.blanked(text).split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
    }

    /// The file's name without folder and `.swift`.
    var baseName: String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.hasSuffix(".swift") ? String(name.dropLast(6)) : name
    }

    /// `Text` of `Sources/Text/Symbol.swift`.
    var room: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }

    /// The modules that the file imports, with their line numbers, counted from one.
    var imports: [(module: String, line: Int)] {
        code.enumerated().compactMap { index, line in
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
            guard let position = words.firstIndex(of: "import"), position + 1 < words.count,
                words[..<position].allSatisfy({ $0.hasPrefix("@") || accessLevels.contains($0) })
            else { return nil }
            var target = words[position + 1]
            if importKinds.contains(target), position + 2 < words.count { target = words[position + 2] }
            return (target.split(separator: ".").first.map(String.init) ?? target, index + 1)
        }
    }
}

private let accessLevels: Set<String> = ["public", "internal", "package", "private", "fileprivate"]
private let importKinds: Set<String> = [
    "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
]

extension SwiftText {
    /// The text with comments and string contents replaced by spaces; line breaks stay.
    private static func blanked(_ text: String) -> String {
        var scanner = BlankingScanner(Array(text.utf8))
        return scanner.run()
    }
}

/// Walks the bytes once; knows line and nested block comments, and plain, raw and multi-line strings.
/// What stands in an interpolation is blanked with its string: rare enough in this house.
private struct BlankingScanner {
    private let bytes: [UInt8]
    private var output: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        output = bytes
    }

    mutating func run() -> String {
        while position < bytes.count {
            if starts(with: "//") {
                blankUntilLineEnd()
            } else if starts(with: "/*") {
                blankBlockComment()
            } else if let hashes = stringStart() {
                blankString(hashes: hashes)
            } else {
                position += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private func starts(with prefix: String, at offset: Int? = nil) -> Bool {
        bytes[(offset ?? position)...].starts(with: prefix.utf8)
    }

    private mutating func blank(_ count: Int) {
        for index in position..<min(position + count, bytes.count) where bytes[index] != UInt8(ascii: "\n") {
            output[index] = UInt8(ascii: " ")
        }
        position = min(position + count, bytes.count)
    }

    private mutating func blankUntilLineEnd() {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { blank(1) }
    }

    private mutating func blankBlockComment() {
        var depth = 0
        while position < bytes.count {
            if starts(with: "/*") {
                depth += 1
                blank(2)
            } else if starts(with: "*/") {
                depth -= 1
                blank(2)
                if depth == 0 { return }
            } else {
                blank(1)
            }
        }
    }

    /// How many `#` stand before the quote here; nil where no string starts.
    private func stringStart() -> Int? {
        var offset = position
        while offset < bytes.count, bytes[offset] == UInt8(ascii: "#") { offset += 1 }
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { return nil }
        return offset - position
    }

    private mutating func blankString(hashes: Int) {
        position += hashes
        let mark = String(repeating: "#", count: hashes)
        let isMultiLine = starts(with: "\"\"\"")
        let quote = (isMultiLine ? "\"\"\"" : "\"")
        position += quote.utf8.count
        var depth = 0
        while position < bytes.count {
            if depth == 0, starts(with: quote + mark) {
                position += quote.utf8.count + hashes
                return
            }
            if depth == 0, !isMultiLine, bytes[position] == UInt8(ascii: "\n") { return }
            if starts(with: "\\" + mark + "(") {
                depth += 1
                blank(2 + hashes)
            } else if depth == 0, starts(with: "\\" + mark) {
                blank(2 + hashes)
            } else if depth > 0, bytes[position] == UInt8(ascii: "\"") {
                blankInterpolatedString()
            } else {
                if depth > 0, bytes[position] == UInt8(ascii: "(") { depth += 1 }
                if depth > 0, bytes[position] == UInt8(ascii: ")") { depth -= 1 }
                blank(1)
            }
        }
    }

    /// A plain string inside an interpolation, so that its quote does not end the outer one.
    private mutating func blankInterpolatedString() {
        blank(1)
        while position < bytes.count, bytes[position] != UInt8(ascii: "\""),
            bytes[position] != UInt8(ascii: "\n")
        {
            blank(bytes[position] == UInt8(ascii: "\\") ? 2 : 1)
        }
        blank(1)
    }
}
