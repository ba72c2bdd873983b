import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The line of progress as a person sees it, on a pseudo terminal.
@Suite(.enabled(if: SiteProgram.path != nil)) struct ProgressCommandTests {
    /// A site whose build waits for a Git that takes its time, however fast the machine is.
    private static func slowSite() throws -> SiteOnDisk {
        let site = try SiteOnDisk(
            """
            -- site.json --
            {"title": "T", "baseURL": "https://example.org/", "gitDates": {"updated": true}}
            -- content/a.md --
            # A
            -- content/b.md --
            # B
            -- .tools/git --
            #!/bin/sh
            sleep 2
            exit 1

            """)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: site.path + "/.tools/git")
        return site
    }

    @Test("A long build says on a terminal how far it is, and takes that away; a pipe gets none of it")
    func build() throws {
        let site = try Self.slowSite()
        let seen = try PseudoTerminal().run(["build"], in: site.path)
        #expect(seen.signal == 0 && seen.code == 0)
        let drawings = seen.text.components(separatedBy: "\r").filter { $0.hasSuffix("\u{1B}[K") }
        #expect(!drawings.isEmpty && drawings.allSatisfy { $0.count < PseudoTerminal.columns + 3 })
        #expect(
            drawings.contains { $0.hasPrefix("reading heads") || $0.hasPrefix("making lists") },
            "\(seen.text)")
        // What is said at the end begins on an empty line, and nothing is drawn after it.
        let summary = seen.text.components(separatedBy: "\r\u{1B}[K").last ?? ""
        #expect(summary.contains("\n2 pages, "), "\(seen.text)")

        let verified = try PseudoTerminal().run(["build", "--verify"], in: site.path)
        #expect(verified.text.contains("\rsecond build, as a proof: "), "\(verified.text)")
        #expect(verified.text.contains("\r\u{1B}[Kverified: "), "\(verified.text)")

        for arguments in [["--quiet"], ["--format", "json"]] {
            let quiet = try PseudoTerminal().run(["build", "--verify"] + arguments, in: site.path)
            #expect(quiet.text == "", "\(quiet.text)")
        }
        try FileManager.default.removeItem(atPath: site.path + "/public")
        let piped = try site.run(
            "build", "--verify", environment: ["TERM": "xterm", "PATH": site.path + "/.tools:/usr/bin:/bin"])
        #expect(piped.code == 0 && !(piped.output + piped.error).contains { "\r\u{1B}".contains($0) })
    }

    @Test("A signal ends a build at once, and leaves no half line", arguments: [SIGINT, SIGTERM])
    func interrupted(_ signal: Int32) throws {
        let site = try Self.slowSite()
        let seen = try PseudoTerminal().run(["build"], in: site.path, signal: signal, once: "\u{1B}[K")
        #expect(seen.signal == signal)
        #expect(seen.text.hasSuffix("\r\u{1B}[K"), "\(seen.text)")
        // Whoever comes next builds as if nothing had been.
        #expect(try site.run("build").error.contains("2 pages, "))
    }
}

/// A terminal that nobody sits at; it is standard error of a program.
private final class PseudoTerminal {
    /// How wide it is.
    static let columns = 40

    /// What came of a run.
    struct Run {
        /// All that was written to the terminal.
        var text = ""
        var code: Int32 = 0
        /// The signal that ended the program, or 0.
        var signal: Int32 = 0
    }

    /// It could not be made.
    struct Refusal: Error {
        let code: Int32
    }

    private let master: FileHandle
    private let slave: FileHandle

    init() throws {
        var ends: (Int32, Int32) = (-1, -1)
        var size = winsize(ws_row: 25, ws_col: UInt16(Self.columns), ws_xpixel: 0, ws_ypixel: 0)
        guard unsafe openpty(&ends.0, &ends.1, nil, nil, &size) == 0 else { throw Refusal(code: errno) }
        for end in [ends.0, ends.1] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        master = FileHandle(fileDescriptor: ends.0, closeOnDealloc: true)
        slave = FileHandle(fileDescriptor: ends.1, closeOnDealloc: true)
    }

    /// The threads that run tests take no signals, and a process has what the thread had that started it.
    private static func withSignals(_ body: () throws -> Void) rethrows {
        var set = sigset_t()
        var former = sigset_t()
        unsafe sigemptyset(&set)
        for number in [SIGINT, SIGTERM] { unsafe sigaddset(&set, number) }
        unsafe pthread_sigmask(SIG_UNBLOCK, &set, &former)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &former, nil) }
        try body()
    }

    /// Runs the program until its end, or sends it a signal as soon as it has written something.
    func run(
        _ arguments: [String], in folder: String, signal: Int32 = 0, once mark: String = ""
    ) throws -> Run {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: SiteProgram.path ?? "/nowhere/site")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ["PATH": folder + "/.tools:/usr/bin:/bin", "HOME": "/tmp", "TERM": "xterm"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = slave
        try Self.withSignals { try process.run() }
        try slave.close()
        var run = Run()
        var isSent = signal == 0
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            // When the program has ended, and has the terminal no longer, there is an error.
            let count = unsafe read(master.fileDescriptor, &buffer, buffer.count)
            if count <= 0 { break }
            run.text += String(decoding: buffer[..<count], as: UTF8.self)
            if !isSent, run.text.contains(mark) {
                isSent = true
                kill(process.processIdentifier, signal)
            }
        }
        process.waitUntilExit()
        let isSignal = process.terminationReason == .uncaughtSignal
        run.signal = isSignal ? process.terminationStatus : 0
        run.code = isSignal ? 0 : process.terminationStatus
        return run
    }
}
