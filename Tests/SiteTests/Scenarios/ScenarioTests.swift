import Testing

/// The edits that broke other generators, one after the other: what must change, and what must not.
@Suite struct ScenarioTests {
    @Test func theFixtureBuilds() {
        let site = Fixture.site()
        expectBuild(site, ["blog/p06/index.html": "Text of 6", "index.html": "Post 12", "blog/page/3/index.html": "Post 1"])
    }
}
