import Engine
import Text

/// A number with named parts.
final class NumberValue: RuleValue {
    let value: Int
    let parts: [String: Int]
    init(_ value: Int, parts: [String: Int] = [:]) {
        self.value = value
        self.parts = parts
    }
    func fingerprint(of projection: Projection) -> Fingerprint {
        if projection == .whole {
            var builder = FingerprintBuilder()
            builder.combine(value)
            return builder.finish()
        }
        let name = projection.name.text
        if name == "parity" { return Fingerprint(of: value % 2 == 0 ? "even" : "odd") }
        if name == "keys" { return Fingerprint(of: parts.keys.sorted().joined(separator: ",")) }
        return parts[name].map { Fingerprint(of: "part \($0)") } ?? .absent
    }
    func shortText(of projection: Projection) -> String? {
        projection == .whole ? String(value) : parts[projection.name.text].map(String.init)
    }
}

/// Every rule of the tests reads what its script says; scripts are files, so an edit of one is an edit.
///
/// A cell `NAME` is computed from the file `NAME.txt`, which holds an expression of words:
/// `12`, `+ a b` (sum of cells), `parity a`, `part a x`, `if a b c`, `exists f`, `count folder`, `env V`,
/// `flag V`, `past N`, `warn a`, `maybe-file f`, `tool` (which program this is).
func evaluate(_ words: [Substring], in context: RuleContext, named name: Symbol, tool: Int) -> Int {
    var index = 0
    func next() -> Substring {
        defer { index += 1 }
        return index < words.count ? words[index] : "0"
    }
    func cell(_ word: Substring) -> Int {
        if let number = Int(word) { return number }
        return context.read(CellRule.self, Symbol(String(word)), .number)
    }
    switch next() {
    case "+":
        var sum = 0
        while index < words.count { sum &+= cell(next()) }
        return sum
    case "parity":
        let word = next()
        return Int(word).map { abs($0 % 2) } ?? context.read(CellRule.self, Symbol(String(word)), .parity)
    case "part":
        let target = Symbol(String(next()))
        let part = String(next())
        return context.read(EagerRule.self, target, .part(part)) ?? -1
    case "both":
        let target = Symbol(String(next()))
        return (context.read(EagerRule.self, target, .part("x")) ?? 0)
            &+ (context.read(EagerRule.self, target, .part("y")) ?? 0)
    case "keys": return context.read(EagerRule.self, Symbol(String(next())), .keys)
    case "if":
        let condition = cell(next())
        let then = next()
        let otherwise = next()
        return cell(condition != 0 ? then : otherwise)
    case "exists":
        return RelativePath(String(next())).map { context.fileExists($0) } == true ? 1 : 0
    case "size": return RelativePath(String(next())).flatMap { context.file($0)?.bytes.count } ?? -1
    case "count":
        return RelativePath(String(next())).flatMap { context.listing($0)?.count } ?? -1
    case "tree": return RelativePath(String(next())).map { context.tree($0).count } ?? -1
    case "env": return context.environment(String(next())).flatMap { Int($0) } ?? -1
    case "flag": return context.flag(String(next())).flatMap { Int($0) } ?? -1
    case "past": return context.isPast(Int64(next()) ?? 0) ? 1 : 0
    case "day": return Int(context.now(.day(offset: 0)))
    case "tool": return tool
    case "probe": return context.probe(String(next()))?.count ?? -1
    case "prepare":
        context.prepare(CellRule.self, words[index...].filter { Int($0) == nil }.map { Symbol(String($0)) })
        var sum = 0
        while index < words.count { sum &+= cell(next()) }
        return sum
    case "begin":
        let read = words[index...].filter { Int($0) == nil }.map { Symbol(String($0)) }
        context.anticipate(CellRule.self, read)
        for name in read { context.suggest(CellRule.self, name) }
        var sum = 0
        while index < words.count { sum &+= cell(next()) }
        return sum
    case "warn":
        context.report(Diagnostic(.testWarning, "cell \(name.text) warns"))
        return cell(next())
    case "fail":
        context.report(Diagnostic(.testError, "cell \(name.text) fails"))
        return cell(next())
    case let word: return Int(word) ?? cell(word)
    }
}

extension DiagnosticCode {
    static let testWarning = DiagnosticCode("test-warning", .warning, "A warning of the tests.")
    static let testError = DiagnosticCode("test-error", .error, "An error of the tests.")
}

extension Reading where Value == NumberValue, Result == Int {
    static var number: Self { Self(.whole) { $0.value } }
    static var parity: Self { Self("parity") { abs($0.value % 2) } }
    static var keys: Self { Self("keys") { $0.parts.count } }
}

extension Reading where Value == NumberValue, Result == Int? {
    static func part(_ name: String) -> Self { Self(Projection(Symbol(name))) { $0.parts[name] } }
}

func script(_ name: Symbol, _ context: RuleContext) -> [Substring] {
    guard let path = RelativePath(name.text + ".txt"), let file = context.file(path) else { return ["0"] }
    return String(decoding: file.bytes, as: UTF8.self).split(separator: " ")
}

/// The parts of a file `NAME.txt` of the form `x=1 y=2`: cheap, read by many.
struct EagerRule: Rule {
    static let kind = RuleKind(number: 20, name: "parts")
    static let stratum = 1
    static let traits: RuleTraits = .eager
    func run(_ name: Symbol, in context: RuleContext) -> NumberValue {
        var parts: [String: Int] = [:]
        for word in script(name, context) {
            let pair = word.split(separator: "=")
            if pair.count == 2 { parts[String(pair[0])] = Int(pair[1]) }
        }
        return NumberValue(parts.count, parts: parts)
    }
    func placeholder(for name: Symbol) -> NumberValue { NumberValue(0) }
}

struct CellRule: Rule {
    static let kind = RuleKind(number: 21, name: "cell")
    static let stratum = 2
    static let traits: RuleTraits = .kept
    /// What distinguishes one program from the next: no edge tells of it.
    var tool = 0
    func run(_ name: Symbol, in context: RuleContext) -> NumberValue {
        NumberValue(evaluate(script(name, context), in: context, named: name, tool: tool))
    }
    func placeholder(for name: Symbol) -> NumberValue { NumberValue(-999) }
    static func encode(_ value: NumberValue) -> [UInt8]? { Array(String(value.value).utf8) }
    static func decode(_ bytes: Span<UInt8>) -> NumberValue? {
        var text: [UInt8] = []
        for index in bytes.indices { text.append(bytes[index]) }
        return Int(String(decoding: text, as: UTF8.self)).map { NumberValue($0) }
    }
}

/// Prints a cell into an output.
struct OutputRule: Rule {
    static let kind = RuleKind(number: 30, name: "output")
    static let stratum = 3
    func run(_ name: Symbol, in context: RuleContext) -> OutputValue {
        let number = context.read(CellRule.self, name, .number)
        return OutputValue(bytes: Array("\(name.text) = \(number)".utf8))
    }
    func placeholder(for name: Symbol) -> OutputValue { OutputValue(bytes: []) }
}

/// The outputs that `outputs.txt` names: `path` (of a cell of that name) or `path:cell`.
struct RootRule: Rule {
    static let kind = RuleKind(number: 31, name: "manifest")
    static let stratum = 4
    func run(_ name: Symbol, in context: RuleContext) -> ManifestValue {
        ManifestValue(
            script("outputs", context).compactMap { word -> ManifestValue.Entry? in
                let parts = word.split(separator: ":")
                guard let first = parts.first, let last = parts.last, first != "0",
                    let path = RelativePath(String(first))
                else { return nil }
                return ManifestValue.Entry(path: path, producer: OutputRule.key(Symbol(String(last))))
            })
    }
    func placeholder(for name: Symbol) -> ManifestValue { ManifestValue([]) }
}

/// The rules of a program.
func arithmeticRules(tool: Int = 0) -> [any Rule] {
    [EagerRule(), CellRule(tool: tool), OutputRule(), RootRule()]
}
