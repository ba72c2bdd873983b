import Text

/// Where in the source instructions come from, and where rendering goes on after a finding.
extension Program {
    /// Where in the source an instruction comes from.
    struct Place: Sendable {
        let word: UInt32
        let range: SourceRange
    }

    /// Which statement instructions belong to.
    struct Line: Sendable {
        let word: UInt32
        let offset: UInt32
    }

    /// The instructions of a statement: after a finding in it, rendering goes on behind them.
    struct Region: Sendable {
        let start: UInt32
        let end: UInt32
        let loops: Int
        let captures: Int
    }

    /// The place of the instruction at a word.
    func range(at word: Int) -> SourceRange {
        places.last(upTo: word, by: \.word)?.range ?? .start
    }

    /// The line that Jinja2 would name for the instruction at a word, as an offset.
    func lineOffset(at word: Int) -> Int {
        Int(lines.last(upTo: word, by: \.word)?.offset ?? 0)
    }

    /// The innermost statement around a word of a function. The code of one function may lie in that of another, whose
    /// statements are not its own.
    func region(around word: Int, in function: Int) -> Region? {
        var best: Region?
        let entry = frameShapes[function].entry
        for region in regions
        where Int(region.start) >= entry && Int(region.start) <= word && word < Int(region.end) {
            if let known = best, known.end - known.start <= region.end - region.start { continue }
            best = region
        }
        return best
    }
}

extension Array {
    /// The last element whose key is not above a limit, in an array sorted by that key.
    fileprivate func last(upTo limit: Int, by key: (Element) -> UInt32) -> Element? {
        let end = lowerBound { Int(key($0)) <= limit }
        return end == 0 ? nil : self[end - 1]
    }
}
