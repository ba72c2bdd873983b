import Text

/// `'{} {0} {name!r:>8}'.format(…)`.
struct BraceFormat {
    private let format: StringValue
    private let arguments: CallArguments
    private var automatic = 0
    private var usesNumbers = false

    init(_ format: StringValue, _ arguments: CallArguments) {
        self.format = format
        self.arguments = arguments
    }

    mutating func run(_ render: inout RenderContext) throws(TemplateError) -> Value {
        let bytes = try text(format.bytes, depth: 2, &render)
        return try render.checked(bytes, isSafe: format.isSafe)
    }

    private mutating func text(
        _ bytes: [UInt8], depth: Int, _ render: inout RenderContext
    ) throws(TemplateError) -> [UInt8] {
        if depth == 0 { throw TemplateError(.value, "Max string recursion exceeded") }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "{") {
                if index < bytes.count, bytes[index] == byte {
                    result.append(byte)
                    index += 1
                    continue
                }
                result += try field(bytes, &index, depth: depth, &render)
            } else if byte == UInt8(ascii: "}") {
                guard index < bytes.count, bytes[index] == byte else {
                    throw TemplateError(.value, "Single '}' encountered in format string")
                }
                result.append(byte)
                index += 1
            } else {
                result.append(byte)
            }
            if result.count > render.limits.stringBytes { throw render.tooLong() }
        }
        return result
    }

    private mutating func field(
        _ bytes: [UInt8], _ index: inout Int, depth: Int, _ render: inout RenderContext
    ) throws(TemplateError) -> [UInt8] {
        let nameStart = index
        var brackets = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "[") { brackets += 1 }
            if byte == UInt8(ascii: "]") { brackets = max(0, brackets - 1) }
            if brackets == 0,
                byte == UInt8(ascii: "!") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "}")
            {
                break
            }
            if byte == UInt8(ascii: "{") { throw TemplateError(.value, "unexpected '{' in field name") }
            index += 1
        }
        guard index < bytes.count else {
            throw TemplateError(.value, "expected '}' before end of string")
        }
        let name = Array(bytes[nameStart..<index])
        var conversion: UInt8?
        if bytes[index] == UInt8(ascii: "!") {
            guard index + 2 < bytes.count else {
                throw TemplateError(.value, "end of string while looking for conversion specifier")
            }
            conversion = bytes[index + 1]
            index += 2
            guard bytes[index] == UInt8(ascii: ":") || bytes[index] == UInt8(ascii: "}") else {
                throw TemplateError(.value, "expected ':' after conversion specifier")
            }
        }
        var specification: [UInt8] = []
        if bytes[index] == UInt8(ascii: ":") {
            index += 1
            let start = index
            var level = 1
            while index < bytes.count {
                if bytes[index] == UInt8(ascii: "{") { level += 1 }
                if bytes[index] == UInt8(ascii: "}") {
                    level -= 1
                    if level == 0 { break }
                }
                index += 1
            }
            guard index < bytes.count else {
                throw TemplateError(.value, "expected '}' before end of string")
            }
            specification = Array(bytes[start..<index])
        }
        index += 1
        var value = try value(named: name, &render)
        if specification.contains(UInt8(ascii: "{")) {
            specification = try text(specification, depth: depth - 1, &render)
        }
        switch conversion {
        case nil: break
        case UInt8(ascii: "s"): value = .text(try render.bytes(of: value))
        case UInt8(ascii: "r"): value = .text(try render.representation(of: value))
        case UInt8(ascii: "a"): value = .text(Representation.ascii(try render.representation(of: value)))
        default: throw TemplateError(.value, "Unknown conversion specifier")
        }
        return try formatted(value, specification, &render)
    }

    private func formatted(
        _ value: Value, _ specification: [UInt8], _ render: inout RenderContext
    ) throws(TemplateError) -> [UInt8] {
        if format.isSafe, case .string(let text) = value, text.isSafe {
            if !specification.isEmpty {
                throw TemplateError(.value, "Unsupported format specification for Markup.")
            }
            return text.bytes
        }
        let text: [UInt8]
        if specification.isEmpty {
            text = try render.bytes(of: value)
        } else {
            text = try FormatSpecification(specification, render).format(value, &render)
        }
        return format.isSafe ? HTMLEscape.escaped(text) : text
    }

    /// `0`, `name`, `a.b[0]`, or nothing for the next.
    private mutating func value(
        named name: [UInt8], _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let end = name.firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") } ?? name.count
        let first = Array(name[..<end])
        var value = try argument(first)
        var index = end
        while index < name.count {
            if name[index] == UInt8(ascii: ".") {
                let start = index + 1
                index =
                    name[start...].firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") }
                    ?? name.count
                if start == index { throw TemplateError(.value, "Empty attribute in format string") }
                value = try render.attribute(named: Symbol(name[start..<index]), of: value)
            } else {
                guard name[index] == UInt8(ascii: "["),
                    let close = name[index...].firstIndex(of: UInt8(ascii: "]")), close > index + 1
                else { throw TemplateError(.value, "Missing ']' in format string") }
                let key = Array(name[(index + 1)..<close])
                value = try render.item(Self.number(key).map { .int($0) } ?? .text(key), of: value)
                index = close + 1
            }
            if case .undefined(let undefined) = value { throw render.error(for: undefined) }
        }
        return value
    }

    private mutating func argument(_ name: [UInt8]) throws(TemplateError) -> Value {
        var position = Self.number(name)
        if name.isEmpty {
            if usesNumbers {
                throw TemplateError(
                    .value, "cannot switch from manual field specification to automatic field numbering")
            }
            position = automatic
            automatic += 1
        } else if position != nil {
            if automatic > 0 {
                throw TemplateError(
                    .value, "cannot switch from automatic field numbering to manual field specification")
            }
            usesNumbers = true
        }
        if let position {
            guard position < arguments.positional.count else {
                throw TemplateError(
                    .index, "Replacement index \(position) out of range for positional args tuple")
            }
            return arguments.positional[position]
        }
        guard let value = arguments.keyword(Symbol(name)) else {
            throw TemplateError(.key, "'\(String(decoding: name, as: UTF8.self))'")
        }
        return value
    }

    private static func number(_ bytes: [UInt8]) -> Int? {
        guard !bytes.isEmpty, bytes.allSatisfy({ $0.isASCIIDigit }) else { return nil }
        return Int(String(decoding: bytes, as: UTF8.self))
    }
}
