extension Value {
    /// What to do instead of computing or comparing it with others, if the host says so.
    var operatorHint: String? {
        guard case .object(let object) = self else { return nil }
        return object.operatorHint
    }

    /// The name of the type, as Python has it.
    var typeName: String {
        switch self {
        case .undefined: "Undefined"
        case .none: "NoneType"
        case .bool: "bool"
        case .int: "int"
        case .double: "float"
        case .string(let text): text.isSafe ? "Markup" : "str"
        case .list: "list"
        case .tuple: "tuple"
        case .dict: "dict"
        case .function: "function"
        case .macro: "Macro"
        case .object(let object): object.typeName
        }
    }

    /// The value as a message shows it: short, and without asking host objects.
    var briefRepresentation: String {
        switch self {
        case .none: return "None"
        case .bool(let truth): return truth ? "True" : "False"
        case .int(let number): return String(number)
        case .double(let number): return NumberText.python(number)
        case .string(let text):
            let bytes = Representation.quoted(text.bytes)
            return String(decoding: bytes.count > 80 ? bytes[..<80] : bytes[...], as: UTF8.self)
        case .undefined: return "Undefined"
        default: return "<\(typeName)>"
        }
    }

    /// The number, for `bool`, `int` and `float`.
    var number: Double? {
        switch self {
        case .bool(let truth): truth ? 1 : 0
        case .int(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }

    /// The whole number, for `bool` and `int`.
    var whole: Int? {
        switch self {
        case .bool(let truth): truth ? 1 : 0
        case .int(let number): number
        default: nil
        }
    }
}
