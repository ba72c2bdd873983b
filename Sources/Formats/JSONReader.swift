import Text

/// Reads JSON as RFC 8259 has it, strictly: no comments, no trailing commas, no other whitespace.
///
/// After a finding the rest is not read: one wrong mark in JSON makes nonsense of what follows.
enum JSONReader {
    static func read(_ file: SourceFile, _ part: Range<Int>) -> DataDocument {
        var parser = Parser(file: file, part: part)
        let root = parser.document()
        let diagnostics = parser.diagnostics
        return DataDocument(value: parser.builder.finish(root), diagnostics: diagnostics)
    }

    /// The text and where in it the reading is.
    struct Parser: ~Copyable {
        let file: SourceFile
        let bytes: [UInt8]
        let end: Int
        var position: Int
        var builder: DataBuilder
        var diagnostics: [Diagnostic] = []
        var hasFailed = false
        /// The unescaped string last read.
        var scratch: [UInt8] = []

        init(file: SourceFile, part: Range<Int>) {
            self.file = file
            bytes = file.bytes
            end = part.upperBound
            position = part.lowerBound
            builder = DataBuilder(expectedBytes: part.count)
        }

        mutating func document() -> DataBuilder.Node {
            skipSpace()
            if position == end {
                return fail("there is no value", hint: "an empty object is {}")
            }
            let root = value(depth: 0)
            skipSpace()
            if !hasFailed, position < end {
                _ = fail("there is more after the end of the value")
            }
            return root
        }

        mutating func value(depth: Int) -> DataBuilder.Node {
            guard position < end else { return fail("the text ends where a value should be") }
            let start = position
            switch bytes[position] {
            case UInt8(ascii: "{"): return object(depth: depth + 1)
            case UInt8(ascii: "["): return array(depth: depth + 1)
            case UInt8(ascii: "\""):
                guard string() else { return null(start) }
                return builder.string(scratch, at: SourceRange(start, position))
            case UInt8(ascii: "t") where word("true"):
                return builder.boolean(true, text: bytes[start..<position], at: SourceRange(start, position))
            case UInt8(ascii: "f") where word("false"):
                return builder.boolean(false, text: bytes[start..<position], at: SourceRange(start, position))
            case UInt8(ascii: "n") where word("null"):
                return builder.null(text: bytes[start..<position], at: SourceRange(start, position))
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
            case UInt8(ascii: "'"): return fail("a string needs double quotes", hint: "write \"…\"")
            case UInt8(ascii: "/"): return fail("JSON has no comments")
            case UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ","):
                return fail("there is no value before this mark", hint: "remove the comma before it")
            default: return fail("this is not a JSON value")
            }
        }

        mutating func object(depth: Int) -> DataBuilder.Node {
            let start = position
            guard depth <= DataTree.depthLimit else { return tooDeep() }
            position += 1
            var entries: [DataBuilder.Entry] = []
            skipSpace()
            if take(UInt8(ascii: "}")) { return builder.map(entries, at: SourceRange(start, position)) }
            while !hasFailed {
                skipSpace()
                guard position < end, bytes[position] == UInt8(ascii: "\"") else {
                    _ =
                        position < end && bytes[position] == UInt8(ascii: "}")
                        ? fail("there is no key after the comma", hint: "remove the comma before it")
                        : fail("a key in double quotes should be here")
                    break
                }
                let keyStart = position
                guard string() else { break }
                let keyRange = SourceRange(keyStart, position)
                let key = scratch
                skipSpace()
                guard take(UInt8(ascii: ":")) else {
                    _ = fail("a colon should follow the key")
                    break
                }
                skipSpace()
                let node = value(depth: depth)
                entries.append(builder.entry(key, node, keyRange: keyRange))
                if hasFailed { break }
                skipSpace()
                if take(UInt8(ascii: ",")) { continue }
                if take(UInt8(ascii: "}")) { break }
                _ =
                    position < end
                    ? fail("a comma or } should be here") : fail("the object is not closed", from: start)
            }
            return DuplicateKeys.map(entries, &builder, SourceRange(start, position), file, &diagnostics)
        }

        mutating func array(depth: Int) -> DataBuilder.Node {
            let start = position
            guard depth <= DataTree.depthLimit else { return tooDeep() }
            position += 1
            var elements: [DataBuilder.Node] = []
            skipSpace()
            if take(UInt8(ascii: "]")) { return builder.list(elements, at: SourceRange(start, position)) }
            while !hasFailed {
                skipSpace()
                elements.append(value(depth: depth))
                if hasFailed { break }
                skipSpace()
                if take(UInt8(ascii: ",")) { continue }
                if take(UInt8(ascii: "]")) { break }
                _ =
                    position < end
                    ? fail("a comma or ] should be here") : fail("the array is not closed", from: start)
            }
            return builder.list(elements, at: SourceRange(start, position))
        }

        mutating func number() -> DataBuilder.Node {
            let start = position
            take(UInt8(ascii: "-"))
            if take(UInt8(ascii: "0")) {
                if position < end, bytes[position].isASCIIDigit {
                    return fail("a number must not start with 0", from: start)
                }
            } else if digits() == 0 {
                return fail("a digit should be here")
            }
            var isWhole = true
            if take(UInt8(ascii: ".")) {
                isWhole = false
                if digits() == 0 { return fail("a digit should follow the point") }
            }
            if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
                isWhole = false
                if !take(UInt8(ascii: "+")) { take(UInt8(ascii: "-")) }
                if digits() == 0 { return fail("a digit should be in the exponent") }
            }
            let text = bytes[start..<position]
            let range = SourceRange(start, position)
            if isWhole, let number = NumberText.integer(text) {
                return builder.integer(number, text: text, at: range)
            }
            guard let number = NumberText.double(text), number.isFinite else {
                return fail("the number is too large", from: start)
            }
            return builder.double(number, text: text, at: range)
        }

        mutating func digits() -> Int {
            let start = position
            while position < end, bytes[position].isASCIIDigit { position += 1 }
            return position - start
        }

        mutating func word(_ word: StaticString) -> Bool {
            let count = word.utf8CodeUnitCount
            guard position + count <= end else { return false }
            let matches = bytes[position..<(position + count)].elementsEqual(word.description.utf8)
            guard matches else { return false }
            position += count
            return true
        }

        @discardableResult
        mutating func take(_ byte: UInt8) -> Bool {
            guard position < end, bytes[position] == byte else { return false }
            position += 1
            return true
        }

        mutating func skipSpace() {
            while position < end {
                switch bytes[position] {
                case 0x20, 0x0A, 0x0D, 0x09: position += 1
                default: return
                }
            }
        }

        mutating func null(_ start: Int) -> DataBuilder.Node {
            builder.null(at: SourceRange(start, position))
        }

        mutating func tooDeep() -> DataBuilder.Node {
            if !hasFailed {
                hasFailed = true
                diagnostics.append(
                    Diagnostic(
                        .dataLimit, "values nest deeper than \(DataTree.depthLimit) levels",
                        at: SourceRange(position, position + 1), in: file))
            }
            return null(position)
        }

        mutating func fail(_ message: String, from start: Int? = nil, hint: String? = nil) -> DataBuilder.Node
        {
            if !hasFailed {
                hasFailed = true
                let range =
                    start.map { SourceRange($0, max(position, $0 + 1)) }
                    ?? SourceRange(position, min(position + 1, end))
                diagnostics.append(Diagnostic(.unreadableData, message, at: range, in: file, hint: hint))
            }
            return null(position)
        }
    }
}
