import Text

/// Makes a text ready for cmark-gfm: puts marks in the place of component calls, takes out Liquid, makes `: text`
/// an item, and breaks what would cost the library quadratic time.
///
/// It reads lines with just enough of Markdown in mind to leave code alone: fences, indented code, code spans,
/// comments. Where it errs, nothing is lost: a mark that ends up in code is turned back into what was written.
/// All changes are edits of the text, made in one pass at the end, with a map back.
struct MarkdownPreparation {
    let options: MarkdownOptions
    var source: MarkdownSource
    let bytes: [UInt8]
    var edits: [Edit] = []
    var calls: [ComponentSyntax.Call] = []
    /// Where a line's text was already read by something that spans lines.
    var resume = 0
    /// Braces up to here are no calls.
    var rawUntil = 0
    /// The first `|` from where it was looked for last.
    var nextBar = -1
    /// What was looked for in vain, so that it is not looked for again from every place: ends of tags, of
    /// components, of comments; code spans by the length of their ticks, formulas and Obsidian's comments by what opens
    /// them, up to an offset.
    var missing: Set<[UInt8]> = []
    var hasNoCommentEnd = false
    var noSpanUntil: [Int: Int] = [:]
    var noFormulaUntil: [UInt8: Int] = [:]
    /// How many more bytes may be looked through for the ends of Zola's shortcodes, where there are none.
    var shortcodeBudget: Int
    /// Where the line of the last formula begins, and up to where that is known.
    var formulaLine = 0..<0
    /// Whether there are more images than may be open in each other; then the brackets that are open, `true` for an image.
    var hasManyImages = false
    var openBrackets: [Bool] = []
    var openImages = 0
    var isDeepImageTold = false
    /// Which marks of other programs were told of.
    var told: Set<Foreign> = []
    var hasForeignMarks = false

    /// A change of the text.
    struct Edit {
        var range: Range<Int>
        var text: [UInt8] = []
        var mark: MarkdownMark?
        var finding: MarkdownSource.Finding?
        var isDefinition = false
    }

    init(_ source: MarkdownSource, options: MarkdownOptions) {
        self.source = source
        self.options = options
        bytes = source.text
        shortcodeBudget = 8 * bytes.count
    }

    /// The prepared text.
    mutating func prepare() -> MarkdownSource {
        source.original = bytes
        source.originalMaps = source.maps
        if options.conformance { return source }
        readLines()
        if options.isOfJekyll { takeRawMarksOutOfCode() }
        placeCalls()
        if !edits.isEmpty { apply() }
        return source
    }

    private mutating func apply() {
        edits.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
        // A call that encloses other edits comes first among those that start with it.
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + edits.count * 16)
        var map = SourceMap()
        var copied = 0
        // The first byte of what may be a mark, from where the text was copied to; looked for once.
        var lead = bytes.next(0xEF, from: 0)
        for edit in edits {
            if edit.range.lowerBound < copied { continue }
            if let finding = edit.finding { source.findings.append(finding) }
            if edit.range.isEmpty && edit.text.isEmpty { continue }
            map.copy(at: text.count, from: copied)
            appendSource(copied..<edit.range.lowerBound, to: &text, &lead)
            copied = edit.range.upperBound
            map.substitute(at: text.count, for: edit.range)
            if edit.isDefinition { source.definitionMarks.append(text.count) }
            if let mark = edit.mark {
                let number = MarkdownMark.bytes(source.marks.count)
                if case .call(let token) = mark, token.isBlock {
                    text.append(contentsOf: "<!--".utf8)
                    text.append(contentsOf: number)
                    text.append(contentsOf: "-->".utf8)
                } else {
                    text.append(contentsOf: number)
                }
                source.marks.append(mark)
            } else {
                text.append(contentsOf: edit.text)
            }
        }
        map.copy(at: text.count, from: copied)
        let own = text.count + max(0, source.ownCount - copied)
        appendSource(copied..<bytes.count, to: &text, &lead)
        source.text = text
        source.ownCount = min(own, text.count)
        source.maps.append(map)
    }

    /// Copies what is not edited; marks that were in the text from the start must not be taken for ours.
    private func appendSource(_ range: Range<Int>, to text: inout [UInt8], _ next: inout Int?) {
        var runStart = range.lowerBound
        while let lead = next, lead < range.upperBound {
            if lead >= runStart, lead + 2 < range.upperBound, bytes[lead + 1] == 0xB7, bytes[lead + 2] == 0x90
            {
                text.append(contentsOf: bytes[runStart..<lead])
                text.append(contentsOf: [0xEF, 0xBF, 0xBD])
                runStart = lead + 3
            }
            next = bytes.next(0xEF, from: lead + 1)
        }
        text.append(contentsOf: bytes[runStart..<range.upperBound])
    }
}
