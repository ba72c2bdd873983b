import TestSupport
import Testing
import Text

@Suite struct RelativePathTests {
    @Test(
        arguments: [
            ("", ""), ("/", ""), (".", ""), ("a", "a"), ("/a/b/", "a/b"), ("a//b", "a/b"), ("a/./b", "a/b"),
            ("a/../b", "b"), ("a/b/../../c", "c"), ("..a/b..", "..a/b.."), ("a/..", ""), ("..", nil),
            ("a/../..", nil),
            ("a\0b", nil), ("...", "..."),
        ] as [(String, String?)])
    func `text is cleaned, and cannot leave the root`(text: String, expected: String?) {
        #expect(RelativePath(text)?.text == expected)
    }

    @Test(arguments: [
        ("", "", "", "", ""), ("a", "a", "", "a", ""), ("a/b.md", "b.md", "a", "b", "md"),
        ("a/.htaccess", ".htaccess", "a", ".htaccess", ""), ("x.tar.gz", "x.tar.gz", "", "x.tar", "gz"),
        ("a.b/c", "c", "a.b", "c", ""), ("a/b.", "b.", "a", "b", ""),
    ])
    func `names fall into parts`(text: String, name: String, parent: String, stem: String, ending: String)
        throws
    {
        let path = try #require(RelativePath(text))
        #expect(String(decoding: path.name, as: UTF8.self) == name)
        #expect(path.parent.text == parent)
        #expect(String(decoding: path.stem, as: UTF8.self) == stem)
        #expect(String(decoding: path.fileExtension, as: UTF8.self) == ending)
    }

    @Test func `inside means whole components`() throws {
        let folder = try #require(RelativePath("a/b"))
        #expect(folder.isInside(folder))
        #expect(folder.appending("c").isInside(folder))
        #expect(!(try #require(RelativePath("a/bc"))).isInside(folder))
        #expect(!(try #require(RelativePath("a"))).isInside(folder))
        #expect(!(try #require(RelativePath("a/c/d"))).isInside(folder))
        #expect(folder.isInside(.root))
        #expect(folder.appending("c/d").relative(to: folder)?.text == "c/d")
        #expect(folder.relative(to: folder) == .root)
        #expect(folder.relative(to: folder.appending("c")) == nil)
    }

    @Test func `NFC and NFD are two paths, and so are two broken names`() {
        #expect(RelativePath("caf\u{E9}.md") != RelativePath("cafe\u{301}.md"))
        #expect(RelativePath([0xFF]) != RelativePath([0xFE]))
    }

    @Test func `the order is that of the bytes`() {
        var random = RandomSource(seed: 3)
        for _ in 0..<2000 {
            let one = random.bytes(count: random.below(6), from: [0x2D, 0x2F, 0x61, 0x62, 0xC3, 0xFF])
            let other = random.bytes(count: random.below(6), from: [0x2D, 0x2F, 0x61, 0x62, 0xC3, 0xFF])
            let isLess = RelativePath(unchecked: one) < RelativePath(unchecked: other)
            #expect(isLess == one.lexicographicallyPrecedes(other))
        }
    }
}

@Suite struct SymbolTests {
    @Test func `equal names are equal symbols, also after the table grew`() {
        let names = (0..<10_000).map { "symbol test \($0)" }
        let symbols = names.map { Symbol($0) }
        #expect(Set(symbols).count == names.count)
        for (name, symbol) in zip(names, symbols) {
            #expect(Symbol(Array(name.utf8)) == symbol)
            #expect(symbol.text == name)
        }
        #expect(Symbol("") == .empty)
        #expect(Symbol.empty.bytes.isEmpty)
        #expect(Symbol("é") != Symbol("e\u{301}"))
    }
}
