import Text

/// The text of HTML fragments, and fragments cut to a length.
public enum HTMLText {
    /// The text without tags, comments, scripts and styles; character references resolved, spaces collapsed.
    public static func plain(_ html: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        var tokens = HTMLTokenizer(html)
        while tokens.next() {
            switch tokens.kind {
            case .text: appendText(html, tokens.range, to: &text)
            case .startTag, .endTag: if isBreaking(tokens) { text.append(0x20) }
            case .rawText, .comment: break
            }
        }
        return collapsed(text)
    }

    /// How many words the text has; a CJK character counts as one.
    public static func wordCount(_ html: [UInt8]) -> Int {
        let text = plain(html)
        return WordCounter.count(text, 0..<text.count)
    }

    /// The fragment cut after some words, open elements closed.
    ///
    /// - Parameters:
    ///   - html: a fragment.
    ///   - words: how many runs of text between spaces stay.
    ///   - ending: put after the last word when something was cut; HTML.
    /// - Returns: the fragment itself when it is no longer than that.
    public static func truncated(_ html: [UInt8], words: Int, ending: [UInt8] = Array("…".utf8)) -> [UInt8] {
        var counter = TruncationCounter(limit: max(0, words))
        return truncated(html, &counter, ending)
    }

    /// The end tags that a fragment lacks, innermost first.
    static func missingEndTags(_ html: [UInt8]) -> [UInt8] {
        var open: [[UInt8]] = []
        var tokens = HTMLTokenizer(html)
        while tokens.next() { track(tokens, in: &open) }
        return endTags(open)
    }

    /// The fragment without links and footnote marks: headings in a table of contents.
    static func withoutLinks(_ html: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var tokens = HTMLTokenizer(html)
        var skipped = 0
        while tokens.next() {
            let isTag = tokens.kind == .startTag || tokens.kind == .endTag
            if isTag, tokens.isNamed("sup") {
                let isMark =
                    tokens.kind == .startTag
                    && tokens.attributes.contains { html[$0.value].elementsEqual("footnote-ref".utf8) }
                if isMark || skipped > 0 {
                    skipped += tokens.kind == .startTag ? 1 : -1
                    continue
                }
            }
            if skipped > 0 || isTag && tokens.isNamed("a") { continue }
            result.append(contentsOf: html[tokens.range])
        }
        return result
    }

    /// Appends text with its character references resolved.
    static func appendText(_ html: [UInt8], _ range: Range<Int>, to text: inout [UInt8]) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = html[index]
            if byte == 0x26, let reference = CharacterReference.read(html, index, range.upperBound) {
                text.append(contentsOf: String(reference.character).utf8)
                index = reference.end
            } else {
                text.append(byte)
                index += 1
            }
        }
    }

    // MARK: -

    private static func truncated(
        _ html: [UInt8], _ counter: inout TruncationCounter, _ ending: [UInt8]
    ) -> [UInt8] {
        var open: [[UInt8]] = []
        var tokens = HTMLTokenizer(html)
        while tokens.next() {
            if tokens.kind == .text {
                if let cut = counter.cut(html, tokens.range) {
                    var end = cut
                    while end > tokens.range.lowerBound, HTMLTokenizer.isSpace(html[end - 1]) { end -= 1 }
                    return Array(html[..<end]) + ending + endTags(open)
                }
            } else {
                if isBreaking(tokens), tokens.kind != .comment { counter.breakWord() }
                track(tokens, in: &open)
            }
        }
        return html
    }

    private static func track(_ tokens: HTMLTokenizer, in open: inout [[UInt8]]) {
        switch tokens.kind {
        case .startTag:
            let isVoid = tokens.isNamed(oneOf: [
                "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
                "track",
                "wbr",
            ])
            if !isVoid, !tokens.isSelfClosing {
                open.append(tokens.bytes[tokens.name].asciiLowercased)
            }
        case .endTag:
            let name = tokens.bytes[tokens.name].asciiLowercased
            if let last = open.lastIndex(of: name) { open.removeLast(open.count - last) }
        default:
            break
        }
    }

    private static func endTags(_ open: [[UInt8]]) -> [UInt8] {
        open.reversed().flatMap { Array("</".utf8) + $0 + [0x3E] }
    }

    private static func isBreaking(_ tokens: HTMLTokenizer) -> Bool {
        guard tokens.kind == .startTag || tokens.kind == .endTag else { return false }
        return !tokens.isNamed(oneOf: [
            "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "del",
            "kbd", "mark",
            "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "tt",
        ])
    }

    private static func collapsed(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        for byte in text {
            if HTMLTokenizer.isSpace(byte) {
                if let last = result.last, last != 0x20 { result.append(0x20) }
            } else {
                result.append(byte)
            }
        }
        if result.last == 0x20 { result.removeLast() }
        return result
    }
}

/// Counts words until there are enough of them.
struct TruncationCounter {
    let limit: Int
    private var count = 0
    private var inWord = false

    init(limit: Int) {
        self.limit = limit
    }

    /// What comes next is a word of its own.
    mutating func breakWord() { inWord = false }

    /// Where to cut, when the limit is passed within this text.
    mutating func cut(_ html: [UInt8], _ range: Range<Int>) -> Int? {
        for index in range {
            if HTMLTokenizer.isSpace(html[index]) {
                inWord = false
            } else if !inWord {
                if count == limit { return index }
                count += 1
                inWord = true
            }
        }
        return nil
    }
}

/// Character references: numbers, and the names that occur in prose.
enum CharacterReference {
    private static var names: [(StaticString, Unicode.Scalar)] {
        [
            ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("nbsp", "\u{A0}"),
            ("mdash", "—"), ("ndash", "–"), ("hellip", "…"), ("lsquo", "‘"), ("rsquo", "’"), ("ldquo", "“"),
            ("rdquo", "”"), ("laquo", "«"), ("raquo", "»"), ("copy", "©"), ("reg", "®"), ("trade", "™"),
            ("shy", "\u{AD}"), ("times", "×"), ("rarr", "→"), ("larr", "←"), ("bull", "•"), ("middot", "·"),
            ("euro", "€"), ("deg", "°"), ("zwj", "\u{200D}"), ("zwnj", "\u{200C}"),
        ]
    }

    /// Reads a reference at an `&`.
    static func read(_ bytes: [UInt8], _ start: Int, _ end: Int) -> (character: Unicode.Scalar, end: Int)? {
        var close = start + 1
        while close < end, close - start < 12, bytes[close] != 0x3B { close += 1 }
        guard close < end, bytes[close] == 0x3B, close > start + 1 else { return nil }
        if bytes[start + 1] == 0x23 {
            let isHexadecimal = bytes[start + 2] | 0x20 == 0x78
            let digits = String(
                decoding: bytes[
                    (start + (isHexadecimal ? 3 : 2))..<max(start + (isHexadecimal ? 3 : 2), close)],
                as: UTF8.self)
            guard let value = UInt32(digits, radix: isHexadecimal ? 16 : 10), value != 0,
                let scalar = Unicode.Scalar(value)
            else { return nil }
            return (scalar, close + 1)
        }
        for (name, scalar) in names where HTMLTokenizer.equal(bytes, start + 1..<close, name) {
            return (scalar, close + 1)
        }
        return nil
    }
}
