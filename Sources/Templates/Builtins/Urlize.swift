import Text

/// `urlize`: addresses in text become links.
extension Builtins {
    static let linkFilters: [FunctionValue] = [
        filter(
            "urlize", "trim_url_limit=none, nofollow=false, target=none, rel=none, extra_schemes=none"
        ) { arguments, render throws(TemplateError) in
            try urlize(arguments, &render)
        }
    ]

    private static func urlize(
        _ arguments: borrowing Arguments, _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let text = try arguments.inputString(&render)
        var relations = Set((try arguments.text(3, &render, orNone: true)?.bytes ?? []).words())
        if try arguments.isTrue(1, &render) { relations.insert(Array("nofollow".utf8)) }
        relations.insert(Array("noopener".utf8))
        let rel = [UInt8].joined(relations.sorted { $0.lexicographicallyPrecedes($1) }, by: [0x20])
        var schemes: [[UInt8]] = []
        if let extra = arguments[4], !extra.isNone {
            for scheme in try render.elements(of: extra) {
                let bytes = try render.bytes(of: scheme)
                if !isScheme(bytes) {
                    throw TemplateError(
                        .filterArgument, "\(scheme.briefRepresentation) is not a valid URI scheme prefix.")
                }
                schemes.append(bytes)
            }
        }
        var linker = Linker(
            attributes: attribute("rel", rel), limit: try arguments.whole(0, &render), schemes: schemes)
        if let target = try arguments.text(2, &render, orNone: true), !target.bytes.isEmpty {
            linker.attributes += attribute("target", target.bytes)
        }
        try render.charge(text.bytes.count >> 4)
        let escaped = text.isSafe ? text.bytes : HTMLEscape.escaped(text.bytes)
        return try render.checked(linker.linked(escaped), isSafe: render.autoescape)
    }

    private static func attribute(_ name: String, _ value: [UInt8]) -> [UInt8] {
        Array(" \(name)=\"".utf8) + HTMLEscape.escaped(value) + [UInt8(ascii: "\"")]
    }

    /// `[\w.+-]{2,}:(/){0,2}`
    private static func isScheme(_ bytes: [UInt8]) -> Bool {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return false }
        let name = bytes[..<colon]
        let rest = bytes[(colon + 1)...]
        return name.count >= 2
            && name.allSatisfy { Identifier.isASCIIWord($0) || [0x2E, 0x2B, 0x2D].contains($0) }
            && rest.count <= 2 && rest.allSatisfy { $0 == UInt8(ascii: "/") }
    }
}

extension Arguments {
    /// The text of an argument, if it is given and not `none`.
    fileprivate func text(
        _ index: Int, _ render: inout RenderContext, orNone: Bool
    ) throws(TemplateError) -> StringValue? {
        guard let value = self[index], !value.isNone else { return nil }
        return try render.string(of: value)
    }
}

/// Makes links of the words that are addresses.
private struct Linker {
    var attributes: [UInt8]
    let limit: Int?
    let schemes: [[UInt8]]

    /// Text that is HTML already, with links.
    func linked(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let white = Whitespace.end(of: bytes, from: index, end: bytes.count)
            result += bytes[index..<white]
            var end = white
            while end < bytes.count, Whitespace.length(bytes, at: end, end: bytes.count) == 0 {
                end = bytes.characterEnd(end)
            }
            if end > white { result += word(Array(bytes[white..<end])) }
            index = end
        }
        return result
    }

    private func word(_ bytes: [UInt8]) -> [UInt8] {
        var middle = bytes
        let head = takeHead(&middle)
        var tail = takeTail(&middle)
        balance(&middle, &tail)
        return head + link(middle) + tail
    }

    private func starts(_ bytes: [UInt8], _ text: String) -> Bool { bytes.starts(with: text.utf8) }

    private func takeHead(_ bytes: inout [UInt8]) -> [UInt8] {
        var count = 0
        while count < bytes.count {
            if bytes[count] == UInt8(ascii: "(") || bytes[count] == UInt8(ascii: "<") {
                count += 1
            } else if starts(Array(bytes[count...]), "&lt;") {
                count += 4
            } else {
                break
            }
        }
        let head = Array(bytes[..<count])
        bytes.removeFirst(count)
        return head
    }

    private func takeTail(_ bytes: inout [UInt8]) -> [UInt8] {
        var end = bytes.count
        while end > 0 {
            if [UInt8(ascii: ")"), UInt8(ascii: ">"), UInt8(ascii: "."), UInt8(ascii: ",")].contains(
                bytes[end - 1])
            {
                end -= 1
            } else if end >= 4, bytes[(end - 4)..<end].elementsEqual("&gt;".utf8) {
                end -= 4
            } else {
                break
            }
        }
        let tail = Array(bytes[end...])
        bytes.removeLast(bytes.count - end)
        return tail
    }

    /// Closing brackets belong to an address that has opening ones.
    private func balance(_ middle: inout [UInt8], _ tail: inout [UInt8]) {
        for (open, close) in [("(", ")"), ("<", ">"), ("&lt;", "&gt;")] {
            let openBytes = Array(open.utf8)
            let closeBytes = Array(close.utf8)
            let openCount = middle.occurrences(of: openBytes)
            if openCount <= middle.occurrences(of: closeBytes) { continue }
            for _ in 0..<min(openCount, tail.occurrences(of: closeBytes)) {
                guard let found = tail.firstRange(of: closeBytes, from: 0) else { break }
                middle += tail[..<found.upperBound]
                tail.removeFirst(found.upperBound)
            }
        }
    }

    private func link(_ middle: [UInt8]) -> [UInt8] {
        if WebAddress.matches(middle) {
            let hasScheme = starts(middle, "https://") || starts(middle, "http://")
            let target = hasScheme ? middle : Array("https://".utf8) + middle
            return anchor(target, attributes, trimmed(middle))
        }
        if starts(middle, "mailto:"), WebAddress.isMail(Array(middle[7...])) {
            return anchor(middle, [], Array(middle[7...]))
        }
        if middle.contains(UInt8(ascii: "@")), !starts(middle, "www."), middle.first != UInt8(ascii: "@"),
            !middle.contains(UInt8(ascii: ":")), WebAddress.isMail(middle)
        {
            return anchor(Array("mailto:".utf8) + middle, [], middle)
        }
        for scheme in schemes where middle != scheme && middle.starts(with: scheme) {
            return anchor(middle, attributes, middle)
        }
        return middle
    }

    private func anchor(_ target: [UInt8], _ attributes: [UInt8], _ text: [UInt8]) -> [UInt8] {
        Array("<a href=\"".utf8) + target + [UInt8(ascii: "\"")] + attributes + [UInt8(ascii: ">")] + text
            + Array("</a>".utf8)
    }

    private func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        guard let limit, bytes.characterCount > limit else { return bytes }
        let count = limit < 0 ? max(0, bytes.characterCount + limit) : limit
        return Array(bytes[..<bytes.offset(ofCharacter: count)]) + Array("...".utf8)
    }
}

/// What Jinja2 takes for an address on the web or for mail.
private enum WebAddress {
    static func matches(_ bytes: [UInt8]) -> Bool {
        let lower = TextCase.lower(bytes)
        let scheme = ["https://", "http://"].first { lower.starts(with: $0.utf8) }
        let prefix = scheme ?? (lower.starts(with: "www.".utf8) ? "www." : nil)
        if let prefix, let host = host(lower, from: prefix.utf8.count), isName(host.name),
            isEnd(lower, host.end)
        {
            return true
        }
        if let host = host(lower, from: 0), isKnownDomain(host.name), isEnd(lower, host.end) { return true }
        guard let scheme else { return false }
        let start = scheme.utf8.count
        if let host = host(lower, from: start), isIPv4(host.name), isEnd(lower, host.end) { return true }
        if start < lower.count, lower[start] == UInt8(ascii: "["),
            let close = lower[start...].firstIndex(of: UInt8(ascii: "]"))
        {
            return isIPv6(lower[(start + 1)..<close]) && isEnd(lower, close + 1)
        }
        return false
    }

    private static func host(_ bytes: [UInt8], from start: Int) -> (name: ArraySlice<UInt8>, end: Int)? {
        var end = start
        while end < bytes.count {
            if bytes[end] == UInt8(ascii: ".") || isLabel(bytes[end]) || Word.length(bytes, at: end) != nil {
                end = bytes.characterEnd(end)
            } else {
                break
            }
        }
        return end > start ? (bytes[start..<end], end) : nil
    }

    private static func isLabel(_ byte: UInt8) -> Bool {
        Identifier.isASCIIWord(byte) || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "-")
    }

    /// A port, a path, a query or a fragment may follow.
    private static func isEnd(_ bytes: [UInt8], _ end: Int) -> Bool {
        var end = end
        if end < bytes.count, bytes[end] == UInt8(ascii: ":") {
            let first = end + 1
            var last = first
            while last < bytes.count, last - first < 5, bytes[last].isASCIIDigit { last += 1 }
            if last > first { end = last }
        }
        return end == bytes.count
            || [UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains(bytes[end])
    }

    private static func isName(_ name: ArraySlice<UInt8>) -> Bool {
        let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard let last = labels.last, labels.allSatisfy({ !$0.isEmpty }) else { return false }
        if last.starts(with: "xn--".utf8) {
            let rest = Array(last.dropFirst(4))
            let length = rest.characterCount
            if length >= 2, length <= 59, rest.allSatisfy({ $0 != UInt8(ascii: "-") }) { return true }
        }
        return last.count >= 2 && last.count <= 63 && last.allSatisfy { $0 >= 0x61 && $0 <= 0x7A }
    }

    private static func isKnownDomain(_ name: ArraySlice<UInt8>) -> Bool {
        let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last else { return false }
        let known = ["com", "net", "int", "edu", "gov", "org", "info", "mil"]
        guard known.contains(String(decoding: last, as: UTF8.self)) else { return false }
        return labels.dropLast().allSatisfy { label in
            let length = Array(label).characterCount
            return length >= 2 && length <= 63
        }
    }

    private static func isIPv4(_ name: ArraySlice<UInt8>) -> Bool {
        let parts = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { $0.count >= 1 && $0.count <= 3 && $0.allSatisfy { $0.isASCIIDigit } }
    }

    private static func isIPv6(_ text: ArraySlice<UInt8>) -> Bool {
        let groups = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        return groups.count >= 3 && groups.count <= 9
            && groups.allSatisfy { group in
                group.count <= 4 && group.allSatisfy { $0.hexadecimalValue != nil }
            }
    }

    /// `\S+@\w[\w.-]*\.\w+`
    static func isMail(_ bytes: [UInt8]) -> Bool {
        for index in bytes.indices.dropFirst() where bytes[index] == UInt8(ascii: "@") {
            let domain = Array(bytes[(index + 1)...])
            guard let first = Word.length(domain, at: 0), first > 0,
                let dot = domain.lastIndex(of: UInt8(ascii: ".")), dot > 0, dot + 1 < domain.count,
                Word.length(domain, at: dot + 1) == domain.count - dot - 1
            else { continue }
            var cursor = 0
            var isDomain = true
            while cursor < dot, isDomain {
                isDomain = [0x2E, 0x2D].contains(domain[cursor]) || Word.length(domain, at: cursor) != nil
                cursor = domain.characterEnd(cursor)
            }
            if isDomain { return true }
        }
        return false
    }
}
