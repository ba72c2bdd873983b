public import Text

extension MarkdownBody {
    /// A part of a body that others depend on by itself.
    public enum Part: UInt8, CaseIterable, Sendable {
        /// The HTML with the places of URLs and ids.
        case content = 0
        /// The summary, marked or automatic.
        case summary = 1
        /// Levels, ids, HTML and text of the headings.
        case headings = 2
        /// How many words.
        case wordCount = 3
        /// The text by block, for search.
        case text = 4
        /// Links and images with their places.
        case links = 5
        /// Code languages, component names, whether there is mathematics: what a page must bring along.
        case needs = 6
        /// The ids that links may lead to.
        case anchors = 7
        /// The beginning of the running text, for descriptions and excerpts, and what the author marked as summary.
        case lead = 8
    }

    /// What stands for a part: equal parts have equal fingerprints.
    ///
    /// - Parameters:
    ///   - part: which part.
    ///   - summaryWords: how many words an automatic summary has at least; only for `.summary`.
    /// - Returns: the fingerprint.
    /// - Complexity: O(n) in the size of the part.
    public func fingerprint(of part: Part, summaryWords: Int = 70) -> Fingerprint {
        var builder = FingerprintBuilder()
        builder.combine(UInt64(part.rawValue))
        switch part {
        case .content:
            content.combine(into: &builder)
        case .summary:
            summary(words: summaryWords).combine(into: &builder)
            builder.combine(isTruncated(words: summaryWords))
        case .headings:
            for heading in headings {
                builder.combine(heading.level)
                builder.combine(heading.id)
                builder.combine(heading.html)
                // A template for links may print nothing of what a heading says.
                builder.combine(heading.text)
            }
        case .wordCount:
            builder.combine(wordCount)
        case .text:
            builder.combine(text)
            for block in textBlocks {
                builder.combine(UInt64(block.kind.rawValue))
                builder.combine(block.range.lowerBound)
                builder.combine(block.range.upperBound)
                builder.combine(block.heading ?? -1)
            }
            for heading in headings { builder.combine(heading.id) }
        case .links:
            for link in links {
                builder.combine(link.destination)
                builder.combine(link.url)
                builder.combine(link.text)
                builder.combine(link.isImage)
                builder.combine(Int(link.range.start))
                builder.combine(Int(link.range.end))
            }
        case .needs:
            builder.combine(hasMath)
            for language in codeLanguages { builder.combine(language) }
            builder.combine(codeLanguages.count)
            for name in componentNames { builder.combine(name) }
        case .lead:
            builder.combine(lead())
            if let marked = markedSummary() { marked.combine(into: &builder) }
        case .anchors:
            for id in content.ids { builder.combine(content.html[id.offset..<id.offset + id.count]) }
        }
        return builder.finish()
    }

    /// The summary: up to the author's mark, else whole blocks until there are enough words.
    ///
    /// - Parameter words: how many words an automatic summary has at least.
    /// - Returns: well-formed HTML without footnote marks, with places of URLs and ids.
    public func summary(words: Int = 70) -> HTMLFragment {
        let cut = summaryCut(words: words)
        var fragment = content.prefix(cut.offset, without: footnoteMarks)
        if !cut.isClean { fragment.html.append(contentsOf: HTMLText.missingEndTags(fragment.html)) }
        return fragment
    }

    /// The summary if the author marked its end; `nil` where it would be automatic.
    public func markedSummary() -> HTMLFragment? {
        summaryEnd == nil ? nil : summary()
    }

    /// Whether ``summary(words:)`` is less than the whole body.
    public func isTruncated(words: Int = 70) -> Bool {
        let cut = summaryCut(words: words)
        return content.html[cut.offset...].contains { $0 > 0x20 }
    }

    /// The start of the running text, cut at a word: for descriptions.
    ///
    /// - Parameter limit: how many characters at most, the ellipsis included.
    /// - Returns: plain text, not escaped.
    public func plainSummary(limit: Int = 160) -> [UInt8] {
        Self.cut(lead(), limit: limit)
    }

    /// The text of a block.
    public func text(of block: TextBlock) -> ArraySlice<UInt8> {
        text[block.range]
    }

    // MARK: -

    /// How many bytes of running text are enough for every description and excerpt.
    private static var leadLimit: Int { 1000 }

    /// The running text as far as descriptions may need it: paragraphs up to the author's mark, or up to a heading once
    /// there is a sentence; items of lists only where there is nothing else.
    private func lead() -> [UInt8] {
        let end = summaryTextEnd ?? text.count
        var lead = running(.paragraph, before: end)
        if lead.isEmpty { lead = running(.item, before: end) }
        if lead.isEmpty, end < text.count { lead = running(.paragraph, before: text.count) }
        return lead
    }

    private func running(_ kind: TextBlock.Kind, before end: Int) -> [UInt8] {
        var plain: [UInt8] = []
        var heading: Int?
        for block in textBlocks where block.kind == kind && block.range.lowerBound < end {
            if plain.count >= 60, block.heading != heading { break }
            heading = block.heading
            if !plain.isEmpty { plain.append(0x20) }
            // Where a picture was, two spaces are left.
            for byte in text[block.range.lowerBound..<min(block.range.upperBound, end)]
            where byte != 0x20 || (plain.last ?? 0x20) != 0x20 { plain.append(byte) }
            if plain.count > Self.leadLimit { break }
        }
        while plain.last == 0x20 { plain.removeLast() }
        return plain
    }

    private func summaryCut(words: Int) -> (offset: Int, isClean: Bool) {
        if let end = summaryEnd {
            return (end, blockEnds.contains { $0.offset == end && $0.isBalanced })
        }
        for end in blockEnds where end.words >= words && end.isBalanced { return (end.offset, true) }
        if let last = blockEnds.last, last.isBalanced { return (last.offset, true) }
        return (content.html.count, blockEnds.isEmpty)
    }

    private static func cut(_ plain: [UInt8], limit: Int) -> [UInt8] {
        var characters = 0
        var lastSpace = 0
        var index = 0
        while index < plain.count {
            if plain[index] & 0xC0 != 0x80 {
                // One character is kept for the ellipsis.
                if characters == limit - 1 {
                    var rest = 0
                    for byte in plain[index...] where byte & 0xC0 != 0x80 { rest += 1 }
                    if rest > 1 { break }
                }
                characters += 1
                if plain[index] == 0x20 { lastSpace = index }
            }
            index += 1
        }
        if index >= plain.count { return plain }
        // Scripts without spaces are cut where they are.
        let end = lastSpace > index / 2 ? lastSpace : index
        return Array(plain[..<end]) + Array("…".utf8)
    }
}

extension HTMLFragment {
    /// Puts the HTML and its places into a fingerprint.
    public func combine(into builder: inout FingerprintBuilder) {
        builder.combine(html)
        builder.combine(urls.count)
        for url in urls {
            builder.combine(url.offset)
            builder.combine(url.count)
        }
        builder.combine(ids.count)
        for id in ids { builder.combine(id.offset) }
    }

    /// The HTML up to an offset, without some ranges that hold whole elements.
    func prefix(_ end: Int, without dropped: [Range<Int>]) -> HTMLFragment {
        var fragment = HTMLFragment()
        fragment.html.reserveCapacity(end)
        var nextURL = 0
        var nextID = 0
        var start = 0
        func take(_ stop: Int) {
            let shift = start - fragment.html.count
            if stop > start { fragment.html.append(contentsOf: html[start..<stop]) }
            while nextURL < urls.count, urls[nextURL].offset < stop {
                var url = urls[nextURL]
                nextURL += 1
                if url.offset < start { continue }
                url.offset -= shift
                fragment.urls.append(url)
            }
            while nextID < ids.count, ids[nextID].attributeOffset < stop {
                var id = ids[nextID]
                nextID += 1
                if id.attributeOffset < start { continue }
                id.attributeOffset -= shift
                id.offset -= shift
                id.attributeEnd -= shift
                fragment.ids.append(id)
            }
        }
        for range in dropped where range.lowerBound >= start && range.upperBound <= end {
            take(range.lowerBound)
            start = range.upperBound
        }
        take(end)
        return fragment
    }
}
