/// Writes XML 1.0 as well-formed bytes, in memory: feeds, sitemaps.
///
/// Elements are closed in the order in which they were opened; characters that XML 1.0 forbids are left out;
/// text and attribute values are escaped. Same calls, same bytes.
public struct XMLWriter: ~Copyable {
    /// A writer that has written the XML declaration.
    ///
    /// - Parameter indent: how many spaces deeper each level is; `nil` for everything on one line.
    public init(indent: Int? = nil) {}

    /// Opens an element; `name` may have a prefix.
    public mutating func startElement(_ name: String) {}
    /// Closes the element that was opened last; nothing when there is none.
    public mutating func endElement() {}
    /// Adds an attribute to the element just opened; `xmlns` and `xmlns:x` declare namespaces.
    public mutating func attribute(_ name: String, _ value: [UInt8]) {}
    /// Adds an attribute to the element just opened.
    public mutating func attribute(_ name: String, _ value: String) {}
    /// Adds text.
    public mutating func text(_ text: [UInt8]) {}
    /// Adds text.
    public mutating func text(_ text: String) {}
    /// Adds text as a CDATA section, split where it holds `]]>`.
    public mutating func cdata(_ text: [UInt8]) {}
    /// Adds a comment; `--` in it gets a space.
    public mutating func comment(_ text: String) {}
    /// Adds a processing instruction such as `xml-stylesheet`.
    public mutating func processingInstruction(_ target: String, _ content: String) {}
    /// An element with text and nothing else.
    public mutating func element(_ name: String, _ text: [UInt8]) {}
    /// An element with text and nothing else.
    public mutating func element(_ name: String, _ text: String) {}
    /// Closes what is open and gives up the bytes, with a final line feed.
    public consuming func finish() -> [UInt8] { [] }
}
