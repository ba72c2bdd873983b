import Text

/// Finds the end of a request head and holds it to the grammar of RFC 9112, strictly, as its bytes arrive.
///
/// This stands before SwiftNIO's parser and does not replace it. What two parsers could read differently (a
/// bare LF, a folded line, a space before the colon, two lengths) ends here; and since no request with a body
/// is served, a head ends where the next begins, so that nothing can be smuggled between.
struct RequestHeadScanner {
    /// What the bytes so far amount to.
    enum Outcome: Equatable {
        /// More are needed.
        case incomplete
        /// A whole head of this many bytes, the empty line at its end included.
        case complete(length: Int)
        /// No request that is served.
        case refused(Refusal)
    }

    private let limits: RequestLimits
    /// How many bytes were looked at.
    private var position = 0
    /// Where the current line starts.
    private var lineStart = 0
    /// Whether the request line was seen.
    private var hasRequestLine = false
    private var fieldCount = 0
    private var hostCount = 0
    private var lengthCount = 0
    private var isVersion1_0 = false
    private var hasBody = false

    /// A scanner at the start of a head.
    init(_ limits: RequestLimits) {
        self.limits = limits
    }

    /// Looks at what has arrived since the last call.
    ///
    /// - Parameter bytes: all that has arrived since the head began, what was scanned before included.
    /// - Returns: what all bytes so far amount to; after anything but `incomplete` the scanner is spent.
    /// - Complexity: O(n) in the bytes that are new.
    mutating func scan(_ bytes: Span<UInt8>) -> Outcome {
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == 0x0A {
                let end = position - 2
                guard end >= lineStart, bytes[end] == 0x0D else {
                    return .refused(.malformed("a line does not end in CR LF"))
                }
                let line = bytes.extracting(lineStart..<end)
                lineStart = position
                if line.isEmpty {
                    // RFC 9112 §2.2: an empty line before the request line is passed over.
                    if hasRequestLine { return finished() }
                    if position > 8 { return .refused(.malformed("empty lines instead of a request")) }
                } else if let refusal = hasRequestLine ? field(line) : requestLine(line) {
                    return .refused(refusal)
                }
            } else if !hasRequestLine {
                if position - lineStart > limits.requestLine { return .refused(.longLine) }
            }
            if position > limits.head { return .refused(.largeHead) }
        }
        return .incomplete
    }

    private func finished() -> Outcome {
        if hostCount > 1 || (hostCount == 0 && !isVersion1_0) {
            return .refused(.malformed("there must be one Host field"))
        }
        if hasBody { return .refused(.body) }
        return .complete(length: position)
    }

    /// `method SP target SP HTTP/1.1`
    private mutating func requestLine(_ line: Span<UInt8>) -> Refusal? {
        hasRequestLine = true
        var index = 0
        while index < line.count, Self.isToken(line[index]) { index += 1 }
        let methodEnd = index
        guard methodEnd > 0, index < line.count, line[index] == 0x20 else {
            return .malformed("no method at the start of the request line")
        }
        index += 1
        let targetStart = index
        while index < line.count, line[index] > 0x20, line[index] < 0x7F { index += 1 }
        guard index > targetStart, index < line.count, line[index] == 0x20 else {
            return .malformed("the target of the request is not plain visible ASCII")
        }
        let version = line.extracting((index + 1)...)
        guard version.count == 8, Self.starts(version, with: "HTTP/"), version[6] == 0x2E,
            version[5].isASCIIDigit, version[7].isASCIIDigit
        else { return .malformed("no version of HTTP at the end of the request line") }
        guard version[5] == 0x31, version[7] == 0x30 || version[7] == 0x31 else { return .version }
        isVersion1_0 = version[7] == 0x30
        let method = line.extracting(0..<methodEnd)
        return Self.equals(method, "GET") || Self.equals(method, "HEAD") ? nil : .method
    }

    /// `name ":" OWS value OWS`
    private mutating func field(_ line: Span<UInt8>) -> Refusal? {
        fieldCount += 1
        if fieldCount > limits.fields { return .largeHead }
        var index = 0
        while index < line.count, Self.isToken(line[index]) { index += 1 }
        guard index > 0, index < line.count, line[index] == 0x3A else {
            // Among them: a folded line, which starts with a space, and a space before the colon.
            return .malformed("a header field without a plain name and a colon")
        }
        let name = line.extracting(0..<index)
        let value = line.extracting((index + 1)...)
        for place in 0..<value.count {
            let byte = value[place]
            guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else {
                return .malformed("a control character in a header field")
            }
        }
        if Self.equalsIgnoringCase(name, "host") {
            hostCount += 1
        } else if Self.equalsIgnoringCase(name, "transfer-encoding") {
            return .malformed("requests may not have a body")
        } else if Self.equalsIgnoringCase(name, "content-length") {
            lengthCount += 1
            guard lengthCount == 1, let isZero = Self.isZeroLength(value) else {
                return .malformed("a length that is not one plain number")
            }
            if !isZero { hasBody = true }
        }
        return nil
    }

    /// Whether digits between optional white space are all zero; `nil` when they are not digits.
    private static func isZeroLength(_ value: Span<UInt8>) -> Bool? {
        var start = 0
        var end = value.count
        while start < end, value[start] == 0x20 || value[start] == 0x09 { start += 1 }
        while end > start, value[end - 1] == 0x20 || value[end - 1] == 0x09 { end -= 1 }
        if start == end { return nil }
        var isZero = true
        for index in start..<end {
            guard value[index].isASCIIDigit else { return nil }
            if value[index] != 0x30 { isZero = false }
        }
        return isZero
    }

    /// RFC 9110 §5.6.2.
    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x5E...0x7A, 0x7C, 0x7E: true
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E: true
        default: false
        }
    }

    private static func starts(_ bytes: Span<UInt8>, with word: StaticString) -> Bool {
        bytes.count >= word.utf8CodeUnitCount
            && equals(bytes.extracting(0..<word.utf8CodeUnitCount), word)
    }

    private static func equals(_ bytes: Span<UInt8>, _ word: StaticString) -> Bool {
        guard bytes.count == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { word in
            for index in 0..<bytes.count where unsafe word[index] != bytes[index] { return false }
            return true
        }
    }

    /// Whether bytes are a word of lower-case letters and hyphens, in any case.
    private static func equalsIgnoringCase(_ bytes: Span<UInt8>, _ word: StaticString) -> Bool {
        guard bytes.count == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { word in
            for index in 0..<bytes.count {
                let byte = bytes[index]
                let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
                if unsafe word[index] != lower { return false }
            }
            return true
        }
    }
}
