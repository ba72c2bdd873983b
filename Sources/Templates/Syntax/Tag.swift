import Text

/// The words that may open a tag.
enum TagName: String, CaseIterable {
    case `for`, `if`, block, extends, print, macro, include, from, `import`, set, with, autoescape, call,
        filter
    case `do`, `break`, `continue`, trans, debug
}

/// What the parser must know of a tag before it reads it.
struct Tag {
    let name: TagName
    /// The tag that ends its body, or an empty name.
    let end: Symbol
    /// Tags between the parts of its body.
    let middle: [Symbol]
    /// The extensions it belongs to.
    let needs: TemplateExtensions

    var hasBody: Bool { end != .empty }
}

extension Parser {
    /// The tags that end a body or stand in the middle of one.
    static let innerTags = Set(tags.values.flatMap { [$0.end] + $0.middle } + ["endset"])

    /// All tags by name.
    static let tags: [Symbol: Tag] = {
        var tags: [Symbol: Tag] = [:]
        for name in TagName.allCases {
            let (end, middle, needs): (Symbol, [Symbol], TemplateExtensions) =
                switch name {
                case .for: ("endfor", ["else"], [])
                case .if: ("endif", ["elif", "else"], [])
                case .block, .macro, .with, .autoescape, .call, .filter:
                    (Symbol("end" + name.rawValue), [], [])
                case .trans: ("endtrans", ["pluralize"], .i18n)
                case .do: (.empty, [], .do)
                case .break, .continue: (.empty, [], .loopControls)
                case .debug: (.empty, [], .debug)
                // A broken `set` may be either of its two forms; the short one is much the commoner.
                case .extends, .print, .include, .from, .import, .set: (.empty, [], [])
                }
            tags[Symbol(name.rawValue)] = Tag(name: name, end: end, middle: middle, needs: needs)
        }
        return tags
    }()
}
