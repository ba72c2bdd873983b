import Files
import TestSupport
import Testing
import Text

@Suite struct MemoryFileSystemTests {
    private func path(_ text: String) throws -> RelativePath { try #require(RelativePath(text)) }

    @Test func `every access is logged, and what tests do is not`() throws {
        let files = MemoryFileSystem(["a/b": "text"])
        files.put("c", "x")
        #expect(files.takeAccesses().isEmpty)
        _ = try files.read(path("a/b"))
        _ = try files.listWithStamps(path("a"))
        _ = try files.stamp(path("nothing"))
        _ = try files.write(path("d"), [1].span)
        try files.remove(path("d"))
        #expect(
            files.takeAccesses().map(\.description) == [
                "read a/b", "list a", "stamp nothing", "write d", "remove d",
            ])
        #expect(files.takeAccesses().isEmpty)
    }

    @Test func `the clock moves with changes, or stands still when told to`() throws {
        let files = MemoryFileSystem()
        let first = try files.write(path("a"), [1].span)
        let second = try files.write(path("a"), [2].span)
        #expect(second.modified == first.modified + files.clockStep)
        #expect(second.inode != first.inode)
        files.clockStep = 0
        files.put("a", bytes: [3], inPlace: true)
        let third = try #require(try files.stamp(path("a")))
        files.put("a", bytes: [4], inPlace: true)
        // The case that a racy rule exists for: another content under the same stamp.
        #expect(try files.stamp(path("a")) == third)
        files.clock = 42
        #expect(try files.now() == 42)
    }

    @Test func `the time of change tells when the time of modification was set back`() throws {
        let files = MemoryFileSystem(["a": "x"])
        let before = try #require(try files.stamp(path("a")))
        files.put("a", bytes: [1], inPlace: true)
        files.setModified("a", to: before.modified)
        let after = try #require(try files.stamp(path("a")))
        #expect(after.modified == before.modified)
        #expect(after.changed != before.changed)
    }

    @Test func `one planned effect fails`() throws {
        let files = MemoryFileSystem()
        files.failEffect(2, code: 28)
        _ = try files.write(path("a"), [1].span)
        #expect(throws: FileError(operation: "write", path: try path("b"), code: 28)) {
            try files.write(path("b"), [1].span)
        }
        _ = try files.write(path("c"), [1].span)
        #expect(files.files.map(\.path.text) == ["a", "c"])
    }

    @Test func `a killed process does nothing more, and may tear its last append`() throws {
        let files = MemoryFileSystem()
        files.stopEffects(after: 1, tornBytes: 2)
        try files.append(path("log"), [1, 2, 3].span)
        #expect(throws: FileError.self) { try files.append(path("log"), [4, 5, 6].span) }
        #expect(throws: FileError.self) { try files.append(path("log"), [7].span) }
        #expect(throws: FileError.self) { try files.remove(path("log")) }
        #expect(files.bytes(of: "log") == [1, 2, 3, 4, 5])
        files.resumeEffects()
        try files.remove(path("log"))
        #expect(files.files.isEmpty)
    }

    @Test func `a site is one string, and so is an edit`() throws {
        let files = MemoryFileSystem(
            site: """
                a comment
                -- site.json --
                {}
                -- content/a.md --
                # A

                -- content/b.md (no newline) --
                b
                -- empty.txt --
                -- images (folder) --
                """)
        #expect(files.text(of: "site.json") == "{}\n")
        #expect(files.text(of: "content/a.md") == "# A\n\n")
        #expect(files.text(of: "content/b.md") == "b")
        #expect(files.text(of: "empty.txt")?.isEmpty == true)
        #expect(files.folders.map(\.text) == ["content", "images"])
        let text = SiteFixture.text(of: files)
        #expect(MemoryFileSystem(site: text).files.map(\.bytes) == files.files.map(\.bytes))

        files.edit(
            """
            -- content/b.md (deleted) --
            -- content/c.md (renamed from content/a.md) --
            -- site.json --
            {"a": 1}
            """)
        #expect(files.files.map(\.path.text) == ["content/c.md", "empty.txt", "site.json"])
        #expect(SiteFixture.text(of: files, below: "content") == "-- c.md --\n# A\n\n")
        #expect(files.takeAccesses().isEmpty)
    }

    @Test func `marks come out of the text as ranges`() {
        let marked = MarkedText("a«b«é»»‸c")
        #expect(marked.text == "abéc")
        #expect(marked.ranges == [SourceRange(1, 4), SourceRange(2, 4), SourceRange(at: 4)])
        #expect(MarkedText.marking([SourceRange(1, 4), SourceRange(at: 4)], in: marked.bytes) == "a«bé»‸c")
    }

    @Test func `snapshots name the first line that differs`() {
        #expect(
            Snapshot.firstDifference(Array("a\nb\n".utf8), Array("a\nc\n".utf8))
                == "line 2: expected \"b\", found \"c\"")
        #expect(
            Snapshot.firstDifference(Array("a".utf8), Array("a\n".utf8))
                == "line 2: expected the end, found \"\"")
    }
}
