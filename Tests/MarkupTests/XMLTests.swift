import CXML2
import Testing

@testable import Markup

/// XML out.
struct XMLTests {
    static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func elementsAttributesAndTextAreWellFormed() {
        var writer = XMLWriter(indent: 2)
        writer.startElement("feed")
        writer.attribute("xmlns", "http://www.w3.org/2005/Atom")
        writer.element("title", "A < B & \"C\" é")
        writer.startElement("link")
        writer.attribute("href", "https://x.org/?a=1&b=\"2\"<")
        writer.endElement()
        writer.element("content", "<p>]]></p>")
        #expect(
            Self.text(writer.finish()) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <feed xmlns="http://www.w3.org/2005/Atom">
                  <title>A &lt; B &amp; &quot;C&quot; é</title>
                  <link href="https://x.org/?a=1&amp;b=&quot;2&quot;&lt;"/>
                  <content>&lt;p&gt;]]&gt;&lt;/p&gt;</content>
                </feed>

                """)
    }

    @Test func forbiddenCharactersAreLeftOut() throws {
        var writer = XMLWriter()
        writer.element(
            "a",
            [
                0x78, 0x00, 0x01, 0x0B, 0x1F, 0xEF, 0xBF, 0xBF, 0xFF, 0xED, 0xA0, 0x80, 0x79, 0x09, 0xF4,
                0x90, 0x80, 0x80,
            ])
        let bytes = writer.finish()
        #expect(Self.isWellFormed(bytes))
        #expect(Self.text(bytes).contains("<a>x"))
    }

    @Test func everySingleByteAndScalarIsWritable() {
        var writer = XMLWriter()
        writer.startElement("a")
        for byte in 0...255 as ClosedRange<UInt8> {
            writer.text([byte])
            writer.element("b", [byte, byte, byte])
        }
        #expect(Self.isWellFormed(writer.finish()))
    }

    /// Whether libxml2 reads it without an error.
    private static func isWellFormed(_ bytes: [UInt8]) -> Bool {
        XMLLibrary.start()
        let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue)
        return unsafe bytes.withUnsafeBytes { raw in
            let start = unsafe raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            let document = unsafe xmlReadMemory(start, Int32(raw.count), nil, nil, options)
            defer { unsafe xmlFreeDoc(document) }
            return unsafe document != nil
        }
    }
}
