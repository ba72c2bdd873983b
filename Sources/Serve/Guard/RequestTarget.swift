import Text

/// The target of a request, decoded once and clean: something to look up, never to join to a folder.
///
/// Rule: cut at `?`; refuse fragments, controls, backslashes, NUL, broken percent-encoding and ill-formed
/// UTF-8; decode once; split at `/`; refuse `.` and `..`; components that start with a dot are never found,
/// but for `.well-known`.
struct RequestTarget: Equatable, Sendable {
    /// The path, decoded, without the slash at its start and end.
    let path: RelativePath
    /// Whether it ended in a slash (`/` itself does).
    let isFolder: Bool
    /// What came after the first `?`, as it was sent.
    let query: [UInt8]
    /// Host and port of a target in absolute form.
    let authority: [UInt8]?

    /// A target in origin form (`/a/b?c`) or absolute form (`http://localhost/a/b`); RFC 9112 §3.2.
    init(_ target: [UInt8]) throws(Refusal) {
        var rest = target[...]
        if rest.first != Self.slash {
            let scheme = Array("http://".utf8)
            guard rest.count >= scheme.count,
                rest.prefix(scheme.count).map({ $0 | 0x20 }) == scheme.map({ $0 | 0x20 })
            else { throw .malformed("the target of the request is not a path") }
            rest = rest.dropFirst(scheme.count)
            let end = rest.firstIndex { $0 == Self.slash || $0 == UInt8(ascii: "?") } ?? rest.endIndex
            authority = Array(rest[..<end])
            rest = rest[end...]
        } else {
            authority = nil
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            query = Array(rest[(mark + 1)...])
            rest = rest[..<mark]
        } else {
            query = []
        }
        if query.contains(UInt8(ascii: "#")) { throw .malformed("a fragment in the target of the request") }
        let decoded = try Self.decoded(rest)
        isFolder = decoded.isEmpty || decoded.last == Self.slash
        path = try Self.cleaned(decoded)
    }

    private static let slash = UInt8(ascii: "/")

    private static func decoded(_ bytes: ArraySlice<UInt8>) throws(Refusal) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            var byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "#") { throw .malformed("a fragment in the target of the request") }
            if byte == UInt8(ascii: "%") {
                guard let escaped = bytes[index...].escapedByte else {
                    throw .malformed("broken percent-encoding in the target of the request")
                }
                byte = escaped
                index += 2
            }
            if byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\\") {
                throw .malformed("a control character or a backslash in the target of the request")
            }
            decoded.append(byte)
        }
        guard String(validating: decoded, as: UTF8.self) != nil else {
            throw .malformed("the target of the request is not UTF-8")
        }
        return decoded
    }

    /// The components between one slash at the start and at most one at the end.
    private static func cleaned(_ decoded: [UInt8]) throws(Refusal) -> RelativePath {
        var middle = decoded[...]
        if middle.first == slash { middle = middle.dropFirst() }
        if middle.last == slash { middle = middle.dropLast() }
        if middle.isEmpty {
            if decoded.count > 1 { throw Refusal(404, "there is nothing here") }
            return .root
        }
        let dot = UInt8(ascii: ".")
        for component in middle.split(separator: slash, omittingEmptySubsequences: false) {
            if component.elementsEqual([dot]) || component.elementsEqual([dot, dot]) {
                throw .malformed("a dot segment in the target of the request")
            }
        }
        for component in middle.split(separator: slash, omittingEmptySubsequences: false) {
            if component.isEmpty || (component.first == dot && !component.elementsEqual(".well-known".utf8)) {
                throw Refusal(404, "there is nothing here")
            }
        }
        return RelativePath(unchecked: Array(middle))
    }
}

extension RequestTarget {
    /// The value of the first query parameter of a name, decoded as forms are; `nil` when it is absent,
    /// broken or not UTF-8.
    func parameter(_ name: String) -> [UInt8]? {
        let name = Array(name.utf8)
        for pair in query.split(separator: UInt8(ascii: "&"), maxSplits: 64) {
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")), pair[..<equals].elementsEqual(name)
            else {
                continue
            }
            var value: [UInt8] = []
            var index = equals + 1
            while index < pair.endIndex {
                let byte = pair[index]
                index += 1
                if byte == UInt8(ascii: "+") {
                    value.append(0x20)
                } else if byte == UInt8(ascii: "%") {
                    guard let escaped = pair[index...].escapedByte else { return nil }
                    value.append(escaped)
                    index += 2
                } else {
                    value.append(byte)
                }
            }
            return String(validating: value, as: UTF8.self) == nil ? nil : value
        }
        return nil
    }
}

extension ArraySlice<UInt8> {
    /// The byte that the first two stand for behind a `%`, if they are hexadecimal digits.
    fileprivate var escapedByte: UInt8? {
        guard count >= 2, let high = self[startIndex].hexadecimalValue,
            let low = self[startIndex + 1].hexadecimalValue
        else { return nil }
        return high << 4 | low
    }
}
