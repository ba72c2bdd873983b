import Text

extension Parser {
    /// Statements up to one of some end tags, whose name is then the current token, or to the end.
    mutating func statements(until ends: [Symbol]?) throws(Stop) -> [Statement] {
        nesting += 1
        defer { nesting -= 1 }
        if nesting > Self.deepestNesting {
            throw syntax("blocks are nested too deeply", at: current.range)
        }
        if let ends { endTags.append(ends) }
        defer { if ends != nil { endTags.removeLast() } }
        var body: [Statement] = []
        var parts: [Statement.OutputPart] = []
        func flush(_ body: inout [Statement], _ parts: inout [Statement.OutputPart]) {
            guard let first = parts.first, let last = parts.last else { return }
            body.append(
                Statement(
                    .output(parts), first.range.joined(with: last.range), anchor: first.range.start))
            parts = []
        }
        while true {
            switch current.kind {
            case .end:
                flush(&body, &parts)
                return body
            case .data:
                let token = advance()
                if case .string(let text) = values[Int(token.index)] {
                    parts.append(.text(text.bytes, token.range))
                }
            case .variableBegin:
                do throws(Stop) {
                    advance()
                    let value = try tuple()
                    try expect(.variableEnd)
                    parts.append(.expression(value))
                } catch {
                    recover(from: error)
                }
            case .blockBegin:
                flush(&body, &parts)
                advance()
                if let ends, current.kind == .name, ends.contains(current.symbol) { return body }
                statement(into: &body)
                if isClosing, let ends {
                    if current.kind == .name, ends.contains(current.symbol) { isClosing = false }
                    return body
                }
            case .invalid:
                if case .mistake(let mistake) = syntax("", at: current.range) { report(mistake) }
                advance()
            default: advance()
            }
        }
    }

    /// One statement, from the name of its tag to the end of its last tag; reports its mistakes.
    private mutating func statement(into body: inout [Statement]) {
        let name = current
        do throws(Stop) {
            do throws(Stop) {
                try statement(&body)
            } catch {
                guard name.kind == .name, let tag = Self.tags[name.symbol], tag.hasBody else { throw error }
                recover(from: error)
                try skipBody(name, tag, into: &body)
            }
            if !isClosing { try expect(.blockEnd) }
        } catch {
            recover(from: error)
        }
    }

    private mutating func statement(_ body: inout [Statement]) throws(Stop) {
        let token = current
        guard token.kind == .name else { throw syntax("tag name expected", at: token.range) }
        guard let tag = Self.tags[token.symbol], tag.needs.isSubset(of: settings.extensions) else {
            try unknownTag(token)
            return
        }
        openTags.append((token.symbol, token.range))
        defer { openTags.removeLast() }
        try parse(tag.name, token, into: &body)
    }

    private mutating func parse(
        _ name: TagName, _ token: Token, into body: inout [Statement]
    ) throws(Stop) {
        let start = token.start
        func made(_ kind: Statement.Kind, anchor: UInt32? = nil) -> Statement {
            Statement(kind, SourceRange(Int(start), previousEnd), anchor: anchor ?? start)
        }
        switch name {
        case .for: body.append(made(try forLoop()))
        case .if: body.append(made(try conditionalStatement()))
        case .block: body.append(made(try block()))
        case .extends:
            advance()
            body.append(made(.extends(try expression())))
        case .print:
            advance()
            var parts: [Statement.OutputPart] = []
            while !isAt(.blockEnd) {
                if !parts.isEmpty { try expect(.comma) }
                parts.append(.expression(try expression()))
            }
            body.append(made(.output(parts)))
        case .macro: body.append(made(try macro()))
        case .include: body.append(made(try include()))
        case .from: body.append(made(try importNames()))
        case .import: body.append(made(try importModule()))
        case .set: body.append(made(try set()))
        case .with: body.append(made(try with()))
        case .autoescape:
            advance()
            let value = try expression()
            body.append(made(.autoescape(value, try self.body(until: "endautoescape"))))
        case .call: body.append(made(try callBlock()))
        case .filter:
            advance()
            let filter = try self.filter(nil, startInline: true)
            body.append(made(.filterBlock(filter, try self.body(until: "endfilter"))))
        case .do:
            advance()
            body.append(made(.evaluate(try tuple())))
        case .break:
            advance()
            body.append(made(.breakLoop))
        case .continue:
            advance()
            body.append(made(.continueLoop))
        case .debug:
            advance()
            body.append(made(.debug))
        case .trans: try translation(into: &body)
        }
    }

    /// The end of the current tag, statements, and an end tag, whose end is left.
    mutating func body(until end: Symbol) throws(Stop) -> [Statement] {
        let result = try body(until: [end])
        endTag()
        return result
    }

    /// The end of the current tag, and statements up to one of some end tags, which is then the current token.
    mutating func body(until ends: [Symbol]) throws(Stop) -> [Statement] {
        _ = skip(.colon)
        try expect(.blockEnd)
        let result = try statements(until: ends)
        if isAt(.end), !isClosing { close(reporting: nil, waitingFor: ends) }
        if isClosing { missedEnds.append(ends) }
        return result
    }

    /// Reads the name of the end tag at which a body ended; nothing when there is none.
    @discardableResult
    mutating func endTag() -> Symbol { isClosing ? .empty : advance().symbol }

    // MARK: Tags that are not known, or not here

    private mutating func unknownTag(_ token: Token) throws(Stop) {
        let name = token.symbol.text
        if endTags.contains(where: { $0.contains(token.symbol) }) {
            close(reporting: token, waitingFor: nil)
            return
        }
        if let missed = missedEnds.firstIndex(where: { $0.contains(token.symbol) }) {
            if name.hasPrefix("end") { missedEnds.remove(at: missed) }
            while !isAt(.blockEnd), !isAt(.end) { advance() }
            return
        }
        let endsUnknown = name.hasPrefix("end") && unknownTags.contains(Symbol(String(name.dropFirst(3))))
        // What was lost may have opened what ends here.
        let endsLost = lexer.hasLostText(before: position) && Self.innerTags.contains(token.symbol)
        if endsUnknown || endsLost {
            while !isAt(.blockEnd), !isAt(.end) { advance() }
            return
        }
        unknownTags.insert(token.symbol)
        // The end of what this stands in the middle of is one too many for the same reason.
        let middles = Self.tags.values.filter { $0.middle.contains(token.symbol) }
        if !middles.isEmpty { missedEnds.append(middles.flatMap { [$0.end] + $0.middle }) }
        throw Stop.mistake(unclosed(name: name, at: token))
    }

    /// "Encountered unknown tag" and "Unexpected end of template", with what Jinja2 was looking for.
    func unclosed(name: String?, at token: Token) -> Mistake {
        var message = name.map { "Encountered unknown tag '\($0)'." } ?? "Unexpected end of template."
        if let last = endTags.last {
            let looking = last.map { "'\($0.text)'" }.joined(separator: " or ")
            if let name, endTags.contains(where: { $0.contains(Symbol(name)) }) {
                message +=
                    " You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for"
                    + " \(looking)."
            } else {
                message += " Jinja was looking for the following tags: \(looking)."
            }
        }
        var notes: [(message: String, range: SourceRange)] = []
        if let open = openTags.last {
            message += " The innermost block that needs to be closed is '\(open.name.text)'."
            // At the end of the template all that are open miss their ends.
            for open in name == nil ? openTags.reversed() : [open] {
                notes.append(("'\(open.name.text)' was opened here", open.range))
            }
        }
        let hint: String? = name.flatMap { name in
            if let needed = Self.tags[Symbol(name)], !needed.needs.isSubset(of: settings.extensions) {
                return "the tag \"\(name)\" belongs to an extension that is not switched on"
            }
            if name == "end", let end = endTags.last?.first(where: { $0.text.hasPrefix("end") }) {
                return "did you mean \"\(end.text)\"?"
            }
            return Suggestion.didYouMean(name, among: knownTagNames)
        }
        return Mistake(
            kind: .syntax, code: name == nil ? .templateSyntax : .unknownTag, message: message,
            range: token.range,
            hint: hint, notes: notes)
    }

    private var knownTagNames: [String] {
        let names = Self.tags.values.filter { $0.needs.isSubset(of: settings.extensions) }.map(
            \.name.rawValue)
        let ends = endTags.last?.map(\.text) ?? []
        return (names + ends).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

extension Statement.OutputPart {
    var range: SourceRange {
        switch self {
        case .text(_, let range): range
        case .expression(let expression): expression.range
        }
    }
}
