import Foundation
import Testing

/// A place that breaks a house rule.
struct Offence: CustomStringConvertible, Sendable {
    let path: String
    let line: Int
    let reason: String

    var description: String { "\(path):\(line): \(reason)" }
}

/// One rule of the house: what it forbids, where, and a line that breaks it, so that the rule itself is tested.
struct HouseRule: CustomTestStringConvertible, Sendable {
    /// The rule as a sentence.
    let sentence: String
    /// A small file that must be found guilty.
    let guilty: (path: String, text: String)
    /// A small file that looks alike and must not be.
    let innocent: (path: String, text: String)
    /// Finds the offences of one file.
    let offences: @Sendable (SwiftText) -> [Offence]

    var testDescription: String { sentence }
}

extension HouseRule {
    /// A rule against words, given as regular expressions that are tried on each line's code, in the files
    /// that it applies to.
    static func forbidding(
        _ sentence: String, words: [String], in applies: @escaping @Sendable (SwiftText) -> Bool,
        guilty: (path: String, text: String), innocent: (path: String, text: String)
    ) -> HouseRule {
        // One pass over the file for all words: lines are only counted where something is found.
        let pattern = words.map { "(?:\($0))" }.joined(separator: "|")
        let expression = try? NSRegularExpression(pattern: pattern, options: .anchorsMatchLines)
        return HouseRule(sentence: sentence, guilty: guilty, innocent: innocent) { file in
            guard applies(file) else { return [] }
            guard let expression else {
                return [Offence(path: file.path, line: 1, reason: "bad rule: \(pattern)")]
            }
            let text = file.code.joined(separator: "\n") as NSString
            return expression.matches(in: text as String, range: NSRange(location: 0, length: text.length))
                .map { match in
                    let before = text.substring(to: match.range.location)
                    let line = before.count { $0 == "\n" }
                    return Offence(path: file.path, line: line + 1, reason: file.code[line].trimmed)
                }
        }
    }
}

extension String {
    /// Whether the regular expression matches somewhere in the string.
    func contains(pattern: String) -> Bool {
        range(of: pattern, options: .regularExpression) != nil
    }

    /// The string without white space at its ends.
    var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
