import TestSupport
import Testing
import Text

@testable import Engine
@testable import Site

/// The time of the build by granules, in zones that change their clocks.
@Suite struct NowTests {
    private static func site(_ zone: String, _ now: String) -> SiteUnderTest {
        let granules = ["year", "month", "day", "hour", "minute", "second"].map {
            "{{ now(\"\($0)\") | date(\"%Y-%m-%d %H:%M:%S %z\") }}\n"
        }
        return SiteUnderTest(
            """
            -- site.json --
            {"title": "T", "baseURL": "https://e.org/", "timeZone": "\(zone)"}
            -- templates/page.html --
            {{ now("year").year }} {{ now("month").month }} {{ now("day").day }} {{ now("hour").hour }}
            -- templates/home.html --
            \(granules.joined())-- content/a.md --
            A

            """, now: now)
    }

    /// A granule begins when the clocks of that time showed its beginning, whatever they show now.
    @Test(arguments: [
        // North, in summer, in winter, and on the days of both changes, before and after them.
        (
            "Europe/Berlin", "2026-07-01T12:34:56Z", "2026 7 1 14", "2026-01-01 00:00:00 +0100",
            "2026-07-01 00:00:00 +0200"
        ),
        (
            "Europe/Berlin", "2026-01-01T00:30:00Z", "2026 1 1 1", "2026-01-01 00:00:00 +0100",
            "2026-01-01 00:00:00 +0100"
        ),
        (
            "Europe/Berlin", "2025-12-31T22:30:00Z", "2025 12 31 23", "2025-01-01 00:00:00 +0100",
            "2025-12-31 00:00:00 +0100"
        ),
        (
            "Europe/Berlin", "2026-03-29T00:30:00Z", "2026 3 29 1", "2026-01-01 00:00:00 +0100",
            "2026-03-29 00:00:00 +0100"
        ),
        (
            "Europe/Berlin", "2026-03-29T12:00:00Z", "2026 3 29 14", "2026-01-01 00:00:00 +0100",
            "2026-03-29 00:00:00 +0100"
        ),
        (
            "Europe/Berlin", "2026-03-30T00:00:00Z", "2026 3 30 2", "2026-01-01 00:00:00 +0100",
            "2026-03-30 00:00:00 +0200"
        ),
        (
            "Europe/Berlin", "2026-10-25T00:30:00Z", "2026 10 25 2", "2026-01-01 00:00:00 +0100",
            "2026-10-25 00:00:00 +0200"
        ),
        (
            "Europe/Berlin", "2026-10-25T01:30:00Z", "2026 10 25 2", "2026-01-01 00:00:00 +0100",
            "2026-10-25 00:00:00 +0200"
        ),
        (
            "Europe/Berlin", "2026-10-25T12:00:00Z", "2026 10 25 13", "2026-01-01 00:00:00 +0100",
            "2026-10-25 00:00:00 +0200"
        ),
        (
            "America/New_York", "2026-07-01T03:00:00Z", "2026 6 30 23", "2026-01-01 00:00:00 -0500",
            "2026-06-30 00:00:00 -0400"
        ),
        (
            "America/New_York", "2026-03-08T12:00:00Z", "2026 3 8 8", "2026-01-01 00:00:00 -0500",
            "2026-03-08 00:00:00 -0500"
        ),
        // South.
        (
            "Australia/Sydney", "2026-07-01T00:00:00Z", "2026 7 1 10", "2026-01-01 00:00:00 +1100",
            "2026-07-01 00:00:00 +1000"
        ),
        (
            "Australia/Sydney", "2026-04-05T03:00:00Z", "2026 4 5 13", "2026-01-01 00:00:00 +1100",
            "2026-04-05 00:00:00 +1100"
        ),
        (
            "Australia/Sydney", "2026-10-04T03:00:00Z", "2026 10 4 14", "2026-01-01 00:00:00 +1100",
            "2026-10-04 00:00:00 +1000"
        ),
        (
            "Australia/Sydney", "2026-12-31T14:00:00Z", "2027 1 1 1", "2027-01-01 00:00:00 +1100",
            "2027-01-01 00:00:00 +1100"
        ),
        // The clocks are put forward by half an hour, and at midnight.
        (
            "Australia/Lord_Howe", "2026-10-04T03:00:00Z", "2026 10 4 14", "2026-01-01 00:00:00 +1100",
            "2026-10-04 00:00:00 +1030"
        ),
        (
            "Asia/Beirut", "2026-03-29T09:00:00Z", "2026 3 29 12", "2026-01-01 00:00:00 +0200",
            "2026-03-29 01:00:00 +0300"
        ),
        (
            "Asia/Kolkata", "2026-07-01T18:40:00Z", "2026 7 2 0", "2026-01-01 00:00:00 +0530",
            "2026-07-02 00:00:00 +0530"
        ),
        (
            "UTC", "2026-07-01T12:00:00Z", "2026 7 1 12", "2026-01-01 00:00:00 +0000",
            "2026-07-01 00:00:00 +0000"
        ),
    ])
    func granulesBeginByTheClocksOfTheirBeginning(
        _ zone: String, _ now: String, _ parts: String, _ year: String, _ day: String
    ) {
        let site = Self.site(zone, now)
        expectBuild(site, ["a/index.html": parts])
        let told = site.output("index.html")?.split(separator: "\n").map(String.init) ?? []
        #expect(told.count == 6 && told[0] == year && told[2] == day, "\(told)")
        // Each granule has begun, and all that are coarser are in the same one.
        for index in told.indices.dropLast() {
            #expect(told[index].prefix(4) == told[index + 1].prefix(4), "\(told)")
        }
    }

    /// In every zone at any time, the beginning of a granule is in it, and not later than now.
    @Test func granulesHoldTheirBeginning() throws {
        var random = RandomSource(seed: 1)
        for name in TimeZoneRules.names {
            let zone = try #require(TimeZoneRules(named: name))
            var instants = (0..<12).map { _ in random.below(2_200_000_000) }
            // About the changes of the clocks, where there are some.
            for day in 0..<730 {
                let start = 1_767_225_600 + day * 86_400
                guard zone.offset(at: start).seconds != zone.offset(at: start + 86_400).seconds else {
                    continue
                }
                instants += (0..<96).map { start + $0 * 900 + 60 }
            }
            for seconds in instants {
                let now = Instant(seconds: seconds).told(in: zone)
                let offset = zone.offset(at: seconds).seconds
                func parts(_ instant: Instant) -> [Int] {
                    [instant.date.year, instant.date.month, instant.date.day, instant.hour]
                }
                let granules: [ClockGranule] = [
                    .year(offset: offset), .month(offset: offset), .day(offset: offset),
                    .hour(offset: offset),
                ]
                for (index, granule) in granules.enumerated() {
                    let begin = ZoneOffset.told(Int(granule.start(of: Int64(seconds))), by: offset, in: zone)
                    let isRight = begin.seconds <= seconds && parts(begin)[...index] == parts(now)[...index]
                    #expect(isRight, "\(name) \(granule) of \(now): \(begin)")
                }
            }
        }
    }

    /// On the day on which the clocks change a page that tells the day is made again when they do, and at the next midnight.
    @Test func theChangeOfTheClocksIsNoOtherDay() {
        let site = SiteUnderTest(
            """
            -- site.json --
            {"title": "T", "baseURL": "https://e.org/", "timeZone": "Europe/Berlin"}
            -- templates/page.html --
            {{ now("day") | date("%Y-%m-%d") }}
            -- content/a.md --
            A

            """, now: "2026-03-29T00:59:59Z")
        expectBuild(site, ["a/index.html": "2026-03-29"])
        let made = "page-output en:content/a.md"
        site.world.now = World.instant("2026-03-29T01:00:00Z")
        expectRebuilt(site, ran: made, written: "")
        site.world.now = World.instant("2026-03-29T21:59:59Z")
        expectRebuilt(site, ran: "", written: "")
        site.world.now = World.instant("2026-03-29T22:00:00Z")
        expectRebuilt(site, ran: made, written: "a/index.html")
        expectBuild(site, ["a/index.html": "2026-03-30"])
    }

    /// What no calendar here can tell is the next that it can, and years of more digits are none of fewer.
    @Test(arguments: [
        (Instant.told.upperBound, "9999"), (Instant.told.lowerBound, "-996"), (258_000_000_000, "10145"),
    ])
    func theEndsOfTime(_ now: Int, _ year: String) {
        let site = Self.site("Europe/Berlin", "2026-01-01")
        site.world.now = Int64(now)
        expectBuild(site, ["a/index.html": year])
        #expect(Instant(seconds: .max).seconds == Instant.told.upperBound)
        #expect(Instant(seconds: .min).seconds == Instant.told.lowerBound)
    }
}
