import Testing
import Text

@testable import Markup

/// XML out and in.
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
        writer.startElement("content")
        writer.cdata(Array("<p>]]></p>".utf8))
        writer.endElement()
        writer.comment("a -- b-")
        #expect(
            Self.text(writer.finish()) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <feed xmlns="http://www.w3.org/2005/Atom">
                  <title>A &lt; B &amp; &quot;C&quot; é</title>
                  <link href="https://x.org/?a=1&amp;b=&quot;2&quot;&lt;"/>
                  <content><![CDATA[<p>]]]]><![CDATA[></p>]]></content>
                  <!--a - - b- -->
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
        let document = XMLDocument(SourceFile(path: .root, bytes: bytes))
        #expect(document.diagnostics.isEmpty)
        #expect(document.root?.text.first == 0x78)
    }

    @Test func everySingleByteAndScalarIsWritable() {
        var writer = XMLWriter()
        writer.startElement("a")
        for byte in 0...255 as ClosedRange<UInt8> {
            writer.text([byte])
            writer.element("b", [byte, byte, byte])
        }
        #expect(XMLDocument(SourceFile(path: .root, bytes: writer.finish())).diagnostics.isEmpty)
    }

    @Test func documentsAreRead() throws {
        let document = XMLDocument(
            SourceFile(
                path: "a.xml",
                text: "<?xml version=\"1.0\"?>\n<a x='1' xmlns:n='urn:n' n:y='&lt;'>t<b>u</b>\n<n:c/>v</a>"))
        let root = try #require(document.root)
        #expect(Self.text(root.name) == "a")
        #expect(root.attribute("x") == Array("1".utf8))
        #expect(root.attribute("n:y") == Array("<".utf8))
        #expect(root.child("b").map { Self.text($0.text) } == "u")
        #expect(root.children("c").first.map { Self.text($0.namespace) } == "urn:n")
        #expect(Self.text(root.text) == "t\nv")
        #expect(root.children[1].line == 3)
    }

    @Test(arguments: [
        "<a>\n⟦⟧", "", "x",
    ])
    func whatIsNotWellFormedIsAFinding(text: String) {
        let document = XMLDocument(SourceFile(path: "a.xml", text: text))
        #expect(document.root == nil)
        #expect(document.diagnostics.map(\.code) == [.malformedXML])
    }

    @Test func entitiesDoNotExplode() {
        var text = "<!DOCTYPE a [<!ENTITY e0 \"xxxxxxxxxx\">"
        for level in 1...12 {
            text += "<!ENTITY e\(level) \"" + String(repeating: "&e\(level - 1);", count: 10) + "\">"
        }
        text += "]><a>&e12;</a>"
        let document = XMLDocument(SourceFile(path: "a.xml", text: text))
        #expect((document.root?.text.count ?? 0) < 1000)
    }
}
