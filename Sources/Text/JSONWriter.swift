/// Writes one JSON text (RFC 8259) as it is told, front to back.
///
/// Commas, colons and indentation come by themselves:
///
///     var json = JSONWriter()
///     json.beginObject()
///     json.key("title"); json.string("Hello")
///     json.key("tags"); json.beginArray(); json.string("a"); json.endArray()
///     json.endObject()
///     let bytes = json.finish()
///
/// Keys are written in the order they come: whoever calls sorts them. A call that makes no JSON (a value
/// without its key, an end without its beginning) is a mistake of ours and traps.
public struct JSONWriter: ~Copyable, Sendable {
    /// How the text is laid out.
    public enum Layout: Sendable {
        /// No space at all.
        case compact
        /// A line for each value, two spaces a level, a line feed at the end.
        case pretty
    }

    private enum Container {
        case array
        case object
    }

    private var writer: ByteWriter
    private let layout: Layout
    private var open: [Container] = []
    private var isFirst = true
    private var hasKey = false

    /// A writer of an empty text.
    public init(_ layout: Layout = .compact, capacity: Int = 0) {
        writer = ByteWriter(capacity: capacity)
        self.layout = layout
    }

    /// Starts an object.
    public mutating func beginObject() {
        startValue()
        writer.append(UInt8(ascii: "{"))
        open.append(.object)
        isFirst = true
    }

    /// Ends the object begun last.
    public mutating func endObject() {
        precondition(open.last == .object && !hasKey, "no object to end here")
        end(UInt8(ascii: "}"))
    }

    /// Starts an array.
    public mutating func beginArray() {
        startValue()
        writer.append(UInt8(ascii: "["))
        open.append(.array)
        isFirst = true
    }

    /// Ends the array begun last.
    public mutating func endArray() {
        precondition(open.last == .array, "no array to end here")
        end(UInt8(ascii: "]"))
    }

    /// Writes the key of the next value.
    public mutating func key(_ name: Span<UInt8>) {
        precondition(open.last == .object && !hasKey, "a key belongs into an object, before a value")
        startItem()
        writer.append(UInt8(ascii: "\""))
        writer.append(name, escapedAs: .json)
        writer.append(layout == .compact ? "\":" as StaticString : "\": ")
        hasKey = true
    }

    /// Writes the key of the next value.
    public mutating func key(_ name: String) {
        key(name.utf8.span)
    }

    /// Writes a string from its UTF-8.
    public mutating func string(_ bytes: Span<UInt8>) {
        startValue()
        writer.append(UInt8(ascii: "\""))
        writer.append(bytes, escapedAs: .json)
        writer.append(UInt8(ascii: "\""))
    }

    /// Writes a string from its UTF-8.
    public mutating func string(_ bytes: [UInt8]) {
        string(bytes.span)
    }

    /// Writes a string from its UTF-8.
    public mutating func string(_ bytes: ArraySlice<UInt8>) {
        string(bytes.span)
    }

    /// Writes a string.
    public mutating func string(_ text: String) {
        string(text.utf8.span)
    }

    /// Writes a whole number.
    public mutating func number(_ value: Int) {
        startValue()
        writer.append(decimal: value)
    }

    /// Writes a number so that reading it gives the same number back, as short as that can be.
    ///
    /// Whole numbers up to 2^53 are written without a fraction. What JSON cannot say (infinity, not a number)
    /// is written as `null`.
    public mutating func number(_ value: Double) {
        guard value.isFinite else { return null() }
        if value == value.rounded(.towardZero), abs(value) < 9_007_199_254_740_992,
            !(value == 0 && value.sign == .minus)
        {
            return number(Int(value))
        }
        startValue()
        writer.append(value.description)
    }

    /// Writes `true` or `false`.
    public mutating func boolean(_ value: Bool) {
        startValue()
        writer.append(value ? "true" as StaticString : "false")
    }

    /// Writes `null`.
    public mutating func null() {
        startValue()
        writer.append("null" as StaticString)
    }

    /// Writes a value that is JSON already.
    public mutating func raw(_ json: [UInt8]) {
        startValue()
        writer.append(json)
    }

    /// Gives up the writer for the text.
    ///
    /// - Precondition: everything that was begun has ended.
    public consuming func finish() -> [UInt8] {
        precondition(open.isEmpty && !isFirst, "the JSON text is not complete")
        if layout == .pretty { writer.append(UInt8(ascii: "\n")) }
        return writer.finish()
    }

    private mutating func startValue() {
        if open.last == .object {
            precondition(hasKey, "a value in an object needs a key before it")
            hasKey = false
        } else {
            precondition(!open.isEmpty || isFirst, "a JSON text is one value")
            startItem()
        }
    }

    /// What comes before a key or an element: a comma, a line, spaces.
    private mutating func startItem() {
        if open.isEmpty {
            isFirst = false
            return
        }
        if !isFirst { writer.append(UInt8(ascii: ",")) }
        isFirst = false
        if layout == .pretty { newLine() }
    }

    private mutating func end(_ bracket: UInt8) {
        open.removeLast()
        if layout == .pretty, !isFirst { newLine() }
        writer.append(bracket)
        isFirst = false
    }

    private mutating func newLine() {
        writer.append(UInt8(ascii: "\n"))
        for _ in open { writer.append("  " as StaticString) }
    }
}
