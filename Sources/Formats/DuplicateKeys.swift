import Text

/// Builds a map out of entries and reports names given twice, at both places: with two values that is an error,
/// with one and the same a warning.
enum DuplicateKeys {
    /// The map; of equal names the first is kept.
    static func map(
        _ entries: [DataBuilder.Entry], _ builder: inout DataBuilder, _ range: SourceRange,
        _ file: SourceFile,
        _ diagnostics: inout [Diagnostic]
    ) -> DataBuilder.Node {
        let ranks = builder.sortedRanks(of: entries)
        guard builder.hasRepeats(entries, ranks) else {
            return builder.map(unique: entries, ranks: ranks, at: range)
        }
        var first = 0
        var found: [(range: SourceRange, finding: Diagnostic)] = []
        for rank in 1..<ranks.count {
            let earlier = entries[Int(ranks[first])]
            let later = entries[Int(ranks[rank])]
            guard builder.isEqual(earlier, later) else {
                first = rank
                continue
            }
            let name = String(decoding: builder.key(of: later), as: UTF8.self)
            let isHarmless = builder.isSame(earlier.node, later.node)
            found.append(
                (
                    later.keyRange,
                    Diagnostic(
                        isHarmless ? .repeatedKey : .duplicateKey,
                        "the key \"\(name)\" is given twice" + (isHarmless ? ", with the same value" : ""),
                        at: later.keyRange, in: file,
                        notes: [DiagnosticNote("first given here", at: file.location(of: earlier.keyRange))])
                ))
        }
        diagnostics.append(contentsOf: found.sorted { $0.range.start < $1.range.start }.map(\.finding))
        return builder.map(entries, at: range)
    }
}
