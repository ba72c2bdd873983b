import Templates
import Text

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
