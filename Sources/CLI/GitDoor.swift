import Glibc
import Site
import Text

/// The one place that asks Git: what is checked out in the site's folder, and the history up to it.
///
/// Only a site that wants dates from its history makes anybody ask; see `GitHistory` in `Site` for the questions.
struct GitDoor: Sendable {
    /// The site's folder.
    let folder: String

    /// The answer to a probe of the build, or `nil` where it is none for Git or Git refuses.
    func answer(_ probe: String) -> [UInt8]? {
        if probe == GitHistory.head { return Array(head.utf8) }
        guard let commit = GitHistory.commit(ofLog: probe), Self.isCommit(commit) else { return nil }
        let log = run([
            "log", "-z", "--format=%x01%at %P", "--name-status", "-M100%", "--relative",
            "--no-show-signature",
            "--no-ext-diff", commit, "--", ".",
        ])
        return log?.code == 0 ? log?.output : nil
    }

    private var head: String {
        guard let answer = run(["rev-parse", "--is-shallow-repository", "HEAD^{commit}"]) else {
            return "none Git is not installed"
        }
        let lines = String(decoding: answer.output, as: UTF8.self).split(separator: "\n")
        if answer.code == 0, lines.count == 2 {
            return "\(lines[0] == "true" ? "shallow" : "full") \(lines[1])"
        }
        if lines.first == "true" || lines.first == "false" { return "none there is no commit yet" }
        let reason =
            String(decoding: answer.error, as: UTF8.self).split(separator: "\n").first ?? "Git refuses"
        return "none \(reason.hasPrefix("fatal: ") ? reason.dropFirst(7) : reason)"
    }

    private static func isCommit(_ text: String) -> Bool {
        [40, 64].contains(text.utf8.count) && text.utf8.allSatisfy { $0.isASCIIDigit || $0 &- 97 < 6 }
    }

    /// Runs Git and waits for its end; `nil` when it cannot be started.
    private func run(_ arguments: [String]) -> (code: Int32, output: [UInt8], error: [UInt8])? {
        var outputPipe: [Int32] = [0, 0]
        var errorPipe: [Int32] = [0, 0]
        guard unsafe pipe(&outputPipe) == 0 else { return nil }
        guard unsafe pipe(&errorPipe) == 0 else {
            for end in outputPipe { close(end) }
            return nil
        }
        for end in outputPipe + errorPipe { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer {
            close(outputPipe[0])
            close(errorPipe[0])
        }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, outputPipe[1], 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, errorPipe[1], 2)
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        // What a person has configured must not change the history: no replaced commits, and the first one counts.
        let words =
            [
                "git", "--no-replace-objects", "-C", folder, "-c", "core.fsmonitor=false", "-c",
                "core.quotePath=false", "-c", "log.showRoot=true",
            ] + arguments
        var settings = SiteLocation.variables
        // No questions, no locks, no downloads, and reasons in one language.
        settings["GIT_TERMINAL_PROMPT"] = "0"
        settings["GIT_OPTIONAL_LOCKS"] = "0"
        settings["GIT_NO_LAZY_FETCH"] = "1"
        settings["LC_ALL"] = "C"
        let variables = settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        var child: pid_t = 0
        let code = unsafe Self.withPointers(words) { words in
            unsafe Self.withPointers(variables) { variables in
                unsafe posix_spawnp(&child, "git", &actions, nil, words, variables)
            }
        }
        close(outputPipe[1])
        close(errorPipe[1])
        guard code == 0 else { return nil }
        // Git says little on its error stream: it cannot be waiting there while its output is read.
        let output = Self.contents(of: outputPipe[0])
        let error = Self.contents(of: errorPipe[0])
        var status: Int32 = 0
        while unsafe waitpid(child, &status, 0) == -1, errno == EINTR {}
        let ended = status & 0x7F == 0 ? status >> 8 & 0xFF : -1
        return (ended, output, error)
    }

    private static func contents(of descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe read(descriptor, &buffer, buffer.count)
            if count > 0 { bytes.append(contentsOf: buffer[..<count]) }
            if count == 0 || (count < 0 && errno != EINTR) { return bytes }
        }
    }

    /// Texts as C has them: an array of pointers that ends in nothing.
    private static func withPointers<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = unsafe texts.map { unsafe strdup($0) }
        defer { unsafe pointers.forEach { unsafe free($0) } }
        return unsafe body(pointers + [nil])
    }
}
