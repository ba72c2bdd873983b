import Text

/// Formulas, as pandoc writes them: an element of class `math` that holds the source between `\(` and `\)` or `\[` and
/// `\]`. Scripts that set formulas look for either; without one, a reader still sees the source.
extension MarkdownRenderer {
    mutating func emitFormula(_ formula: [UInt8], isDisplay: Bool, as element: StaticString) {
        body.hasMath = true
        output.put("<")
        output.put(element)
        output.put(isDisplay ? " class=\"math display\">\\[" : " class=\"math inline\">\\(")
        output.escape(formula)
        output.put(isDisplay ? "\\]</" : "\\)</")
        output.put(element)
        output.put(">")
    }

    /// A code block in the language `math`.
    mutating func emitFormulaBlock(_ code: [UInt8], _ index: Int) {
        let formula = code.last == 0x0A ? Array(code.dropLast()) : code
        startText(index)
        body.text.append(contentsOf: formula)
        endText(.paragraph)
        emitFormula(formula, isDisplay: true, as: "div")
        output.put("\n")
    }
}
