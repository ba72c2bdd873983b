/// Headings as a tree: the table of contents.
public struct Outline: Hashable, Sendable {
    /// A heading and those below it.
    public struct Entry: Hashable, Sendable {
        /// The index of the heading in ``Outline/headings``.
        public let heading: Int
        /// The headings below it.
        public var children: [Entry]
    }

    /// The topmost headings.
    public let entries: [Entry]
    /// The headings that the outline was made from.
    public let headings: [Heading]

    /// The outline of some headings.
    ///
    /// A heading stands under the nearest one before it that has a lower level; levels that are skipped make no
    /// empty entries.
    ///
    /// - Parameters:
    ///   - headings: in the order of the text.
    ///   - levels: those outside are left out.
    public init(_ headings: [Heading], levels: ClosedRange<Int> = 1...6) {
        self.headings = headings
        var open: [(level: Int, entry: Entry)] = []
        var top: [Entry] = []
        func close(to level: Int) {
            while let last = open.last, last.level >= level {
                open.removeLast()
                if open.isEmpty {
                    top.append(last.entry)
                } else {
                    open[open.count - 1].entry.children.append(last.entry)
                }
            }
        }
        for (index, heading) in headings.enumerated() where levels.contains(heading.level) {
            close(to: heading.level)
            open.append((heading.level, Entry(heading: index, children: [])))
        }
        close(to: 0)
        entries = top
    }

    /// The outline as nested `<ul>` with links; empty when there is no heading.
    public func html() -> [UInt8] {
        var output = HTMLOutput()
        write(entries, to: &output)
        return output.bytes
    }

    private func write(_ entries: [Entry], to output: inout HTMLOutput) {
        if entries.isEmpty { return }
        output.put("<ul>\n")
        for entry in entries {
            let heading = headings[entry.heading]
            output.put("<li>")
            if heading.id.isEmpty {
                output.put(heading.html)
            } else {
                output.put("<a href=\"#")
                output.escapeURL(heading.id, nil)
                output.put("\">")
                output.put(heading.html)
                output.put("</a>")
            }
            if !entry.children.isEmpty {
                output.put(0x0A)
                write(entry.children, to: &output)
            }
            output.put("</li>\n")
        }
        output.put("</ul>\n")
    }
}
