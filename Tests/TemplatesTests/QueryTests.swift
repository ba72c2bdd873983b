import Templates
import Testing
import Text

/// A collection may answer chains of filters as a whole; nobody sees the difference.
struct QueryTests {
    static let expressions = [
        "pages|selectattr('draft')|map(attribute='title')|join(',')",
        "pages|rejectattr('draft')|map(attribute='title')|join(',')",
        "pages|selectattr('rank', 'gt', 2)|map(attribute='title')|join(',')",
        "pages|selectattr('title', 'in', ('b', 'd'))|list|length",
        "pages|selectattr('title', 'equalto', \"it's\")|first",
        "pages|sort(attribute='title')|map(attribute='title')|join(',')",
        "pages|sort(true, attribute='rank')|map(attribute='title')|join(',')",
        "pages|sort(attribute='draft,title', reverse=true)|map(attribute='title')|join(',')",
        "pages|sort(attribute='title', case_sensitive=true)|map(attribute='title')|join(',')",
        "(pages|sort(attribute='title'))[:2]|map(attribute='title')|join(',')",
        "(pages|sort(attribute='title'))[1:3]|map(attribute='title')|join(',')",
        "(pages|sort(attribute='title'))[1:3:1]|length",
        "(pages|sort(attribute='title'))[::2]|map(attribute='title')|join(',')",
        "(pages|sort(attribute='title'))[-2:]|map(attribute='title')|join(',')",
        "(pages|sort(attribute='title'))[4:99]|map(attribute='title')|join(',')",
        "(pages|sort(attribute='title'))[9:99]|length",
        "(pages|sort(attribute='title'))[0].title",
        "(pages|sort(attribute='title'))[99]",
        "(pages|sort(attribute='title'))[99] is defined",
        "(pages|sort(attribute='title')|first).title",
        "(pages|sort(attribute='title')|last).title",
        "(pages|selectattr('draft')|first).title",
        "(pages|selectattr('draft')|last).title",
        "pages|selectattr('draft')|length",
        "pages|selectattr('draft')|list|count",
        "pages|sort(attribute='rank')|length",
        "pages|selectattr('nope')|first",
        "pages|selectattr('nope')|list",
        "pages|sort(attribute='nope')|length",
        "pages|sort(attribute='mixed')|length",
        "pages|selectattr('draft')|sort(attribute='title')|first is mapping",
        "pages|selectattr('draft')|sort(attribute='rank') is sequence",
        "pages|selectattr('draft') is sequence",
        "pages|selectattr('draft')|string",
        "(pages|sort(attribute='title')) + [1]",
        "pages|selectattr('draft', 'sameas', true)|list|length",
        "pages|selectattr('draft', wanted)|list|length",
        "pages|sort(attribute=key)|map(attribute='title')|join(',')",
        "pages|chosen('rank')|map(attribute='title')|join(',')",
        "(pages|chosen('rank', 3)|sort(attribute='title'))[:1]|map(attribute='title')|join(',')",
        "pages|selectattr('draft', 'nosuch')|list|length",
        "pages|sort(attribute='title', nosuch=1)|length",
        "pages|sort|length",
        "[3, 1, 2]|sort|first",
        "nothing|selectattr('a')|list|length",
        "nothing|sort(attribute='a')|first",
    ]

    @Test("a collection that answers queries gives what the filters give", arguments: expressions)
    func sameAnswers(expression: String) {
        let plain = render(expression, answers: false)
        let answered = render(expression, answers: true)
        #expect(plain.text == answered.text)
        #expect(plain.findings == answered.findings)
    }

    @Test(
        "chains of known filters are asked as a whole, and only the part that is wanted",
        arguments: [
            ("(pages|selectattr('draft')|sort(attribute='title'))[:2]", ["title,draft slice(0, 2)"]),
            ("pages|sort(attribute='params.x,title')|first", ["params,title slice(0, 1)"]),
            ("pages|sort(attribute='title')|last", ["title last"]),
            ("pages|sort(attribute='title')|length", ["title count"]),
            ("pages|selectattr('draft')|map(attribute='title')|list", ["draft all"]),
            ("pages|selectattr('draft')|list|length", ["draft count"]),
            ("pages|sort(attribute=key)|list", []),
            ("pages|selectattr('draft', wanted)|list", []),
            ("pages|sort|list", []),
            ("pages|list|length", []),
            ("pages|map(attribute='title')|sort|first", []),
        ])
    func whatIsAsked(expression: String, asked: [String]) {
        let log = QueryLog()
        _ = render("(\(expression)) is defined", answers: true, log: log)
        #expect(log.queries == asked)
    }

    private func render(
        _ expression: String, answers: Bool, log: QueryLog = QueryLog()
    ) -> (text: String, findings: [String]) {
        let rows: [(String, Int, Bool, Value)] = [
            ("b", 3, true, .int(1)), ("A", 2, false, .text("x")), ("it's", 5, true, .int(3)),
            ("d", 1, false, .int(2)), ("c", 3, true, .text("y")),
        ]
        let pages = rows.map { title, rank, draft, mixed in
            Value.frozen([
                ("title", .text(title)), ("rank", .int(rank)), ("draft", .bool(draft)), ("mixed", mixed),
                ("params", .frozen([("x", .int(-rank))])),
            ])
        }
        var templates = TestTemplates(
            [("main", "{{ \(expression) }}")],
            variables: Variables([
                ("pages", .object(Pages(pages, answers: answers))), ("key", .text("rank")),
                ("wanted", .text("true")),
            ]))
        templates.settings.undefined = .reported
        let environment = Self.environment(templates.settings)
        let compiled = templates.programs(environment).flatMap(\.diagnostics)
        let result = templates.render(environment, host: log)
        return (
            String(decoding: result.bytes, as: UTF8.self),
            (compiled + result.diagnostics).map { "\($0.message) \(String(describing: $0.location))" }
        )
    }

    fileprivate static func environment(_ settings: TemplateSettings) -> Templates.Environment {
        var environment = Environment(settings: settings)
        environment.add(filter: "chosen", "path, least=2", selectsByAttribute: true) {
            arguments, render throws(TemplateError) in
            guard case .string(let name)? = arguments[0] else { return .none }
            var kept: [Value] = []
            for element in try render.elements(of: arguments.input) {
                guard case .dict(let dict) = element,
                    case .int(let rank)? = dict.value(for: .text(name.text)),
                    case .int(let least) = arguments[1] ?? .int(2)
                else { continue }
                if rank >= least { kept.append(element) }
            }
            return .frozen(kept)
        }
        return environment
    }
}

private final class QueryLog {
    var queries: [String] = []
}

/// A collection that answers queries, or not.
private final class Pages: HostObject {
    private let items: [Value]
    private let answers: Bool

    init(_ items: [Value], answers: Bool) {
        self.items = items
        self.answers = answers
    }

    var typeName: String { "pages" }
    var traits: HostTraits { [.sequence, .iterable] }

    func elements(in render: inout RenderContext) -> [Value]? { items }

    func answer(
        _ query: CollectionQuery, _ part: CollectionQuery.Part, in render: inout RenderContext
    ) -> CollectionQuery.Answer? {
        guard answers else { return nil }
        (render.host as? QueryLog)?.queries.append(
            query.attributes.map(\.text).joined(separator: ",") + " \(part)")
        var settings = TemplateSettings()
        settings.undefined = .reported
        let found = Renderer(loader: DictionaryLoader([])).select(
            query.text, from: items, environment: QueryTests.environment(settings), host: nil)
        guard let found else { return nil }
        switch part {
        case .all: return .elements(found)
        case .slice(let start, let end):
            return .elements(Array(found.dropFirst(start).prefix(end - start)))
        case .last: return .elements(found.suffix(1))
        case .count: return .count(found.count)
        }
    }
}
