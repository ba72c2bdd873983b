import Text

extension MarkdownRenderer {
    /// How deep component calls may stand in each other's bodies.
    static var componentDepthLimit: Int { 24 }

    /// Whether a paragraph holds component calls and nothing else.
    func isOnlyCalls(_ index: Int) -> Bool {
        var found = false
        for inner in index + 1..<max(index + 1, document.nodes[index].endIndex) {
            let node = document.nodes[inner]
            if node.type == .softBreak || node.type == .none { continue }
            guard node.type == .text else { return false }
            var at = node.textRange.lowerBound
            while at < node.textRange.upperBound {
                if document.heap[at] == 0x20 {
                    at += 1
                } else if let mark = MarkdownMark.read(document.heap, at, node.textRange.upperBound),
                    mark.number < document.marks.count, case .call = document.marks[mark.number]
                {
                    found = true
                    at = mark.end
                } else {
                    return false
                }
            }
        }
        return found
    }

    /// Writes HTML that we did not make, with the places of its URLs and ids.
    mutating func writeForeign(_ html: [UInt8]) {
        let start = output.count
        let depth = output.rawDepth
        let first = (url: output.urls.count, id: output.ids.count)
        output.put(html)
        _ = HTMLScanner.scan(&output, from: start, gathersText: false)
        output.rawDepth = depth
        if !options.rawHTML, output.urls.count > first.url { dropDangerousURLs(from: first) }
    }

    // MARK: -

    mutating func emitCall(_ token: ComponentToken, scans: Bool) {
        let inHeading = isInHeading
        if scans, !inHeading { endText(.paragraph) }
        let result = call(token, notesText: scans)
        let isPlain = !scans || stack.last?.tag != .paragraph
        let html = result.html ?? result.body.bytes
        let splits = !isPlain && HTMLScanner.startsWithBlock(html)
        if splits {
            if let frame = stack.last, output.count == frame.start {
                output.truncate(to: frame.tagStart)
            } else {
                while output.endsWith("\n") || output.endsWith(" ") { output.truncate(to: output.count - 1) }
                output.put("</p>\n")
            }
        }
        if let html = result.html {
            if scans {
                let first = (url: output.urls.count, id: output.ids.count)
                writeForeign(html)
                resolveArguments(of: token, from: first)
            } else {
                output.put(html)
            }
        } else if scans {
            output.put(result.body)
        } else {
            output.put(result.body.bytes)
        }
        if splits {
            output.startLine()
            stack[stack.count - 1].tagStart = output.count
            output.put("<p>")
            stack[stack.count - 1].start = output.count
            skipBreakAfterSplit = true
        }
        if !inHeading { textStart = body.text.count }
    }

    private var isInHeading: Bool {
        stack.contains { document.nodes[$0.index].type == .heading }
    }

    /// Calls a component: its body first.
    ///
    /// `notesText`: whether what it prints without a body is text of the page.
    mutating func call(_ token: ComponentToken, notesText: Bool) -> (
        html: [UInt8]?, body: HTMLOutput
    ) {
        let before = (
            text: body.text.count, blocks: body.textBlocks.count, headings: body.headings.count,
            links: body.links.count, words: body.wordCount, image: body.firstImage
        )
        var inner = HTMLOutput()
        if let range = token.body { inner = render(body: range, of: token) }
        let ordinal = (ordinals[token.name] ?? 0) + 1
        ordinals[token.name] = ordinal
        let range = document.originalRange(token.call.lowerBound, token.call.upperBound)
        let call = ComponentCall(
            name: token.name, positional: token.positional, named: token.named,
            rawBody: token.body.map { Array(document.original[$0]) }, bodyHTML: inner.bytes,
            isLeftOpen: token.isLeftOpen, isInline: !token.isBlock,
            ordinal: ordinal, range: range)
        if !body.componentNames.contains(token.name) { body.componentNames.append(token.name) }
        let name = String(decoding: token.name, as: UTF8.self)
        let html: [UInt8]
        switch hooks.component(call) {
        case .html(let bytes):
            html = bytes
        case .unknown:
            // A comment is a comment whether or not the site has a component for it.
            if name == "comment" {
                html = []
                break
            }
            report(.unknownComponent, "no component named \"\(name)\"", at: range)
            return (nil, inner)
        case .unknownHinting(let hint) where name != "comment":
            report(.unknownComponent, "no component named \"\(name)\"", at: range, hint: hint)
            return (nil, inner)
        case .unknownHinting: html = []
        case .refused(let message, let hint):
            report(.unknownComponent, message, at: range, hint: hint)
            return (nil, inner)
        case .unknownSuggesting(let other):
            report(
                .unknownComponent, "no component named \"\(name)\"", at: range,
                hint: "did you mean \"\(other)\"?")
            return (nil, inner)
        }
        if body.text.count > before.text, !Self.contains(html, inner.bytes) {
            // The component did not print its body: then the page does not have it either.
            body.text.removeLast(body.text.count - before.text)
            body.textBlocks.removeLast(body.textBlocks.count - before.blocks)
            body.headings.removeLast(body.headings.count - before.headings)
            body.links.removeLast(body.links.count - before.links)
            body.wordCount = before.words
            body.firstImage = before.image
        }
        if notesText, inner.bytes.isEmpty || body.text.count == before.text {
            let text = HTMLText.plain(html)
            if !text.isEmpty, !isInHeading {
                textStart = body.text.count
                body.text.append(contentsOf: text)
                endText(.html)
            }
        }
        return (html, inner)
    }

    /// Renders the body of a call as a document of its own.
    private mutating func render(body range: Range<Int>, of token: ComponentToken) -> HTMLOutput {
        if depth >= Self.componentDepthLimit {
            report(
                .deepNesting, "components are nested deeper than \(Self.componentDepthLimit)",
                at: document.originalRange(token.call.lowerBound, token.call.upperBound))
            return HTMLOutput()
        }
        var source = MarkdownSource(
            body: range, of: document.original, callStart: token.call.lowerBound, maps: document.originalMaps,
            base: document.base)
        let lines = definitionLines ?? MarkdownSource.definitionLines(in: document.original)
        definitionLines = lines
        let appended = source.appendDefinitions(
            from: document.original, lines, outside: range, inherited: document.inheritedDefinitions,
            limit: definitionAllowance)
        if let appended {
            definitionAllowance -= appended
        } else {
            report(
                .textTooLarge, "the link definitions are too many to be read again for this call",
                at: document.originalRange(token.call.lowerBound, token.call.upperBound),
                hint:
                    "components with a body read all definitions of the text: write the address where it is used"
            )
        }
        var preparation = MarkdownPreparation(source, options: options)
        let prepared = preparation.prepare()
        var inner = MarkdownRenderer(
            file: file, document: MarkdownDocument(prepared, options: options), options: options, hooks: hooks
        )
        inner.depth = depth + 1
        inner.definitionAllowance = definitionAllowance
        documentCount += 1
        inner.documentCount = documentCount
        inner.documentNumber = documentCount
        if !token.isBlock, inner.document.nodes.count > 1, inner.document.nodes[1].type == .paragraph,
            inner.document.nodes[1].endIndex == inner.document.nodes.count
        {
            inner.bareParagraph = 1
        }
        swap(&inner.body, &body)
        swap(&inner.ids, &ids)
        swap(&inner.ordinals, &ordinals)
        swap(&inner.findingCounts, &findingCounts)
        inner.textStart = inner.body.text.count
        inner.reportFindings(of: prepared)
        inner.render()
        swap(&inner.body, &body)
        swap(&inner.ids, &ids)
        swap(&inner.ordinals, &ordinals)
        swap(&inner.findingCounts, &findingCounts)
        documentCount = inner.documentCount
        definitionAllowance = inner.definitionAllowance
        hooks = inner.hooks
        droppedHTML += inner.droppedHTML
        firstDroppedHTML = firstDroppedHTML ?? inner.firstDroppedHTML
        if inner.bareParagraph != nil, inner.output.endsWith("\n") {
            inner.output.truncate(to: inner.output.count - 1)
        }
        return inner.output
    }

    /// Reports what was found while the text was made ready.
    mutating func reportFindings(of source: MarkdownSource) {
        if document.isTooLarge {
            report(
                .textTooLarge, "this text would take more memory than \(source.text.count) bytes may",
                at: document.originalRange(0, 0),
                hint: "is there a link definition with a very long address that very many links use?")
        }
        for finding in source.findings {
            report(
                finding.code, finding.message,
                at: document.originalRange(finding.range.lowerBound, finding.range.upperBound),
                hint: finding.hint)
        }
    }

    mutating func resolveReference(
        _ kind: LiquidReference.Kind, _ target: [UInt8], _ source: Range<Int>
    ) -> [UInt8] {
        if let url = hooks.resolveReference(LiquidReference(kind: kind, target: target)) { return url }
        if kind == .relativeURL { return target }
        report(
            .liquidTag, "nothing is known of \"\(String(decoding: target, as: UTF8.self))\"",
            at: document.originalRange(source.lowerBound, source.upperBound))
        return []
    }

    private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        var start = 0
        var end = part.count
        while start < end, isSpace(part[start]) { start += 1 }
        while end > start, isSpace(part[end - 1]) { end -= 1 }
        let count = end - start
        if count == 0 { return true }
        if bytes.count < count { return false }
        var index = 0
        while index + count <= bytes.count {
            if bytes[index] == part[start], bytes[index..<index + count].elementsEqual(part[start..<end]) {
                return true
            }
            index += 1
        }
        return false
    }
}
