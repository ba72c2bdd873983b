import Text

/// All built-in filters, tests and globals by name; each family has a file of its own.
enum Builtins {
    static let filters: [Symbol: FunctionValue] = {
        table([
            textFilters, sequenceFilters, selectionFilters, numberFilters, jsonFilters, linkFilters,
            otherFilters,
        ])
    }()

    static let tests: [Symbol: FunctionValue] = table([allTests])

    static let globals: [Symbol: Value] = table([functions]).mapValues { .function($0) }

    /// How a function is printed: some of the language's are classes in Python.
    static func representation(of function: FunctionValue) -> String {
        guard case .function(let own)? = globals[function.symbol], own === function else {
            return "<function \(function.name)>"
        }
        switch function.name {
        case "range", "dict": return "<class '\(function.name)'>"
        case "cycler": return "<class 'jinja2.utils.Cycler'>"
        case "joiner": return "<class 'jinja2.utils.Joiner'>"
        case "namespace": return "<class 'jinja2.utils.Namespace'>"
        default: return "<function \(function.name)>"
        }
    }

    /// The functions of the extension `i18n`.
    static let translations: [Symbol: Value] = table([translationFunctions]).mapValues { .function($0) }

    private static let otherFilters: [FunctionValue] = [
        filter("default", "default_value='', boolean=false") { arguments, render throws(TemplateError) in
            try fallback(arguments, &render)
        },
        filter("d", "default_value='', boolean=false") { arguments, render throws(TemplateError) in
            try fallback(arguments, &render)
        },
        filter("pprint", "") { arguments, render throws(TemplateError) in
            .text(try PrettyPrinter.text(of: arguments.input, &render))
        },
    ]

    private static func fallback(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        if arguments.input.isUndefined { return arguments[0] ?? .string(.empty) }
        if try arguments.isTrue(1, &render), !(try render.truth(arguments.input)) {
            return arguments[0] ?? .string(.empty)
        }
        return arguments.input
    }

    private static func table(_ families: [[FunctionValue]]) -> [Symbol: FunctionValue] {
        var table: [Symbol: FunctionValue] = [:]
        for function in families.joined() { table[function.symbol] = function }
        return table
    }
}
