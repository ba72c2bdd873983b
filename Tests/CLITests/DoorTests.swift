import Files
import Foundation
import TestSupport
import Testing
import Text

/// The ways out of the program and into others: the terminal, the disk, Git.
@Suite(.enabled(if: SiteProgram.path != nil)) struct DoorTests {
    @Test(
        "A result that cannot be written is a failure", arguments: ["config", "list", "build --format json"])
    func fullDisk(command: String) throws {
        let site = try SiteOnDisk(CommandTests.page)
        let run = try shell("\"$SITE\" \(command) > /dev/full", in: site)
        #expect(run.code == 3)
        #expect(run.error.contains("error: cannot write the result: No space left on device"))
        // Who reads no further is no failure.
        #expect(
            try shell("trap '' PIPE; \"$SITE\" \(command) | true; exit ${PIPESTATUS[0]}", in: site).code == 0)
    }

    @Test("A result goes whole into a pipe that does not wait")
    func pipeThatDoesNotWait() throws {
        let site = try SiteOnDisk(CommandTests.page)
        let reader =
            "import fcntl, os, sys, time; fcntl.fcntl(1, 1031, 4096); fcntl.fcntl(1, fcntl.F_SETFL, os.O_NONBLOCK); os.execv(os.environ['SITE'], ['site', 'schema'])"
        let whole = try site.run("schema").output
        let run = try shell(
            "python3 -c \"\(reader)\" | (sleep 0.3; cat); exit ${PIPESTATUS[0]}", in: site)
        #expect(run.code == 0 && run.output == whole)
    }

    @Test("Names of files steer no terminal")
    func names() throws {
        let name = "content/a\u{1B}[31m\r\nb\u{202E}.md"
        let site = try SiteOnDisk(CommandTests.page)
        try site.save(name, "---\ntitle: B\ndraft: true\n---\n")
        let build = try site.run("build")
        #expect(build.error.contains("skipped, draft: content/a\u{FFFD}[31m\u{FFFD}\u{FFFD}b\u{FFFD}.md\n"))
        let list = try site.run("list")
        #expect(list.output.contains("content/a\u{FFFD}[31m\\r\\nb\u{FFFD}.md\t"))
        try site.save(name, "---\ntitle: B\n---\n")
        _ = try site.run("build")
        let why = try site.run("why", "--if", name)
        #expect(why.code == 0 && why.output.contains("index.html"))
        let wrong = try site.run("why", "x\u{1B}[31m")
        for run in [build, list, why, wrong] {
            #expect(
                !(run.output + run.error).unicodeScalars.contains {
                    $0 == "\u{1B}" || $0 == "\r" || $0 == "\u{202E}"
                })
        }
        let json = try site.run("why", "--if", name, "--format", "json").json
        #expect((json["outputs"] as? [String])?.contains { $0.contains("31m") } == true)
    }

    @Test("A file with a # in its name can be asked for, and a page by its address as browsers show it")
    func questions() throws {
        let site = try SiteOnDisk("-- content/c#.md --\n# C\n-- content/caf\u{E9}.md --\n# Caf\u{E9}\n")
        _ = try site.run("build")
        let reached = try site.run("why", "--if", "content/c#.md")
        #expect(reached.code == 0 && reached.output.contains("index.html"))
        let part = try site.run("why", "--if", "content/c#.md#title")
        #expect(part.code == 0 && part.output.contains("index.html"))
        #expect(try site.run("rdeps", "content/c#.md").code == 0)
        #expect(try site.run("rdeps", "content/c#.md#nothing").error.contains("nothing reads \"nothing\""))
        for path in ["/caf%C3%A9/", "/caf\u{E9}/", "/caf%c3%a9/index.html"] {
            #expect(try site.run("why", path).code == 0)
        }
    }

    @Test("A file that is larger than memory is a finding", arguments: ["static/big.img", "content/big.md"])
    func hugeFile(name: String) throws {
        let site = try SiteOnDisk(CommandTests.page + "-- static/x.txt --\nx\n")
        try site.write([], to: name)
        for size in ["1T", "9000G"] {
            #expect(try shell("truncate -s \(size) \(name)", in: site).code == 0)
            let run = try site.run("build")
            #expect(run.code == 3)
            #expect(run.error.contains("error[unreadable-file]: cannot read this: File too large"))
            #expect(run.error.contains("--> \(name)"))
        }
        try FileManager.default.removeItem(atPath: site.path + "/" + name)
        #expect(try site.run("build").code == 0)
    }

    @Test("A large file is published without being held")
    func largeFile() throws {
        let site = try SiteOnDisk(CommandTests.page)
        try site.write([], to: "static/film.mp4")
        let measured = """
            import os, resource, subprocess
            code = subprocess.call([os.environ["SITE"], "build"])
            print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
            """
        let run = try shell("truncate -s 150M static/film.mp4; python3 -c '\(measured)'", in: site)
        #expect(run.output.hasPrefix("0 "), "\(run.error)")
        let megabytes = Int(run.output.dropFirst(2).prefix { $0.isNumber }) ?? .max
        #expect(megabytes < 140)
        #expect(try site.run("build").error.contains("nothing written"))
        #expect(try shell("cmp static/film.mp4 public/film.mp4", in: site).code == 0)
    }

    @Test("Git is asked about the folder, whatever repository the variables of a hook name")
    func gitVariables() throws {
        let site = try SiteOnDisk(
            CommandTests.page + "-- site.json --\n{\"gitDates\": {\"updated\": true}}\n"
                + "-- templates/page.html --\n[{{ page.updated | date(\"%Y\") }}]\n", named: "repo/web")
        let git = "git -c user.name=A -c user.email=a@example.org -c init.defaultBranch=main"
        let made = try shell(
            "cd .. && \(git) init -q && \(git) add -A && GIT_COMMITTER_DATE=2021-05-06T07:08:09Z \(git) commit -q --date 2021-05-06T07:08:09Z -m a",
            in: site)
        #expect(made.code == 0, "\(made.error)")
        for directory in [site.path + "/../.git", ".git", "/nowhere/.git"] {
            let run = try site.run(
                "build", environment: ["GIT_DIR": directory, "GIT_TRACE": "1", "GIT_INDEX_FILE": "/nowhere"])
            #expect(run.code == 0 && !run.error.contains("warning"), "\(run.error)")
            #expect(site.text("public/a/index.html")?.contains("[2021]") == true)
            try FileManager.default.removeItem(atPath: site.path + "/.site")
            try FileManager.default.removeItem(atPath: site.path + "/public")
        }
    }

    @Test("A clone that is deepened has other dates, although its last commit is the same")
    func deepenedClone() throws {
        let site = try SiteOnDisk(
            CommandTests.page + "-- site.json --\n{\"gitDates\": {\"updated\": true}}\n"
                + "-- templates/page.html --\n[{{ page.updated | date(\"%Y\") if page.updated }}]\n",
            named: "origin")
        let git = "git -c user.name=A -c user.email=a@example.org -c init.defaultBranch=main"
        var commands = ["\(git) init -q", "\(git) add -A"]
        for year in 2020...2023 {
            commands.append(
                "GIT_COMMITTER_DATE=\(year)-05-06T07:08:09Z \(git) commit -q --allow-empty --date \(year)-05-06T07:08:09Z -m a"
            )
        }
        commands.append("git clone -q --depth 2 file://$PWD ../clone")
        let made = try shell(commands.joined(separator: " && "), in: site)
        #expect(made.code == 0, "\(made.error)")
        for (command, year) in [
            ("true", ""), ("git fetch -q --deepen=1", ""), ("git fetch -q --unshallow", "2020"),
        ] {
            let run = try shell("cd ../clone && \(command) && \(SiteProgram.path ?? "") build", in: site)
            #expect(run.code == 0, "\(run.error)")
            #expect(run.error.contains("cut off") == year.isEmpty)
            let page = try String(
                contentsOfFile: site.path + "/../clone/public/a/index.html", encoding: .utf8)
            #expect(page.contains("[\(year)]"), "\(command): \(page)")
        }
    }

    @Test("A clone without folders has no history until they are there, and Git's reason is told")
    func treelessClone() throws {
        let site = try SiteOnDisk(
            CommandTests.page + "-- site.json --\n{\"gitDates\": {\"updated\": true}}\n"
                + "-- templates/page.html --\n[{{ page.updated | date(\"%Y\") if page.updated }}]\n",
            named: "origin")
        let git = "git -c user.name=A -c user.email=a@example.org -c init.defaultBranch=main"
        let made = try shell(
            [
                "\(git) init -q", "\(git) config uploadpack.allowFilter true", "\(git) add -A",
                "\(git) commit -q --date 2021-05-06T07:08:09Z -m a", "echo more >> content/a.md",
                "\(git) commit -q --date 2022-05-06T07:08:09Z -a -m b",
                "git clone -q --filter=tree:0 file://$PWD ../treeless",
            ].joined(separator: " && "), in: site)
        #expect(made.code == 0, "\(made.error)")
        for (command, year) in [("true", ""), ("git log --name-status", "2022")] {
            let run = try shell("cd ../treeless && \(command) && \(SiteProgram.path ?? "") build", in: site)
            #expect(run.code == 0, "\(run.error)")
            #expect(run.error.contains("does not tell the history") == year.isEmpty, "\(run.error)")
            #expect(!run.error.contains("lazy fetching"), "\(run.error)")
            let page = try String(
                contentsOfFile: site.path + "/../treeless/public/a/index.html", encoding: .utf8)
            #expect(page.contains("[\(year)]"), "\(command): \(page)")
        }
    }

    @Test("Git may say much before it answers")
    func talkativeGit() throws {
        let site = try SiteOnDisk(
            CommandTests.page + "-- site.json --\n{\"gitDates\": {\"updated\": true}}\n"
                + """
                -- bin/git --
                #!/bin/sh
                timeout 5 head -c 300000 /dev/zero >&2 || exit 9
                case "$*" in *rev-parse*) echo false; echo; echo .git/shallow; echo 0123456789012345678901234567890123456789;; esac

                """)
        _ = try shell("chmod +x bin/git", in: site)
        let run = try site.run("build", environment: ["PATH": site.path + "/bin:/usr/bin:/bin"])
        #expect(run.code == 0 && !run.error.contains("warning"), "\(run.error.prefix(300))")
    }

    @Test("A preview that writes says what it waits for")
    func previewThatWaits() throws {
        let site = try SiteOnDisk(CommandTests.page)
        #expect(try site.run("build").code == 0)
        let disk = DiskFileSystem(root: site.path)
        guard
            case .acquired(let lock) = try disk.lock(RelativePath(unchecked: Array(".site/public/lock".utf8)))
        else {
            Issue.record("nobody else holds the lock")
            return
        }
        let preview = try PreviewProcess(in: site.path, ["--write"])
        for _ in 0..<3000 where !preview.said.contains("waiting for another build") { usleep(10_000) }
        #expect(preview.said.contains("waiting for another build (process \(getpid())) to end"))
        withExtendedLifetime(lock) {}
    }

    /// Runs a line of shell in a site, with the program in `SITE`.
    private func shell(_ line: String, in site: SiteOnDisk) throws -> SiteProgram.Run {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", line]
        process.currentDirectoryURL = URL(fileURLWithPath: site.path)
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/tmp", "SITE": SiteProgram.path ?? ""]
        let scratch = try TemporaryFolder()
        let files = ["output", "error"].map { scratch.path + "/" + $0 }
        for file in files { try Data().write(to: URL(fileURLWithPath: file)) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: files[0]))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: files[1]))
        try process.run()
        process.waitUntilExit()
        let texts = try files.map { try String(contentsOfFile: $0, encoding: .utf8) }
        let code = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return SiteProgram.Run(code: code, output: texts[0], error: texts[1])
    }
}
