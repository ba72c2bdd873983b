public import Text

/// A chain of filters that selects and orders the elements of a collection by their attributes, with all its
/// arguments known: `selectattr("draft", "equalto", false) | sort(reverse=true, attribute="date")`.
///
/// A collection of the host may answer it as a whole, so that a page that shows five elements depends on those
/// five and not on what all others were tested and sorted by; see ``HostObject/answer(_:_:in:)``.
public final class CollectionQuery: Sendable {
    /// What is wanted of the elements that the chain leaves.
    public enum Part: Sendable, Hashable {
        /// All of them.
        case all
        /// Those from one position up to another, `[a:b]`; neither is negative.
        case slice(Int, Int)
        /// The last one.
        case last
        /// How many there are.
        case count
    }

    /// What a collection says.
    public enum Answer: Sendable {
        /// The elements of the part, in order.
        case elements([Value])
        /// How many there are.
        case count(Int)
    }

    /// The chain as it could be written behind a bar: equal chains have equal texts.
    public let text: [UInt8]
    /// The names of the attributes that are looked at, each path's first step.
    public let attributes: [Symbol]

    init(text: [UInt8], attributes: [Symbol]) {
        self.text = text
        self.attributes = attributes
    }
}

extension Renderer {
    /// The elements that a query leaves, in order, or `nil` if something is wrong with it or with an element: then
    /// the page that asks should go through the elements itself and say so.
    ///
    /// - Parameters:
    ///   - query: the text of a ``CollectionQuery``.
    ///   - elements: what it selects from.
    ///   - environment: the language of the template that asks.
    ///   - host: the recorder of what is read.
    /// - Returns: the elements, or `nil`.
    public func select(
        _ query: [UInt8], from elements: [Value], environment: Environment, host: AnyObject?
    ) -> [Value]? {
        var text = Array("{% set selected = elements | ".utf8)
        text += query
        text += Array(" | list %}".utf8)
        let compiler = TemplateCompiler(environment: environment)
        let (program, _) = compiler.compile(
            SourceFile(path: RelativePath(unchecked: Array("query".utf8)), bytes: text), name: "query")
        if program.isBroken { return nil }
        return evaluate(program, Variables([("elements", .frozen(elements))]), "selected", host: host)
    }
}

extension RenderContext {
    /// Lets a collection of the host answer a query; `nil` if it does not, and the filters are to be run.
    mutating func answer(_ use: Program.QueryUse) throws(TemplateError) -> Value? {
        guard case .object(let object) = stack.top,
            let answer = try object.answer(use.query, use.part, in: &self)
        else { return nil }
        switch answer {
        case .count(let count): return .int(count)
        case .elements(let elements):
            try charge(elements.count)
            switch use.result {
            case .list: return try newList(elements)
            case .generator: return .object(IteratorObject(elements))
            // Of nothing the filter makes something undefined, in its own words.
            case .element: return elements.first
            }
        }
    }
}
