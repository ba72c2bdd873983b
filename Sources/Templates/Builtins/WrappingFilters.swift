import Text

/// Filters that lay text out in lines.
extension Builtins {
    static let wrappingFilters: [FunctionValue] = [
        filter("indent", "width=4, first=false, blank=false") { arguments, render throws(TemplateError) in
            try indent(arguments, &render)
        },
        filter("truncate", "length=255, killwords=false, end='...', leeway=5") {
            arguments, render throws(TemplateError) in
            try truncate(arguments, &render)
        },
        filter("wordwrap", "width=79, break_long_words=true, wrapstring='\\n', break_on_hyphens=true") {
            arguments, render throws(TemplateError) in
            try wordwrap(arguments, &render)
        },
    ]

    private static func indent(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        guard case .string(let text) = arguments.input else {
            if case .undefined(let undefined) = arguments.input { throw render.error(for: undefined) }
            throw TemplateError(.type, "indent needs text, not '\(arguments.input.typeName)'")
        }
        let indention: [UInt8]
        if case .string(let given) = arguments[0] {
            indention = given.bytes
        } else {
            let width = try arguments.whole(0, &render) ?? 4
            if width > 1 << 16 { throw render.tooLong() }
            indention = Array(repeating: UInt8(ascii: " "), count: max(0, width))
        }
        let first = try arguments.isTrue(1, &render)
        let blank = try arguments.isTrue(2, &render)
        // The added line end is what makes a line end at the end count.
        let lines = (text.bytes + [0x0A]).lines()
        let (size, overflow) = lines.count.multipliedReportingOverflow(by: indention.count)
        if overflow || size > render.limits.stringBytes { throw render.tooLong() }
        var result: [UInt8] = first ? indention : []
        for (index, line) in lines.enumerated() {
            if index > 0 {
                result.append(0x0A)
                if blank || !line.isEmpty { result += indention }
            }
            result += line
        }
        return text.derived(result)
    }

    private static func truncate(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let length = try arguments.whole(0, &render) ?? 255
        let end = try arguments.strictString(2, &render) ?? ellipsis
        let leeway = try arguments.whole(3, &render) ?? 5
        let endCount = end.count
        if length < endCount {
            throw TemplateError(.general, "expected length >= \(endCount), got \(length)")
        }
        if leeway < 0 { throw TemplateError(.general, "expected leeway >= 0, got \(leeway)") }
        guard case .string(let text) = arguments.input else {
            // Python asks for the length of anything, and cuts only what is too long.
            let count = try render.count(of: arguments.input)
            if count <= length || count - length <= leeway { return arguments.input }
            throw TemplateError(
                .type, "truncate needs text, not '\(arguments.input.typeName)'",
                hint: "a list is cut by [:\(length)]")
        }
        // Fewer bytes than the length are fewer code points.
        if text.bytes.count <= length { return .string(text) }
        let count = text.count
        if count <= length || count - length <= leeway { return .string(text) }
        let keepsWords = !(try arguments.isTrue(1, &render))
        var kept =
            count == text.bytes.count ? length - endCount : text.bytes.offset(ofCharacter: length - endCount)
        if keepsWords {
            var space = kept - 1
            while space >= 0, text.bytes[space] != UInt8(ascii: " ") { space -= 1 }
            if space >= 0 { kept = space }
        }
        if text.isSafe == end.isSafe {
            let bytes = withExtendedLifetime((text, end)) { text.run.joined(upTo: kept, end.run) }
            return try render.checked(bytes, isSafe: text.isSafe)
        }
        return try render.binary(.add, text.derived(Array(text.bytes[..<kept])), .string(end))
    }

    static let ellipsis = StringValue("...")

    private static func wordwrap(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        guard case .string(let text) = arguments.input else {
            if case .undefined(let undefined) = arguments.input { throw render.error(for: undefined) }
            throw TemplateError(.type, "wordwrap needs text, not '\(arguments.input.typeName)'")
        }
        let width = try arguments.whole(0, &render) ?? 79
        if width <= 0, !text.bytes.isEmpty {
            throw TemplateError(.value, "invalid width \(width) (must be > 0)")
        }
        let breaksWords =
            try arguments[1].map { value throws(TemplateError) in try render.truth(value) } ?? true
        let breaksHyphens =
            try arguments[3].map { value throws(TemplateError) in try render.truth(value) } ?? true
        let wrap = try arguments.strictString(2, &render) ?? StringValue("\n")
        let wrapper = TextWrapper(width: width, breaksLongWords: breaksWords, breaksOnHyphens: breaksHyphens)
        try render.charge(text.bytes.count)
        var lines: [[UInt8]] = []
        for line in text.bytes.lines() {
            // An empty line stays one.
            lines.append([UInt8].joined(wrapper.wrap(line), by: wrap.bytes))
        }
        let (size, overflow) = text.bytes.count.multipliedReportingOverflow(by: wrap.bytes.count + 1)
        if overflow || size > render.limits.stringBytes { throw render.tooLong() }
        return .string(StringValue([UInt8].joined(lines, by: wrap.bytes), isSafe: wrap.isSafe))
    }
}

/// Python's `textwrap`, without tabs and indentation.
struct TextWrapper {
    let width: Int
    let breaksLongWords: Bool
    let breaksOnHyphens: Bool

    /// The lines of one paragraph.
    func wrap(_ bytes: [UInt8]) -> [[UInt8]] {
        let text = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        // Slices, so that a long word is not copied for each line that it is cut into.
        var chunks = Array(self.chunks(text).reversed())
        var lines: [[UInt8]] = []
        while !chunks.isEmpty {
            var line: [ArraySlice<Unicode.Scalar>] = []
            var length = 0
            if !lines.isEmpty, let last = chunks.last, last.allSatisfy(Self.isStripped) {
                chunks.removeLast()
            }
            while let next = chunks.last, length + next.count <= width {
                line.append(chunks.removeLast())
                length += next.count
            }
            if let long = chunks.last, long.count > width {
                breakLong(&chunks, &line, length)
            }
            if let last = line.last, last.allSatisfy(Self.isStripped) { line.removeLast() }
            if !line.isEmpty {
                var text = ""
                for chunk in line { text.unicodeScalars.append(contentsOf: chunk) }
                lines.append(Array(text.utf8))
            }
        }
        return lines
    }

    /// Puts as much of a long word on a line as there is room for.
    private func breakLong(
        _ chunks: inout [ArraySlice<Unicode.Scalar>], _ line: inout [ArraySlice<Unicode.Scalar>],
        _ length: Int
    ) {
        guard let chunk = chunks.last else { return }
        if breaksLongWords {
            let room = width - length
            var end = chunk.startIndex + room
            if breaksOnHyphens, chunk.count > room, let hyphen = chunk[..<end].lastIndex(of: "-"),
                hyphen > chunk.startIndex,
                chunk[..<hyphen].contains(where: { $0 != "-" })
            {
                end = hyphen + 1
            }
            line.append(chunk[..<end])
            chunks[chunks.count - 1] = chunk[end...]
        } else if line.isEmpty {
            line.append(chunks.removeLast())
        }
    }

    /// Words, parts of words with hyphens, dashes, and the white space between them.
    private func chunks(_ text: [Unicode.Scalar]) -> [ArraySlice<Unicode.Scalar>] {
        var chunks: [ArraySlice<Unicode.Scalar>] = []
        var index = 0
        while index < text.count {
            var end = index + 1
            if Self.isSpace(text[index]) {
                while end < text.count, Self.isSpace(text[end]) { end += 1 }
            } else if let dash = breaksOnHyphens ? dashEnd(text, index) : nil {
                end = dash
            } else {
                end = wordEnd(text, index)
            }
            chunks.append(text[index..<end])
            index = end
        }
        return chunks
    }

    private func wordEnd(_ text: [Unicode.Scalar], _ start: Int) -> Int {
        var end = start + 1
        while end < text.count, !Self.isSpace(text[end]) {
            if breaksOnHyphens {
                if text[end] == "-", isHyphenBreak(text, end) { return end + 1 }
                if dashEnd(text, end) != nil { return end }
            }
            end += 1
        }
        return end
    }

    /// The end of a dash of two or more hyphens between words, if one starts here.
    private func dashEnd(_ text: [Unicode.Scalar], _ start: Int) -> Int? {
        guard start > 0, Self.isWordPunctuation(text[start - 1]), text[start] == "-" else { return nil }
        var end = start
        while end < text.count, text[end] == "-" { end += 1 }
        return end - start >= 2 && end < text.count && Self.isWord(text[end]) ? end : nil
    }

    /// Whether a line may end after the hyphen here: letters before it, letters after it.
    private func isHyphenBreak(_ text: [Unicode.Scalar], _ hyphen: Int) -> Bool {
        func letter(_ index: Int) -> Bool { text.indices.contains(index) && Self.isLetter(text[index]) }
        let before =
            (letter(hyphen - 1) && letter(hyphen - 2))
            || (hyphen >= 3 && Self.isWordPunctuation(text[hyphen - 1]) && text[hyphen - 2] == "-"
                && letter(hyphen - 3))
        guard before, letter(hyphen + 1) else { return false }
        if letter(hyphen + 2) { return true }
        return hyphen + 2 < text.count && text[hyphen + 2] == "-" && letter(hyphen + 3)
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || (scalar.value >= 0x09 && scalar.value <= 0x0D)
    }

    private static func isStripped(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        Word.length(Array(String(Character(scalar)).utf8), at: 0) != nil
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        isWord(scalar) && scalar.properties.generalCategory != .decimalNumber
    }

    private static func isWordPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        isWord(scalar) || "!\"'&.,?".unicodeScalars.contains(scalar)
    }
}
