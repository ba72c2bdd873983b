/// How a language names months and days, and orders the parts of a date.
///
/// The names come with the binary (Unicode CLDR; `Scripts/generate_date_names.py`).
///
/// A class, since each format has its names with it.
public final class DateNames: Sendable, Equatable {
    /// The language that they are of.
    public let language: String
    /// Months as they stand in a date, January first.
    public let months: [String]
    /// The same, short.
    public let shortMonths: [String]
    /// Months as they stand alone.
    public let monthsAlone: [String]
    /// The same, short.
    public let shortMonthsAlone: [String]
    /// Days, Sunday first.
    public let days: [String]
    /// The same, short.
    public let shortDays: [String]
    /// The halves of the day.
    public let halves: [String]
    /// Patterns of a date, in strftime's directives.
    public let full: String
    /// "2 January 2026"
    public let long: String
    /// "2 Jan 2026"
    public let medium: String
    /// "2/1/26"
    public let short: String

    /// English as strftime's C locale has it.
    public static let english = DateNames(language: "en") ?? DateNames(fields: [])

    /// The names of a language by its BCP 47 code: the code itself, then shorter ones; `nil` when there are none.
    ///
    /// `pt-BR` is found as `pt`, `zh-TW` as traditional Chinese.
    public convenience init?(language: String) {
        var code = language.split { $0 == "_" || $0 == "-" }.map(String.init)
        guard !code.isEmpty else { return nil }
        code[0] = code[0].lowercased()
        if code[0] == "zh",
            code.dropFirst().contains(where: { ["tw", "hant", "mo"].contains($0.lowercased()) })
        {
            code = ["zh", "Hant"]
        }
        if code[0] == "iw" { code[0] = "he" }
        while !code.isEmpty {
            if let found = Self.table[code.joined(separator: "-").lowercased()] {
                self.init(fields: found)
                return
            }
            code.removeLast()
        }
        return nil
    }

    /// Whether two are of one language.
    public static func == (left: DateNames, right: DateNames) -> Bool { left.language == right.language }

    private init(fields: [String]) {
        func field(_ index: Int) -> String { index < fields.count ? fields[index] : "" }
        func names(_ index: Int, _ count: Int) -> [String] {
            let names = field(index).split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            return names.count == count ? names : Array(repeating: "", count: count)
        }
        language = field(0)
        months = names(1, 12)
        shortMonths = names(2, 12)
        monthsAlone = names(3, 12)
        shortMonthsAlone = names(4, 12)
        days = names(5, 7)
        shortDays = names(6, 7)
        halves = names(7, 2)
        full = field(8)
        long = field(9)
        medium = field(10)
        short = field(11)
    }

    /// The codes of all languages, in byte order.
    public static var languages: [String] {
        table.values.compactMap(\.first).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The fields of each language by its code in lower case.
    private static let table: [String: [String]] = {
        var table: [String: [String]] = [:]
        for line in CarriedData.dateNames.split(separator: UInt8(ascii: "\n"))
        where line.first != UInt8(ascii: "#") {
            let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            if let code = fields.first { table[code.lowercased()] = fields }
        }
        return table
    }()
}
