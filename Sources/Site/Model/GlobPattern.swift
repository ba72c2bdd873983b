/// A pattern of paths: `*` matches within a component, `**` across components, `?` one byte.
///
/// A pattern without a slash is matched against the last component, as in `.gitignore`.
struct GlobPattern: Sendable {
    /// The pattern as it is matched.
    let bytes: [UInt8]
    private let matchesNames: Bool
    /// Where the last group closes that is a choice; a `{` behind it is a byte like any other.
    private let lastClose: Int

    /// A pattern from its text.
    ///
    /// - Parameters:
    ///   - text: the pattern. A slash at its end says "folder"; what a folder is ignored by, its files are.
    ///   - matchesWhole: matches one without a slash against the whole path as well.
    ///   - hasChoices: `{a,b}` matches `a` and `b`; what stands in the braces is no group again.
    init(_ text: some Sequence<UInt8>, matchesWhole: Bool = false, hasChoices: Bool = false) {
        var bytes = Array(text)
        while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        matchesNames = !matchesWhole && !bytes.contains(UInt8(ascii: "/"))
        lastClose = hasChoices ? bytes.lastIndex(of: UInt8(ascii: "}")) ?? 0 : 0
        self.bytes = bytes
    }

    /// Whether a path matches.
    ///
    /// - Complexity: O(pattern × path), choices included: they are walked one after the other, not multiplied out.
    func matches(_ path: [UInt8]) -> Bool {
        let subject =
            matchesNames ? path.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? [] : path
        // One row of the table at a time: whether the pattern up to here matches the subject up to there.
        var reached = [Bool](repeating: false, count: subject.count + 1)
        reached[0] = true
        walk(bytes.indices, subject, choices: true, &reached)
        return reached[subject.count]
    }

    /// Goes over a part of the pattern.
    private func walk(_ range: Range<Int>, _ subject: [UInt8], choices: Bool, _ reached: inout [Bool]) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte == UInt8(ascii: "{"), choices, index < lastClose {
                index = choose(after: index, subject, &reached)
                continue
            }
            if byte == UInt8(ascii: "*") {
                let isDouble = index + 1 < range.upperBound && bytes[index + 1] == UInt8(ascii: "*")
                for place in subject.indices
                where reached[place] && (isDouble || subject[place] != UInt8(ascii: "/")) {
                    reached[place + 1] = true
                }
                index += isDouble ? 2 : 1
                continue
            }
            for place in subject.indices.reversed() {
                let fits =
                    byte == UInt8(ascii: "?")
                    ? subject[place] != UInt8(ascii: "/") : byte == subject[place]
                reached[place + 1] = reached[place] && fits
            }
            reached[0] = false
            index += 1
        }
    }

    /// Goes over a group: where any of its parts leads, all that follows may start.
    ///
    /// - Returns: the index behind the group.
    private func choose(after open: Int, _ subject: [UInt8], _ reached: inout [Bool]) -> Int {
        let before = reached
        for place in reached.indices { reached[place] = false }
        var start = open + 1
        var index = start
        while true {
            let isClose = bytes[index] == UInt8(ascii: "}")
            if isClose || bytes[index] == UInt8(ascii: ",") {
                var row = before
                walk(start..<index, subject, choices: false, &row)
                for place in row.indices where row[place] { reached[place] = true }
                if isClose { return index + 1 }
                start = index + 1
            }
            index += 1
        }
    }
}
