import Text

/// A title as a part of a URL.
///
/// Lower case; letters, marks and digits of all scripts are kept; whatever else stands between them becomes
/// one hyphen; composed (NFC), so that one title is one slug whoever typed it. `++` and `#` right after a
/// letter are spelled out, so that C, C++ and C# are three slugs. Invisible marks vanish. A title of which
/// nothing would be left is spelled by the numbers of its characters, `?!` as `u3f-u21`, so that it has an
/// address; pictures and other signs stay as they are where letters of all scripts do.
public enum Slug {
    /// Which letters a slug has.
    public enum Style: String, Sendable {
        /// Those of all scripts.
        case unicode
        /// ASCII only: Latin, Greek and Cyrillic letters are written with their usual ASCII letters, those of
        /// other scripts are dropped.
        case ascii
        /// As Hugo makes them of names and terms: besides letters, marks and digits of all scripts, `. / _ # + ~ - @` stay;
        /// each blank becomes a hyphen, and what else there is vanishes (`common/paths/path.go`, `Sanitize`; backslashes and
        /// percent signs too, for which addresses have another use).
        case hugo
        /// As Pelican's: letters in ASCII, digits and `_`; blanks and hyphens become single hyphens, and what else there is
        /// vanishes (`pelican/utils.py`, `slugify`, with the substitutions of `SLUG_REGEX_SUBSTITUTIONS`).
        case pelican
    }

    /// The slug of a text; empty only for blanks and marks that nobody sees.
    ///
    /// - Complexity: O(n).
    public static func make(_ text: some Sequence<UInt8>, style: Style = .unicode) -> [UInt8] {
        let bytes = Array(text)
        if isSlug(bytes) { return bytes }
        let slug: [UInt8] =
            switch style {
            case .hugo: hugo(bytes, collapsesBlanks: false)
            case .pelican: pelican(bytes)
            case .unicode, .ascii: kept(bytes, style)
            }
        return slug.isEmpty ? spelled(bytes, style) : slug
    }

    /// Whether a text is a slug already, as most names of files are: lower case and digits with single hyphens between.
    private static func isSlug(_ bytes: [UInt8]) -> Bool {
        var needsMore = true
        for byte in bytes {
            if byte == UInt8(ascii: "-") {
                if needsMore { return false }
                needsMore = true
            } else {
                guard byte.isASCIIDigit || byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") else {
                    return false
                }
                needsMore = false
            }
        }
        return !needsMore
    }

    /// What of a text can be kept.
    private static func kept(_ bytes: [UInt8], _ style: Style) -> [UInt8] {
        if bytes.allSatisfy({ $0 < 0x80 }) { return hyphenated(bytes) }
        let composed = Normalization.nfc(String(decoding: bytes, as: UTF8.self).lowercased())
        guard style == .unicode else { return hyphenated(Transliteration.ascii(composed)) }
        var slug: [UInt8] = []
        var needsHyphen = false
        for scalar in composed.unicodeScalars {
            switch Self.role(of: scalar) {
            case .kept:
                if needsHyphen, !slug.isEmpty { slug.append(UInt8(ascii: "-")) }
                needsHyphen = false
                slug.append(contentsOf: String(Character(scalar)).utf8)
            case .dropped: break
            case .separator: needsHyphen = true
            }
        }
        return slug
    }

    /// A text without a letter: its signs as they are, or the numbers of its characters.
    private static func spelled(_ bytes: [UInt8], _ style: Style) -> [UInt8] {
        var slug: [UInt8] = []
        var wasSpelled = true
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar.properties.generalCategory {
            case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format, .enclosingMark,
                .nonspacingMark:
                continue
            case let category
            where style != .ascii && style != .pelican && !scalar.isASCII && isSign(category):
                if wasSpelled, !slug.isEmpty { slug.append(UInt8(ascii: "-")) }
                slug.append(contentsOf: String(Character(scalar)).utf8)
                wasSpelled = false
            default:
                if !slug.isEmpty { slug.append(UInt8(ascii: "-")) }
                slug.append(contentsOf: "u\(String(scalar.value, radix: 16))".utf8)
                wasSpelled = true
            }
        }
        return slug
    }

    private static func isSign(_ category: Unicode.GeneralCategory) -> Bool {
        switch category {
        case .otherSymbol, .mathSymbol, .currencySymbol, .modifierSymbol: true
        default: false
        }
    }

    /// A text as Jekyll's `:title` has it: case kept, and the marks `._~!$&'()+,;=@` too.
    public static func jekyllTitle(_ text: some Sequence<UInt8>) -> [UInt8] {
        var slug: [UInt8] = []
        var needsHyphen = false
        for scalar in String(decoding: Array(text), as: UTF8.self).unicodeScalars {
            let isMark = scalar.isASCII && "._~!$&'()+,;=@".unicodeScalars.contains(scalar)
            guard isMark || role(of: scalar) == .kept else {
                needsHyphen = true
                continue
            }
            if needsHyphen, !slug.isEmpty { slug.append(UInt8(ascii: "-")) }
            needsHyphen = false
            slug.append(contentsOf: String(Character(scalar)).utf8)
        }
        return slug
    }

    enum Role {
        case kept
        case dropped
        case separator
    }

    static func role(of scalar: Unicode.Scalar) -> Role {
        if scalar.isASCII {
            let byte = UInt8(truncatingIfNeeded: scalar.value)
            return byte.isASCIIDigit || byte.isASCIILetter
                ? .kept : .separator
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark,
            .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
            // Variation selectors are marks that only pick a look.
            return (0xFE00...0xFE0F).contains(scalar.value) ? .dropped : .kept
        case .format, .enclosingMark: return .dropped
        default: return .separator
        }
    }

    /// ASCII letters and digits in lower case with hyphens between.
    private static func hyphenated(_ bytes: [UInt8]) -> [UInt8] {
        var slug: [UInt8] = []
        slug.reserveCapacity(bytes.count)
        var needsHyphen = false
        for (index, byte) in bytes.enumerated() {
            if byte.isASCIILetter || byte.isASCIIDigit {
                if needsHyphen, !slug.isEmpty { slug.append(UInt8(ascii: "-")) }
                needsHyphen = false
                slug.append(byte.asciiLowercased)
                continue
            }
            if let word = spelledOut(bytes, index) {
                slug.append(UInt8(ascii: "-"))
                slug.append(contentsOf: word.utf8)
            }
            needsHyphen = true
        }
        return slug
    }

    /// `plus` or `sharp` for a mark right after a letter: one that ends the word, `++` in any case.
    private static func spelledOut(_ bytes: [UInt8], _ index: Int) -> String? {
        let mark = bytes[index]
        guard mark == UInt8(ascii: "+") || mark == UInt8(ascii: "#") else { return nil }
        var start = index
        while start > 0, bytes[start - 1] == mark { start -= 1 }
        guard start > 0, bytes[start - 1].isASCIILetter else { return nil }
        var end = index
        while end < bytes.count, bytes[end] == mark { end += 1 }
        let isPair = mark == UInt8(ascii: "+") && end - start == 2
        guard
            isPair || end == bytes.count || bytes[end] <= 0x20 || bytes[end] == UInt8(ascii: ",")
                || bytes[end] == UInt8(ascii: "/")
        else { return nil }
        return mark == UInt8(ascii: "+") ? "plus" : "sharp"
    }
}
