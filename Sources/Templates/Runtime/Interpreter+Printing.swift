/// Instructions that do at once what several would do.
extension RenderContext {
    /// Does `loop.cycle(…)` on the arguments where they lie, if that is what is called.
    mutating func cycle(_ count: Int) -> Bool {
        guard count > 0, case .object(let object) = stack[stack.count - count - 1],
            type(of: object) == LoopObject.self
        else { return false }
        let loop = unsafe unsafeDowncast(object, to: LoopObject.self)
        let start = stack.count - count
        let chosen = stack[start + Swift.max(0, loop.index) % count]
        stack.cut(to: start - 1)
        stack.push(chosen)
        return true
    }

    /// Calls a value without arguments and prints the result.
    mutating func writeCall(_ callee: Value, escaped: Bool) throws(TemplateError) {
        guard case .object(let object) = callee, type(of: object) == BlockReference.self else {
            return try write(try call(callee, CallArguments()), escaped: escaped)
        }
        let reference = unsafe unsafeDowncast(object, to: BlockReference.self)
        let start = output.count
        try reference.print(&self)
        if output.count - start > limits.stringBytes {
            output.cut(to: start)
            throw tooLong()
        }
        if escaped, !reference.isSafe { output.appendEscaped(output.take(from: start)) }
    }
}
