import Synchronization
import Templates
import Testing
import Text

/// What a program is made of, and what stands for it.
struct ProgramTests {
    private func program(_ text: String) -> Program { TestTemplates([("main", text)]).programs()[0].program }

    @Test("comments and positions do not change a program's fingerprint")
    func fingerprintIgnoresComments() {
        let plain = program("a{{ x.y|upper }}{% if x %}b{% endif %}")
        let commented = program("{# note #}a{{  x.y | upper }}{#\n#}{% if x   %}b{% endif %}")
        #expect(plain.fingerprint == commented.fingerprint)
        #expect(plain.positionsFingerprint != commented.positionsFingerprint)
    }

    @Test(
        "whatever a template does is in its fingerprint",
        arguments: [
            "a{{ x.z|upper }}", "b{{ x.y|upper }}", "a{{ x.y|lower }}", "a{{ x.y }}", "a{{ x.y|upper }} ",
            "a{{ x['y']|upper }}", "a{% set x = 1 %}{{ x.y|upper }}", "a{{ x.y|upper() + 1 }}",
            "a{{ x.y|upper }",
        ])
    func fingerprintSeesChanges(text: String) {
        #expect(program("a{{ x.y|upper }}").fingerprint != program(text).fingerprint)
    }

    @Test("a program names the templates it may need")
    func namedTemplates() {
        let program = program(
            "{% extends 'a' %}{% block x %}{% include ['b', 'c'] %}{% import 'd' as d %}"
                + "{% include n %}{% endblock %}")
        #expect(program.namedTemplates == ["a", "b", "c", "d"].map { Array($0.utf8) })
    }

    @Test("constants are computed, and text is joined, while compiling")
    func folding() {
        let expected = "function 0 root:\n  0 text \"a3b6\"\n  2 end 0"
        #expect(program("a{{ 1 + 2 }}{# c #}b{{ 2 * 3 }}").disassembly == expected)
    }

    @Test("what a host object is asked for is what the template names, and no more")
    func hostObjectsSeeReads() {
        let log = ReadLog()
        var templates = TestTemplates(
            [
                (
                    "main",
                    "{{ page.title }}{{ page.nope is defined }}{% if page.draft %}{{ page.body }}{% endif %}"
                        + "{{ pages|length }}{{ pages|first }}"
                )
            ], variables: Variables([("page", .object(View())), ("pages", .object(View()))]))
        templates.settings.undefined = .reported
        let result = templates.render(host: log)
        #expect(String(decoding: result.bytes, as: UTF8.self) == "TFalse2f")
        #expect(log.reads == ["title", "nope", "draft", "count", "filter first"])
        #expect(result.diagnostics.isEmpty)
    }
}

extension ProgramTests {
    @Test("what a comparison has on its left lives until it is compared, though nobody else has it")
    func heldValuesLive() {
        let maker = Maker()
        let templates = TestTemplates(
            [("main", "{{ make.map.part == make.whether.alive }}{{ make.map.part != make.whether.alive }}")],
            variables: Variables([("make", .object(maker))]))
        #expect(String(decoding: templates.render().bytes, as: UTF8.self) == "FalseTrue")
        #expect(maker.answers.withLock { $0 } == [true, true])
    }
}

/// Makes a new map each time it is asked for one, and says whether what lies in the last still lives.
private final class Maker: HostObject {
    final class Part: HostObject {
        var typeName: String { "part" }
    }
    struct Last {
        weak var part: Part?
    }
    let last = Mutex(Last())
    let answers = Mutex<[Bool]>([])

    var typeName: String { "maker" }

    func attribute(_ name: Symbol, in render: inout RenderContext) -> Value? {
        switch name.text {
        case "map":
            let part = Part()
            last.withLock { $0.part = part }
            return .dict(DictValue(frozen: [(Value.text("part"), Value.object(part))]))
        // A second maker, so that the answer is asked for when something else has been looked at.
        case "whether": return .object(Witness(self))
        default: return nil
        }
    }

    final class Witness: HostObject {
        let maker: Maker
        init(_ maker: Maker) { self.maker = maker }
        var typeName: String { "witness" }
        func attribute(_ name: Symbol, in render: inout RenderContext) -> Value? {
            let isAlive = maker.last.withLock { $0.part != nil }
            maker.answers.withLock { $0.append(isAlive) }
            return .bool(isAlive)
        }
    }
}

private final class ReadLog {
    var reads: [String] = []
}

private final class View: HostObject {
    var typeName: String { "view" }

    private func note(_ what: String, _ render: inout RenderContext) {
        (render.host as? ReadLog)?.reads.append(what)
    }

    func attribute(_ name: Symbol, in render: inout RenderContext) -> Value? {
        note(name.text, &render)
        return name == "title" ? .text("T") : name == "draft" ? .bool(false) : nil
    }

    func count(in render: inout RenderContext) -> Int? {
        note("count", &render)
        return 2
    }

    func apply(filter: Symbol, _ arguments: borrowing Arguments, in render: inout RenderContext) -> Value? {
        guard filter == "first" else { return nil }
        note("filter first", &render)
        return .text("f")
    }
}
