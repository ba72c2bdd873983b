import Text

/// A macro, the body of a call block, or a recursive loop, with the variables it closes over. Belongs to one
/// rendering.
public final class MacroValue: Sendable {
    let program: Program
    let function: Int
    let cells: Cells?
    let context: TemplateContext

    init(program: Program, function: Int, cells: Cells?, context: TemplateContext) {
        self.program = program
        self.function = function
        self.cells = cells
        self.context = context
    }

    var code: Program.Code { program.functions[function] }

    var info: Program.Function { code.function }

    /// The name as Python shows it.
    var nameText: String { info.name == .empty ? "anonymous" : "'\(info.name.text)'" }

    func attribute(_ name: Symbol) -> Value? {
        let info = self.info
        switch name.text {
        case "name": return info.name == .empty ? Value.none : .text(info.name.bytes)
        case "arguments": return .tuple(TupleValue(info.parameters.map { .text($0.bytes) }))
        case "catch_kwargs": return .bool(info.takesKeywords)
        case "catch_varargs": return .bool(info.takesRest)
        case "caller": return .bool(info.takesCaller)
        default: return nil
        }
    }
}
