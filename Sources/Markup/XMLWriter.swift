import CXML2

/// Writes XML 1.0 as well-formed bytes, in memory: feeds, sitemaps.
///
/// A thin face of libxml2's `xmlwriter`, and the only file that writes with it. Elements are closed in the order
/// in which they were opened; characters that XML 1.0 forbids are left out; text and attribute values are
/// escaped. Same calls, same bytes.
@safe public struct XMLWriter: ~Copyable {
    private let buffer: xmlBufferPtr?
    private let writer: xmlTextWriterPtr?
    /// How many elements are open.
    private var depth = 0

    /// A writer that has written the XML declaration.
    ///
    /// - Parameter indent: how many spaces deeper each level is; `nil` for everything on one line.
    public init(indent: Int? = nil) {
        XMLLibrary.start()
        unsafe buffer = unsafe xmlBufferCreate()
        unsafe writer = unsafe xmlNewTextWriterMemory(buffer, 0)
        if let indent {
            _ = unsafe xmlTextWriterSetIndent(writer, 1)
            let spaces = [UInt8](repeating: 0x20, count: max(0, min(indent, 16))) + [0]
            _ = unsafe xmlTextWriterSetIndentString(writer, spaces)
        }
        _ = unsafe xmlTextWriterStartDocument(writer, "1.0", "UTF-8", nil)
    }

    deinit {
        unsafe xmlFreeTextWriter(writer)
        unsafe xmlBufferFree(buffer)
    }

    /// Opens an element; `name` may have a prefix.
    public mutating func startElement(_ name: String) {
        _ = unsafe xmlTextWriterStartElement(writer, clean(name.utf8))
        depth += 1
    }

    /// Closes the element that was opened last; nothing when there is none.
    public mutating func endElement() {
        if depth == 0 { return }
        depth -= 1
        _ = unsafe xmlTextWriterEndElement(writer)
    }

    /// Adds an attribute to the element just opened; `xmlns` and `xmlns:x` declare namespaces.
    public mutating func attribute(_ name: String, _ value: [UInt8]) {
        _ = unsafe xmlTextWriterWriteAttribute(writer, Array(name.utf8) + [0], clean(value))
    }

    /// Adds an attribute to the element just opened.
    public mutating func attribute(_ name: String, _ value: String) {
        _ = unsafe xmlTextWriterWriteAttribute(writer, Array(name.utf8) + [0], clean(value.utf8))
    }

    /// Adds text.
    public mutating func text(_ text: [UInt8]) {
        _ = unsafe xmlTextWriterWriteString(writer, clean(text))
    }

    /// Adds text.
    public mutating func text(_ text: String) {
        _ = unsafe xmlTextWriterWriteString(writer, clean(text.utf8))
    }

    /// An element with text and nothing else.
    public mutating func element(_ name: String, _ text: [UInt8]) {
        startElement(name)
        self.text(text)
        endElement()
    }

    /// An element with text and nothing else.
    public mutating func element(_ name: String, _ text: String) {
        startElement(name)
        self.text(text)
        endElement()
    }

    /// Closes what is open and gives up the bytes, with a final line feed.
    public consuming func finish() -> [UInt8] {
        _ = unsafe xmlTextWriterEndDocument(writer)
        _ = unsafe xmlTextWriterFlush(writer)
        guard let buffer = unsafe buffer, let content = unsafe xmlBufferContent(buffer) else { return [] }
        let count = Int(unsafe xmlBufferLength(buffer))
        var bytes = unsafe Array(UnsafeBufferPointer(start: content, count: max(0, count)))
        if bytes.last != 0x0A { bytes.append(0x0A) }
        return bytes
    }

    /// Text that XML 1.0 allows (its production 2, `Char`), ended by a NUL for C.
    private func clean(_ text: some Collection<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count + 1)
        // Nearly all text is plain: it is copied at once.
        let isPlain = text.withContiguousStorageIfAvailable { text in
            guard unsafe text.allSatisfy({ $0 >= 0x20 && $0 < 0x80 }) else { return false }
            unsafe bytes.append(contentsOf: text)
            return true
        }
        if isPlain == true {
            bytes.append(0)
            return bytes
        }
        var isASCII = true
        for byte in text {
            if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { continue }
            if byte >= 0x80 { isASCII = false }
            bytes.append(byte)
        }
        if !isASCII { bytes = Self.validated(bytes) }
        bytes.append(0)
        return bytes
    }

    /// Without invalid UTF-8 and without U+FFFE and U+FFFF.
    private static func validated(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] < 0x80 {
                result.append(bytes[index])
                index += 1
                continue
            }
            let scalar = unsafe bytes.withUnsafeBufferPointer {
                unsafe WordCounter.decode($0, index, bytes.count)
            }
            let isForbidden =
                scalar.value == 0xFFFE || scalar.value == 0xFFFF
                || scalar.value >= 0xD800 && scalar.value < 0xE000
                || scalar.value > 0x10FFFF || scalar.count == 3 && scalar.value < 0x800
                || scalar.count == 4 && scalar.value < 0x10000
            if scalar.count == 1 {
                result.append(contentsOf: [0xEF, 0xBF, 0xBD])
            } else if !isForbidden {
                result.append(contentsOf: bytes[index..<index + scalar.count])
            }
            index += scalar.count
        }
        return result
    }
}
