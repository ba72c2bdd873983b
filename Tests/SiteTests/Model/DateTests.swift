import Formats
import Site
import TestSupport
import Testing
import Text

/// Dates, zones and formats against what Python makes of them (`Cases/expect.py`).
@Suite struct DateTests {
    static func rows(_ name: String) -> [[String]] {
        let text = String(
            decoding: Repository.file("Tests/SiteTests/Model/Cases/\(name)") ?? [], as: UTF8.self)
        return text.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    @Test func zonesAreAsPythonHasThem() throws {
        let rows = Self.rows("zones.tsv")
        #expect(rows.count > 590)
        for row in rows {
            let zone = try #require(TimeZoneRules(named: row[0]), "\(row[0])")
            for cell in row.dropFirst() {
                let parts = cell.split(separator: ":", maxSplits: 2).map(String.init)
                let offset = zone.offset(at: Int(parts[0]) ?? 0)
                #expect(
                    String(offset.seconds) == parts[1] && offset.abbreviation.text == parts[2],
                    "\(row[0]) \(cell)")
            }
        }
    }

    @Test func localTimesAreAsPythonHasThem() throws {
        let rows = Self.rows("locals.tsv")
        #expect(rows.count == 12)
        for row in rows {
            let zone = try #require(TimeZoneRules(named: row[0]))
            for cell in row.dropFirst() {
                let parts = cell.split(separator: ":").compactMap { Int($0) }
                #expect(zone.seconds(ofLocal: parts[0]) == parts[1], "\(row[0]) \(cell)")
            }
        }
    }

    @Test func formatsAreAsPythonHasThem() throws {
        let rows = Self.rows("strftime.tsv")
        #expect(rows.count > 900)
        for row in rows {
            let zone = try #require(TimeZoneRules(named: row[0]))
            let instant = Instant(seconds: Int(row[1]) ?? 0).told(in: zone)
            let text = DateFormat(row[2]).string(from: instant)
            let expected = row[3].replacing("\\t", with: "\t").replacing("\\n", with: "\n")
            #expect(text == expected, "\(row[0]) \(row[1]) \(row[2])")
        }
    }

    @Test func zonesAreFoundByLinkCaseAndOffset() {
        #expect(TimeZoneRules(named: "europe/berlin")?.name == "Europe/Berlin")
        #expect(TimeZoneRules(named: "US/Pacific")?.offset(at: 0).abbreviation == "PST")
        #expect(TimeZoneRules(named: "+05:30")?.offset(at: 0).seconds == 19_800)
        #expect(TimeZoneRules(named: "UTC-8")?.offset(at: 0).seconds == -28_800)
        #expect(TimeZoneRules(named: "Mars/Olympus") == nil)
        #expect(TimeZoneRules(named: "") == nil)
        #expect(TimeZoneRules.utc.offset(at: 1 << 40).seconds == 0)
    }

    @Test(arguments: [
        ("2015-12-03 12:01:01", "2015-12-03T12:01:01"), ("2016-6-13 2:00:00", "2016-06-13T02:00:00"),
        ("2016-6-13", "2016-06-13"), ("2023-02-02", "2023-02-02"),
        ("2022-04-19T15:56:25.848Z", "2022-04-19T15:56:25.848Z"),
        ("2022-04-19 15:56:25 -08:00", "2022-04-19T15:56:25-08:00"),
        ("2022-04-19 15:56:25 -0800", "2022-04-19T15:56:25-08:00"),
        ("2022-04-19T15:56:25+01:00", "2022-04-19T15:56:25+01:00"),
        ("2022-04-19 15:56:25 +0100 CET", "2022-04-19T15:56:25+01:00"),
        ("2006-01-02T15:04", "2006-01-02T15:04:00"),
        ("2 Jan 2006", "2006-01-02"), ("Jan 2, 2006", "2006-01-02"),
        ("January 2 2006 3:04 PM", "2006-01-02T15:04:00"),
        ("Mon, 02 Jan 2006 15:04:05 +0000", "2006-01-02T15:04:05Z"), ("02-Jan-2006", "2006-01-02"),
        ("Monday 2 January 2006", "2006-01-02"), ("2006/01/02", "2006-01-02"),
        ("2006.1.2 03:04", "2006-01-02T03:04:00"),
        ("2006-01-02 12:30 am", "2006-01-02T00:30:00"), ("2006-01-02 15:04:05 UTC", "2006-01-02T15:04:05Z"),
        ("2006-01-02 15:04:05 +5", "2006-01-02T15:04:05+05:00"), (" 2006-01-02 ", "2006-01-02"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z"), ("2000-02-29", "2000-02-29"),
        ("9 Sept 2020", "2020-09-09"),
    ])
    func datesAreReadInAllShapes(_ text: String, _ expected: String) {
        #expect(DateTimeReader.read(Array(text.utf8)[...]) == expected.asDate)
    }

    @Test(arguments: [
        "2023-02-30", "2023-13-01", "2023-00-10", "1900-02-29", "2023-01-02 25:00", "31 Apr 2023",
        "2023-01-02 13:00 PM",
    ])
    func datesThatDoNotExistAreToldFromOthers(_ text: String) {
        #expect(DateTimeReader.read(Array(text.utf8)[...]) == .impossible)
    }

    @Test(arguments: [
        "", "soon", "2023", "2023-01", "20230102", "2023-01-02x", "2023-01-02T", "1.2.3", "Mayday 2",
        "2 2006", "2023-01-02 1", "12:30",
    ])
    func otherTextsAreNoDates(_ text: String) {
        #expect(DateTimeReader.read(Array(text.utf8)[...]) == .other)
    }

    @Test func daysCountBothWays() {
        #expect(CivilDate(year: 1970, month: 1, day: 1)?.dayNumber == 0)
        #expect(CivilDate(year: 2000, month: 3, day: 1)?.dayNumber == 11_017)
        #expect(CivilDate(year: 0, month: 1, day: 1)?.dayNumber == -719_528)
        for number in stride(from: -800_000, to: 800_000, by: 97) {
            let date = CivilDate(dayNumber: number)
            #expect(date.dayNumber == number)
            #expect(CivilDate(dayNumber: number + 1) > date)
            #expect((date.weekday + 1) % 7 == CivilDate(dayNumber: number + 1).weekday)
        }
    }

    @Test func aDateWithoutZoneIsToldInTheSitesZone() throws {
        let zone = try #require(TimeZoneRules(named: "Europe/Berlin"))
        let parts = try #require(DateTimeParts(year: 2026, month: 7, day: 1, hour: 12, minute: 0))
        #expect(DateFormat.rfc3339(Instant(parts, in: zone)) == "2026-07-01T12:00:00+02:00")
        let own = try #require(
            DateTimeParts(year: 2026, month: 7, day: 1, hour: 12, minute: 0, offsetSeconds: -28_800))
        #expect(DateFormat.rfc3339(Instant(own, in: zone)) == "2026-07-01T12:00:00-08:00")
        #expect(DateFormat.rfc3339(Instant(own, in: zone).told(in: zone)) == "2026-07-01T22:00:00+02:00")
        #expect(DateFormat.rfc3339(Instant(seconds: 0)) == "1970-01-01T00:00:00Z")
    }

    @Test(arguments: [
        ("long", "de", "2. März 2026"), ("long", "en", "March 2, 2026"), ("long", "fr", "2 mars 2026"),
        ("long", "es", "2 de marzo de 2026"),
        ("long", "ja", "2026年3月2日"), ("long", "zh", "2026年3月2日"), ("long", "pt-BR", "2 de março de 2026"),
        ("long", "pl", "2 marca 2026"), ("long", "uk", "2 березня 2026 р."), ("long", "ro", "2 martie 2026"),
        ("long", "bn", "2 মার্চ, 2026"), ("%OB %Y", "pl", "marzec 2026"), ("%A", "de", "Montag"),
        ("%a", "en", "Mon"),
        ("full", "en", "Monday, March 2, 2026"), ("medium", "en", "Mar 2, 2026"),
        ("rfc822", "de", "Mon, 02 Mar 2026 09:05:07 +0000"),
        ("iso8601", "fr", "2026-03-02T09:05:07+00:00"), ("date", "ja", "2026-03-02"),
        ("long", "xx", "March 2, 2026"),
        ("long", "en-GB", "2 March 2026"), ("long", "zh-TW", "2026年3月2日"), ("%A", "zh-TW", "星期一"),
    ])
    func datesAreWrittenInManyLanguages(_ format: String, _ language: String, _ expected: String) {
        let instant = Instant(seconds: 1_772_442_307, abbreviation: "UTC")
        #expect(DateFormat(format, language: language).string(from: instant) == expected)
    }

    @Test func everyLanguageIsWhole() throws {
        #expect(DateNames.languages.count > 90)
        for language in DateNames.languages {
            let names = try #require(DateNames(language: language))
            #expect(
                names.months.allSatisfy { !$0.isEmpty } && names.shortDays.allSatisfy { !$0.isEmpty },
                "\(language)")
            #expect(
                names.monthsAlone.allSatisfy { !$0.isEmpty } && Set(names.months).count == 12, "\(language)")
            #expect(
                names.long.contains("%Y") && (names.long.contains("%-d") || names.long.contains("%d")),
                "\(language)")
        }
    }
}

extension String {
    /// The reading of a date in RFC 3339's form.
    fileprivate var asDate: DateTimeReader.Reading {
        let numbers = split { !$0.isNumber }.compactMap { Int($0) }
        guard numbers.count > 3 else {
            return DateTimeParts(year: numbers[0], month: numbers[1], day: numbers[2]).map { .date($0) }
                ?? .other
        }
        var offset: Int?
        if hasSuffix("Z") { offset = 0 }
        var rest = Array(numbers[6...])
        let hasFraction = contains(".")
        let nanosecond = hasFraction ? rest.removeFirst() * 1_000_000 : 0
        if rest.count == 2 {
            offset = (rest[0] * 3600 + rest[1] * 60) * (self.dropFirst(10).contains("-") ? -1 : 1)
        }
        let parts = DateTimeParts(
            year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4],
            second: numbers[5], nanosecond: nanosecond, offsetSeconds: offset)
        return parts.map { .date($0) } ?? .other
    }
}
