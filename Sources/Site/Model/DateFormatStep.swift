import Text

/// A step of printing a date: a byte as it is, or what a directive stands for.
enum DateFormatStep: Sendable, Hashable {
    case literal(UInt8)
    case directive(Directive)

    /// A letter with what stood between it and its percent sign.
    struct Directive: Sendable, Hashable {
        /// The letter; one that ``DateFormat`` prints.
        var letter: UInt8
        /// `E` or `O` before the letter, else 0.
        var modifier: UInt8 = 0
        /// How many colons stood there, at most 3.
        var colons = 0
        /// `-`, `_` or `0`, else 0.
        var padding: UInt8 = 0
        var isUpper = false
        var isSwapped = false
        var width = 0

        /// Whether it prints as it is by itself.
        var isPlain: Bool { padding == 0 && !isUpper && !isSwapped && width == 0 }
    }

    /// Takes a pattern apart.
    ///
    /// - Returns: the steps, and the first directive that means nothing, which is printed as it is, as glibc and Python
    ///   do.
    static func steps(of pattern: [UInt8]) -> (steps: [DateFormatStep], unknownDirective: String?) {
        var steps: [DateFormatStep] = []
        var unknown: String?
        var index = 0
        while index < pattern.count {
            let start = index
            guard pattern[start] == UInt8(ascii: "%"), let directive = directive(pattern, &index) else {
                // The percent sign at the end, with what follows it.
                index = pattern[start] == UInt8(ascii: "%") ? pattern.count : start + 1
                steps += pattern[start..<index].map(literal)
                continue
            }
            if let composed = composed(directive.letter) {
                // Flags of the whole are not handed to its parts.
                steps += Self.steps(of: Array(composed.utf8)).steps
            } else if letters.contains(directive.letter) {
                steps.append(.directive(directive))
            } else {
                // A letter of another alphabet is shown whole.
                while index < pattern.count, pattern[index] & 0xC0 == 0x80 { index += 1 }
                unknown = unknown ?? String(decoding: pattern[start..<index], as: UTF8.self)
                steps += pattern[start..<index].map(literal)
            }
        }
        return (steps, unknown)
    }

    /// Reads a directive whose percent sign is at an index, and moves the index behind it; `nil` when the pattern ends
    /// before the letter.
    private static func directive(_ pattern: [UInt8], _ index: inout Int) -> Directive? {
        var next = index + 1
        var directive = Directive(letter: 0)
        flags: while next < pattern.count {
            switch pattern[next] {
            case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "0"): directive.padding = pattern[next]
            case UInt8(ascii: "^"): directive.isUpper = true
            case UInt8(ascii: "#"): directive.isSwapped = true
            default: break flags
            }
            next += 1
        }
        while next < pattern.count, pattern[next].isASCIIDigit, directive.width < 100 {
            directive.width = directive.width * 10 + Int(pattern[next] - UInt8(ascii: "0"))
            next += 1
        }
        while next < pattern.count, pattern[next] == UInt8(ascii: ":"), directive.colons < 3 {
            directive.colons += 1
            next += 1
        }
        if next < pattern.count, pattern[next] == UInt8(ascii: "E") || pattern[next] == UInt8(ascii: "O") {
            directive.modifier = pattern[next]
            next += 1
        }
        guard next < pattern.count else { return nil }
        directive.letter = pattern[next]
        index = next + 1
        return directive
    }

    /// What a letter is short for.
    private static func composed(_ letter: UInt8) -> String? {
        switch Unicode.Scalar(letter) {
        case "c": "%a %b %e %H:%M:%S %Y"
        case "D", "x": "%m/%d/%y"
        case "F": "%Y-%m-%d"
        case "n": "\n"
        case "r": "%I:%M:%S %p"
        case "R": "%H:%M"
        case "t": "\t"
        case "T", "X": "%H:%M:%S"
        case "v": "%e-%b-%Y"
        case "%": "%"
        default: nil
        }
    }

    /// The letters that are printed by themselves.
    private static let letters = Set("aAbhBCdefgGHIjklLmMNpPsSuUVwWyYzZ".utf8)
}
