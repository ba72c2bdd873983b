import Testing
import Text

@testable import Markup

/// Renders a text and compares the HTML.
func expectHTML(
    _ markdown: String, _ html: String, _ options: MarkdownOptions = MarkdownOptions(),
    sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
    let body = Markdown.render(SourceFile(path: "a.md", text: markdown), options: options)
    #expect(String(decoding: body.html, as: UTF8.self) == html, sourceLocation: sourceLocation)
    expectPlacesInBounds(body, sourceLocation: sourceLocation)
}

/// Renders a text with hooks and compares the HTML.
@discardableResult
func expectHTML(
    _ markdown: String, with hooks: TestHooks, _ html: String, _ options: MarkdownOptions = MarkdownOptions(),
    sourceLocation: Testing.SourceLocation = #_sourceLocation
) -> (body: MarkdownBody, hooks: TestHooks) {
    var hooks = hooks
    let body = Markdown.render(SourceFile(path: "a.md", text: markdown), options: options, hooks: &hooks)
    #expect(String(decoding: body.html, as: UTF8.self) == html, sourceLocation: sourceLocation)
    expectPlacesInBounds(body, sourceLocation: sourceLocation)
    return (body, hooks)
}

/// Renders a text in which `⟦…⟧` marks what the findings must cover, and compares codes and places.
func expectFindings(
    _ marked: String, _ codes: [String], _ hooks: TestHooks = TestHooks(),
    _ options: MarkdownOptions = MarkdownOptions(), sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
    var hooks = hooks
    let (text, ranges) = marks(in: marked)
    let file = SourceFile(path: "a.md", text: text)
    let body = Markdown.render(file, options: options, hooks: &hooks)
    #expect(body.diagnostics.map(\.code.name) == codes, sourceLocation: sourceLocation)
    let expected = ranges.map { file.location(of: $0) }
    #expect(body.diagnostics.compactMap(\.location) == expected, sourceLocation: sourceLocation)
}

/// A text without its `⟦…⟧`, and the ranges that they enclosed.
func marks(in marked: String) -> (text: String, ranges: [SourceRange]) {
    var text = ""
    var ranges: [SourceRange] = []
    var start = 0
    for character in marked {
        switch character {
        case "⟦": start = text.utf8.count
        case "⟧": ranges.append(SourceRange(start, text.utf8.count))
        default: text.append(character)
        }
    }
    return (text, ranges)
}

/// Every place of a body lies within its HTML, in order, and is the value of an attribute.
func expectPlacesInBounds(
    _ body: MarkdownBody, sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
    #expect(problems(in: body) == [], sourceLocation: sourceLocation)
}

/// Places of a body that are not where they must be.
private func problems(in body: MarkdownBody) -> [String] {
    var problems: [String] = []
    let html = body.html
    var last = 0
    for url in body.content.urls {
        if url.offset < last || url.offset + url.count > html.count {
            problems.append("URL out of bounds: \(url)")
        }
        last = url.offset + url.count
        // A value follows a quote, an equals sign or, in a `srcset`, a space or comma.
        if url.offset > 0, url.offset <= html.count, !"\"'= ,\n\t".utf8.contains(html[url.offset - 1]) {
            problems.append("no value of an attribute: \(url)")
        }
    }
    last = 0
    for id in body.content.ids {
        if id.attributeOffset < last || id.offset < id.attributeOffset
            || id.attributeEnd < id.offset + id.count
            || id.attributeEnd > html.count
        {
            problems.append("id out of bounds: \(id)")
        }
        last = id.attributeEnd
    }
    last = 0
    for block in body.textBlocks {
        if block.range.lowerBound < last || block.range.upperBound > body.text.count {
            problems.append("text: \(block)")
        }
        if let heading = block.heading, heading >= body.headings.count {
            problems.append("heading: \(block)")
        }
        last = block.range.upperBound
    }
    last = 0
    for end in body.blockEnds {
        if end.offset < last || end.offset > html.count { problems.append("block end: \(end)") }
        last = end.offset
    }
    if let end = body.summaryEnd, end > html.count { problems.append("summary: \(end)") }
    for mark in body.footnoteMarks where mark.upperBound > html.count { problems.append("footnote: \(mark)") }
    return problems
}

/// Hooks that know a few components and write down what they were asked.
struct TestHooks: MarkdownHooks {
    var overrides: MarkdownOverrides = []
    var calls: [ComponentCall] = []
    var links: [MarkdownLink] = []
    /// The attributes of the elements that it was asked to write.
    var attributes: [[HTMLAttribute]] = []

    mutating func component(_ call: ComponentCall) -> ComponentResult {
        calls.append(call)
        let body = String(decoding: call.bodyHTML, as: UTF8.self)
        switch String(decoding: call.name, as: UTF8.self) {
        case "box": return .html(Array("<div class=\"box\">\(body)</div>".utf8))
        case "b": return .html(Array("<b>\(body)</b>".utf8))
        case "name": return .html(Array("Ada".utf8))
        case "ref":
            guard case .string(let path)? = call.positional.first else { return .html([]) }
            return .html(Array("/to/".utf8) + path)
        case "image":
            return .html(Array("<img id=\"pic\" src=\"/a.png\" srcset=\"/b.png 1x, /c.png 2x\">".utf8))
        case "raw": return .html(call.rawBody ?? [])
        case "bx": return .unknownSuggesting("box")
        default: return .unknown
        }
    }

    mutating func resolveLink(_ link: MarkdownLink) -> ResolvedLink? {
        links.append(link)
        if link.destination.elementsEqual("other.md".utf8) {
            return ResolvedLink(url: Array("/other/".utf8), attributes: [HTMLAttribute("rel", "next")])
        }
        if link.isImage, link.destination.elementsEqual("sized.png".utf8) {
            return ResolvedLink(
                url: link.destination,
                attributes: [HTMLAttribute("width", "8"), HTMLAttribute("height", "6")])
        }
        return nil
    }

    mutating func resolveReference(_ reference: LiquidReference) -> [UInt8]? {
        reference.target.elementsEqual("2020-01-02-a".utf8) ? Array("/a/".utf8) : nil
    }

    mutating func link(_ element: LinkElement) -> [UInt8]? {
        attributes.append(element.attributes)
        return Array("<x-link to=\"".utf8) + element.destination + Array("\">".utf8) + element.content
            + Array("</x-link>".utf8)
    }

    mutating func image(_ element: LinkElement) -> [UInt8]? {
        attributes.append(element.attributes)
        return element.isBlock
            ? Array("<figure><img src=\"".utf8) + element.destination + Array("\"></figure>".utf8) : nil
    }

    mutating func heading(_ element: HeadingElement) -> [UInt8]? {
        attributes.append(element.attributes)
        return element.level == 1
            ? nil
            : Array("<h\(element.level) id=\"".utf8) + element.id + Array("\">§ ".utf8) + element.content
                + Array("</h\(element.level)>".utf8)
    }

    mutating func codeBlock(_ element: CodeBlockElement) -> [UInt8]? {
        attributes.append(element.attributes)
        return element.fence.language.isEmpty
            ? nil : Array("<pre>".utf8) + element.fence.language + Array("</pre>".utf8)
    }
}
