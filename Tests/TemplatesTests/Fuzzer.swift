import Glibc
import Templates
import Text

/// Renders templates that were changed at random, and checks that there is always an end and never a trap.
///
/// Before each, it is written to the file that `TEMPLATES_FUZZ_FILE` names: after a death of the process, that one is
/// to blame. What takes longer than two minutes is ended by the system.
struct Fuzzer {
    private var random: RandomBytes
    private let cases: [FuzzCase]
    private let file: String?
    private(set) var inputs = 0
    private(set) var rendered = 0
    private(set) var slowest = 0.0
    /// What was found wrong.
    private(set) var mistakes: [String] = []

    init(seed: UInt64, file: String?) {
        random = RandomBytes(state: seed)
        cases = FuzzCase.all
        self.file = file
    }

    /// Changes one case and renders it.
    mutating func step() {
        var one = cases[random.below(cases.count)]
        var changes = 1 + random.below(6)
        while changes > 0 {
            let other = cases[random.below(cases.count)]
            let template = random.below(one.templates.count)
            let donor = other.templates[random.below(other.templates.count)].text
            random.change(&one.templates[template].text, donor)
            changes -= 1
        }
        let settings = settings()
        let entry = random.below(8) == 0 ? random.below(one.templates.count) : one.entry
        note(one)
        alarm(120)
        let start = clock()
        let first = render(one, settings, entry: entry)
        // The same template gives the same, whatever happened before.
        if random.below(16) == 0, render(one, settings, entry: entry) != first {
            mistakes.append("another output the second time: \(one.text)")
        }
        alarm(0)
        slowest = max(slowest, Double(clock() - start) / Double(CLOCKS_PER_SEC))
        inputs += 1
    }

    /// Renders what was written to the file of a process that died, in all ways; what it saw is taken from the first case.
    mutating func replay(_ path: String) {
        guard let one = cases.first?.replaced(by: SharedFiles.read(path) ?? []) else { return }
        for bits in 0..<24 {
            var settings = TemplateSettings()
            settings.extensions = [.do, .loopControls, .i18n, .debug]
            settings.undefined = Self.behaviors[bits >> 2]
            settings.autoescape = bits & 1 != 0
            settings.trimBlocks = bits & 2 != 0
            for entry in one.templates.indices { _ = render(one, settings, entry: entry) }
        }
    }

    private static let behaviors: [UndefinedBehavior] = [
        .reported, .reported, .lenient, .strict, .chainable, .debug,
    ]

    private mutating func settings() -> TemplateSettings {
        var settings = TemplateSettings()
        settings.extensions = [.do, .loopControls, .i18n, .debug]
        settings.undefined = Self.behaviors[random.below(Self.behaviors.count)]
        settings.autoescape = random.below(2) == 0
        settings.trimBlocks = random.below(4) == 0
        settings.lstripBlocks = random.below(4) == 0
        return settings
    }

    private mutating func render(_ one: FuzzCase, _ settings: TemplateSettings, entry: Int) -> [UInt8] {
        let compiler = TemplateCompiler(environment: Environment(settings: settings))
        var programs: [Program] = []
        for template in one.templates {
            let file = SourceFile(path: RelativePath(unchecked: Array("t".utf8)), bytes: template.text)
            let (program, findings) = compiler.compile(file, name: template.name)
            if program.isBroken == findings.isEmpty {
                mistakes.append("broken without a finding: \(one.text)")
            }
            programs.append(program)
        }
        if !programs[entry].isBroken { rendered += 1 }
        var limits = TemplateLimits()
        limits.steps = 20_000
        limits.stringBytes = 1 << 18
        limits.outputBytes = 1 << 18
        limits.listCount = 10_000
        limits.depth = 30
        let result = Renderer(loader: DictionaryLoader(programs), limits: limits).render(
            programs[entry],
            variables: one.variables(isFrozen: settings.trimBlocks, isFresh: settings.lstripBlocks))
        return result.bytes + result.diagnostics.flatMap { Array($0.message.utf8) }
    }

    private func note(_ one: FuzzCase) {
        guard let file else { return }
        let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { return }
        let bytes = Array(one.text.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
    }
}

/// Templates that may be changed, with what they see.
struct FuzzCase {
    var templates: [(name: [UInt8], text: [UInt8])]
    let entry: Int
    private let context: [UInt8]

    var text: String {
        templates.map {
            "## \(String(decoding: $0.name, as: UTF8.self))\n\(String(decoding: $0.text, as: UTF8.self))"
        }
        .joined(separator: "\n")
    }

    /// The same with the templates of a text as `text` writes it.
    func replaced(by text: [UInt8]) -> FuzzCase {
        var one = self
        one.templates = []
        for part in Self.parts(String(decoding: [0x0A] + text, as: UTF8.self)) {
            let name = part.utf8.prefix { $0 != 0x0A }
            one.templates.append((Array(name), Array(part.utf8.dropFirst(name.count + 1))))
        }
        return one
    }

    private static func parts(_ text: String) -> [Substring] {
        text.split(separator: "\n## ", omittingEmptySubsequences: true)
    }

    /// What the templates see.
    ///
    /// - Parameters:
    ///   - isFrozen: whether lists and dictionaries may not be changed.
    ///   - isFresh: whether dictionaries are objects that make what they are asked for anew each time.
    /// - Returns: the variables of the case.
    func variables(isFrozen: Bool, isFresh: Bool) -> Variables {
        guard case .dict(let dict)? = JSONReader.value(context[...], isFrozen: isFrozen)?["context"] else {
            return Variables()
        }
        return Variables(
            zip(dict.keys, dict.values).compactMap { key, value in
                key.stringValue.map { name in
                    if isFresh, case .dict(let dict) = value {
                        return (Symbol(name.bytes), .object(FreshValues(dict)))
                    }
                    return (Symbol(name.bytes), value)
                }
            })
    }

    private init?(_ line: [UInt8]) {
        guard let input = JSONReader.value(line[...], isFrozen: true),
            case .dict(let dict) = input["templates"],
            dict.count > 0
        else { return nil }
        templates = zip(dict.keys, dict.values).map {
            ($0.stringValue?.bytes ?? [], $1.stringValue?.bytes ?? [])
        }
        let name = input["entry"]?.stringValue?.bytes ?? []
        entry = templates.firstIndex { $0.name == name } ?? 0
        context = line
    }

    /// The cases of the repository, and those beside it.
    static let all: [FuzzCase] = {
        let files = [
            SharedFiles.read(SharedFiles.repository + "/Tests/TemplatesTests/Cases/render.jsonl"),
            SharedFiles.bytes(of: "conformance/jinja/cases.jsonl"),
        ]
        return files.compactMap(\.self).flatMap { file in
            file.split(separator: 0x0A).compactMap { FuzzCase(Array($0)) }
        }
    }()
}

/// A small generator of random changes.
struct RandomBytes {
    private(set) var state: UInt64

    init(state: UInt64) { self.state = state | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }

    mutating func below(_ limit: Int) -> Int { limit <= 0 ? 0 : Int(next() % UInt64(limit)) }

    private static func bytes(_ words: String) -> [[UInt8]] {
        words.split(separator: " ").map { Array($0.utf8) }
    }

    /// What inserted alone mostly breaks a template.
    private static let scraps = bytes(
        "{{ }} {% %} {# #} -%} {%- +%} | ( ) [ ] { } , . : ' \" \\ = == in if else is not and or ~ ** // % .. 0x 1e9 "
            + "1_0 recursive scoped required as with context ignore missing {%endif%} {%endfor%} {%endraw%} {%raw%} "
            + "9223372036854775807 -9223372036854775808 1e400 \u{0} \r\n é 𝄞 \u{2028} <b> &")

    /// What can stand for a value.
    private static let values = bytes(
        "x s l d p n e i f loop loop.index loop.previtem loop.nextitem loop.cycle(1,2) loop.changed(x) loop.length self "
            + "super() caller() varargs kwargs range(9) range(10**9) namespace(a=1) cycler(1,2) joiner() dict(a=1) "
            + "lipsum() d.items() d.a.b p[0].n s[::-1] l[1:] [] {} '' 'a' ('<'|safe) 0 -1 1.5 1e308 2**62 none true "
            + "x|default(1) l|sort l|first l|map('upper') p|groupby('n') p|selectattr('v') s|truncate(3) s*9 l*9 "
            + "s.format(x) '%s'%x x~x l+l d.pop('a',1) l.append(l) l.clear() d.update(d) p|map(attribute='n')|list"
    )

    /// What surrounds a piece of a template.
    private static let frames: [([UInt8], [UInt8])] = [
        ("{% for x in l %}", "{% endfor %}"), ("{% for x in p recursive %}", "{{ loop(x.c) }}{% endfor %}"),
        ("{% for k, v in d|items %}", "{% else %}{{ loop }}{% endfor %}"),
        ("{% for q in l if q %}", "{{ loop.last }}{% endfor %}"),
        ("{% for q in l %}{% do l.append(q) %}", "{% do l.pop() %}{% endfor %}"),
        ("{% if x %}", "{% elif s %}{% else %}{% endif %}"), ("{% set x %}", "{% endset %}{{ x }}"),
        ("{% macro m(a, b=1) %}", "{{ caller }}{% endmacro %}{{ m(x) }}{{ m(m) }}"),
        ("{% macro c() %}{{ caller(1) }}{% endmacro %}{% call(a) c() %}", "{{ a }}{% endcall %}"),
        ("{% block z scoped %}", "{% endblock %}{{ self.z() }}"),
        ("{% block y %}{{ super() }}", "{% endblock %}"), ("{% filter upper|e %}", "{% endfilter %}"),
        ("{% autoescape x %}", "{% endautoescape %}"), ("{% with x = 1, y = x %}", "{% endwith %}"),
        ("{% trans n=x %}", "{% pluralize %}{{ n }}{% endtrans %}"), ("{% raw %}", "{% endraw %}"),
        ("{#", "#}"), ("{{ ", " }}"), ("{% set ns = namespace() %}{% set ns.a = x %}", "{{ ns.a }}"),
        ("{% include 'main' %}", ""), ("{% extends 'main' %}", ""), ("{% import 'main' as m %}", "{{ m }}"),
        ("{% from 'main' import x with context %}", "{{ x }}"), ("{% break %}", "{% continue %}"),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

    /// Changes bytes, tokens or whole pieces, some of another template.
    mutating func change(_ bytes: inout [UInt8], _ other: [UInt8]) {
        let start = below(bytes.count + 1)
        let end = min(bytes.count, start + below(12))
        switch below(13) {
        case 0: bytes.removeSubrange(start..<end)
        case 1: bytes.insert(contentsOf: Self.scraps[below(Self.scraps.count)], at: start)
        case 2: bytes.insert(contentsOf: Array(bytes[start..<end]), at: start)
        case 3: if start < bytes.count { bytes[start] = UInt8(truncatingIfNeeded: next()) }
        case 4:
            let from = below(other.count + 1)
            bytes.insert(contentsOf: other[from..<min(other.count, from + below(60))], at: start)
        case 5: bytes.replaceSubrange(start..<end, with: Self.scraps[below(Self.scraps.count)])
        case 6: bytes.removeSubrange(start...)
        case 7, 8: replaceToken(&bytes, with: Self.values[below(Self.values.count)])
        case 9: replaceToken(&bytes, with: token(of: other) ?? [])
        default:
            // A piece between tags is put into a construct, so that most of what results still runs.
            let places = Self.tagPlaces(bytes)
            let first = places[below(places.count)]
            let last = places[below(places.count)]
            let (before, after) = Self.frames[below(Self.frames.count)]
            bytes.insert(contentsOf: after, at: max(first, last))
            bytes.insert(contentsOf: before, at: min(first, last))
        }
    }

    private mutating func replaceToken(_ bytes: inout [UInt8], with new: [UInt8]) {
        guard let range = tokenRange(of: bytes) else { return }
        bytes.replaceSubrange(range, with: new)
    }

    private mutating func token(of bytes: [UInt8]) -> [UInt8]? {
        tokenRange(of: bytes).map { Array(bytes[$0]) }
    }

    /// A word, or one other byte, somewhere.
    private mutating func tokenRange(of bytes: [UInt8]) -> Range<Int>? {
        if bytes.isEmpty { return nil }
        func isWord(_ byte: UInt8) -> Bool {
            byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x5F
        }
        let place = below(bytes.count)
        guard isWord(bytes[place]) else { return place..<place + 1 }
        var start = place
        while start > 0, isWord(bytes[start - 1]) { start -= 1 }
        var end = place
        while end < bytes.count, isWord(bytes[end]) { end += 1 }
        return start..<end
    }

    /// The ends of the template, and where tags begin and end.
    private static func tagPlaces(_ bytes: [UInt8]) -> [Int] {
        var places = [0, bytes.count]
        for index in bytes.indices.dropLast() {
            let pair = (bytes[index], bytes[index + 1])
            if pair.0 == 0x7B, pair.1 == 0x7B || pair.1 == 0x25 { places.append(index) }
            if pair.1 == 0x7D, pair.0 == 0x7D || pair.0 == 0x25 { places.append(index + 2) }
        }
        return places
    }
}

/// A dictionary whose values are held by nobody but who asked for them, as the host's are.
private final class FreshValues: HostObject, @unchecked Sendable {
    /// Never changed, and asked by one thread.
    private let dict: DictValue

    init(_ dict: DictValue) { self.dict = dict }

    var typeName: String { "fresh values" }

    func attribute(_ name: Symbol, in render: inout RenderContext) -> Value? {
        for (key, value) in zip(dict.keys, dict.values) where key.stringValue?.bytes == name.bytes {
            return Self.copy(value)
        }
        return nil
    }

    func elements(in render: inout RenderContext) -> [Value]? { dict.keys.map(Self.copy) }

    private static func copy(_ value: Value) -> Value {
        switch value {
        case .dict(let dict):
            .dict(DictValue(frozen: zip(dict.keys, dict.values).map { (copy($0), copy($1)) }))
        case .list(let list): .list(ListValue(frozen: list.items.map(copy)))
        case .string: .text(value.stringValue?.text ?? "")
        default: value
        }
    }
}
