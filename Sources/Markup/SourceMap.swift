import Text

/// Where bytes of a rewritten text come from: offsets after a substitution to offsets before it.
///
/// Pieces lie one after the other; each either copies its source byte for byte or stands for a range of it.
struct SourceMap: Sendable {
    /// Where each piece starts in the rewritten text, ascending.
    private var starts: [Int] = []
    /// Where it starts in the source.
    private var sources: [Int] = []
    /// Where its source ends, or -1 for a copy.
    private var sourceEnds: [Int] = []

    /// Notes that what is written from `start` on is copied from `source` on.
    mutating func copy(at start: Int, from source: Int) {
        add(start, source, -1)
    }

    /// Notes that what is written from `start` on stands for a range of the source.
    mutating func substitute(at start: Int, for source: Range<Int>) {
        add(start, source.lowerBound, source.upperBound)
    }

    private mutating func add(_ start: Int, _ source: Int, _ sourceEnd: Int) {
        if starts.last == start {
            starts.removeLast()
            sources.removeLast()
            sourceEnds.removeLast()
        }
        starts.append(start)
        sources.append(source)
        sourceEnds.append(sourceEnd)
    }

    /// The offset in the source of an offset in the text.
    ///
    /// `isEnd`: whether the offset ends a range, and so belongs to the byte before it.
    func source(of offset: Int, isEnd: Bool = false) -> Int {
        let probe = isEnd && offset > 0 ? offset - 1 : offset
        let piece = starts.lowerBound { $0 <= probe } - 1
        guard piece >= 0 else { return offset }
        if sourceEnds[piece] >= 0 { return isEnd ? sourceEnds[piece] : sources[piece] }
        return sources[piece] + (offset - starts[piece])
    }
}
