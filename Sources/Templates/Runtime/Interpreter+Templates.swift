import Text

/// Blocks, inheritance, includes and imports.
extension RenderContext {
    // MARK: Blocks

    /// Renders a block: the version at a depth, 0 being the youngest child's.
    mutating func callBlock(_ name: Symbol, _ depth: Int, _ context: TemplateContext) throws(TemplateError) {
        guard let block = context.override(of: name, at: depth), let caller = unsafe running else { return }
        unsafe calls.append(.block(name), caller, word: word)
        defer { calls.removeLast() }
        // The context holds its programs, and whoever calls holds the context.
        try unsafe run(
            block.program._withUnsafeGuaranteedRef { $0 }, block.function, context: context, cells: nil,
            base: stack.count)
    }

    /// Fails if nothing overrides a block.
    func requireBlock(_ name: Symbol, _ context: TemplateContext) throws(TemplateError) {
        if context.override(of: name, at: 1) != nil { return }
        throw TemplateError(
            .runtime, "Required block '\(name.text)' not found",
            hint: "a template that extends this one must fill it: {% block \(name.text) %}")
    }

    /// What rendering a block prints, as a value.
    mutating func blockText(_ name: Symbol, _ depth: Int, _ context: TemplateContext) throws(TemplateError)
        -> Value
    {
        let start = output.count
        try printBlock(name, depth, context)
        let bytes = output.take(from: start)
        return try checked(bytes, isSafe: context.autoescape)
    }

    /// Renders a block; prints nothing if it fails.
    mutating func printBlock(_ name: Symbol, _ depth: Int, _ context: TemplateContext) throws(TemplateError) {
        let start = output.count
        do throws(TemplateError) {
            try callBlock(name, depth, context)
        } catch {
            output.cut(to: start)
            throw error
        }
    }

    /// `super` in the version of a block that a program defines.
    mutating func superBlock(_ name: Symbol, _ program: Program, _ context: TemplateContext) -> Value {
        let depth = context.depth(of: name, in: program) + 1
        guard context.override(of: name, at: depth) != nil else { return .undefined(noParent(name)) }
        return .object(BlockReference(name, context, depth))
    }

    func noParent(_ name: Symbol) -> Undefined {
        Undefined(
            .hint("there is no parent block called '\(name.text)'."), behavior: undefined)
    }

    // MARK: Finding templates

    private mutating func template(named value: Value) throws(TemplateError) -> Program {
        switch value {
        case .undefined(let undefined): throw error(for: undefined)
        case .string(let name):
            if let found = try find(name.bytes) { return found }
            throw TemplateError(
                .notFound, name.text, hint: hint(forTemplate: name.bytes))
        case .none:
            throw TemplateError(
                .notFound, "None", hint: "the name of the template is none: what was it to come from?")
        default:
            throw TemplateError(.type, "a template's name must be text, not '\(value.typeName)'")
        }
    }

    /// The first of several templates that there is.
    private mutating func template(among values: [Value]) throws(TemplateError) -> Program {
        for value in values {
            switch value {
            case .undefined(let undefined) where undefined.behavior == .strict: throw error(for: undefined)
            case .string(let name): if let found = try find(name.bytes) { return found }
            default: continue
            }
        }
        if values.isEmpty {
            throw TemplateError(
                .noneFound, "Tried to select from an empty list of templates.")
        }
        var names: [String] = []
        for value in values { names.append(String(decoding: try bytes(of: value), as: UTF8.self)) }
        var hint: String?
        for name in names where hint == nil { hint = self.hint(forTemplate: Array(name.utf8)) }
        throw TemplateError(
            .noneFound, "none of the templates given were found: \(names.joined(separator: ", "))",
            hint: hint)
    }

    private mutating func find(_ name: [UInt8]) throws(TemplateError) -> Program? {
        guard let found = loader?.program(named: name, from: program, host: host) else { return nil }
        if let broken = found.failure {
            failure = FailurePlace(program: found, word: -1, calls: calls.records)
            throw TemplateError(broken.kind, broken.message, hint: broken.hint)
        }
        return found
    }

    /// The nearest template: one of the same name in another folder, or by its whole name.
    private func hint(forTemplate name: [UInt8]) -> String? {
        let text = String(decoding: name, as: UTF8.self)
        let names = (loader?.templateNames(host: host) ?? []).map { String(decoding: $0, as: UTF8.self) }
        let file = text.split(separator: "/").last ?? ""
        if let moved = names.first(where: { $0.split(separator: "/").last == file }) {
            return "did you mean \"\(moved)\"?"
        }
        return Suggestion.didYouMean(text, among: names)
    }

    // MARK: Inheritance

    mutating func extend(_ name: Value, _ context: TemplateContext) throws(TemplateError) {
        let parent = try template(named: name)
        context.parents.append(parent)
        context.parent = parent
    }

    /// Runs the root of a template, and then that of the one it extends.
    mutating func runRoot(_ program: Program, _ context: TemplateContext) throws(TemplateError) {
        var current = program
        var steps = 0
        while true {
            try run(current, 0, context: context, cells: nil, base: stack.count)
            guard let parent = context.parent else {
                if undefined == .reported, !context.parents.isEmpty { reportUnplacedBlocks(context) }
                return
            }
            context.parent = nil
            steps += 1
            if steps > limits.depth {
                throw TemplateError(
                    .limit, "templates extend each other more than \(limits.depth) levels deep",
                    hint: Renderer.circleHint)
            }
            current = parent
        }
    }

    // MARK: Includes and imports

    /// What an included template, an imported one or a scoped block is given.
    func givenNames(
        _ set: [Program.CapturedVariable], _ context: TemplateContext, _ cells: Cells?, _ base: Int
    ) -> GivenNames? {
        var names: [Symbol] = []
        var values: [Value] = []
        for variable in set {
            let value =
                variable.cellDepth < 0
                ? stack[base + variable.slot]
                : cells?.outer(variable.cellDepth).values[variable.slot] ?? Undefined.missing
            if Undefined.isMissing(value) { continue }
            names.append(variable.name)
            values.append(value)
        }
        let outer = context.all
        return names.isEmpty ? outer : GivenNames(names: names, values: values, next: outer)
    }

    mutating func include(
        _ name: Value, _ flags: IncludeFlags, _ set: [Program.CapturedVariable], _ context: TemplateContext,
        _ cells: Cells?, _ base: Int
    ) throws(TemplateError) {
        let found: Program
        do throws(TemplateError) {
            switch name {
            case .list(let list): found = try template(among: list.items)
            case .tuple(let tuple): found = try template(among: tuple.items)
            case .object(let object):
                guard let items = try object.elements(in: &self) else { fallthrough }
                found = try template(among: items)
            default: found = try template(named: name)
            }
        } catch {
            if flags.contains(.ignoreMissing), error.kind == .notFound || error.kind == .noneFound { return }
            throw error
        }
        guard let caller = unsafe running else { return }
        unsafe calls.append(.include, caller, word: word)
        defer { calls.removeLast() }
        if flags.contains(.withContext) {
            let inner = TemplateContext(found, given: givenNames(set, context, cells, base))
            contexts.append(inner)
            try runRoot(found, inner)
        } else {
            output.append(try module(found).body)
            if output.count > limits.outputBytes {
                throw TemplateError(.limit, "the template printed more than \(limits.outputBytes) bytes")
            }
        }
    }

    mutating func importModule(
        _ name: Value, _ flags: IncludeFlags, _ set: [Program.CapturedVariable], _ context: TemplateContext,
        _ cells: Cells?, _ base: Int
    ) throws(TemplateError) -> Value {
        let found = try template(named: name)
        guard let caller = unsafe running else { return .none }
        unsafe calls.append(.importing, caller, word: word)
        defer { calls.removeLast() }
        if flags.contains(.withContext) {
            return .object(try makeModule(found, given: givenNames(set, context, cells, base)))
        }
        return .object(try module(found))
    }

    /// The module of a template without context, made once for each rendering.
    private mutating func module(_ program: Program) throws(TemplateError) -> ModuleObject {
        if let known = modules[ObjectIdentifier(program)] { return known }
        let module = try makeModule(program, given: nil)
        modules[ObjectIdentifier(program)] = module
        return module
    }

    private mutating func makeModule(
        _ program: Program, given: GivenNames?
    ) throws(TemplateError) -> ModuleObject {
        let context = TemplateContext(program, given: given)
        contexts.append(context)
        let start = output.count
        do throws(TemplateError) {
            try runRoot(program, context)
        } catch {
            output.cut(to: start)
            throw error
        }
        return ModuleObject(context, body: output.take(from: start))
    }

    mutating func importName(_ name: Symbol, of module: Value, at offset: Int) throws(TemplateError) -> Value
    {
        guard case .object(let object) = module, let found = object as? ModuleObject else { return .none }
        if let value = found.exportedValue(name) { return value }
        let template = String(decoding: found.context.program.name, as: UTF8.self)
        let place = program.map { program in
            let line = program.source.location(of: SourceRange(at: offset)).line
            return "line \(line) in '\(String(decoding: program.name, as: UTF8.self))'"
        }
        let message =
            "the template '\(template)' (imported on \(place ?? "")) does not export the requested name "
            + "'\(name.text)'"
        return .undefined(Undefined(.hint(message), behavior: undefined))
    }

    /// What `{% debug %}` prints.
    mutating func debugText(_ context: TemplateContext) throws(TemplateError) -> Value {
        var entries: [(Value, Value)] = []
        for name in (context.names + (context.given?.allNames ?? [])) {
            entries.append((.text(name.bytes), context.value(of: name) ?? .none))
        }
        guard let environment = program?.environment else { return .none }
        let dict = DictValue([
            (.text("context"), .dict(DictValue(entries))),
            (.text("filters"), .list(ListValue(environment.filterNames.map { .text($0) }))),
            (.text("tests"), .list(ListValue(environment.testNames.map { .text($0) }))),
        ])
        return .text(try representation(of: .dict(dict)))
    }
}
