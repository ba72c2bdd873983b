import Text

extension MarkdownRenderer {
    mutating func emitCodeBlock(_ index: Int) {
        let node = document.nodes[index]
        output.startLine()
        if options.conformance {
            output.put("<pre><code")
            if node.extraCount > 0 {
                output.put(" class=\"language-")
                var end = node.extraRange.lowerBound
                while end < node.extraRange.upperBound, !Self.isSpace(document.heap[end]) { end += 1 }
                output.escape(document.heap, node.extraRange.lowerBound..<end)
                output.put(0x22)
            }
            output.put(0x3E)
            output.escape(document.heap, node.textRange)
            output.put("</code></pre>\n")
            return
        }
        let written = takeAttributes(index)
        var fence = CodeFence(info: document.heap.span.extracting(node.extraRange))
        var code = document.code(node.textRange)
        // Python-Markdown's way: the first line says the language.
        if fence.language.isEmpty, let line = Self.languageLine(code) {
            fence = CodeFence(info: Array(code[line.word]).span)
            code = Array(code[line.end...])
        }
        var attributes = fence.attributes
        if let written { attributes.add(written) }
        if options.math, fence.language.elementsEqual("math".utf8) {
            emitFormulaBlock(code, index)
            return
        }
        startText(index)
        body.text.append(contentsOf: code)
        endText(.code)
        if !fence.language.isEmpty {
            let language = fence.language.asciiLowercased
            if !body.codeLanguages.contains(language) { body.codeLanguages.append(language) }
        }
        if overrides.contains(.codeBlock) {
            let element = CodeBlockElement(
                fence: fence, code: code, attributes: allowed(attributes.withoutID))
            if let html = hooks.codeBlock(element) {
                writeForeign(html)
                output.startLine()
                return
            }
        }
        tellUnreadOptions(of: fence, index)
        output.put(options.focusableBlocks ? "<pre tabindex=\"0\"" : "<pre")
        if !fence.name.isEmpty {
            output.put(" data-name=\"")
            output.escape(fence.name)
            output.put(0x22)
        }
        writeAttributes(attributes)
        output.put("><code")
        if !fence.language.isEmpty {
            output.put(" class=\"language-")
            output.escape(fence.language)
            output.put(0x22)
        }
        output.put(0x3E)
        output.escape(code)
        output.put("</code></pre>\n")
    }

    /// Tells once in a text of options that a template of the site could read, and nothing else does.
    private mutating func tellUnreadOptions(of fence: CodeFence, _ index: Int) {
        guard findingCounts[.fenceOption] == nil else { return }
        let name: String
        if !fence.markedLines.isEmpty || !fence.hiddenLines.isEmpty {
            name = "lines to mark or hide"
        } else if fence.lineNumbers == true {
            name = "line numbers"
        } else if let option = fence.options.first(where: { !$0.value.isEmpty }) {
            name = "\"\(String(decoding: option.name, as: UTF8.self))\""
        } else {
            return
        }
        report(
            .fenceOption, "this code block asks for \(name), which nothing reads",
            at: document.range(ofBlock: index), hint: "templates/render/code.html gets what it asks for")
    }

    /// A first line such as `:::python`: what follows the colons, and where the code begins.
    private static func languageLine(_ code: [UInt8]) -> (word: Range<Int>, end: Int)? {
        guard code.starts(with: ":::".utf8), code.count > 3, code[3].isASCIILetter,
            let end = code.firstIndex(of: 0x0A)
        else { return nil }
        return (3..<end, end + 1)
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte >= 0x09 && byte <= 0x0D
    }
}
