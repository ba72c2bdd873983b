/// Which form of a text a number takes in a language: "1 post", "2 posts"; Polish has three forms, Arabic six.
///
/// Source: Unicode CLDR, plural rules for cardinals, as far as they concern whole numbers (Unicode Technical Standard 35,
/// part 3, "Language Plural Rules").
public enum PluralCategory: String, Sendable, CaseIterable {
    case zero, one, two, few, many, other

    /// The form of a number.
    ///
    /// - Parameters:
    ///   - number: any whole number; its sign does not matter.
    ///   - language: a BCP 47 code, of which the first part counts; one that is not known forms its plurals as English does.
    public init(of number: Int, in language: String) {
        let number = number.magnitude
        let parts = language.split { $0 == "-" || $0 == "_" }.map { $0.lowercased() }
        // Portugal counts as English does, Brazil as French does.
        let isOfPortugal = parts.first == "pt" && parts.dropFirst().contains("pt")
        self = Self.category(Number(number), isOfPortugal ? "" : parts.first ?? "")
    }

    /// A number by what the rules ask of it.
    private struct Number {
        let value: UInt
        let ten: UInt
        let hundred: UInt

        init(_ value: UInt) {
            self.value = value
            ten = value % 10
            hundred = value % 100
        }

        /// Whether it ends in one of 11 to 19.
        var isTeen: Bool { (11...19).contains(hundred) }
    }

    private static func category(_ number: Number, _ language: String) -> PluralCategory {
        let value = number.value
        switch language {
        case "bm", "bo", "dz", "hnj", "id", "ig", "ii", "ja", "jv", "kde", "kea", "km", "ko", "lkt", "lo",
            "ms", "my",
            "nqo",
            "osa", "sah", "ses", "sg", "su", "th", "to", "tpi", "vi", "wo", "yo", "yue", "zh":
            return .other
        case "am", "as", "bn", "doi", "fa", "ff", "fr", "gu", "hi", "hy", "kab", "kn", "pcm", "pt", "zu",
            "ak",
            "bho", "guw", "ln", "mg", "nso", "pa", "ti", "wa", "si":
            return value <= 1 ? .one : .other
        case "be", "ru", "uk", "bs", "hr", "sh", "sr":
            if number.ten == 1, number.hundred != 11 { return .one }
            if (2...4).contains(number.ten), !(12...14).contains(number.hundred) { return .few }
            return ["be", "ru", "uk"].contains(language) ? .many : .other
        case "pl":
            if value == 1 { return .one }
            return (2...4).contains(number.ten) && !(12...14).contains(number.hundred) ? .few : .many
        case "cs", "sk": return value == 1 ? .one : (2...4).contains(value) ? .few : .other
        case "sl", "hsb", "dsb":
            switch number.hundred {
            case 1: return .one
            case 2: return .two
            case 3, 4: return .few
            default: return .other
            }
        case "lt":
            if number.isTeen || number.ten == 0 { return .other }
            return number.ten == 1 ? .one : .few
        case "lv", "prg":
            if number.isTeen || number.ten == 0 { return .zero }
            return number.ten == 1 ? .one : .other
        case "mk", "is": return number.ten == 1 && number.hundred != 11 ? .one : .other
        case "ro", "mo":
            if value == 1 { return .one }
            return value == 0 || (1...19).contains(number.hundred) ? .few : .other
        case "he", "iw": return value == 1 ? .one : value == 2 ? .two : .other
        case "ar", "ars", "mt":
            switch value {
            case 0: return language == "mt" ? .few : .zero
            case 1: return .one
            case 2: return .two
            default: break
            }
            if (3...10).contains(number.hundred) { return .few }
            return (11...(language == "mt" ? 19 : 99)).contains(number.hundred) ? .many : .other
        case "ga":
            switch value {
            case 1: return .one
            case 2: return .two
            case 3...6: return .few
            case 7...10: return .many
            default: return .other
            }
        case "gd":
            switch value {
            case 1, 11: return .one
            case 2, 12: return .two
            case 3...10, 13...19: return .few
            default: return .other
            }
        case "cy":
            switch value {
            case 0: return .zero
            case 1: return .one
            case 2: return .two
            case 3: return .few
            case 6: return .many
            default: return .other
            }
        case "br":
            let isApart = [10, 70, 90].contains(number.hundred - number.ten)
            if number.ten == 1, !isApart { return .one }
            if number.ten == 2, !isApart { return .two }
            if [3, 4, 9].contains(number.ten), !isApart { return .few }
            return value != 0 && value % 1_000_000 == 0 ? .many : .other
        case "fil", "tl", "ceb": return [4, 6, 9].contains(number.ten) ? .other : .one
        case "tzm": return value <= 1 || (11...99).contains(value) ? .one : .other
        default: return value == 1 ? .one : .other
        }
    }
}
