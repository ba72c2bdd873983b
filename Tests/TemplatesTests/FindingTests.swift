import Templates
import Testing
import Text

/// What people read when something is wrong.
struct FindingTests {
    private func findings(_ text: String, _ change: (inout TestTemplates) -> Void = { _ in }) -> [String] {
        var templates = TestTemplates([("main", text)], variables: Variables([("title", .text("T"))]))
        templates.settings.undefined = .reported
        change(&templates)
        let compiled = templates.programs().flatMap(\.diagnostics)
        return (compiled + templates.render().diagnostics).map { finding in
            let place = finding.location.map { "\($0.path.text):\($0.line):\($0.column) " } ?? ""
            let count = finding.count > 1 ? " (\(finding.count) times)" : ""
            return place + finding.message + count + (finding.hint.map { " — " + $0 } ?? "")
        }
    }

    @Test("every syntax error of a file is reported, and none twice")
    func allSyntaxErrors() {
        let text = """
            {{ a b }}
            {% for x in %}{{ x }}{% endfor %}
            {% if a %}{{ 'open }}{% endif %}
            {{ x|nofilter }}{% foo %}{% endfoo %}
            {% if a %}{% for x in y %}{% endif %}
            """
        let lines = findings(text).compactMap {
            $0.split(separator: ":").dropFirst().first.flatMap { Int($0) }
        }
        #expect(lines == [1, 2, 3, 4, 5, 4])
    }

    @Test("a bracket left open ends with its tag, so that mistakes after it are found")
    func openBrackets() {
        let text = """
            {{ [1, 2 }}
            {% if (a %}{{ b c }}{% endif %}
            {{ {'a': 1 }}
            {{ x | }}
            {{ x }
            {{ 1 2 }}
            """
        let places = findings(text).compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(
            places == [
                "main:1:10", "main:2:11", "main:2:17", "main:3:13", "main:4:8", "main:5:6", "main:6:6",
            ])
    }

    @Test(
        "after a tag that has no end, mistakes are found that are there, and none that are not",
        arguments: [
            // A construct without its end tag, and what is in it.
            ("{% if a %}\n{{ b c }}\n{{ 1 2 }}", "2:6 3:6 3:8"),
            ("{% block a %}{{ x|nofilter }}", "1:28 1:19"),
            ("{% for x in %}{{ x|nofilter }}{% break %}{% endfor %}", "1:13 1:20"),
            ("{% for without %}\n{{ a b }}\n{% if x %}{{ c d }}{% endif %}\n", "1:16 2:6 3:16 3:29"),
            ("{% call m() %}\n{% if %}{{ 1 2 }}", "2:7 2:14 2:16"),
            // Ends in the wrong order are one mistake, and so are the parts of what was never begun.
            ("{% if a %}{% for x in y %}{{ x|nofilter }}{% endif %}{% endfor %}{{ 1 2 }}", "1:46 1:71 1:32"),
            ("{% else %}{% endif %}{{ 1 2 }}", "1:4 1:27"),
            ("{% if a %}{% elif %}{{ 1 2 }}{% else %}{% endif %}", "1:19 1:26"),
            // A string without its end.
            ("{{ 'open }}\n<a title='x'>{{ b c }}</a>\n{{ x|nofilter }}", "2:11 2:19 3:6"),
            ("{{ 'open }}\n{{ b c }}", "1:4 2:6"),
            ("{% if 'open %}\n{% endif %}\n<a title='x'>{{ b c }}", "3:11 3:19"),
            ("{% include 'a %}\n{% include 'b' %}{{ 1 2 }}", "2:13 2:23"),
            // A tag without its end, or with that of the other kind.
            ("{% if a \n<p>text</p>{{ b c }}{% endif %}\n{{ 1 2 }}", "2:9 2:17 3:6"),
            ("{{ a\n{{ b c }}\n{{ d }}", "2:1 2:6"),
            ("{% if a }}x{% endif %}{{ 1 2 }}", "1:9 1:28"),
            ("{{ a %}x{{ 1 2 }}", "1:7 1:14"),
            ("{% set x = {{ y }} %}\n{{ 1 2 }}", "1:17 2:6"),
            ("{% if {{ x }} == 1 %}a{{ 1 2 }}{% endif %}{{ 3 4 }}", "1:12 1:28 1:48"),
            // A comment and a raw block without their ends hide what they may hold.
            ("{# lost\n{{ a b }}\n{% if x %}{{ 1 2 }}{% endif %}", "1:1 2:6 3:16"),
            ("{% if a %}{# {% for x in y %}\n{% endfor %}\n{{ a b }}", "1:11 3:6"),
            ("{% if a %}{% raw %}{{ a b }}\n{% endif %}", "1:11"),
            ("{% trans %}a{% if x %}b{% endif %}{% endtrans %}{{ 1 2 }}", "1:16 1:54"),
        ])
    func recovery(text: String, places: String) {
        var templates = TestTemplates([("main", text)])
        templates.settings.extensions = [.i18n, .loopControls]
        let found = templates.programs()[0].diagnostics.map { finding in
            let place = finding.location
            return "\(place?.line ?? 0):\(place?.column ?? 0)"
        }
        #expect(found.joined(separator: " ") == places, "\(text)")
    }

    @Test(
        "the nearest known name is suggested",
        arguments: [
            ("{{ title|uper }}", "did you mean \"upper\"?"),
            ("{{ title is defind }}", "did you mean \"defined\"?"),
            ("{% if title is defind %}{% endif %}", "did you mean \"defined\"?"),
            ("{% if title %}{{ title|uper }}{% endif %}", "did you mean \"upper\"?"),
            (
                "{{ none.title }}",
                "what it is asked of is none here: test it first, {% if … %}, or give it a default"
            ),
            ("{% include 'main' %}", "what includes or calls itself needs a condition that ends it"),
            (
                "{{ [1, 2, 3]|truncate(3, leeway=0, end='') ~ [1, 2]|truncate(1, end='', leeway=0) }}",
                "a list is cut by [:1]"
            ),
            ("{% fro x in y %}", "did you mean \"for\"?"),
            ("{{ tilte }}", "did you mean \"title\"?"),
            ("{% set d = {'name': 1} %}{{ d.nmae }}", "did you mean \"name\"?"),
            ("{{ title|truncate(lenght=3) }}", "did you mean \"length\"?"),
            ("{% macro m(size) %}{% endmacro %}{{ m(sise=1) }}", "did you mean \"size\"?"),
            ("{{ rang(3) }}", "did you mean \"range\"?"),
            ("{% for i in 3 %}{% endfor %}", "range(…) counts up to a number"),
            (
                "{% for k, v in {'key': 1} %}{% endfor %}",
                "a dictionary gives its keys; for keys and values write .items() behind it"
            ),
            ("{{ [1]|map('string')|length }}", "put | list before | length"),
            (
                "{{ [none, 1]|sort }}",
                "one of them is none; to sort, leave out what has no value: … | selectattr(\"…\") | sort(…)"
            ),
            ("{{ none + 1 }}", "one of them is none; give it a value: … | default(0, true)"),
            (
                "{{ title() }}",
                "what stands before the parentheses is a value and no function: leave them out"
            ),
            ("{% block main %}{% endblock mian %}", "the block that ends here is 'main'"),
            ("{% for x in [] %}{% end %}", "did you mean \"endfor\"?"),
            ("{% if title %}{% else %}{% end %}", "did you mean \"endif\"?"),
            ("{% include partials/nav.html %}", "the name of a template stands in quotes"),
            ("{%- extends nav.html -%}", "the name of a template stands in quotes"),
            ("{% include title.html %}", "the name of a template stands in quotes"),
            ("{% set d = {} %}{% include d.nav %}", "'dict object' has no attribute 'nav'"),
            ("{{ self.main() }}{% block mian %}{% endblock %}", "did you mean \"mian\"?"),
            ("{% set x.a = 1 %}", "only what namespace(…) made has attributes that can be set"),
        ])
    func suggestions(text: String, hint: String) {
        #expect(findings(text).contains { $0.hasSuffix(hint) }, "\(findings(text))")
    }

    @Test(
        "the nearest template and the nearest block are suggested",
        arguments: [
            ("{% include 'nav.htm' %}", "did you mean \"nav.html\"?"),
            ("{% include 'footer.html' %}", "did you mean \"partials/footer.html\"?"),
            // The same file elsewhere is nearer than another one beside it.
            ("{% include 'x.html' %}", "did you mean \"partials/x.html\"?"),
            ("{% include ['sidebar.html', 'bse.html'] %}", "did you mean \"base.html\"?"),
            ("{% extends 'bas.html' %}", "did you mean \"base.html\"?"),
            (
                "{% extends 'base.html' %}{% block contnet %}x{% endblock %}",
                "main:1:29 block 'contnet' is never printed: no template that this one extends has it — "
                    + "did you mean \"content\"?"
            ),
            (
                "{% extends 'base.html' %}{% block sidebar %}x{% endblock %}",
                "main:1:29 block 'sidebar' is never printed: no template that this one extends has it — "
                    + "they have one block content"
            ),
            (
                "{% extends 'two.html' %}{% if title %}{% block sidebar %}x{% endblock %}{% endif %}",
                "— they have the blocks content, inner"
            ),
            ("{% extends 'nav.html' %}{% block sidebar %}x{% endblock %}", "— they have no blocks"),
            // One that the template in between has, but nobody above it, is told there.
            (
                "{% extends 'lost.html' %}",
                "lost.html:1:29 block 'sidebar' is never printed: no template that this one extends has it — they have one block content"
            ),
            // Only a slip is told where another template might be extended.
            (
                "{% extends layout or 'base.html' %}{% block contents %}x{% endblock %}",
                "did you mean \"content\"?"
            ),
        ])
    func templateAndBlockSuggestions(text: String, hint: String) {
        let found = findings(text, Self.addParents)
        #expect(found.contains { $0.hasSuffix(hint) }, "\(found)")
    }

    @Test(
        "a block that another parent may have, one within another, and one printed by self, a macro or a variable are no findings",
        arguments: [
            "{% extends layout or 'base.html' %}{% block sidebar %}x{% endblock %}",
            "{% extends 'chosen.html' %}{% block sidebar %}x{% endblock %}",
            "{% if title %}{% extends 'base.html' %}{% else %}{% extends 'nav.html' %}{% endif %}"
                + "{% block sidebar %}x{% endblock %}",
            "{% extends 'base.html' %}{% macro side() %}{% block sidebar %}x{% endblock %}{% endmacro %}"
                + "{% block content %}{{ side() }}{% endblock %}",
            "{% extends 'base.html' %}{% set side %}{% block sidebar %}x{% endblock %}{% endset %}"
                + "{% block content %}{{ side }}{% endblock %}",
            "{% extends 'base.html' %}{% block content %}{% block contents %}x{% endblock %}{% endblock %}",
            "{% extends 'base.html' %}{% block contents %}x{% endblock %}"
                + "{% block content %}{{ self.contents() }}{% endblock %}",
            "{% extends 'middle.html' %}{% block content %}x{% endblock %}",
        ])
    func blocksThatMayBe(text: String) {
        #expect(findings(text, Self.addParents) == [])
    }

    @Test(
        "text that no block holds is told in a template that extends another, once and where it begins",
        arguments: [
            ("{% extends 'base.html' %}\n <p>\nhi</p> {{ title }}", "main:2:2"),
            ("{% extends 'base.html' %}{% if title %}{{ title }}{% endif %}", "main:1:43"),
            (
                "{% extends 'base.html' %}\n<!-- a\nb -->\n{% set a %}x{% endset %}{% block content %}x{% endblock %}\n",
                ""
            ),
            ("{% extends 'base.html' %}{% macro m() %}x{% endmacro %}{# x #}\n", ""),
            ("<p>{% extends 'base.html' %}", ""),
            ("{% if title %}{% extends 'base.html' %}{% endif %}x", ""),
        ])
    func lostText(text: String, place: String) {
        let found = findings(text, Self.addParents)
        #expect(
            found.count == (place.isEmpty ? 0 : 1) && found.allSatisfy { $0.hasPrefix(place + " ") },
            "\(found)")
    }

    private static func addParents(_ templates: inout TestTemplates) {
        templates.templates += [
            ("base.html", "{% block content %}{% endblock %}"),
            ("middle.html", "{% extends 'base.html' %}"), ("nav.html", ""), ("partials/footer.html", ""),
            (
                "two.html",
                "{% extends 'base.html' %}{% block content %}{% block inner %}{% endblock %}{% endblock %}"
            ),
            ("chosen.html", "{% extends ['base.html', 'nav.html'] | first %}"),
            ("lost.html", "{% extends 'base.html' %}{% block sidebar %}x{% endblock %}"),
            ("partials/x.html", ""), ("a.html", ""),
        ]
    }

    @Test(
        "what an imported template and a template's blocks lack is said in words of this language",
        arguments: [
            (
                "{% import 'm' as m %}{{ m.crad() }}",
                "main:1:25 the template 'm' has no macro or variable 'crad' — did you mean \"card\"?"
            ),
            ("{{ self.nope() }}", "main:1:4 there is no block 'nope'"),
            (
                "{% from 'm' import card %}{{ card() }}",
                "m:1:22 'title' is undefined — what is imported sees it with {% import … with context %}; "
                    + "or hand it to the macro as an argument"
            ),
        ])
    func lacks(text: String, finding: String) {
        #expect(
            findings(text) { $0.templates.append(("m", "{% macro card() %}{{ title }}{% endmacro %}")) }
                == [finding])
    }

    @Test("using something undefined is a finding once for each place, with a count, and rendering goes on")
    func undefinedIsReported() {
        var templates = TestTemplates([
            (
                "main",
                "{% for i in [1, 2, 3] %}{{ nope }}{{ i }}{% endfor %}{{ nope + 1 }}|{{ nope.a.b }}|{% for x in nope %}{% endfor %}end"
            )
        ])
        templates.settings.undefined = .reported
        let result = templates.render()
        #expect(String(decoding: result.bytes, as: UTF8.self) == "123||end")
        #expect(result.diagnostics.map(\.count) == [3, 1, 1, 1])
        #expect(result.diagnostics.allSatisfy { $0.code == .undefinedValue })
        #expect(result.failure == nil)
        #expect(result.programsWithFindings.count == 1)
    }

    @Test("in conditions, with default and with tests, something undefined is no finding")
    func undefinedInConditions() {
        let text =
            "{% if nope %}{% endif %}{{ nope|default('d') }}{{ nope is defined }}{{ nope or 'x' }}{{ 'y' if nope.a else 'z' }}"
        #expect(findings(text) == [])
    }

    @Test("a finding names the chain of includes, extends and macros")
    func chain() {
        var templates = TestTemplates([
            ("main", "\n{% include 'middle' %}"),
            ("middle", "{% macro m() %}\n{{ 1 / 0 }}{% endmacro %}{{ m() }}"),
        ])
        templates.settings.undefined = .reported
        let finding = templates.render().diagnostics.first
        #expect(finding?.message == "division by zero")
        #expect(finding?.location.map { "\($0.path.text):\($0.line):\($0.column)" } == "middle:2:4")
        let notes = finding?.notes.map {
            "\($0.message) \($0.location?.path.text ?? ""):\($0.location?.line ?? 0)"
        }
        #expect(notes == ["in macro 'm', called here middle:2", "included here main:2"])
    }

    @Test("after an error in a recursive loop the statements around it are rendered once")
    func errorInRecursiveLoop() {
        let text =
            "{% for p in [1] %}<{% for x in p recursive %}{{ loop(x.c) }}{% endfor %}>{% break %}{% endfor %}."
        var templates = TestTemplates([("main", text)])
        templates.settings.undefined = .reported
        templates.settings.extensions = [.loopControls]
        let result = templates.render()
        #expect(String(decoding: result.bytes, as: UTF8.self) == "<>.")
        #expect(result.diagnostics.map(\.message) == ["'int' object is not iterable"])
    }

    @Test("after an error in one statement the others are rendered")
    func errorsAreStatements() {
        var templates = TestTemplates([
            (
                "main",
                "a{{ 1 / 0 }}b{% if 1 + 'a' %}x{% endif %}c{% for i in 5 %}x{% endfor %}d{% set x %}e{{ 1 / 0 }}f{% endset %}{{ x }}"
            )
        ])
        templates.settings.undefined = .reported
        let result = templates.render()
        #expect(String(decoding: result.bytes, as: UTF8.self) == "abcdef")
        #expect(result.diagnostics.count == 4)
    }
}

/// No template can hang the machine or exhaust it.
struct LimitTests {
    @Test(
        "what has no end, or no measure, ends in a finding",
        arguments: [
            "{% for i in range(10 ** 12) %}{% endfor %}", "{{ range(10 ** 12)|list }}",
            "{% set l = [1] %}{% for i in l %}{% set _ = l.append(i) %}{% endfor %}",
            "{% include 'main' %}",
            "{% extends 'main' %}", "{% import 'main' as m %}",
            "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
            "{{ 'a' * 10 ** 12 }}", "{{ [1] * 10 ** 12 }}", "{{ 'a'|center(10 ** 12) }}",
            "{{ '%*d' % (10 ** 12, 1) }}",
            "{{ '%999999999999d' % 1 }}", "{{ '{:999999999999}'.format(1) }}", "{{ 10 ** 100 }}",
            "{{ 9223372036854775807 + 1 }}",
            "{% set ns = namespace(s='a') %}{% for i in range(100) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
            "{% set ns = namespace(s=[]) %}{% for i in range(1000) %}{% set ns.s = [ns.s] %}{% endfor %}",
            "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
            "{% set l = [] %}{% do l.append(l) %}{{ l }}",
            "{% set d = {} %}{% do d.update(a=d) %}{{ d|tojson }}",
            "{{ 'x'|indent(10 ** 12) }}", "{{ 'aaaa'|replace('', 'x' * 50000000) }}", "{{ lipsum(10 ** 9) }}",
            "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}", "{{ 'a'.ljust(10 ** 12) }}",
            "{% block b %}{{ self.b() }}{% endblock %}", "{{ [1]|batch(10 ** 12, 'x')|list }}",
            "{{ 1|round(-10 ** 12) / 0 }}",
            "{{ 'a'.zfill(10 ** 12) }}", "{{ [[1]]|sum(start=[]) * 10 ** 9 }}",
            "{{ ('x' * 1000000)|list|join('y' * 1000) }}",
        ])
    func bounded(text: String) {
        var templates = TestTemplates([("main", text)])
        templates.settings.extensions = [.do]
        // Small limits make the test quick; the defaults are only larger.
        templates.limits.steps = 200_000
        let result = templates.render()
        #expect(result.failure != nil || result.bytes.count < 1000, "printed \(result.bytes.count) bytes")
        #expect(result.failure != nil)
    }

    @Test("expressions and blocks nested without end are findings")
    func nesting() {
        let deep = [
            "{{ " + String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000) + " }}",
            "{{ " + String(repeating: "[", count: 5000), "{{ " + String(repeating: "-", count: 5000) + "1 }}",
            "{{ 1" + String(repeating: " + 1", count: 5000) + " }}",
            "{{ a" + String(repeating: ".b", count: 5000) + " }}",
            "{{ " + String(repeating: "not ", count: 5000) + "1 }}",
            "{{ a" + String(repeating: "|e", count: 5000) + " }}",
            String(repeating: "{% if 1 %}", count: 5000),
            "{{ 1" + String(repeating: " if 1 else 1", count: 5000) + " }}",
        ]
        for text in deep { #expect(TestTemplates([("main", text)]).programs()[0].program.isBroken) }
    }
}
