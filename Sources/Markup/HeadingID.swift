import Text

/// Ids of headings: from text to slug, and one of a kind within a body.
struct HeadingIDTable {
    /// How often each slug was wanted; ids that authors wrote are in it too.
    private var wanted: [[UInt8]: Int] = [:]

    /// The slug of a text by a rule, not yet unique; may be empty.
    static func slug(_ text: [UInt8], _ range: Range<Int>, rule: HeadingIDs) -> [UInt8] {
        var slug: [UInt8] = []
        slug.reserveCapacity(range.count)
        var index = range.lowerBound
        let end = range.upperBound
        while index < end, text[index] == 0x20 { index += 1 }
        var last = end
        while last > index, text[last - 1] == 0x20 { last -= 1 }
        while index < last {
            let byte = text[index]
            if byte < 0x80 {
                index += 1
                switch byte {
                case 65...90: slug.append(byte + 32)
                case UInt8(ascii: "_") where rule == .ascii: slug.append(UInt8(ascii: "-"))
                case 97...122, 48...57, UInt8(ascii: "-"), UInt8(ascii: "_"): slug.append(byte)
                case 0x20, 0x09, 0x0A: slug.append(UInt8(ascii: "-"))
                default: if rule == .ascii { slug.append(UInt8(ascii: "-")) }
                }
                continue
            }
            let scalar = unsafe text.withUnsafeBufferPointer { unsafe WordCounter.decode($0, index, last) }
            index += scalar.count
            guard let value = Unicode.Scalar(scalar.value) else { continue }
            switch rule {
            case .github: appendLowercase(value, to: &slug)
            case .ascii: appendASCII(value, to: &slug)
            case .kramdown, .none: break
            }
        }
        if rule == .ascii || rule == .kramdown { tidy(&slug, dropsLeadingDigits: rule == .kramdown) }
        return slug
    }

    /// An id that no other heading of the body has: the slug, or the slug with `-1`, `-2`, … after it.
    mutating func unique(_ slug: [UInt8]) -> [UInt8] {
        guard let count = wanted[slug] else {
            wanted[slug] = 0
            return slug
        }
        var number = count
        while true {
            number += 1
            let candidate = slug + [UInt8(ascii: "-")] + Array(String(number).utf8)
            if wanted[candidate] == nil {
                wanted[slug] = number
                wanted[candidate] = 0
                return candidate
            }
        }
    }

    /// Takes an id as its author wrote it.
    ///
    /// - Returns: whether it was free.
    mutating func claim(_ id: [UInt8]) -> Bool {
        if wanted[id] != nil { return false }
        wanted[id] = 0
        return true
    }

    /// Letters, marks, digits and connectors of any script, in lower case; github-slugger drops all else.
    private static func appendLowercase(_ scalar: Unicode.Scalar, to slug: inout [UInt8]) {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .titlecaseLetter:
            slug.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
        case .lowercaseLetter, .modifierLetter, .otherLetter, .nonspacingMark, .spacingMark, .enclosingMark,
            .decimalNumber, .letterNumber, .connectorPunctuation:
            slug.append(contentsOf: String(scalar).utf8)
        default:
            break
        }
    }

    /// Letters without their marks, others with their usual ASCII letters; a hyphen for what is no letter.
    private static func appendASCII(_ scalar: Unicode.Scalar, to slug: inout [UInt8]) {
        // Zola takes the marks off first: its `ü` is `u`, not `ue`.
        let parts = Normalization.nfd(String(scalar)).unicodeScalars
        let plain = parts.filter(\.isASCII)
        let letters =
            plain.isEmpty
            ? Transliteration.ascii(scalar.properties.lowercaseMapping)
            : plain.map { UInt8(truncatingIfNeeded: $0.value) }
        for byte in letters {
            let lower = byte.asciiLowercased
            slug.append(lower &- 97 < 26 || lower.isASCIIDigit ? lower : UInt8(ascii: "-"))
        }
    }

    /// Runs of hyphens become one, none at the ends.
    private static func tidy(_ slug: inout [UInt8], dropsLeadingDigits: Bool) {
        var tidied: [UInt8] = []
        for byte in slug {
            if byte == UInt8(ascii: "-"), tidied.isEmpty || tidied.last == byte { continue }
            if dropsLeadingDigits, tidied.isEmpty, byte < 97 { continue }
            tidied.append(byte)
        }
        if tidied.last == UInt8(ascii: "-") { tidied.removeLast() }
        slug = tidied
    }
}
