import Text

/// A filter that changes a text where it was printed, so that no text is made to be thrown away.
///
/// It does what its filter does for the usual input, and leaves the rest, and all mistakes, to it.
struct TextPrinter: @unchecked Sendable {
    // Unchecked: `end` points into a text that the arguments hold.
    private enum Kind { case safe, escape, upper, lower, string, urlencode, truncate, replaceByte }

    private let kind: Kind
    private var length = 0
    private var leeway = 0
    private var keepsWords = true
    private var end = ByteRun(of: [])
    private var endCount = 0
    private var old: UInt8 = 0
    private var new: UInt8 = 0

    /// Whether it prints text as it is.
    var isSafe: Bool { kind == .safe }

    /// The printer of a filter of the language with known arguments, if there is one.
    init?(_ call: Program.BoundCall) {
        guard Builtins.filters[call.function.symbol] === call.function, call.arguments.rest.isEmpty,
            call.arguments.keywords.isEmpty
        else { return nil }
        let arguments = call.arguments.values.map { Undefined.isMissing($0) ? nil : $0 }
        switch call.function.symbol {
        case "safe": kind = .safe
        case "e", "escape": kind = .escape
        case "upper": kind = .upper
        case "lower": kind = .lower
        case "string": kind = .string
        case "urlencode": kind = .urlencode
        case "truncate":
            kind = .truncate
            guard readTruncation(arguments + [nil, nil, nil, nil]) else { return nil }
        case "replace":
            kind = .replaceByte
            guard arguments.count == 2, case .string(let old) = arguments[0],
                case .string(let new) = arguments[1],
                !old.isSafe, !new.isSafe, old.bytes.count == 1, new.bytes.count == 1
            else { return nil }
            self.old = old.bytes[0]
            self.new = new.bytes[0]
        default: return nil
        }
    }

    private mutating func readTruncation(_ arguments: [Value?]) -> Bool {
        switch arguments[0] {
        case nil: length = 255
        case .int(let given): length = given
        default: return false
        }
        switch arguments[1] {
        case nil: keepsWords = true
        case .bool(let kills): keepsWords = !kills
        default: return false
        }
        switch arguments[2] {
        case nil: end = Builtins.ellipsis.run
        case .string(let given) where !given.isSafe: end = given.run
        default: return false
        }
        switch arguments[3] {
        case nil: leeway = 5
        case .int(let given): leeway = given
        default: return false
        }
        endCount = end.characterCount
        return length >= endCount && leeway >= 0
    }

    /// Prints a text as one that is the only filter can; `false`, with nothing printed, if it must be printed first.
    @inline(__always)
    func print(_ text: ByteRun, isSafe: Bool, escaped: Bool, _ output: inout OutputBuffer) -> Bool {
        switch kind {
        case .safe: output.append(text)
        case .escape: if isSafe { output.append(text) } else { output.appendEscaped(text) }
        // Nothing that is left in a URL is escaped in HTML.
        case .urlencode: output.appendQuoted(text)
        case .truncate:
            if isSafe { return false }
            let kept = truncated(text)
            if escaped {
                output.appendEscaped(text.prefix(kept ?? text.count))
                if kept != nil { output.appendEscaped(end) }
            } else {
                output.append(text.prefix(kept ?? text.count))
                if kept != nil { output.append(end) }
            }
        default: return false
        }
        return true
    }

    /// Changes the text that was printed from a place on, and says whether it is safe then; `false` if the filter
    /// itself must do it.
    @inline(__always)
    func change(from start: Int, isSafe: inout Bool, _ output: inout OutputBuffer) -> Bool {
        switch kind {
        case .safe: isSafe = true
        case .string: break
        case .escape:
            if !isSafe { output.escape(from: start) }
            isSafe = true
        case .upper: return output.changeCase(from: start, of: 0x61)
        case .lower: return output.changeCase(from: start, of: 0x41)
        case .urlencode:
            isSafe = false
            output.quote(from: start)
        case .truncate:
            if isSafe { return false }
            if let kept = truncated(output.run(from: start)) {
                output.cut(to: start + kept)
                output.append(end)
            }
        case .replaceByte:
            if isSafe { return false }
            output.replace(old, with: new, from: start)
        }
        return true
    }

    /// How many bytes of a text stay, if it is cut.
    private func truncated(_ text: ByteRun) -> Int? {
        guard text.count > length else { return nil }
        let count = text.characterCount
        guard count > length, count - length > leeway else { return nil }
        let kept = count == text.count ? length - endCount : text.offset(ofCharacter: length - endCount)
        if keepsWords, let space = text.lastSpace(before: kept) { return space }
        return kept
    }
}
