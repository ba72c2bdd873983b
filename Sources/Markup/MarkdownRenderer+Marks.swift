import Text

/// Marks that stand for what was taken out of the text.
extension MarkdownRenderer {
    /// Writes what a mark stands for.
    ///
    /// `scans`: whether the HTML is looked through for URLs and text; not when whoever calls will do that.
    mutating func emitMark(_ number: Int, scans: Bool = true) {
        switch document.marks[number] {
        case .literal(let bytes, _):
            output.escape(bytes)
            if scans { body.text.append(contentsOf: bytes) }
        case .formula(let bytes, let isDisplay, _):
            // Raw HTML stays as its author wrote it: this may be in a tag.
            guard scans else {
                output.put(document.source(ofMark: number))
                return
            }
            emitFormula(bytes, isDisplay: isDisplay, as: "span")
            body.text.append(contentsOf: bytes)
        case .reference(let kind, let target, let source):
            output.escapeURL(resolveReference(kind, target, source), nil)
        case .call(let token):
            emitCall(token, scans: scans)
        }
    }

    /// A destination with its marks resolved: `[text]({{< ref "other.md" >}})`.
    mutating func expandedDestination(_ range: Range<Int>) -> [UInt8] {
        let heap = document.heap
        if document.marks.isEmpty { return Array(heap[range]) }
        var url: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            guard let mark = MarkdownMark.read(heap, index, range.upperBound),
                mark.number < document.marks.count
            else {
                url.append(heap[index])
                index += 1
                continue
            }
            index = mark.end
            switch document.marks[mark.number] {
            case .literal(let bytes, _): url.append(contentsOf: bytes)
            case .formula(_, _, let source): url.append(contentsOf: document.original[source])
            case .reference(let kind, let target, let source):
                let resolved = resolveReference(kind, target, source)
                // What leads nowhere is told; a part of it would be one of this page.
                if resolved.isEmpty { return [] }
                url.append(contentsOf: resolved)
            case .call(let token):
                let result = call(token, notesText: false)
                if let html = result.html { url.append(contentsOf: HTMLText.plain(html)) }
            }
        }
        return url
    }
}
