import Files
import TestSupport
import Testing
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct DiskFileSystemTests {
    private func path(_ text: String) throws -> RelativePath { try #require(RelativePath(text)) }

    @Test func `a root that is missing is empty, and made by the first write`() throws {
        let folder = try TemporaryFolder()
        let disk = DiskFileSystem(root: folder.path + "/new/")
        #expect(try disk.list(.root) == nil)
        #expect(try disk.read(path("a")) == nil)
        _ = try disk.write(path("x/a"), [1].span)
        #expect(try disk.list(.root)?.map(\.name) == [[UInt8(ascii: "x")]])
    }

    @Test func `a door that stays inside opens no link to what lies elsewhere`() throws {
        let folder = try TemporaryFolder()
        let other = try TemporaryFolder()
        let all = folder.disk()
        _ = try all.write(path("own"), [1].span)
        _ = try other.disk().write(path("secret"), [2].span)
        for (name, target) in [
            ("out", other.path + "/secret"), ("in", folder.path + "/own"), ("beside", "own"), ("far", "out"),
            ("round", "round"), ("linked", other.path), ("gone", other.path + "/nothing"),
        ] {
            let isMade = unsafe symlink(target, folder.path + "/" + name) == 0
            #expect(isMade)
        }
        let door = DiskFileSystem(root: folder.path, staysInside: true)
        for name in ["own", "in", "beside"] { #expect(try door.read(path(name))?.bytes == [1]) }
        for name in ["out", "far"] {
            #expect(try all.read(path(name))?.bytes == [2])
            #expect(throws: FileError.leadsOutside(try path(name))) { try door.read(path(name)) }
            #expect(throws: FileError.leadsOutside(try path(name))) { try door.map(path(name)) }
            #expect(throws: FileError.leadsOutside(try path(name))) { try door.parts(of: path(name)) }
            #expect(throws: FileError.leadsOutside(try path(name))) {
                try door.copy(path(name), to: path("copy"))
            }
        }
        for name in ["round", "gone", "round/x"] { #expect(try door.read(path(name)) == nil) }
        // Of a folder only who walks through it knows whether it may be a link.
        #expect(try door.read(path("linked/secret"))?.bytes == [2])
    }

    private func stretch(_ file: String, to count: Int) throws {
        let result = unsafe truncate(file, count)
        try #require(result == 0)
    }

    @Test func `a large file is looked at and copied in parts, with one fingerprint`() throws {
        let folder = try TemporaryFolder()
        let disk = folder.disk()
        let memory = MemoryFileSystem()
        for count in [0, 5, 127, 128, 1 << 20, (1 << 20) + 1, (3 << 20) + 77] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
            let stamp = try disk.write(path("a"), bytes.span)
            _ = try memory.write(path("a"), bytes.span)
            for files in [disk, memory] as [any FileSystem] {
                for most in [0, count - 1, count] where most >= 0 {
                    let file = try #require(try files.examine(path("a"), keeping: most))
                    #expect(file.bytes == (count <= most ? bytes : nil))
                    #expect(file.fingerprint == Fingerprint(of: bytes))
                    #expect(file.stamp.size == count)
                }
                let copy = try #require(
                    try disk.create(path("b/copy"), copyOf: path("a"), in: files, mark: nil))
                #expect(copy.fingerprint == Fingerprint(of: bytes))
                #expect(try disk.read(path("b/copy"))?.bytes == bytes)
                #expect(try disk.stamp(path("b/copy")) == copy.stamp)
                #expect(try files.examine(path("nothing"), keeping: 0)?.stamp == nil)
                #expect(
                    try disk.create(path("c"), copyOf: path("nothing"), in: files, mark: nil)?.stamp == nil)
            }
            #expect(try disk.stamp(path("a")) == stamp)
        }
    }

    @Test func `a file that is larger than memory is refused`() throws {
        let folder = try TemporaryFolder()
        let disk = folder.disk()
        let tooLarge = FileError(operation: "read", path: try path("a"), code: EFBIG)
        _ = try disk.write(path("a"), [1].span)
        try stretch(folder.path + "/a", to: (1 << 30) + 1)
        #expect(throws: tooLarge) { try disk.read(path("a")) }
        try stretch(folder.path + "/a", to: 1 << 40)
        #expect(throws: tooLarge) { try disk.read(path("a")) }
        #expect(throws: tooLarge) { try disk.examine(path("a"), keeping: .max) }
        #expect(throws: tooLarge) { try disk.create(path("b"), copyOf: path("a"), in: disk, mark: nil) }
        #expect(tooLarge.isTooLarge)
    }

    @Test func `names are bytes`() throws {
        let folder = try TemporaryFolder()
        let disk = folder.disk()
        for (index, name) in [[0xFF], [0xFE], Array("caf\u{E9}".utf8), Array("cafe\u{301}".utf8)].enumerated()
        {
            _ = try disk.write(RelativePath(unchecked: name), [UInt8(index)].span)
        }
        #expect(try disk.list(.root)?.count == 4)
        #expect(try disk.read(RelativePath(unchecked: [0xFE]))?.bytes == [1])
        #expect(try disk.read(path("cafe\u{301}"))?.bytes == [3])
    }

    @Test func `modes do not depend on the mask`() throws {
        let folder = try TemporaryFolder()
        let old = umask(0o077)
        defer { _ = umask(old) }
        let disk = folder.disk(staging: "staging")
        let written = try disk.write(path("x/y/a"), [1].span)
        try disk.append(path("x/b"), [1].span)
        let copied = try disk.copy(path("x/y/a"), to: path("z/c"))
        #expect(written.mode & 0o7777 == 0o644)
        #expect(copied.mode & 0o7777 == 0o644)
        for (name, mode) in [("x/b", 0o644), ("x", 0o755), ("x/y", 0o755), ("z", 0o755), ("staging", 0o755)] {
            #expect(try disk.stamp(path(name)).map { Int($0.mode & 0o7777) } == mode, "\(name)")
        }
    }

    @Test func `the stamp that write returns is the one that stays`() throws {
        let folder = try TemporaryFolder()
        for disk in [folder.disk(), folder.disk(staging: ".stage")] {
            let written = try disk.write(path("a/b"), [1, 2, 3].span)
            #expect(try disk.stamp(path("a/b")) == written)
            #expect(try disk.read(path("a/b"))?.stamp == written)
            #expect(try disk.listWithStamps(path("a"))?.first?.stamp == written)
            let copied = try disk.copy(path("a/b"), to: path("a/c"))
            #expect(try disk.stamp(path("a/c")) == copied)
            #expect(try disk.read(path("a/c"))?.bytes == [1, 2, 3])
        }
    }

    @Test func `nothing temporary stays behind, also after a refusal`() throws {
        let folder = try TemporaryFolder()
        let disk = folder.disk()
        _ = try disk.write(path("folder/a"), [1].span)
        #expect(throws: FileError.self) { try disk.write(path("folder"), [1].span) }
        #expect(throws: FileError.self) { try disk.write(path("folder/a/b"), [1].span) }
        #expect(try disk.list(.root)?.count == 1)
        #expect(try disk.list(path("folder"))?.count == 1)
    }

    @Test func `large files survive whole`() throws {
        let folder = try TemporaryFolder()
        let disk = folder.disk()
        var random = RandomSource(seed: 5)
        let bytes = (0..<3_000_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        _ = try disk.write(path("large"), bytes.span)
        #expect(try disk.read(path("large"))?.bytes == bytes)
        _ = try disk.copy(path("large"), to: path("copy"))
        #expect(try disk.read(path("copy"))?.bytes == bytes)
        let mapped = try #require(try disk.map(path("large")))
        #expect(mapped.count == bytes.count)
        #expect(Fingerprint(of: mapped.span) == Fingerprint(of: bytes))
        // A mapping outlives its name.
        try disk.remove(path("large"))
        #expect(Fingerprint(of: mapped.span) == Fingerprint(of: bytes))
    }

    @Test func `links are followed, loops are cut, dead ends are nothing`() throws {
        let folder = try TemporaryFolder()
        let disk = folder.disk()
        _ = try disk.write(path("real/file"), [7].span)
        func link(_ target: String, _ name: String) {
            #expect(unsafe symlink(target, folder.path + "/" + name) == 0)
        }
        link("real", "linked")
        link("real/file", "link")
        link("nowhere", "dead")
        link("self", "self")
        link("..", "real/up")
        link(".", "real/here")
        link(folder.path + "/..", "real/out")
        let kinds = try #require(try disk.list(.root)).map {
            "\(String(decoding: $0.name, as: UTF8.self)) \($0.kind)"
        }
        #expect(kinds == ["dead dead", "link file", "linked folder", "real folder", "self dead"])
        #expect(try disk.listWithStamps(.root)?.map(\.entry) == disk.list(.root))
        #expect(try disk.read(path("link"))?.bytes == [7])
        #expect(try disk.read(path("dead")) == nil)
        #expect(try disk.read(path("self")) == nil)
        #expect(try disk.stamp(path("linked"))?.kind == .folder)
        // A walk over everything ends: what leads upwards is no folder, and what comes back at last is none.
        var open = [RelativePath.root]
        var count = 0
        while let next = open.popLast(), count < 10_000 {
            for entry in try disk.list(next) ?? [] where next.bytes.count < 200 {
                count += 1
                if entry.kind == .folder, !entry.name.elementsEqual("out".utf8) {
                    open.append(next.appending(entry.name))
                }
            }
        }
        #expect(count < 20)
        try disk.remove(path("dead"))
        try disk.remove(path("linked"))
        #expect(try disk.read(path("real/file"))?.bytes == [7])
    }

    @Test func `links are not followed where nothing may go through them`() throws {
        let folder = try TemporaryFolder()
        let disk = folder.disk()
        func path(_ text: String) -> RelativePath { RelativePath(text) ?? .root }
        _ = try disk.write(path("real/f"), [1].span)
        for (name, target) in [("folder", "real"), ("file", "real/f"), ("dead", "nowhere")] {
            #expect(unsafe symlink(target, folder.path + "/" + name) == 0)
        }
        #expect(disk.isLink(path("folder")) && disk.isLink(path("file")) && disk.isLink(path("dead")))
        #expect(!disk.isLink(path("real")) && !disk.isLink(path("real/f")) && !disk.isLink(path("none")))
        let entries = try disk.listUnlinked(.root) ?? []
        #expect(entries.map(\.kind) == [.other, .other, .other, .folder])
        #expect(try disk.listUnlinked(path("folder")) == nil)
        // What is created takes the place of a link.
        for name in ["file", "dead"] { _ = try disk.create(path(name), [2].span, mark: nil) }
        #expect(try disk.read(path("real/f"))?.bytes == [1])
        #expect(try disk.stamp(path("nowhere")) == nil)
        #expect(try disk.read(path("dead"))?.bytes == [2] && !disk.isLink(path("dead")))
        // A link that leads nowhere is something.
        #expect(unsafe symlink("nowhere", folder.path + "/again") == 0)
        #expect(try !disk.renameIfAbsent(path("dead"), to: path("again")))
        #expect(try disk.makePrivateFolder(path("new/private")))
        #expect(try (disk.stamp(path("new/private"))?.mode ?? 0) & 0o7777 == 0o700)
        #expect(try !disk.makePrivateFolder(path("again")))
    }

    @Test func `what is no file is not read`() throws {
        let folder = try TemporaryFolder()
        #expect(unsafe mkfifo(folder.path + "/pipe", 0o644) == 0)
        let disk = folder.disk()
        #expect(try disk.read(path("pipe")) == nil)
        #expect(try disk.list(.root)?.map(\.kind) == [.other])
        #expect(try disk.read(.root) == nil)
    }

    @Test func `folders change places at once`() throws {
        let folder = try TemporaryFolder()
        let disk = folder.disk()
        _ = try disk.write(path("public/old"), [1].span)
        _ = try disk.write(path(".site/staged/new"), [2].span)
        try disk.exchange(path("public"), with: path(".site/staged"))
        #expect(try disk.read(path("public/new"))?.bytes == [2])
        #expect(try disk.read(path(".site/staged/old"))?.bytes == [1])
    }

    @Test func `refusals say what was tried and why`() throws {
        let folder = try TemporaryFolder()
        let disk = folder.disk()
        _ = try disk.write(path("a/b"), [1].span)
        let error = try #require(throws: FileError.self) { try disk.remove(path("a")) }
        #expect(error.description == "cannot remove a: Is a directory")
        #expect(FileError(operation: "write", path: .root, code: ENOSPC).reason == "No space left on device")
    }

    @Test func `bytes in memory can stand for a mapped file`() throws {
        let mapped = MappedFile(bytes: [1, 2, 3])
        #expect((0..<mapped.count).map { mapped.span[$0] } == [1, 2, 3])
        let folder = try TemporaryFolder()
        _ = try folder.disk().write(path("empty"), [UInt8]().span)
        #expect(try folder.disk().map(path("empty"))?.count == 0)
        #expect(try folder.disk().map(path("missing")) == nil)
        #expect(MappedFile(bytes: []).count == 0)
    }

    @Test func `the clock is that of the stamps`() throws {
        let folder = try TemporaryFolder()
        for disk in [folder.disk(), folder.disk(staging: ".stage")] {
            let before = try disk.now()
            let stamp = try disk.write(path("a"), [1].span)
            let after = try disk.now()
            // Stamps of older kernels tick in hundredths of a second.
            #expect(stamp.modified >= before - 20_000_000)
            #expect(stamp.modified <= after + 20_000_000)
        }
        try folder.disk().synchronize()
    }

    @Test func `a lock is held by one, and says by whom`() throws {
        let folder = try TemporaryFolder()
        let disk = folder.disk()
        var first: FileLock? = nil
        guard case .acquired(let lock) = try disk.lock(path(".site/lock")) else {
            Issue.record("nobody holds the lock")
            return
        }
        first = lock
        // A second description of the same file is as good as a second process.
        guard case .held(let process) = try disk.lock(path(".site/lock")) else {
            Issue.record("the lock was given twice")
            return
        }
        #expect(process == getpid())
        #expect(first != nil)
    }

    @Test func `a lock that went is free`() throws {
        let folder = try TemporaryFolder()
        let disk = folder.disk()
        for _ in 0..<3 {
            guard case .acquired(let lock) = try disk.lock(path("lock")) else {
                Issue.record("the lock was not freed")
                return
            }
            withExtendedLifetime(lock) {}
        }
    }

    @Test("who waits for a lock whose file is removed meanwhile gets that of the file that is there then")
    func removedLock() async throws {
        let folder = try TemporaryFolder()
        let disk = folder.disk()
        var first = try disk.waitForLock(Self.lockPath, willWait: { _ in })
        let waiting = Task.detached { try disk.waitForLock(Self.lockPath, willWait: { _ in }) }
        // Long enough for the other to wait, mostly; it gets its lock in any case.
        try await Task.sleep(for: .milliseconds(100))
        #expect(first != nil)
        try disk.remove(path(".site/lock"))
        first = nil
        let second = try await waiting.value
        #expect(second != nil)
        guard case .held = try disk.lock(path(".site/lock")) else {
            Issue.record("the lock was given twice")
            return
        }
        withExtendedLifetime(second) {}
    }

    private static let lockPath = RelativePath(unchecked: Array(".site/lock".utf8))

    @Test("a folder that can never be made is refused, not tried for ever")
    func impossibleFolder() {
        #expect(throws: FileError.self) {
            try DiskFileSystem(root: "/proc").makeFolder(RelativePath(unchecked: Array("nowhere/deep".utf8)))
        }
    }
}
