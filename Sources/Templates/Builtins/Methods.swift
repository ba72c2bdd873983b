import Text

/// The built-in methods of values, by type and name.
enum Methods {
    static let grouper = Symbol("grouper")
    static let list = Symbol("list")
    static let get = Symbol("get")

    static let strings = table(stringMethods)
    static let lists = table(listMethods)
    static let tuples = table(tupleMethods)
    static let dicts = table(dictMethods)
    static let numbers = table(numberMethods)

    private static func table(_ methods: [FunctionValue]) -> [Symbol: FunctionValue] {
        var table: [Symbol: FunctionValue] = [:]
        for method in methods { table[method.symbol] = method }
        return table
    }

    /// The methods of one name.
    struct Named: Sendable {
        let string: FunctionValue?
        let list: FunctionValue?
        let tuple: FunctionValue?
        let dict: FunctionValue?
        let number: FunctionValue?

        init(_ name: Symbol) {
            string = Methods.strings[name]
            list = Methods.lists[name]
            tuple = Methods.tuples[name]
            dict = Methods.dicts[name]
            number = Methods.numbers[name]
        }

        func method(of value: Value) -> FunctionValue? {
            switch value {
            case .string: string
            case .list: list
            case .tuple: tuple
            case .dict: dict
            case .int, .double, .bool: number
            default: nil
            }
        }
    }

    /// The names of all methods of a value, for "did you mean".
    static func names(of value: Value) -> [String] {
        let table: [Symbol: FunctionValue] =
            switch value {
            case .string: strings
            case .list: lists
            case .tuple: tuples
            case .dict: dicts
            case .int, .double, .bool: numbers
            default: [:]
            }
        return table.keys.map(\.text).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
