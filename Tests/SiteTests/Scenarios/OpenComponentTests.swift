import Site
import Testing
import Text

/// Calls of components whose end was forgotten: what should stand in them stands below, and nobody sees why.
@Suite struct OpenComponentTests {
    /// The findings of one call, by the template that is called.
    private func findings(_ template: String, _ call: String) -> [String] {
        let site = SiteUnderTest(
            """
            -- templates/page.html --
            {{ page.content }}
            -- templates/components/box.html --
            \(template)
            -- content/a.md --
            Before.

            \(call)
            text

            """)
        expectBuild(site)
        return site.findings.map {
            "\($0.code.name) \($0.location.map { "\($0.path.text):\($0.line):\($0.column)" } ?? "")"
        }
    }

    @Test(arguments: [
        "<b>{{ body }}</b>", "{{ raw_body.strip() }}", "{% filter upper %}{{ body | safe }}{% endfilter %}",
        "{% for line in raw_body.split() %}{{ line }}{% endfor %}{% if kwargs.x %}1{% endif %}",
        "{{ (body ~ 'x') | safe }}",
    ])
    func aBodyThatIsShownIsClosed(_ template: String) {
        #expect(findings(template, "{{< box >}}") == ["unclosed-component content/a.md:3:1"])
        #expect(findings(template, "{{% box x=1 %}}") == ["unclosed-component content/a.md:3:1"])
        #expect(findings(template, "{{< box />}}") == [])
        #expect(findings(template, "{{< box >}}{{< /box >}}") == [])
        // The other kind of finding is not told twice.
        #expect(findings(template, "{{< box >}}\n{{< box >}}x{{< /box >}}").count == 1)
    }

    @Test(arguments: [
        "x", "{% if body %}{{ body }}{% endif %}", "{{ body or 'x' }}", "{{ body | default('x') }}",
        "{{ body if body else 'x' }}", "{% if kwargs.x %}{{ body }}{% endif %}",
        "{% set text = body | trim %}{% if text %}{{ body }}{% endif %}",
        "{{ body }}{% if raw_body is defined %}1{% endif %}",
        "{% for line in raw_body.split() %}{{ line }}{% else %}none{% endfor %}",
        "{% macro m() %}{{ body }}{% endmacro %}", "{# {{ body }} #}",
    ])
    func aBodyThatMayBeLeftOutNeedsNoEnd(_ template: String) {
        #expect(findings(template, "{{< box >}}") == [])
    }

    @Test func theDefaultThemeTellsOfItsOwn() {
        let site = SiteUnderTest(
            """
            -- content/a.md --
            {{< note >}}

            {{< details >}}

            {{< highlight swift >}}

            {{< figure src="a.svg" alt="A" >}}
            -- static/a.svg --
            <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>

            """)
        expectBuild(site)
        #expect(
            site.findings.filter { $0.code.name == "unclosed-component" }.map(\.message) == [
                "\"note\" shows what stands in it, and is not closed",
                "\"details\" shows what stands in it, and is not closed",
                "\"highlight\" shows what stands in it, and is not closed",
            ])
    }
}
