import Text

/// Blocks that nobody prints.
extension RenderContext {
    /// Reports blocks that no parent has: they are never printed.
    ///
    /// Where a name is computed, another page may extend a template that has the block: then only one that is nearly called
    /// like another is taken for a slip; the same for a template that is borrowed.
    mutating func reportUnplacedBlocks(_ context: TemplateContext) {
        if context.program.usesSelf || context.parents.contains(where: \.usesSelf) { return }
        for index in context.parents.indices {
            let program = index == 0 ? context.program : context.parents[index - 1]
            let parents = context.parents[index...]
            for block in program.blocks where block.isOutermost {
                if parents.contains(where: { $0.blockFunction(block.name) != nil }) { continue }
                var known: [String] = []
                for name in parents.flatMap({ $0.blocks.map(\.name.text) }) where !known.contains(name) {
                    known.append(name)
                }
                let nearest = Suggestion.didYouMean(block.name.text, among: known)
                let isCertain =
                    !program.isBorrowed && program.extendsByName
                    && parents.dropLast().allSatisfy(\.extendsByName)
                guard nearest != nil || isCertain else { continue }
                let code = program.functions[block.function]
                findings.add(
                    .unplacedBlock,
                    "block '\(block.name.text)' is never printed: no template that this one extends has it",
                    hint: nearest ?? Self.choice(of: known),
                    at: FailurePlace(program: program, word: code.entry, calls: []),
                    range: code.function.range)
            }
        }
    }

    /// Which blocks there are to fill, in words.
    private static func choice(of names: [String]) -> String {
        if names.isEmpty { return "they have no blocks" }
        return "they have \(names.count == 1 ? "one block" : "the blocks") \(names.joined(separator: ", "))"
    }
}
