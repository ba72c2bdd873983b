import Synchronization
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Waits for Ctrl+C or a polite request to end.
enum StopSignals {
    private static let numbers = [SIGINT, SIGTERM, SIGHUP]

    private static func set() -> sigset_t {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for number in numbers { unsafe sigaddset(&set, number) }
        return set
    }

    /// Keeps the signals from every thread that starts from now on.
    static func block() {
        var signals = set()
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Returns when one of them comes.
    static func wait() {
        var signals = set()
        var number: Int32 = 0
        unsafe sigwait(&signals, &number)
        Platform.listenToSignals()
    }

    /// Returns when one of them comes, or after some seconds.
    static func wait(seconds: Int) {
        _ = Platform.signal(numbers, nanoseconds: Int64(seconds) * 1_000_000_000)
    }
}

/// A thread of our own that does one thing.
final class BackgroundThread: Sendable {
    private final class Work: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    private let handle: Mutex<UInt?>

    init(_ run: @escaping @Sendable () -> Void) {
        var thread = unsafe Platform.noThread
        let work = unsafe Unmanaged.passRetained(Work(run)).toOpaque()
        let code = unsafe pthread_create(
            &thread, nil,
            { pointer in
                // Systems differ in whether it may be nothing.
                guard let pointer = unsafe pointer as UnsafeMutableRawPointer? else { return nil }
                unsafe Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            }, work)
        precondition(code == 0, "the system gives no threads")
        handle = Mutex(unsafe Platform.number(of: thread))
    }

    /// Nobody will wait until it is done.
    func letGo() {
        let thread = handle.withLock { handle in
            defer { handle = nil }
            return handle
        }
        if let thread { Platform.detach(thread) }
    }

    /// Waits until it is done.
    func join() {
        let thread = handle.withLock { handle in
            defer { handle = nil }
            return handle
        }
        if let thread { Platform.join(thread) }
    }
}

/// What the allocator holds and nobody uses.
enum Memory {
    /// Gives it back to the system: a preview stays for hours, and made the whole site in its first second.
    ///
    /// - Complexity: a few milliseconds for 100 MB.
    static func giveBack() { _ = trim?(0) }

    /// Has all threads share one heap, and what is large lie outside of it. By itself the GNU C library gives each thread
    /// a heap, where what one thread has let go of is no use to the others, and puts what is large between what is
    /// small, where it leaves holes: after a thousand edits of a site of 10,000 pages that was 140 MB. To be called
    /// before there are other threads.
    static func shareHeap() {
        _ = option?(arenaLimit, 1)
        _ = option?(mappingThreshold, 256 << 10)
    }

    /// Has the heap of each thread take its address space at once, and keep it. By itself the GNU C library asks the system
    /// for every 4 KB of it: 1,778 times in a cold build of 1,000 posts, each time stopping the other threads' own demands.
    /// What nobody touches takes no memory. To be called before there are other threads.
    static func growAtOnce() {
        _ = option?(topPad, 64 << 20)
        _ = option?(trimThreshold, 256 << 20)
        _ = option?(mappingThreshold, 4 << 20)
    }

    /// `M_ARENA_MAX`, `M_MMAP_THRESHOLD`, `M_TOP_PAD` and `M_TRIM_THRESHOLD` of `malloc.h`.
    private static let arenaLimit: Int32 = -8
    private static let mappingThreshold: Int32 = -3
    private static let topPad: Int32 = -2
    private static let trimThreshold: Int32 = -1

    private static let option: (@Sendable @convention(c) (Int32, Int32) -> Int32)? = unsafe dlsym(
        nil, "mallopt"
    ).map {
        unsafe unsafeBitCast($0, to: (@Sendable @convention(c) (Int32, Int32) -> Int32).self)
    }

    /// `malloc_trim`, an extension of the GNU C library, where there is one.
    private static let trim: (@Sendable @convention(c) (Int) -> Int32)? = unsafe dlsym(nil, "malloc_trim").map
    {
        unsafe unsafeBitCast($0, to: (@Sendable @convention(c) (Int) -> Int32).self)
    }
}

/// Opens the browser of the desktop.
enum Browser {
    static func open(_ url: String) {
        #if os(macOS)
            let program = "open"
        #else
            let program = "xdg-open"
        #endif
        var process = pid_t()
        let words: [UnsafeMutablePointer<CChar>?] =
            unsafe [program, url].map { (word: String) in unsafe strdup(word) } + [nil]
        defer {
            unsafe words.forEach { unsafe free($0) }
        }
        // It lives on: neither the signals that this process keeps for itself, nor Ctrl+C in this terminal, are for it.
        var attributes = unsafe Platform.spawnAttributes
        guard unsafe posix_spawnattr_init(&attributes) == 0 else { return }
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        unsafe posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
        _ = unsafe posix_spawnp(&process, program, nil, &attributes, words, environ)
    }
}

/// Links that open an editor at a place.
enum EditorLink {
    /// By what is wanted, or by `$EDITOR` or `$VISUAL`: editors that take links get one.
    ///
    /// - Parameters:
    ///   - root: the absolute path of the site.
    ///   - wanted: a URL with `{path}`, `{line}` and `{column}` in it, or a scheme such as `vscode`.
    ///   - variables: the process's environment.
    /// - Returns: what makes the link of a place, which is `nil` for places that no link can name.
    static func make(root: String, wanted: String?, variables: [String: String]) -> (
        @Sendable (SourceLocation) -> String?
    )? {
        guard let pattern = wanted.flatMap({ pattern(of: $0) }) ?? pattern(variables) else { return nil }
        return { location in
            let path = String(
                decoding: Escaping.urlPath.escaped(
                    Array(root.utf8) + [UInt8(ascii: "/")] + location.path.bytes), as: UTF8.self)
            return pattern.replacing("{path}", with: path).replacing("{line}", with: String(location.line))
                .replacing("{column}", with: String(location.column))
        }
    }

    private static func pattern(of wanted: String) -> String? {
        if wanted.contains("{path}") { return wanted }
        let name = wanted.split(separator: ":").first.map(String.init) ?? ""
        return known[name]
    }

    private static func pattern(_ variables: [String: String]) -> String? {
        let editor = variables["SITE_EDITOR"] ?? variables["VISUAL"] ?? variables["EDITOR"] ?? ""
        let program = editor.split(separator: " ").first?.split(separator: "/").last
        return program.flatMap { known[String($0)] }
    }

    private static let known: [String: String] = {
        var patterns = ["subl": "subl://open?url=file://{path}&line={line}&column={column}"]
        for (scheme, programs) in [
            ("vscode", ["code", "vscode"]), ("vscode-insiders", ["code-insiders", "vscode-insiders"]),
            ("vscodium", ["codium", "vscodium"]), ("cursor", ["cursor"]), ("windsurf", ["windsurf"]),
            ("zed", ["zed"]),
        ] {
            for program in programs { patterns[program] = "\(scheme)://file{path}:{line}:{column}" }
        }
        return patterns
    }()
}
