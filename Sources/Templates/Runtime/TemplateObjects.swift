import Text

/// An imported template: what it exports, and what it prints.
final class ModuleObject: EngineObject, @unchecked Sendable {
    // Unchecked: belongs to one rendering, which runs on one thread.
    let context: TemplateContext
    let body: [UInt8]

    init(_ context: TemplateContext, body: [UInt8]) {
        self.context = context
        self.body = body
    }

    func exportedValue(_ name: Symbol) -> Value? {
        context.exported.contains(name) ? context.value(of: name) : nil
    }

    var module: String { "jinja2.environment" }
    var typeName: String { "TemplateModule" }
    var knownAttributes: [Symbol] { context.exported }

    func attribute(_ name: Symbol, in render: inout RenderContext) -> Value? { exportedValue(name) }

    func truth(in render: inout RenderContext) -> Bool { true }

    func count(in render: inout RenderContext) -> Int? { nil }

    func text(in render: inout RenderContext) -> StringValue {
        StringValue(body, isSafe: context.autoescape)
    }
}

/// `super`, and `self.name`: a block that can be called.
final class BlockReference: EngineObject, @unchecked Sendable {
    // Unchecked: belongs to one rendering, which runs on one thread.
    private let name: Symbol
    private let context: TemplateContext
    private let depth: Int

    init(_ name: Symbol, _ context: TemplateContext, _ depth: Int) {
        self.name = name
        self.context = context
        self.depth = depth
    }

    var module: String { "jinja2.runtime" }
    var typeName: String { "BlockReference" }
    var traits: HostTraits { .callable }
    var knownAttributes: [Symbol] { [Compiler.Name.superBlock] }

    func attribute(_ name: Symbol, in render: inout RenderContext) -> Value? {
        guard name == Compiler.Name.superBlock else { return nil }
        guard context.override(of: self.name, at: depth + 1) != nil else {
            return .undefined(render.noParent(self.name))
        }
        return .object(BlockReference(self.name, context, depth + 1))
    }

    func call(
        _ arguments: borrowing CallArguments, in render: inout RenderContext
    ) throws(TemplateError) -> Value? {
        if !arguments.positional.isEmpty || !arguments.keywords.isEmpty {
            throw TemplateError(.type, "a block takes no arguments")
        }
        return try render.blockText(name, depth, context)
    }

    /// Whether what the block prints is HTML.
    var isSafe: Bool { context.autoescape }

    /// Prints the block; nothing if it fails.
    func print(_ render: inout RenderContext) throws(TemplateError) {
        try render.printBlock(name, depth, context)
    }

    func truth(in render: inout RenderContext) -> Bool { true }

    func count(in render: inout RenderContext) -> Int? { nil }
}

/// `self`: the blocks of the template, by name.
final class SelfReference: EngineObject, @unchecked Sendable {
    // Unchecked: belongs to one rendering, which runs on one thread.
    private let context: TemplateContext

    init(_ context: TemplateContext) {
        self.context = context
    }

    var module: String { "jinja2.runtime" }
    var typeName: String { "TemplateReference" }
    var knownAttributes: [Symbol] { context.blockNames }

    func attribute(_ name: Symbol, in render: inout RenderContext) -> Value? {
        context.override(of: name, at: 0) == nil ? nil : .object(BlockReference(name, context, 0))
    }

    func truth(in render: inout RenderContext) -> Bool { true }

    func count(in render: inout RenderContext) -> Int? { nil }

    func text(in render: inout RenderContext) -> StringValue {
        StringValue("<TemplateReference '\(String(decoding: context.program.name, as: UTF8.self))'>")
    }
}
