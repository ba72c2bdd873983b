import Foundation

extension SwiftText {
    /// The text as written, without lines that are comments.
    var withoutComments: String {
        lines.filter { !$0.trimmed.hasPrefix("//") }.joined(separator: "\n")
    }
}

extension String {
    /// What one string literal, or several joined by `+`, say.
    var literalText: String {
        matches(of: #/"((?:[^"\\]|\\.)*)"/#).map { String($0.1) }.joined()
            .replacingOccurrences(of: "\\\"", with: "\"").replacingOccurrences(of: "\\\\", with: "\\")
    }

    /// The text with the mark between cells made harmless.
    var escapedForTable: String { replacingOccurrences(of: "|", with: "\\|") }

    /// The text with the table whose first line starts so replaced; nil when there is none.
    func replacingTable(startingWith start: String, by table: String) -> String? {
        var lines = components(separatedBy: "\n")
        guard let first = lines.firstIndex(where: { $0.hasPrefix(start) }) else { return nil }
        let end = lines[first...].firstIndex { !$0.hasPrefix("|") } ?? lines.endIndex
        lines.replaceSubrange(first..<end, with: table.components(separatedBy: "\n"))
        return lines.joined(separator: "\n")
    }
}
