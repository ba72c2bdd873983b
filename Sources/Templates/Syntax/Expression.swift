import Text

/// A node of an expression.
final class Expression {
    /// The node's own words and its parts.
    let kind: Kind
    /// The whole expression.
    let range: SourceRange
    /// The token whose line Jinja2 takes for the node's.
    let anchor: UInt32
    /// How deep it is nested; bounded by the parser, so that walking it never exhausts the stack.
    let depth: Int
    /// Whether it is made of literals and operators alone.
    let isConstant: Bool

    init(_ kind: Kind, _ range: SourceRange, anchor: UInt32) {
        self.kind = kind
        self.range = range
        self.anchor = anchor
        let children = kind.children
        depth = children.reduce(0) { Swift.max($0, $1.depth) } + 1
        isConstant = kind.mayBeConstant && children.allSatisfy(\.isConstant)
    }

    /// What an expression can be.
    enum Kind {
        case constant(Value)
        case name(Symbol)
        case tuple([Expression])
        case list([Expression])
        case dict([(key: Expression, value: Expression)])
        /// `then if test else otherwise`
        case conditional(test: Expression, then: Expression, otherwise: Expression?)
        case or(Expression, Expression)
        case and(Expression, Expression)
        case not(Expression)
        /// `a < b <= c`
        case compare(Expression, [(comparison: Comparison, operand: Expression)])
        case binary(BinaryOperator, Expression, Expression)
        /// `a ~ b ~ c`
        case concat([Expression])
        case negative(Expression)
        case positive(Expression)
        case attribute(Expression, Symbol)
        case item(Expression, Expression)
        /// What stands in brackets with colons; only meaningful as the key of `item`.
        case slice(Expression?, Expression?, Expression?)
        case call(Expression, CallSyntax)
        /// Without an operand it filters the block it belongs to.
        case filter(Expression?, Symbol, CallSyntax)
        case test(Expression, Symbol, CallSyntax)
        /// Safe if what surrounds it is escaped; made by `trans` only.
        case markSafe(Expression)
        /// `name.attribute` as the target of `set`.
        case namespaceTarget(Symbol, Symbol)
    }
}

/// The arguments of a call, filter or test as they were written.
struct CallSyntax {
    var positional: [Expression] = []
    var keywords: [(name: Symbol, value: Expression)] = []
    /// `*rest`
    var rest: Expression?
    /// `**keywords`
    var keywordRest: Expression?

    var children: [Expression] {
        positional + keywords.map(\.value) + (rest.map { [$0] } ?? []) + (keywordRest.map { [$0] } ?? [])
    }

    var isEmpty: Bool { positional.isEmpty && keywords.isEmpty && rest == nil && keywordRest == nil }
}

/// Operators of arithmetic.
enum BinaryOperator: UInt8 {
    case add, sub, mul, div, floorDiv, mod, pow

    /// As it is written.
    var text: String {
        switch self {
        case .add: "+"
        case .sub: "-"
        case .mul: "*"
        case .div: "/"
        case .floorDiv: "//"
        case .mod: "%"
        case .pow: "**"
        }
    }
}

/// Operators of comparison.
enum Comparison: UInt8 {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, isIn, isNotIn
}

extension Expression.Kind {
    /// The parts in the order in which Jinja2 visits them.
    var children: [Expression] {
        switch self {
        case .constant, .name, .namespaceTarget: []
        case .tuple(let items), .list(let items), .concat(let items): items
        case .dict(let entries): entries.flatMap { [$0.key, $0.value] }
        case .conditional(let test, let then, let otherwise): [test, then] + (otherwise.map { [$0] } ?? [])
        case .or(let a, let b), .and(let a, let b), .binary(_, let a, let b), .item(let a, let b): [a, b]
        case .not(let a), .negative(let a), .positive(let a), .attribute(let a, _), .markSafe(let a): [a]
        case .compare(let first, let rest): [first] + rest.map(\.operand)
        case .slice(let a, let b, let c): [a, b, c].compactMap { $0 }
        case .call(let callee, let call): [callee] + call.children
        case .filter(let operand, _, let call): (operand.map { [$0] } ?? []) + call.children
        case .test(let operand, _, let call): [operand] + call.children
        }
    }

    /// Whether the node is constant when its parts are.
    var mayBeConstant: Bool {
        switch self {
        case .constant, .tuple, .conditional, .or, .and, .not, .compare, .binary, .concat, .negative,
            .positive,
            .item:
            true
        default: false
        }
    }

    /// Jinja2's name for the node, for "can't assign to".
    var className: String {
        switch self {
        case .constant: "const"
        case .name: "name"
        case .tuple: "tuple"
        case .list: "list"
        case .dict: "dict"
        case .conditional: "condexpr"
        case .or: "or"
        case .and: "and"
        case .not: "not"
        case .compare: "compare"
        case .binary: "binexpr"
        case .concat: "concat"
        case .negative: "neg"
        case .positive: "pos"
        case .attribute: "getattr"
        case .item: "getitem"
        case .slice: "slice"
        case .call: "call"
        case .filter: "filter"
        case .test: "test"
        case .markSafe: "marksafeifautoescape"
        case .namespaceTarget: "nsref"
        }
    }
}
