import Text

/// Reads the lines `Key: value` that stand at the top of a file up to a blank line, as Pelican's blogs and
/// MultiMarkdown have them.
///
/// Keys count in any case. What is indented continues the line above. `Tags`, `Authors` and `Keywords` are lists,
/// parted by semicolons if there is one and by commas otherwise; `Status` says whether a page is a draft or
/// stands in no list. All other values are text.
enum MetadataReader {
    /// Where the head ends and the body starts, if a file begins with such lines and has a title among them: other
    /// text may have colons, too.
    static func head(_ bytes: [UInt8], from start: Int) -> (end: Int, body: Int)? {
        var line = start
        var hasTitle = false
        while line < bytes.count {
            let end = lineEnd(bytes, line)
            let content = bytes[line..<end]
            if content.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { break }
            if line == start || !isContinued(content) {
                guard let colon = colon(in: content) else { return nil }
                if name(content[..<colon]) == Array("title".utf8) { hasTitle = true }
            }
            line = next(bytes, end)
        }
        guard hasTitle else { return nil }
        return (line, line < bytes.count ? next(bytes, lineEnd(bytes, line)) : line)
    }

    static func read(_ file: SourceFile, _ part: Range<Int>) -> DataDocument {
        let bytes = file.bytes
        var builder = DataBuilder(expectedBytes: part.count)
        var entries: [DataBuilder.Entry] = []
        var line = part.lowerBound
        while line < part.upperBound {
            let end = min(lineEnd(bytes, line), part.upperBound)
            guard let colon = colon(in: bytes[line..<end]) else {
                line = next(bytes, end)
                continue
            }
            var pieces = [trimmed(bytes[(colon + 1)..<end])]
            var following = next(bytes, end)
            while following < part.upperBound {
                let end = min(lineEnd(bytes, following), part.upperBound)
                guard isContinued(bytes[following..<end]) else { break }
                pieces.append(trimmed(bytes[following..<end]))
                following = next(bytes, end)
            }
            let keyRange = SourceRange(line, colon)
            if let entry = Self.entry(name(bytes[line..<colon]), pieces, keyRange, &builder) {
                entries.append(entry)
            }
            line = max(following, line + 1)
        }
        let root = builder.map(entries, at: SourceRange(part.lowerBound, part.upperBound))
        return DataDocument(value: builder.finish(root), diagnostics: [])
    }

    private static func entry(
        _ key: [UInt8], _ pieces: [ArraySlice<UInt8>], _ keyRange: SourceRange, _ builder: inout DataBuilder
    ) -> DataBuilder.Entry? {
        guard let first = pieces.first, let last = pieces.last else { return nil }
        let range = SourceRange(first.startIndex, max(first.startIndex, last.endIndex))
        let text = Array(pieces.joined(separator: [UInt8(ascii: " ")]))
        switch String(decoding: key, as: UTF8.self) {
        // Pelican's name of the file that a page is written to; its address says it here.
        case "save_as": return nil
        case "status":
            switch String(decoding: text, as: UTF8.self).lowercased() {
            case "draft", "skip":
                return builder.entry("draft", builder.boolean(true, at: range), keyRange: keyRange)
            case "hidden": return builder.entry("list", builder.boolean(false, at: range), keyRange: keyRange)
            default: return nil
            }
        case "tags", "authors", "keywords":
            let mark = text.contains(UInt8(ascii: ";")) ? UInt8(ascii: ";") : UInt8(ascii: ",")
            var elements: [DataBuilder.Node] = []
            for part in text.split(separator: mark) where !trimmed(part).isEmpty {
                elements.append(builder.string(trimmed(part), at: range))
            }
            return builder.entry(key, builder.list(elements, at: range), keyRange: keyRange)
        default:
            return builder.entry(key, builder.string(text, at: range), keyRange: keyRange)
        }
    }

    /// The colon after a key: letters, digits, `-` and `_`, beginning with a letter.
    private static func colon(in line: ArraySlice<UInt8>) -> Int? {
        guard let first = line.first, first.isASCIILetter,
            let colon = line.firstIndex(of: UInt8(ascii: ":")),
            line[..<colon].allSatisfy({
                $0.isASCIILetter || $0.isASCIIDigit
                    || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
            })
        else { return nil }
        let after = colon + 1
        return after == line.endIndex || line[after] == 0x20 || line[after] == 0x09 ? colon : nil
    }

    private static func name(_ key: ArraySlice<UInt8>) -> [UInt8] {
        key.asciiLowercased
    }

    private static func isContinued(_ line: ArraySlice<UInt8>) -> Bool {
        line.first == 0x09 || line.starts(with: "    ".utf8)
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = text
        while let first = text.first, first == 0x20 || first == 0x09 { text.removeFirst() }
        while let last = text.last, last == 0x20 || last == 0x09 || last == 0x0D { text.removeLast() }
        return text
    }

    private static func lineEnd(_ bytes: [UInt8], _ start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        return end
    }

    /// The start of the line after a line's end.
    private static func next(_ bytes: [UInt8], _ end: Int) -> Int {
        guard end < bytes.count else { return end }
        return bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A ? end + 2 : end + 1
    }
}
