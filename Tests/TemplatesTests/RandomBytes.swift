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
