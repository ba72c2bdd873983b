/// Finds URLs, ids and text in HTML that we did not write ourselves: raw HTML and what components print.
enum HTMLScanner {
    /// Notes the places of all URLs and ids from an offset on.
    ///
    /// Where `gathersText`, the text between the tags is returned, common character references resolved, but for what
    /// stands in some places, which are in rising order.
    static func scan(
        _ output: inout HTMLOutput, from start: Int, gathersText: Bool, besides known: [Range<Int>] = []
    ) -> [UInt8] {
        var text: [UInt8] = []
        var known = known[...]
        func append(_ range: Range<Int>, of bytes: [UInt8]) {
            var start = range.lowerBound
            while let next = known.first, next.lowerBound < range.upperBound {
                if start < next.lowerBound {
                    HTMLText.appendText(bytes, start..<next.lowerBound, to: &text)
                }
                start = max(start, next.upperBound)
                // What goes on behind this run of text is asked for again.
                if next.upperBound > range.upperBound { break }
                known.removeFirst()
            }
            if start < range.upperBound { HTMLText.appendText(bytes, start..<range.upperBound, to: &text) }
        }
        var tokens = HTMLTokenizer(output.bytes, from: start)
        while tokens.next() {
            switch tokens.kind {
            case .text:
                if gathersText { append(tokens.range, of: tokens.bytes) }
            case .startTag:
                if gathersText, !isPhrasing(tokens), text.last != 0x20, !text.isEmpty { text.append(0x20) }
                if !tokens.isSelfClosing, isCounted(tokens) { output.rawDepth += 1 }
                for attribute in tokens.attributes { note(attribute, of: tokens, in: &output) }
            case .endTag:
                if gathersText, !isPhrasing(tokens), text.last != 0x20, !text.isEmpty { text.append(0x20) }
                if isCounted(tokens) { output.rawDepth -= 1 }
            case .rawText, .comment:
                break
            }
        }
        return text
    }

    /// Whether a range is one comment and nothing else.
    static func isComment(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        var start = range.lowerBound
        while start < range.upperBound, HTMLTokenizer.isSpace(bytes[start]) { start += 1 }
        guard start + 4 <= range.upperBound, bytes[start..<start + 4].elementsEqual("<!--".utf8) else {
            return false
        }
        var tokens = HTMLTokenizer(Array(bytes[start..<range.upperBound]))
        guard tokens.next(), tokens.kind == .comment else { return false }
        return !tokens.next()
            || tokens.kind == .text && tokens.bytes[tokens.range].allSatisfy(HTMLTokenizer.isSpace)
    }

    /// Whether the first thing in some HTML is an element that may not stand in a `<p>`.
    static func startsWithBlock(_ html: [UInt8]) -> Bool {
        var tokens = HTMLTokenizer(html)
        while tokens.next() {
            switch tokens.kind {
            case .text:
                if !tokens.bytes[tokens.range].allSatisfy(HTMLTokenizer.isSpace) { return false }
            case .startTag:
                return tokens.isNamed(oneOf: [
                    "div", "p", "figure", "section", "article", "aside", "blockquote", "details", "dl",
                    "fieldset",
                    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main",
                    "menu",
                    "nav", "ol", "ul", "pre", "table", "address", "center", "dialog", "search", "style",
                ])
            case .comment, .rawText:
                continue
            case .endTag:
                return false
            }
        }
        return false
    }

    // MARK: -

    private static func isPhrasing(_ tokens: HTMLTokenizer) -> Bool {
        tokens.isNamed(oneOf: [
            "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "del",
            "kbd", "mark",
            "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "tt",
        ])
    }

    /// Elements that need their end tag; others may be left open and do not make a cut unclean.
    private static func isCounted(_ tokens: HTMLTokenizer) -> Bool {
        !tokens.isNamed(oneOf: [
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
            "track",
            "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup",
            "rt", "rp",
        ])
    }

    private static func note(
        _ attribute: HTMLTokenizer.Attribute, of tag: HTMLTokenizer, in output: inout HTMLOutput
    ) {
        func isName(_ text: StaticString) -> Bool { HTMLTokenizer.equal(tag.bytes, attribute.name, text) }
        if attribute.value.isEmpty { return }
        switch tag.bytes[attribute.name.lowerBound] | 0x20 {
        case UInt8(ascii: "i"):
            if isName("id") { noteID(attribute, in: &output) }
            if isName("imagesrcset") { noteCandidates(attribute.value, of: tag, in: &output) }
        case UInt8(ascii: "n"):
            if isName("name"), tag.isNamed("a") { noteID(attribute, in: &output) }
        case UInt8(ascii: "h"):
            if isName("href") {
                noteURL(
                    attribute.value, tag.isNamed(oneOf: ["a", "area"]) ? .href : .other, of: tag, in: &output)
            }
        case UInt8(ascii: "s"):
            if isName("srcset") { noteCandidates(attribute.value, of: tag, in: &output) }
            if isName("src") {
                let kind: URLPlace.Attribute =
                    tag.isNamed(oneOf: ["img", "input"])
                    ? .imageSource
                    : tag.isNamed(oneOf: ["video", "audio", "source", "track"]) ? .mediaSource : .source
                noteURL(attribute.value, kind, of: tag, in: &output)
            }
        case UInt8(ascii: "p"):
            if isName("poster") { noteURL(attribute.value, .poster, of: tag, in: &output) }
        case UInt8(ascii: "x"):
            if isName("xlink:href") { noteURL(attribute.value, .other, of: tag, in: &output) }
        case UInt8(ascii: "a"), UInt8(ascii: "c"), UInt8(ascii: "d"), UInt8(ascii: "f"), UInt8(ascii: "b"):
            if isName("action") || isName("cite") || isName("formaction") || isName("background")
                || isName("data") && tag.isNamed("object")
            {
                noteURL(attribute.value, .other, of: tag, in: &output)
            }
        default:
            break
        }
    }

    private static func noteID(_ attribute: HTMLTokenizer.Attribute, in output: inout HTMLOutput) {
        output.ids.append(
            IDPlace(
                attributeOffset: attribute.start, offset: attribute.value.lowerBound,
                count: attribute.value.count,
                attributeEnd: attribute.end))
    }

    private static func noteURL(
        _ value: Range<Int>, _ kind: URLPlace.Attribute, of tag: HTMLTokenizer, in output: inout HTMLOutput
    ) {
        var start = value.lowerBound
        var end = value.upperBound
        while start < end, HTMLTokenizer.isSpace(tag.bytes[start]) { start += 1 }
        while end > start, HTMLTokenizer.isSpace(tag.bytes[end - 1]) { end -= 1 }
        if start < end { output.urls.append(URLPlace(offset: start, count: end - start, attribute: kind)) }
    }

    /// The candidates of a `srcset` (WHATWG HTML, 4.8.4.2): URL, descriptor, comma.
    private static func noteCandidates(
        _ value: Range<Int>, of tag: HTMLTokenizer, in output: inout HTMLOutput
    ) {
        let bytes = tag.bytes
        var index = value.lowerBound
        while index < value.upperBound {
            while index < value.upperBound, HTMLTokenizer.isSpace(bytes[index]) || bytes[index] == 0x2C {
                index += 1
            }
            let start = index
            while index < value.upperBound, !HTMLTokenizer.isSpace(bytes[index]) { index += 1 }
            var end = index
            while end > start, bytes[end - 1] == 0x2C { end -= 1 }
            if end > start {
                output.urls.append(URLPlace(offset: start, count: end - start, attribute: .imageCandidate))
            }
            if end < index { continue }
            while index < value.upperBound, bytes[index] != 0x2C { index += 1 }
        }
    }
}
