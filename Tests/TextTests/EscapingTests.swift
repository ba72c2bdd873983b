import TestSupport
import Testing
import Text

@Suite struct EscapingTests {
    /// Escapes in one go and in two, which must be the same for all but broken sequences.
    private func expectEscaped(
        _ text: String, _ escaping: Escaping, _ expected: String,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
        expectEscaped(Array(text.utf8), escaping, expected, sourceLocation: sourceLocation)
    }

    private func expectEscaped(
        _ bytes: [UInt8], _ escaping: Escaping, _ expected: String,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
        let escaped = String(decoding: escaping.escaped(bytes), as: UTF8.self)
        #expect(escaped.utf8.elementsEqual(expected.utf8), "\(escaped)", sourceLocation: sourceLocation)
    }

    @Test func `html is what MarkupSafe writes`() {
        expectEscaped("", .html, "")
        expectEscaped("plain text, nothing to do", .html, "plain text, nothing to do")
        expectEscaped(
            #"<a href="x" title='y'>&amp;</a>"#, .html,
            "&lt;a href=&#34;x&#34; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;")
        expectEscaped("é<ß>漢&😀", .html, "é&lt;ß&gt;漢&amp;😀")
        expectEscaped("&", .html, "&amp;")
    }

    @Test func `html leaves every other byte alone, wherever it stands`() {
        var random = RandomSource(seed: 1)
        for _ in 0..<500 {
            let bytes = (0..<random.below(80)).map { _ in UInt8.random(in: 0...255, using: &random) }
            var expected: [UInt8] = []
            for byte in bytes {
                switch byte {
                case UInt8(ascii: "&"): expected += Array("&amp;".utf8)
                case UInt8(ascii: "<"): expected += Array("&lt;".utf8)
                case UInt8(ascii: ">"): expected += Array("&gt;".utf8)
                case UInt8(ascii: "\""): expected += Array("&#34;".utf8)
                case UInt8(ascii: "'"): expected += Array("&#39;".utf8)
                default: expected.append(byte)
                }
            }
            #expect(Escaping.html.escaped(bytes) == expected)
        }
    }

    @Test func `html finds specials at every distance from the start`() {
        for length in 0..<70 {
            let text = String(repeating: "x", count: length)
            for special in ["<", ">", "&", "\"", "'"] {
                let escaped = String(decoding: Escaping.html.escaped(Array(special.utf8)), as: UTF8.self)
                expectEscaped(text + special + text, .html, text + escaped + text)
            }
        }
    }

    @Test func `xml drops what XML 1.0 forbids`() {
        expectEscaped("a\u{0}b\u{1B}c\u{FFFE}d\u{FFFF}e", .xmlText, "abcde")
        expectEscaped("a\tb\nc\rd", .xmlText, "a\tb\nc&#13;d")
        expectEscaped("a\tb\nc\rd", .xmlAttribute, "a&#9;b&#10;c&#13;d")
        expectEscaped("<a b=\"c\" d='e'>&]]>", .xmlText, "&lt;a b=\"c\" d='e'&gt;&amp;]]&gt;")
        expectEscaped("<\"'>", .xmlAttribute, "&lt;&quot;'&gt;")
        expectEscaped("é\u{FFFD}😀\u{10FFFF}", .xmlText, "é\u{FFFD}😀\u{10FFFF}")
        expectEscaped([0x61, 0xFF, 0xC3, 0x62, 0xEF, 0xBF], .xmlText, "a\u{FFFD}\u{FFFD}b\u{FFFD}\u{FFFD}")
    }

    // All of ASCII through cmark-gfm 0.29.0.gfm.6 and Python 3.11.
    private let letters = "abcdefghijklmnopqrstuvwxyz"
    private var controls: String {
        (1..<32).map { "%" + ($0 < 16 ? "0" : "1") + String($0 % 16, radix: 16).uppercased() }.joined()
    }
    private var ascii: [UInt8] { Array(1..<128) }

    @Test func `href is what cmark writes`() {
        expectEscaped(
            ascii, .href,
            controls
                + "%20!%22#$%&amp;&#x27;()*+,-./0123456789:;%3C=%3E?@\(letters.uppercased())%5B%5C%5D%5E_%60"
                + letters + "%7B%7C%7D~%7F")
        expectEscaped(
            ascii, .url,
            controls + "%20!%22#$%&'()*+,-./0123456789:;%3C=%3E?@\(letters.uppercased())%5B%5C%5D%5E_%60"
                + letters + "%7B%7C%7D~%7F")
        expectEscaped("/ä b/%20", .href, "/%C3%A4%20b/%20")
    }

    @Test func `components are what Python's quote writes`() {
        let head = "%21%22%23%24%25%26%27%28%29%2A%2B%2C-."
        let tail =
            "0123456789%3A%3B%3C%3D%3E%3F%40\(letters.uppercased())%5B%5C%5D%5E_%60\(letters)%7B%7C%7D~%7F"
        expectEscaped(ascii, .urlPath, controls + "%20" + head + "/" + tail)
        expectEscaped(ascii, .urlComponent, controls + "%20" + head + "%2F" + tail)
        expectEscaped(ascii, .urlForm, controls + "+" + head + "%2F" + tail)
        expectEscaped("é漢", .urlComponent, "%C3%A9%E6%BC%A2")
    }

    @Test func `json escapes what RFC 8259 demands`() {
        expectEscaped("a\"b\\c/d", .json, #"a\"b\\c/d"#)
        expectEscaped("\u{8}\u{C}\n\r\t\u{0}\u{1F}\u{7F}", .json, #"\b\f\n\r\t\u0000\u001f"# + "\u{7F}")
        expectEscaped("é漢😀\u{2028}", .json, "é漢😀\u{2028}")
        expectEscaped([0xED, 0xA0, 0x80, 0x41], .json, "\u{FFFD}\u{FFFD}\u{FFFD}A")
    }
}

@Suite struct ByteWriterTests {
    @Test func `everything appended is there in order`() {
        var writer = ByteWriter(capacity: 4)
        writer.append(UInt8(ascii: "a"))
        writer.append([99, 100])
        writer.append("é" as String)
        writer.append("lit" as StaticString)
        writer.append(decimal: -120)
        writer.append(decimal: 0)
        writer.append(decimal: Int.min)
        #expect(writer.finish() == Array("acdélit-1200-9223372036854775808".utf8))
    }
}
