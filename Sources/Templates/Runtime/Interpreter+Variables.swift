import Text

/// What the loop over words needs to find values by name or place.
extension RenderContext {
    @inline(__always)
    func local(_ base: Int, _ slot: Int, _ program: Program, _ function: Int) -> Value {
        let value = stack[base + slot]
        if case .undefined = value, Undefined.isMissing(value) {
            return unset(program.functions[function].function.slotNames[slot])
        }
        return value
    }

    @inline(never)
    func unset(_ name: Symbol) -> Value {
        .undefined(Undefined(.variable(name), behavior: undefined))
    }

    func captured(_ cells: Cells?, _ depth: Int, _ index: Int) -> Value {
        cells?.outer(depth).values[index] ?? Undefined.missing
    }

    /// What stands for a name that the context does not have: the environment's global, or undefined.
    @inline(never)
    func global(_ index: Int, _ program: Program) -> Value {
        program.names[index].global ?? unset(program.nameKeys[index].symbol)
    }

    func value(ofName index: Int, _ program: Program, _ context: TemplateContext) -> Value? {
        context.value(of: program.nameKeys[index].symbol) ?? program.names[index].global
    }

    func notNamespace() -> TemplateError {
        TemplateError(
            .runtime, "cannot assign attribute on non-namespace object",
            hint: "only what namespace(…) made has attributes that can be set")
    }

    /// The error that the compiler foresaw, if the code is reached.
    func failure(_ program: Program, _ message: Int, kind: UInt32, hint: Int) -> TemplateError {
        TemplateError(
            kind == 0 ? .type : .runtime, program.constants[message].stringValue?.text ?? "",
            hint: hint == 0 ? nil : program.constants[hint - 1].stringValue?.text)
    }

    @inline(never)
    func tooMuchOutput(_ at: Int) -> TemplateError {
        TemplateError(.limit, "the template printed more than \(limits.outputBytes) bytes")
    }
}
