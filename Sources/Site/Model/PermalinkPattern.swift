public import Text

/// A pattern of URLs with the tokens of Jekyll and Hugo: `/:year/:month/:slug/`.
///
/// - Dates: `:year :short_year :month :i_month :short_month :long_month :monthname :day :i_day :y_day :yearday
///   :w_year :week :w_day :weekday :short_day :long_day :weekdayname :hour :minute :second`.
/// - Names: `:slug` and `:title` are the slug, or that of the title, as Hugo has it; of Jekyll's posts, and in its named
///   styles, that of the file's name, of which `:title` keeps the case; `:contentbasename :filename :basename :name :slugorcontentbasename :slugorfilename` come from the
///   file name.
/// - Places: `:section`, `:sections` (also `[1]`, `[1:]`, `[last]`), `:sectionslug`, `:sectionslugs`, `:path`,
///   `:collection`, `:categories`, `:slugified_categories`, `:output_ext`.
/// - Jekyll's named styles: `date`, `pretty`, `ordinal`, `weekdate`, `none`.
///
/// - Pelican's names in braces: `{slug} {category} {date:%Y}`, with the conversions of dates that have a token above.
///
/// A token without a value is empty, and doubled slashes are one. A colon within a word that no token follows is a colon:
/// `/wiki/Help:Contents/`.
public struct PermalinkPattern: Sendable {
    /// A piece of a pattern.
    enum Piece: Sendable {
        case text([UInt8])
        case token(Token, Selection)
    }

    /// Which of several parts: `[first:last]`, from 0; negative numbers count from the end.
    struct Selection: Sendable, Equatable {
        var lower: Int = 0
        var upper: Int?
        var isAll = true
    }

    let pieces: [Piece]

    /// Whether it needs a date.
    public let needsDate: Bool
    /// Whether the pattern is one that Jekyll has a name for.
    let isStyleOfJekyll: Bool

    /// Reads a pattern.
    ///
    /// - Returns: the pattern, and findings: unknown tokens with the nearest one.
    public static func read(
        _ text: some Collection<UInt8>, at range: SourceRange, in file: SourceFile
    ) -> (pattern: PermalinkPattern, diagnostics: [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        let written = Array(text)
        let style = namedStyles.first { $0.name.utf8.elementsEqual(written) }
        let bytes = style.map { Array($0.pattern.utf8) } ?? written
        var pieces: [Piece] = []
        var run: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "{"), let close = bytes[index...].firstIndex(of: UInt8(ascii: "}")) {
                let name = bytes[(index + 1)..<close]
                index = close + 1
                guard let found = Self.pieces(ofPelican: name) else {
                    diagnostics.append(
                        Diagnostic(
                            .unknownPermalinkToken,
                            "no name is \"{\(String(decoding: name, as: UTF8.self))}\"", at: range, in: file,
                            hint: "known are {slug}, {category} and {date:%Y-%m-%d}"))
                    continue
                }
                if !run.isEmpty { pieces.append(.text(run)) }
                run = []
                pieces += found
                continue
            }
            guard byte == UInt8(ascii: ":"), index + 1 < bytes.count, isNameByte(bytes[index + 1]) else {
                run.append(byte)
                index += 1
                continue
            }
            var end = index + 1
            while end < bytes.count, isNameByte(bytes[end]) { end += 1 }
            guard let match = longestToken(bytes[(index + 1)..<end]) else {
                if let before = run.last, isNameByte(before) || before.isASCIIDigit {
                    run.append(contentsOf: bytes[index..<end])
                    index = end
                    continue
                }
                let name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
                diagnostics.append(
                    Diagnostic(
                        .unknownPermalinkToken, "no token is named \":\(name)\"", at: range, in: file,
                        hint: Spelling.hint(for: ":" + name, among: Token.allCases.map { ":" + $0.rawValue }))
                )
                index = end
                continue
            }
            if !run.isEmpty { pieces.append(.text(run)) }
            run = []
            index += 1 + match.rawValue.utf8.count
            var selection = Selection()
            if index < bytes.count, bytes[index] == UInt8(ascii: "["),
                let close = bytes[index...].firstIndex(of: UInt8(ascii: "]"))
            {
                if let parsed = Self.selection(bytes[(index + 1)..<close]) {
                    selection = parsed
                } else {
                    diagnostics.append(
                        Diagnostic(
                            .unknownPermalinkToken, "a selection should be like [0], [1:3] or [last]",
                            at: range, in: file))
                }
                index = close + 1
            }
            pieces.append(.token(match, selection))
        }
        if !run.isEmpty { pieces.append(.text(run)) }
        return (PermalinkPattern(pieces: pieces, isStyleOfJekyll: style != nil), diagnostics)
    }

    private init(pieces: [Piece], isStyleOfJekyll: Bool) {
        self.pieces = pieces
        self.isStyleOfJekyll = isStyleOfJekyll
        needsDate = pieces.contains { piece in
            if case .token(let token, _) = piece { return token.isOfDate }
            return false
        }
    }

    private static let namedStyles: [(name: String, pattern: String)] = [
        ("date", "/:categories/:year/:month/:day/:title:output_ext"),
        ("pretty", "/:categories/:year/:month/:day/:title/"),
        ("ordinal", "/:categories/:year/:y_day/:title:output_ext"),
        ("weekdate", "/:categories/:year/W:week/:short_day/:title:output_ext"),
        ("none", "/:categories/:title:output_ext"),
    ]

    /// What a name in braces stands for, or `nil` when Pelican does not have it or it says nothing about a place here.
    private static func pieces(ofPelican name: ArraySlice<UInt8>) -> [Piece]? {
        let all = Selection()
        if name.elementsEqual("slug".utf8) { return [.token(.slug, all)] }
        if name.elementsEqual("category".utf8) { return [.token(.slugified_categories, all)] }
        guard name.starts(with: "date:".utf8) else { return nil }
        var pieces: [Piece] = []
        var rest = name.dropFirst("date:".utf8.count)
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                pieces.append(.text([byte]))
                continue
            }
            guard let letter = rest.popFirst(), let token = conversions[letter] else { return nil }
            pieces.append(.token(token, all))
        }
        return pieces
    }

    private static let conversions: [UInt8: Token] = [
        UInt8(ascii: "Y"): .year, UInt8(ascii: "y"): .short_year, UInt8(ascii: "m"): .month,
        UInt8(ascii: "d"): .day, UInt8(ascii: "j"): .y_day, UInt8(ascii: "b"): .short_month,
        UInt8(ascii: "B"): .long_month, UInt8(ascii: "a"): .short_day, UInt8(ascii: "A"): .long_day,
        UInt8(ascii: "H"): .hour, UInt8(ascii: "M"): .minute, UInt8(ascii: "S"): .second,
    ]

    /// Whether a text of front matter is a pattern rather than an address.
    static func isOne(_ text: some Collection<UInt8>) -> Bool {
        text.contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "{") }
    }

    /// The longest token that the letters start with: `:title_of` is `:title` and `_of`.
    private static func longestToken(_ name: ArraySlice<UInt8>) -> Token? {
        var best: Token?
        for token in Token.allCases where name.starts(with: token.rawValue.utf8) {
            let rest = name.dropFirst(token.rawValue.utf8.count).first
            // `:titles` is a slip, `:title_x` a token and text.
            if let rest, rest != UInt8(ascii: "_") { continue }
            if token.rawValue.utf8.count > best?.rawValue.utf8.count ?? 0 { best = token }
        }
        return best
    }

    private static func selection(_ text: ArraySlice<UInt8>) -> Selection? {
        func bound(_ part: ArraySlice<UInt8>) -> Int? {
            part.elementsEqual("last".utf8)
                ? -1 : Int(String(decoding: part, as: UTF8.self)).flatMap { abs($0) < 1000 ? $0 : nil }
        }
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else {
            return bound(text).map { Selection(lower: $0, upper: $0 == -1 ? nil : $0 + 1, isAll: false) }
        }
        let left = text[..<colon]
        let right = text[(colon + 1)...]
        guard let lower = left.isEmpty ? 0 : bound(left) else { return nil }
        if right.isEmpty { return Selection(lower: lower, upper: nil, isAll: false) }
        guard let upper = bound(right) else { return nil }
        return Selection(lower: lower, upper: upper, isAll: false)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte.isASCIILetter
    }
}
