/// Headings as a tree: the table of contents.
public struct Outline: Hashable, Sendable {
    /// A heading and those below it.
    public struct Entry: Hashable, Sendable {
        /// The index of the heading in the list the outline was made from.
        public let heading: Int
        /// The headings below it.
        public let children: [Entry]
    }

    /// The topmost headings.
    public let entries: [Entry]
    /// The headings themselves.
    public let headings: [Heading]

    /// The outline of some headings.
    ///
    /// - Parameters:
    ///   - headings: in the order of the text.
    ///   - levels: those outside are left out.
    public init(_ headings: [Heading], levels: ClosedRange<Int> = 1...6) {
        self.headings = headings
        entries = []
    }

    /// The outline as nested `<ul>` with links; empty when there is no heading.
    public func html() -> [UInt8] {
        []
    }
}
