import Text

/// What the instructions of a program name by a number, while the program is being made: each thing once.
struct ProgramPools {
    private(set) var constants: [Value] = []
    private(set) var names: [Program.Name] = []
    private(set) var shapes: [Program.CallShape] = []
    private(set) var filters: [FunctionValue] = []
    private(set) var boundCalls: [Program.BoundCall] = []
    private(set) var variableSets: [[Program.CapturedVariable]] = []
    /// The templates that are named in so many words, in order.
    private(set) var namedTemplates: [[UInt8]] = []

    private var constantIndexes: [Value.ConstantKey: Int] = [:]
    private var nameIndexes: [Symbol: Int] = [:]
    private var shapeIndexes: [Program.CallShape: Int] = [:]
    private var filterIndexes: [ObjectIdentifier: Int] = [:]
    private var setIndexes: [[Program.CapturedVariable]: Int] = [:]

    /// The position of a constant.
    mutating func constant(_ value: Value) -> Int {
        let key = Value.ConstantKey(value)
        if let key, let index = constantIndexes[key] { return index }
        constants.append(value)
        if let key { constantIndexes[key] = constants.count - 1 }
        return constants.count - 1
    }

    /// The position of the first of some constants in a row.
    mutating func constants(_ values: [Value]) -> Int {
        constants += values
        return constants.count - values.count
    }

    /// The position of a name in the pool.
    mutating func name(_ symbol: Symbol, globals: [Symbol: Value]) -> Int {
        if let index = nameIndexes[symbol] { return index }
        names.append(Program.Name(symbol, global: globals[symbol]))
        nameIndexes[symbol] = names.count - 1
        return names.count - 1
    }

    /// The position of a way in which arguments lie.
    mutating func shape(_ shape: Program.CallShape) -> Int {
        if let index = shapeIndexes[shape] { return index }
        shapes.append(shape)
        shapeIndexes[shape] = shapes.count - 1
        return shapes.count - 1
    }

    /// The position of a filter or test.
    mutating func filter(_ function: FunctionValue) -> Int {
        if let index = filterIndexes[ObjectIdentifier(function)] { return index }
        filters.append(function)
        filterIndexes[ObjectIdentifier(function)] = filters.count - 1
        return filters.count - 1
    }

    /// The position of a call without arguments, or a new one with these.
    mutating func boundCall(_ function: FunctionValue, _ arguments: BoundArguments) -> Int {
        if arguments === BoundArguments.none,
            let index = boundCalls.firstIndex(where: {
                $0.function === function && $0.arguments === arguments
            })
        {
            return index
        }
        boundCalls.append(Program.BoundCall(function, arguments))
        return boundCalls.count - 1
    }

    /// The position of the variables that an included template or a scoped block sees.
    mutating func variableSet(_ variables: [Program.CapturedVariable]) -> Int {
        if let index = setIndexes[variables] { return index }
        variableSets.append(variables)
        setIndexes[variables] = variableSets.count - 1
        return variableSets.count - 1
    }

    /// Notes a template that is named.
    mutating func nameTemplate(_ name: [UInt8]) {
        if !namedTemplates.contains(name) { namedTemplates.append(name) }
    }
}
