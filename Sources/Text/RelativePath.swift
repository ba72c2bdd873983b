/// A path inside the site: bytes separated by `/`, relative, compared byte by byte.
///
/// Paths are bytes, not text: Swift's `String` calls `"café.md"` in NFC and NFD equal, and turns two
/// different names of invalid UTF-8 into one, so a `String` cannot name a file. Nothing is normalised
/// except what the initialisers say.
public struct RelativePath: Hashable, Sendable, Comparable {
    /// The bytes of the path, without a leading or trailing `/`; empty for the root itself.
    public let bytes: [UInt8]

    /// The root of the site.
    public static let root = RelativePath(unchecked: [])

    /// A path from bytes that are known to be clean: no leading, trailing or double `/`, no `.` or `..`.
    public init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A path from text, cleaned: empty and `.` components are dropped, `..` removes the one before.
    ///
    /// - Returns: `nil` when `..` would leave the root, or when there is a NUL byte.
    public init?(_ text: Span<UInt8>) {
        var cleaned: [UInt8] = []
        cleaned.reserveCapacity(text.count)
        var start = 0
        while start <= text.count {
            var end = start
            while end < text.count, text[end] != UInt8(ascii: "/") {
                if text[end] == 0 { return nil }
                end += 1
            }
            let component = text.extracting(start..<end)
            start = end + 1
            if component.isEmpty || Self.isDots(component, 1) { continue }
            if Self.isDots(component, 2) {
                if cleaned.isEmpty { return nil }
                while let last = cleaned.popLast(), last != UInt8(ascii: "/") {}
                continue
            }
            if !cleaned.isEmpty { cleaned.append(UInt8(ascii: "/")) }
            unsafe component.withUnsafeBufferPointer { unsafe cleaned.append(contentsOf: $0) }
        }
        bytes = cleaned
    }

    private static func isDots(_ component: Span<UInt8>, _ count: Int) -> Bool {
        component.count == count && component[0] == UInt8(ascii: ".")
            && component[count - 1] == UInt8(ascii: ".")
    }

    /// A path from an array of bytes; see ``init(_:)-swift.init``.
    public init?(_ text: [UInt8]) {
        self.init(text.span)
    }

    /// A path from a string; see ``init(_:)-swift.init``.
    public init?(_ text: String) {
        self.init(text.utf8.span)
    }

    /// Whether this is the root.
    public var isRoot: Bool { bytes.isEmpty }

    /// The path as text for people; invalid UTF-8 is shown with replacement characters.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The last component, or nothing for the root.
    public var name: ArraySlice<UInt8> {
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return bytes[...] }
        return bytes[(slash + 1)...]
    }

    /// The folder that holds this path; the root is its own parent.
    public var parent: RelativePath {
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return .root }
        return RelativePath(unchecked: Array(bytes[..<slash]))
    }

    /// The last component without its last extension; a name that starts with its only dot keeps it.
    public var stem: ArraySlice<UInt8> {
        let name = self.name
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex else { return name }
        return name[..<dot]
    }

    /// The last extension without its dot, as written, or nothing.
    public var fileExtension: ArraySlice<UInt8> {
        let name = self.name
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex else {
            return name[name.endIndex...]
        }
        return name[(dot + 1)...]
    }

    /// This path with more components after it; `more` must be clean.
    public func appending(_ more: some Collection<UInt8>) -> RelativePath {
        if more.isEmpty { return self }
        if bytes.isEmpty { return RelativePath(unchecked: Array(more)) }
        var joined: [UInt8] = []
        joined.reserveCapacity(bytes.count + 1 + more.count)
        joined.append(contentsOf: bytes)
        joined.append(UInt8(ascii: "/"))
        joined.append(contentsOf: more)
        return RelativePath(unchecked: joined)
    }

    /// This path with more components after it; `more` must be clean.
    public func appending(_ more: [UInt8]) -> RelativePath {
        if more.isEmpty { return self }
        if bytes.isEmpty { return RelativePath(unchecked: more) }
        var joined: [UInt8] = []
        joined.reserveCapacity(bytes.count + 1 + more.count)
        joined.append(contentsOf: bytes)
        joined.append(UInt8(ascii: "/"))
        joined.append(contentsOf: more)
        return RelativePath(unchecked: joined)
    }

    /// This path with one more component, written as text; it must be clean.
    public func appending(_ more: String) -> RelativePath {
        appending(Array(more.utf8))
    }

    /// Whether this path is `folder` itself or lies below it.
    public func isInside(_ folder: RelativePath) -> Bool {
        if folder.bytes.isEmpty { return true }
        let count = folder.bytes.count
        // The cheap test first: few paths have a slash just there.
        guard bytes.count == count || (bytes.count > count && bytes[count] == UInt8(ascii: "/")) else {
            return false
        }
        return ByteOrder.areEqual(bytes.span.extracting(..<count), folder.bytes.span)
    }

    /// What remains of this path below `folder`, or `nil` when it does not lie inside.
    public func relative(to folder: RelativePath) -> RelativePath? {
        guard isInside(folder) else { return nil }
        if folder.bytes.isEmpty { return self }
        if bytes.count == folder.bytes.count { return .root }
        return RelativePath(unchecked: Array(bytes[(folder.bytes.count + 1)...]))
    }

    /// The path in composed form (NFC), as it is published.
    public var composed: RelativePath {
        RelativePath(unchecked: Normalization.composed(bytes))
    }

    /// The components in order.
    public var components: [ArraySlice<UInt8>] {
        bytes.split(separator: UInt8(ascii: "/"))
    }

    /// All bytes at once, not one by one as an array does it.
    public func hash(into hasher: inout Hasher) {
        unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }

    /// Whether two paths are the same bytes.
    public static func == (left: RelativePath, right: RelativePath) -> Bool {
        ByteOrder.areEqual(left.bytes.span, right.bytes.span)
    }

    /// Byte order, so that an order of paths never depends on a locale or a Unicode table.
    public static func < (left: RelativePath, right: RelativePath) -> Bool {
        ByteOrder.precedes(left.bytes.span, right.bytes.span)
    }
}

extension RelativePath: CustomStringConvertible {
    /// The path as text for people.
    public var description: String { text }
}
