import TestSupport

/// Random heads about the edges of what `PlainYAML` reads: out of a grammar, and by spoiling heads.
struct YAMLHeadSource {
    private var random: RandomSource
    private let heads: [[UInt8]]

    /// Heads from a seed, some of them spoiled forms of those given.
    init(seed: UInt64, heads: [[UInt8]]) {
        random = RandomSource(seed: seed)
        self.heads = heads
    }

    /// The next head, with text before and after it that is no part of it.
    mutating func next() -> (bytes: [UInt8], part: Range<Int>) {
        var head: [UInt8]
        switch random.below(4) {
        case 0: head = Array(map("", depth: 0).utf8)
        case 1:
            head = Array(map("", depth: 0).utf8)
            spoil(&head, times: 1)
        case 2:
            head = random.pick(heads)
            spoil(&head, times: 1)
        default:
            head = random.pick(heads)
            spoil(&head, times: 1 + random.below(5))
        }
        let before = Array(random.pick(["", "", "---\n", "é\n", "a: ", "["]).utf8)
        let after = Array(
            random.pick(["", "", "---\nb\n", "b", " b", ": b", "]", "'", "\n  b: c", "#"]).utf8)
        return (before + head + after, before.count..<(before.count + head.count))
    }

    // MARK: The grammar

    private mutating func map(_ indent: String, depth: Int) -> String {
        var text = ""
        for number in 0...random.below(5) {
            text += filler() + indent
            // Names are seldom given twice.
            text += random.below(20) == 0 ? random.pick(Self.keys) : "\(random.pick(Self.names))\(number)"
            text += random.below(12) == 0 ? random.pick(Self.colons) : ":"
            text += entry(indent, depth: depth)
        }
        return text + filler()
    }

    private mutating func entry(_ indent: String, depth: Int) -> String {
        if random.below(12) == 0 { return " " + text(indent) }
        let kind = depth < 3 ? random.below(12) : 11
        if kind > 2 { return " " + line() }
        let first = tail() + lineBreak() + filler()
        if kind == 0 { return first + map(indent + deeper(), depth: depth + 1) }
        return first + list(random.below(2) == 0 ? indent : indent + deeper(), depth: depth + 1)
    }

    private mutating func list(_ indent: String, depth: Int) -> String {
        var text = ""
        for _ in 0...random.below(4) {
            text += filler() + indent + "-" + (random.below(15) == 0 ? random.pick(["", "  ", "\t"]) : " ")
            if random.below(6) > 0 || depth > 3 {
                text += line()
            } else {
                let inner = map(indent + "  ", depth: depth + 1)
                text += random.below(4) == 0 ? inner : String(inner.drop { $0 == " " })
            }
        }
        return text
    }

    /// Text as a block.
    private mutating func text(_ indent: String) -> String {
        var text = random.pick([
            ">", ">-", "|", "|-", ">-", random.pick([">+", "|2", "> ", "|\t", "|- # a", ">b", "|1-"]),
        ])
        text += lineBreak() + (random.below(15) == 0 ? "\n" : "")
        let inner = indent + deeper()
        for _ in 0..<random.below(4) {
            text += random.below(15) == 0 ? random.pick([indent, inner + " ", indent + "  "]) : inner
            text += (random.below(3) == 0 ? value() : random.pick(Self.plainValues)) + tail() + lineBreak()
            if random.below(10) == 0 {
                text += random.pick(["\n", "\n\n", inner + "\n", inner + " \n", " \n"])
            }
        }
        return text
    }

    private mutating func deeper() -> String { random.pick(["  ", "  ", "  ", "    ", " "]) }

    private mutating func line() -> String { value() + tail() + lineBreak() }

    private mutating func value() -> String {
        switch random.below(16) {
        case 0: random.pick(Self.values)
        case 1: scribble()
        case 2: "\"\(scribble())\""
        case 3: "'\(scribble())'"
        case 4: flowList()
        default: random.pick(Self.plainValues)
        }
    }

    private mutating func flowList() -> String {
        var text = "[" + random.pick(["", "", " "])
        for number in 0..<random.below(4) {
            if number > 0 { text += random.pick([", ", ", ", ",", " ,"]) }
            switch random.below(8) {
            case 0: text += random.pick(Self.values)
            case 1: text += scribble()
            case 2: text += "\"\(scribble())\""
            default: text += random.pick(Self.plainValues)
            }
        }
        return text + random.pick(["", "", "", " ", ",", ", "]) + "]"
    }

    /// A few bytes that mean something.
    private mutating func scribble() -> String {
        (0..<random.below(6)).map { _ in random.pick(Self.marks) }.joined()
    }

    private mutating func tail() -> String {
        random.below(6) == 0 ? random.pick([" # b", " #", "  # é: [", " ", "  ", "#b", "\t# b", " #\t"]) : ""
    }

    private mutating func lineBreak() -> String { random.below(60) == 0 ? random.pick(Self.breaks) : "\n" }

    private mutating func filler() -> String {
        guard random.below(10) == 0 else { return "" }
        return random.pick([
            "\n", "# b\n", "  # b: c\n", "    #\n", "  \n", "\n\n", "\t\n", "#\u{7}\n", "      # d\n",
        ])
    }

    // MARK: Spoiling

    private mutating func spoil(_ head: inout [UInt8], times: Int) {
        for _ in 0..<times {
            let place = random.below(head.count + 1)
            switch random.below(8) {
            case 0, 1: head.insert(contentsOf: Array(random.pick(Self.marks + Self.values).utf8), at: place)
            case 2:
                head.removeSubrange(place..<min(place + 1 + random.below(3), head.count))
            case 3:
                guard place < head.count else { continue }
                head.replaceSubrange(place...place, with: Array(random.pick(Self.marks).utf8))
            case 4:
                guard place < head.count else { continue }
                head.swapAt(place, random.below(head.count))
            case 5: moveLine(&head)
            case 6:
                let other = random.pick(heads)
                let start = random.below(other.count + 1)
                head.insert(
                    contentsOf: other[start..<min(start + random.below(30), other.count)], at: place)
            default: indentLine(&head)
            }
        }
    }

    private mutating func moveLine(_ head: inout [UInt8]) {
        var lines = head.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let moved = lines.remove(at: random.below(lines.count))
        lines.insert(moved, at: random.below(lines.count + 1))
        head = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    private mutating func indentLine(_ head: inout [UInt8]) {
        var lines = head.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let index = random.below(lines.count)
        if random.below(2) == 0 {
            lines[index] = Array(random.pick([" ", "  ", "- ", "\t", "# "]).utf8) + lines[index]
        } else {
            lines[index] = lines[index].dropFirst(1 + random.below(2))
        }
        head = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    // MARK: What heads are made of

    private static let names = ["title", "date", "a", "_b", "cover-image", "Tags", "null", "y", "D_9-"]
    private static let keys = [
        "a", "a", "b", "1", "a b", "a.b", "a.", "a:.b", "a::b", "a:", "a:#", "cSpell:ignore", "é", "\"a\"",
        "'a'", "<<", "-a", "? a", "[a]", "",
        "*a", "&a b", "!b a", "a#", "a #b", String(repeating: "k", count: 256),
        String(repeating: "k", count: 257), String(repeating: "k", count: 1100),
    ]
    private static let colons = [" :", "", ":\t", "::", ": :", ":  "]
    private static let breaks = [
        "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}", "", "\n\n", " \n", "\n---\n",
    ]

    private static let plainValues = [
        "a", "b c", "A day in May", "1", "-1", "+12", "017", "0x1F", "0o17", "1.5", "-.5", "1e3", ".inf",
        "-.INF",
        ".nan", "9223372036854775808", "~", "null", "NULL", "true", "False", "yes", "off", "2026-01-02",
        "2026-1-2 3:04:05.6 +01:00", "2026-02-30", "2016-01-01T00:01:00Z", "12:30", "é", "日本 語", "😀",
        "http://a.b/c?d=e#f", "C#", "it's", "(a)", "a/b", "a\u{A0}b", "\u{FFFD}", "x.y_z-", "$a", "=", "^a",
        "\"a\"", "\"b: c # d\"", "\"é \"", "'a'", "''", "\"\"", "'{{ a }}'", "'\\'", "a; b", "--a", "-a",
        "<a>", "\\",
    ]
    private static let values = [
        "a: b", "a:", "a:b", "a #b", "a#b", "a, b", "a\tb", "-", "- a", "--", "---", "...", "?", "?a", "? a",
        ":",
        ":a", ": a", "\"a", "a\"", "'a''b'", "\"a\\nb\"", "\"a\"b", "'a' 'b'", "\"a\": b", "\"a\"#b", "[]",
        "[ ]",
        "[,]", "[a,,b]", "[a: b]", "[a:b]", "[a, [b]]", "[{a: b}]", "{}", "{a: b}", "[a #b]", "[a#b]", "[-]",
        "[- a]", "[-1]", "[-,a]", "[?a]", "[a?]", "[a?b, c]", "[a", "a]", "[a]b", "[a] b", "[a]: b", "[a]#b",
        "[\"a\":b]", "[\"a\"b]", "[:a]", "[a:]", "[a:,b]", "[a:]b", "[a:[b]]", "[a:?b]", "&a b", "*a", "!t a",
        "!!str 1", "|", ">", "|-\n  a\n", ">\n    a\n  b", "%a", "@a", "`a", "<<", "\u{85}", "a\u{2028}b",
        "\u{FEFF}a", "a\u{FEFF}", "a\u{FFFE}", "\u{7F}", "a\u{0}b", "a\n  b", "\"a\n  b\"", "[a,\n b]",
        "\u{80}", "\u{9F}", "\u{FFFF}", "\u{D7FF}", "\u{E000}", "\u{10FFFF}",
        String(repeating: "v", count: 1100), "[\(String(repeating: "v, ", count: 400))]",
        String(repeating: "1", count: 41), "0x", "0xg", "1.2.3", "1e", "+", ".", "..", "a \"b\"", "a\"b: \"c",
    ]
    private static let marks = [
        "a", "b", "1", " ", " ", ":", ": ", "#", " #", "-", "- ", "?", "? ", ",", ", ", "[", "]", "{", "}",
        "'", "\"",
        "\\", "&", "*", "!", "|", ">", "%", "@", "`", "~", ".", "<", "<<", "=", "_", "\n", "\n\n", "\n  ",
        "\n- ",
        "\n  - ", "\n#", "\n---\n", "\n...\n", "\t", "\r", "\r\n", "\u{0}", "\u{1}", "\u{7F}", "\u{85}",
        "\u{9F}",
        "\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFD}", "\u{FFFE}", "é", "日", "😀",
    ]
}
