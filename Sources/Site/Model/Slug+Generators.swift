import Text

/// Slugs as other generators make them.
extension Slug {
    /// The slug that an author wrote, as it is published: Hugo cleans it, Pelican leaves it alone.
    static func make(written slug: [UInt8], style: Style) -> [UInt8] {
        switch style {
        case .pelican: return slug
        case .hugo:
            let cleaned = hugo(slug, collapsesBlanks: true)
            let hyphen = UInt8(ascii: "-")
            guard let first = cleaned.firstIndex(where: { $0 != hyphen }),
                let last = cleaned.lastIndex(where: { $0 != hyphen })
            else { return make(slug, style: style) }
            return Array(cleaned[first...last])
        case .unicode, .ascii: return make(slug, style: style)
        }
    }

    /// The slug of a title in a pattern. Hugo's has no folders in it, and of a `+` no more than of a blank.
    static func make(title: [UInt8], style: Style) -> [UInt8] {
        guard style == .hugo else { return make(title, style: style) }
        var plain = sanitized(title, collapsesBlanks: true)
        while plain.hasSuffix("%23") { plain.removeLast(3) }
        let spaced = plain.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "/"): UInt8(ascii: "-")
            case UInt8(ascii: "+"): UInt8(ascii: " ")
            default: byte
            }
        }
        return sanitized(spaced, collapsesBlanks: true)
    }

    /// What Hugo keeps of a text. A hyphen stands for each blank, or, if blanks collapse, for one between two things that
    /// are kept, of which neither is a hyphen.
    static func hugo(_ bytes: [UInt8], collapsesBlanks: Bool) -> [UInt8] {
        // A slash divides folders; none of them leads out of the one above.
        let folders = sanitized(bytes, collapsesBlanks: collapsesBlanks).split(separator: UInt8(ascii: "/"))
            .filter {
                !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8)
            }
        return Array(folders.joined(separator: [UInt8(ascii: "/")]))
    }

    private static func sanitized(_ bytes: [UInt8], collapsesBlanks: Bool) -> [UInt8] {
        var slug: [UInt8] = []
        var needsHyphen = false
        let scalars = Array(
            Normalization.nfc(String(decoding: bytes, as: UTF8.self).lowercased()).unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            if scalar.properties.isWhitespace {
                if collapsesBlanks {
                    needsHyphen = !slug.isEmpty && slug.last != UInt8(ascii: "-")
                } else {
                    slug.append(UInt8(ascii: "-"))
                }
                continue
            }
            let isKept =
                scalar.isASCII
                ? "./_#+~-@".unicodeScalars.contains(scalar) || role(of: scalar) == .kept
                    // A slug is made of a slug again where folders are made of terms.
                    || scalar == "%" && scalars[(index + 1)...].starts(with: "23".unicodeScalars)
                : isLetterMarkOrDigit(scalar)
            guard isKept else { continue }
            if needsHyphen, scalar != "-" { slug.append(UInt8(ascii: "-")) }
            needsHyphen = false
            // In an address it would begin what is behind the path.
            slug.append(contentsOf: scalar == "#" ? Array("%23".utf8) : Array(String(Character(scalar)).utf8))
        }
        return slug
    }

    /// Go's `unicode.IsLetter`, `IsMark` and `IsDigit`.
    private static func isLetterMarkOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber:
            true
        default: false
        }
    }

    /// What Pelican keeps of a text.
    static func pelican(_ bytes: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        for scalar in Normalization.nfc(String(decoding: bytes, as: UTF8.self).lowercased()).unicodeScalars {
            if scalar.properties.isWhitespace {
                kept.append(UInt8(ascii: " "))
            } else if scalar.properties.generalCategory == .dashPunctuation {
                kept.append(UInt8(ascii: "-"))
            } else if scalar.isASCII {
                let byte = UInt8(truncatingIfNeeded: scalar.value)
                if byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "_") { kept.append(byte) }
            } else if scalar.properties.isAlphabetic {
                kept.append(contentsOf: Transliteration.ascii(String(Character(scalar))))
            }
        }
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") }
        var slug: [UInt8] = []
        for byte in kept.drop(while: isBlank).reversed().drop(while: isBlank).reversed() {
            let isHyphen = isBlank(byte) || byte == UInt8(ascii: "-")
            if !isHyphen {
                slug.append(byte)
            } else if slug.last != UInt8(ascii: "-") {
                slug.append(UInt8(ascii: "-"))
            }
        }
        return slug
    }
}
