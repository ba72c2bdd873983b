import Engine
import Markup
import Templates
import Text

/// Elements that a template of the site or its theme writes.
extension BodyHooks {
    mutating func link(_ element: LinkElement) -> [UInt8]? {
        override("render/link.html", fields(of: element, content: .safe(element.content)))
    }

    mutating func image(_ element: LinkElement) -> [UInt8]? {
        // The description is text: in an attribute of a template it must not end it.
        override("render/image.html", fields(of: element, content: .safeless(element.content)))
    }

    mutating func heading(_ element: HeadingElement) -> [UInt8]? {
        override(
            "render/heading.html",
            [
                ("level", .int(element.level)), ("id", .safeless(element.id)),
                ("content", .safe(element.content)),
                ("text", .safeless(element.text)), ("attributes", attributes(element.attributes)),
            ])
    }

    mutating func codeBlock(_ element: CodeBlockElement) -> [UInt8]? {
        override(
            "render/code.html",
            [
                ("language", .safeless(element.fence.language)), ("code", .safeless(element.code)),
                ("attributes", attributes(element.attributes)),
                ("options", attributes(element.fence.options)), ("name", .safeless(element.fence.name)),
                ("marked_lines", lines(element.fence.markedLines)),
                ("hidden_lines", lines(element.fence.hiddenLines)),
                ("line_numbers", element.fence.lineNumbers.map { .bool($0) } ?? .none),
                ("first_line", .int(element.fence.firstLine)),
            ])
    }

    /// The numbers of lines, each once, rising; of more than any code has, the first ten thousand that are named.
    private func lines(_ ranges: [ClosedRange<Int>]) -> Value {
        var numbers: Set<Int> = []
        var left = 10_000
        for range in ranges where left > 0 {
            let part = range.prefix(left)
            left -= part.count
            numbers.formUnion(part)
        }
        return .frozen(numbers.sorted().map { .int($0) })
    }

    private func fields(of element: LinkElement, content: Value) -> [(Symbol, Value)] {
        [
            ("destination", .safeless(element.destination)), ("title", .safeless(element.title)),
            ("content", content), ("is_block", .bool(element.isBlock)),
            ("attributes", attributes(element.attributes)),
        ]
    }

    func attributes(_ attributes: [HTMLAttribute]) -> Value {
        .dict(DictValue(frozen: attributes.map { (.safeless($0.name), .safeless($0.value)) }))
    }

    func override(_ name: String, _ fields: [(Symbol, Value)]) -> [UInt8]? {
        guard let program = rendering.program(Array(name.utf8)) else { return nil }
        var variables = Variables(fields)
        if let view = pageView { variables[Symbol("page")] = view }
        return SiteRenderer.render(
            program, variables, rendering: rendering,
            circumstance: "while rendering the text of \(source.text)")
    }
}
