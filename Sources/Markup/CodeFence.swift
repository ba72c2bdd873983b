/// What the info string of a code block says: language, marked lines, line numbers, name.
public struct CodeFence: Hashable, Sendable {
    /// The language as written, without options; empty for none.
    public var language: [UInt8] = []
    /// Lines to mark, counted from 1 (or from ``firstLine``), inclusive.
    public var markedLines: [ClosedRange<Int>] = []
    /// Lines to hide (Zola's `hide_lines`).
    public var hiddenLines: [ClosedRange<Int>] = []
    /// Whether lines are numbered; `nil` when the author does not say.
    public var lineNumbers: Bool?
    /// The number of the first line.
    public var firstLine = 1
    /// The name of the file, or nothing.
    public var name: [UInt8] = []
    /// Other options in order; a word without a value has an empty one (`ignore` in `rust,ignore`).
    public var options: [HTMLAttribute] = []

    /// No language and no options.
    public init() {}

    /// What an info string says.
    public init(info: Span<UInt8>) {
    }
}
