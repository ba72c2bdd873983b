import Files
import Site
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

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
        guard let log else { return nil }
        return log.code == 0 ? log.output : GitHistory.refusal(Self.reason(log.error) ?? "")
    }

    /// What Git says of why it refuses, in one line: what ended it, rather than what it said before.
    private static func reason(_ error: [UInt8]) -> String? {
        let lines = String(decoding: error, as: UTF8.self).split(separator: "\n")
        if let fatal = lines.first(where: { $0.hasPrefix("fatal: ") }) { return String(fatal.dropFirst(7)) }
        return lines.first.map(String.init)
    }

    private var head: String {
        let question = [
            "rev-parse", "--is-shallow-repository", "--show-prefix", "--git-path", "shallow", "HEAD^{commit}",
        ]
        guard let answer = run(question) else { return "none Git is not installed" }
        let lines = String(decoding: answer.output, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        if answer.code == 0, lines.count == 5 {
            let isShallow = lines[0] == "true"
            var view = FingerprintBuilder()
            view.combine(String(lines[1]))
            view.combine(isShallow ? Self.contents(of: String(lines[2]), from: folder) : [])
            let number = String(view.finish().low, radix: 16)
            return "\(isShallow ? "shallow" : "full") \(lines[3]) \(number)"
        }
        if lines.first == "true" || lines.first == "false" { return "none there is no commit yet" }
        return "none \(Self.reason(answer.error) ?? "Git refuses")"
    }

    /// What a file of Git's holds, which it names from a folder; nothing where there is none.
    private static func contents(of path: String, from folder: String) -> [UInt8] {
        let whole = path.hasPrefix("/") ? path : "\(folder)/\(path)"
        guard let slash = whole.lastIndex(of: "/"),
            let name = RelativePath(String(whole[whole.index(after: slash)...]))
        else { return [] }
        return (try? DiskFileSystem(root: String(whole[..<slash])).read(name))?.bytes ?? []
    }

    private static func isCommit(_ text: String) -> Bool {
        [40, 64].contains(text.utf8.count) && text.utf8.allSatisfy { $0.isASCIIDigit || $0 &- 97 < 6 }
    }

    /// Runs Git and waits for its end; `nil` when it cannot be started.
    private func run(_ arguments: [String]) -> (code: Int32, output: [UInt8], error: [UInt8])? {
        guard let outputPipe = Self.pipe() else { return nil }
        guard let errorPipe = Self.pipe() else {
            for end in outputPipe { close(end) }
            return nil
        }
        defer {
            close(outputPipe[0])
            close(errorPipe[0])
        }
        var actions = unsafe Platform.spawnActions
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, outputPipe[1], 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, errorPipe[1], 2)
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        // The line of progress holds back the signals that end a program; Git is not to.
        var attributes = unsafe Platform.spawnAttributes
        guard unsafe posix_spawnattr_init(&attributes) == 0 else { return nil }
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        // What a person has configured must not change the history: no replaced commits, and the first one counts.
        let words =
            [
                "git", "--no-replace-objects", "-C", folder, "-c", "core.fsmonitor=false", "-c",
                "core.quotePath=false", "-c", "log.showRoot=true",
            ] + arguments
        // Where the history is, the folder says: hooks of Git run with variables that name another repository, or the same
        // one by a path from elsewhere.
        var settings = SiteLocation.variables.filter { !Self.isOfAnotherRepository($0.key) }
        // No questions, no locks, no downloads, and reasons in one language.
        settings["GIT_TERMINAL_PROMPT"] = "0"
        settings["GIT_OPTIONAL_LOCKS"] = "0"
        settings["GIT_NO_LAZY_FETCH"] = "1"
        settings["LC_ALL"] = "C"
        let variables = settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        var child: pid_t = 0
        let code = unsafe Self.withPointers(words) { words in
            unsafe Self.withPointers(variables) { variables in
                unsafe posix_spawnp(&child, "git", &actions, &attributes, words, variables)
            }
        }
        close(outputPipe[1])
        close(errorPipe[1])
        guard code == 0 else { return nil }
        let (output, error) = Self.contents(of: outputPipe[0], and: errorPipe[0])
        var status: Int32 = 0
        while unsafe waitpid(child, &status, 0) == -1, errno == EINTR {}
        let ended = status & 0x7F == 0 ? status >> 8 & 0xFF : -1
        return (ended, output, error)
    }

    /// A way out of a child, the reading end first. It is of this process alone from its first moment: a browser that is
    /// started while Git is asked would keep the writing end, and the answer would end with the browser. So it is a pair of
    /// sockets, which `pipe` in the C library that Swift sees is not.
    private static func pipe() -> [Int32]? { Platform.socketPair() }

    /// Whether a variable tells Git of a repository, and not of the person who asks: what `git rev-parse --local-env-vars`
    /// names, but for settings, among which a machine may say which folders it trusts. What is traced is no answer.
    private static func isOfAnotherRepository(_ name: String) -> Bool {
        name.hasPrefix("GIT_TRACE")
            || [
                "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR",
                "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_IMPLICIT_WORK_TREE",
                "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE", "GIT_NAMESPACE", "GIT_INTERNAL_SUPER_PREFIX",
                "GIT_REPLACE_REF_BASE", "GIT_CONFIG",
            ].contains(name)
    }

    /// All that comes out of two ends. Both are looked at all the time: who waits for one while the other is full waits for
    /// ever.
    private static func contents(of output: Int32, and error: Int32) -> ([UInt8], [UInt8]) {
        var contents: [[UInt8]] = [[], []]
        var ends = [output, error].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        // An end that is closed is not looked at any more (poll(2)).
        while ends.contains(where: { $0.fd >= 0 }) {
            if unsafe poll(&ends, nfds_t(ends.count), -1) < 0 {
                if errno == EINTR { continue }
                break
            }
            for index in ends.indices where ends[index].fd >= 0 && ends[index].revents != 0 {
                let count = unsafe read(ends[index].fd, &buffer, buffer.count)
                if count > 0 { contents[index].append(contentsOf: buffer[..<count]) }
                if count == 0 || (count < 0 && errno != EINTR) { ends[index].fd = -1 }
            }
        }
        return (contents[0], contents[1])
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
