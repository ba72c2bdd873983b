import Files
import TestSupport
import Testing
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite(.serialized) struct FileWatcherTests {
    /// Watches, changes, and waits until every expected path was named; then makes sure that nothing else was.
    private func expectSeen(
        _ expected: Set<String>, also tolerated: Set<String> = [], polling: Bool = false,
        before: [String] = [],
        change: (DiskFileSystem, String) throws -> Void,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws {
        let folder = try TemporaryFolder()
        let disk = folder.disk()
        for name in before { _ = try disk.write(try #require(RelativePath(name)), [0].span) }
        let watcher = try FileWatcher(disk, polling: polling) {
            ["ignored", "a/ignored", ".git"].contains($0.text)
        }
        if polling { #expect(watcher.next(timeoutMilliseconds: 0).pollingReason == .requested) }
        try change(disk, folder.path)
        var seen: Set<String> = []
        // Long enough for the slowest machine; what is expected ends the waiting.
        for _ in 0..<40 where !expected.isSubset(of: seen) {
            let batch = watcher.next(timeoutMilliseconds: 500)
            #expect(!batch.needsRescan, sourceLocation: sourceLocation)
            seen.formUnion(batch.paths.map(\.text))
        }
        seen.formUnion(watcher.next(timeoutMilliseconds: 0).paths.map(\.text))
        #expect(expected.subtracting(seen).isEmpty, "missed; seen \(seen)", sourceLocation: sourceLocation)
        #expect(seen.subtracting(expected).subtracting(tolerated).isEmpty, sourceLocation: sourceLocation)
    }

    private func path(_ text: String) throws -> RelativePath { try #require(RelativePath(text)) }

    private func writeInPlace(_ path: String, _ text: String) {
        let file = unsafe fopen(path, "w")
        unsafe fputs(text, file)
        unsafe fclose(file)
    }

    @Test(arguments: [false, true])
    func `files written, replaced and removed are named`(polling: Bool) throws {
        try expectSeen(
            ["a/new", "a/old", "gone", "b"], polling: polling, before: ["a/old", "gone", "b", "a/same"]
        ) { disk, root in
            _ = try disk.write(path("a/new"), [1].span)
            writeInPlace(root + "/a/old", "longer")
            try disk.remove(path("gone"))
            _ = try disk.write(path("b"), [1, 2].span)
        }
    }

    @Test(arguments: [false, true])
    func `new folders are looked into and watched`(polling: Bool) throws {
        try expectSeen(["n", "n/m", "n/m/x", "n/y"], polling: polling) { disk, _ in
            _ = try disk.write(path("n/m/x"), [1].span)
            _ = try disk.write(path("n/y"), [1].span)
        }
    }

    @Test func `there is news as soon as an edit is done, until it is taken`() throws {
        let folder = try TemporaryFolder()
        let disk = folder.disk()
        let watcher = try FileWatcher(disk)
        #expect(!watcher.hasNews)
        for number in 0..<100 {
            writeInPlace(folder.path + "/a", "\(number)")
            #expect(watcher.hasNews)
            #expect(!watcher.wait(timeoutMilliseconds: 20_000))
            #expect(watcher.hasNews)
            #expect(watcher.next(timeoutMilliseconds: 0).paths.map(\.text) == ["a"])
            #expect(!watcher.hasNews)
        }
        watcher.stop()
        #expect(watcher.wait(timeoutMilliseconds: -1))
    }

    @Test func `a folder made after the watch began is heard from`() throws {
        let folder = try TemporaryFolder()
        let disk = folder.disk()
        let watcher = try FileWatcher(disk)
        try disk.makeFolder(path("n/m"))
        var seen: Set<String> = []
        for _ in 0..<40 where !seen.contains("n/m") {
            seen.formUnion(watcher.next(timeoutMilliseconds: 500).paths.map(\.text))
        }
        #expect(seen.contains("n/m"))
        _ = try disk.write(path("n/m/late"), [1].span)
        #expect(watcher.next(timeoutMilliseconds: 20_000).paths.map(\.text) == ["n/m/late"])
    }

    @Test(arguments: [false, true])
    func `a folder that moves is named twice, and heard from under its new name`(polling: Bool) throws {
        try expectSeen(
            ["a", "z", "z/b", "z/b/f", "z/b/new"], also: ["a/b", "a/b/f"], polling: polling, before: ["a/b/f"]
        ) { disk, _ in
            try disk.rename(path("a"), to: path("z"))
            _ = try disk.write(path("z/b/new"), [1].span)
        }
    }

    @Test(arguments: [false, true])
    func `what is ignored and what editors drop is not named`(polling: Bool) throws {
        try expectSeen(["a/end"], polling: polling, before: ["a/x", "ignored/x", ".git/x"]) { disk, _ in
            for name in [
                "ignored/x", "a/ignored", ".git/x", ".git/new", "a/.#x", "a/#x#", "a/x~", "a/.x.swp",
                "a/4913", "a/.DS_Store",
            ] {
                _ = try disk.write(path(name), [1].span)
            }
            _ = try disk.write(path("a/end"), [1].span)
        }
    }

    @Test func `links are named when they are made`() throws {
        try expectSeen(["soft", "hard"], also: ["file"], before: ["file"]) { _, root in
            #expect(unsafe symlink("file", root + "/soft") == 0)
            #expect(unsafe link(root + "/file", root + "/hard") == 0)
        }
    }

    @Test(arguments: [false, true])
    func `what links lead to is watched, wherever it lies`(polling: Bool) throws {
        let outside = try TemporaryFolder()
        let notes = outside.disk()
        for name in ["note", "saved"] { _ = try notes.write(path(name), [1].span) }
        // Folders outside of the site are not entered, so those that are linked to lie inside.
        let folder = try TemporaryFolder()
        for name in ["real/d/deep", "real/v1/x", "real/v2/x"] {
            _ = try folder.disk().write(path(name), [1].span)
        }
        #expect(unsafe symlink("v1", folder.path + "/real/current") == 0)
        for (target, name) in [("note", "note"), ("saved", "saved"), ("nowhere", "later")] {
            #expect(unsafe symlink(outside.path + "/" + target, folder.path + "/" + name) == 0)
        }
        for (target, name) in [("d", "d"), ("current", "c"), ("current/x", "x")] {
            #expect(unsafe symlink("real/" + target, folder.path + "/" + name) == 0)
        }
        let watcher = try FileWatcher(folder.disk(), polling: polling)
        _ = watcher.next(timeoutMilliseconds: 0)
        func expectNext(
            _ expected: Set<String>, also tolerated: Set<String> = [],
            sourceLocation: Testing.SourceLocation = #_sourceLocation, _ change: () throws -> Void
        ) rethrows {
            try change()
            var seen: Set<String> = []
            for _ in 0..<40 where !expected.isSubset(of: seen) {
                seen.formUnion(watcher.next(timeoutMilliseconds: 500).paths.map(\.text))
            }
            #expect(
                expected.subtracting(seen).isEmpty, "missed; seen \(seen)", sourceLocation: sourceLocation)
            // What a link inside leads to is reported under its own name as well.
            #expect(
                seen.subtracting(expected).subtracting(tolerated).allSatisfy { $0.hasPrefix("real") },
                "\(seen)", sourceLocation: sourceLocation)
        }
        expectNext(["note"]) { writeInPlace(outside.path + "/note", "in place") }
        // Another file takes the place of the one that is saved, again and again.
        for text in ["two", "three"] {
            try expectNext(["saved"]) {
                writeInPlace(outside.path + "/saved.new", text)
                try notes.rename(path("saved.new"), to: path("saved"))
            }
        }
        try expectNext(["note"]) { try notes.remove(path("note")) }
        expectNext(["note"]) { writeInPlace(outside.path + "/note", "again") }
        expectNext(["d/deep"]) { writeInPlace(folder.path + "/real/d/deep", "longer") }
        expectNext(["later"]) { writeInPlace(outside.path + "/nowhere", "here now") }
        // A link in the middle leads elsewhere.
        expectNext(["c/x", "x"], also: ["c"]) {
            #expect(unsafe symlink("v2", folder.path + "/real/next") == 0)
            #expect(unsafe rename(folder.path + "/real/next", folder.path + "/real/current") == 0)
        }
        expectNext(["c/x", "x"]) { writeInPlace(folder.path + "/real/v2/x", "second version") }
        // Links that come while it is watched.
        expectNext(["new", "new/deep"]) {
            #expect(unsafe symlink("real/d", folder.path + "/new") == 0)
        }
        expectNext(["new/deep", "d/deep"]) { writeInPlace(folder.path + "/real/d/deep", "longer still") }
        // Nobody asks about what is not linked to, and a link that went is forgotten.
        expectNext(["saved", "end"]) {
            writeInPlace(outside.path + "/other", "x")
            #expect(unsafe unlink(folder.path + "/saved") == 0)
            writeInPlace(outside.path + "/saved", "unseen")
            writeInPlace(folder.path + "/end", "x")
        }
    }

    @Test(arguments: [false, true])
    func `a link leads through folders that come later, move or go`(isOutside: Bool) throws {
        let folder = try TemporaryFolder()
        let other = try TemporaryFolder()
        let place = isOutside ? other : folder
        #expect(unsafe symlink(place.path + "/way/note", folder.path + "/link") == 0)
        let watcher = try FileWatcher(folder.disk())
        func expectNamed(
            sourceLocation: Testing.SourceLocation = #_sourceLocation, _ change: () throws -> Void
        ) throws {
            try change()
            var seen: Set<RelativePath> = []
            while watcher.hasNews { seen.formUnion(watcher.next(timeoutMilliseconds: 0).paths) }
            #expect(try seen.contains(path("link")), "\(seen)", sourceLocation: sourceLocation)
        }
        let disk = place.disk()
        try expectNamed { _ = try disk.write(path("way/note"), [1].span) }
        try expectNamed { try disk.rename(path("way"), to: path("away")) }
        try expectNamed { _ = try disk.write(path("way/note"), [2].span) }
        try expectNamed {
            try disk.remove(path("way/note"))
            _ = try disk.removeFolderIfEmpty(path("way"))
        }
        try expectNamed { _ = try disk.write(path("way/note"), [3].span) }
    }

    @Test(arguments: [false, true])
    func `another thread can end the waiting`(polling: Bool) throws {
        let folder = try TemporaryFolder()
        let watcher = try FileWatcher(folder.disk(), polling: polling)
        _ = watcher.next(timeoutMilliseconds: 0)
        // A thread of our own: waiting would block the few threads that tasks share.
        var thread = pthread_t()
        let context = unsafe Unmanaged.passRetained(watcher).toOpaque()
        let started = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                usleep(20_000)
                unsafe Unmanaged<FileWatcher>.fromOpaque(context).takeRetainedValue().stop()
                return nil
            }, context)
        try #require(started == 0)
        #expect(watcher.next(timeoutMilliseconds: -1).isStopped)
        _ = pthread_join(thread, nil)
        #expect(watcher.next(timeoutMilliseconds: -1).isStopped)
    }

    @Test func `the time to wait ends`() throws {
        let folder = try TemporaryFolder()
        let watcher = try FileWatcher(folder.disk())
        let batch = watcher.next(timeoutMilliseconds: 5)
        #expect(batch.isEmpty)
        #expect(!batch.isStopped)
    }

    // A kqueue joins what happens to one file, and loses nothing.
    #if os(Linux) && !canImport(CKqueue)
        @Test func `too many events at once ask for a rescan`() throws {
            let folder = try TemporaryFolder()
            let watcher = try FileWatcher(folder.disk())
            // The queue holds 16,384 unless the machine says otherwise.
            let limit =
                Repository.bytes(ofFile: "/proc/sys/fs/inotify/max_queued_events")
                .flatMap { Int(String(decoding: $0.prefix { $0 != 0x0A }, as: UTF8.self)) } ?? 16_384
            guard limit <= 20_000 else { return }
            // Two events each, and no file is made.
            writeInPlace(folder.path + "/a", "")
            for _ in 0..<(limit / 4 + 100) {
                #expect(unsafe rename(folder.path + "/a", folder.path + "/b") == 0)
                #expect(unsafe rename(folder.path + "/b", folder.path + "/a") == 0)
            }
            var needsRescan = false
            for _ in 0..<100 where !needsRescan {
                needsRescan = watcher.next(timeoutMilliseconds: 100).needsRescan
            }
            #expect(needsRescan)
        }
    #endif

    @Test(arguments: [
        (".#x", true), ("#x#", true), ("x~", true), (".x.md.swp", true), ("4913", true), (".DS_Store", true),
        (".git", false),
        ("x.swp", false), ("#x", false), ("#", false), ("~x", false), ("49130", false), (".gitignore", false),
        ("", false),
    ])
    func `droppings are known by their names`(name: String, expected: Bool) {
        #expect(FileWatcher.isDropping(Array(name.utf8)) == expected)
    }
}
