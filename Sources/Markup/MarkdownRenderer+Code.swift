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
        let attributes = takeAttributes(index)
        let fence = CodeFence(info: document.heap.span.extracting(node.extraRange))
        let code = document.code(node.textRange)
        startText(index)
        body.text.append(contentsOf: code)
        endText(.code)
        if !fence.language.isEmpty {
            var language = fence.language
            for place in language.indices where language[place] &- 65 < 26 { language[place] += 32 }
            if !body.codeLanguages.contains(language) { body.codeLanguages.append(language) }
        }
        if overrides.contains(.codeBlock) {
            let element = CodeBlockElement(
                fence: fence, code: code, attributes: attributes?.withoutID ?? [],
                range: document.range(ofBlock: index))
            if let html = hooks.codeBlock(element) {
                writeForeign(html)
                output.startLine()
                return
            }
        }
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

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte >= 0x09 && byte <= 0x0D
    }
}
