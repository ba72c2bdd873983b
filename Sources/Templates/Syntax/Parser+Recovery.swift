import Text

/// Going on after a mistake, so that all mistakes of a template are found and none that are not there.
extension Parser {
    /// Reports a mistake inside a tag and goes on behind the tag.
    mutating func recover(from stop: Stop) {
        guard case .mistake(let mistake) = stop else { return }
        report(mistake)
        skipTag()
    }

    /// Skips the rest of the tag in which a mistake was found, its end included.
    ///
    /// Most tags end where they say so. One that has lost its end, or whose string has, goes on through text and other
    /// tags: then what follows is read anew from the first place where it could have ended.
    mutating func skipTag() {
        if [.end, .data, .blockBegin, .variableBegin].contains(current.kind) { return }
        var begin = position
        while begin > 0, lexer.tokens[begin].kind != .blockBegin, lexer.tokens[begin].kind != .variableBegin {
            begin -= 1
        }
        var end = position
        while !lexer.tokens[end].kind.endsTag { end += 1 }
        if let lost = lexer.lostEnd(of: begin, upTo: end), rereadings < Self.mostRereadings {
            rereadings += 1
            let next = Swift.max(begin + 1, lost.token)
            lexer.readAgain(
                from: lost.offset, keeping: next, endOf: lost.isEnd ? lexer.tokens[begin].kind : nil)
            position = next
            if lost.isEnd { advance() }
            return
        }
        position = end
        if lexer.tokens[end].kind == .blockEnd || lexer.tokens[end].kind == .variableEnd { advance() }
    }

    /// Reading anew takes time with the length of the rest.
    private static let mostRereadings = 64

    /// Reads the rest of a construct with a broken header, or a broken tag in the middle, up to its end tag: what belongs
    /// to it must be read all the same, or its end tag would look like one too many.
    mutating func skipBody(_ name: Token, _ tag: Tag, into body: inout [Statement]) throws(Stop) {
        openTags.append((name.symbol, name.range))
        defer { openTags.removeLast() }
        while true {
            let ends = [tag.end] + tag.middle
            let inner = try statements(until: ends)
            // Not compiled as what it is, but as a scope of its own.
            let range = SourceRange(Int(name.start), previousEnd)
            let kind: Statement.Kind =
                tag.name == .for
                ? .forLoop(
                    Statement.ForLoop(
                        target: Expression(.name("_"), range, anchor: range.start),
                        iterable: Expression(.list([]), range, anchor: range.start), test: nil,
                        isRecursive: false, body: inner, otherwise: []))
                : .with(targets: [], values: [], body: inner)
            body.append(Statement(kind, range, anchor: range.start))
            if isAt(.end), !isClosing { close(reporting: nil, waitingFor: ends) }
            if isClosing { return }
            let isEnd = isAt(tag.end)
            advance()
            if isEnd {
                while !isAt(.blockEnd), !isAt(.end) { advance() }
                return
            }
            skipTag()
        }
    }

    /// Ends the open constructs, whose end tags are missing; a mistake, unless what was lost before may hold them.
    mutating func close(reporting name: Token?, waitingFor ends: [Symbol]?) {
        isClosing = true
        if lexer.hasLostText(before: position) { return }
        if let ends { endTags.append(ends) }
        report(unclosed(name: name?.symbol.text, at: name ?? current))
        if ends != nil { endTags.removeLast() }
    }
}

extension TokenKind {
    /// Whether a tag does not go on behind such a token.
    fileprivate var endsTag: Bool {
        switch self {
        case .blockEnd, .variableEnd, .end, .data, .blockBegin, .variableBegin: true
        default: false
        }
    }
}
