import Glibc
import Serve
import Synchronization
import Text

/// A site that answers only once it is ready: the port must be known before the base URL is.
final class GatedSite: PreviewSite {
    private static let isOpen = Atomic<Bool>(false)
    private let site: PreviewSession

    init(_ site: PreviewSession) {
        self.site = site
    }

    /// Lets requests through.
    static func open() {
        isOpen.store(true, ordering: .releasing)
    }

    var revision: UInt64 { site.revision }

    func output(at path: RelativePath) -> PreviewAnswer {
        wait()
        return site.output(at: path)
    }

    func dashboard() -> DashboardFacts {
        wait()
        return site.dashboard()
    }

    func why(_ path: RelativePath) -> String? {
        wait()
        return site.why(path)
    }

    private func wait() {
        while !Self.isOpen.load(ordering: .acquiring) { usleep(500) }
    }
}

/// Waits for Ctrl+C or a polite request to end.
enum StopSignals {
    private static func set() -> sigset_t {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        unsafe sigaddset(&set, SIGINT)
        unsafe sigaddset(&set, SIGTERM)
        unsafe sigaddset(&set, SIGHUP)
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

    private let handle: Mutex<pthread_t?>

    init(_ run: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let work = unsafe Unmanaged.passRetained(Work(run)).toOpaque()
        let code = unsafe pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer = unsafe pointer else { return nil }
                unsafe Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            }, work)
        precondition(code == 0, "the system gives no threads")
        handle = Mutex(thread)
    }

    /// Waits until it is done.
    func join() {
        let thread = handle.withLock { handle in
            defer { handle = nil }
            return handle
        }
        if let thread { pthread_join(thread, nil) }
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
        _ = unsafe posix_spawnp(&process, program, nil, nil, words, environ)
    }
}

/// Links that open an editor at a place.
enum EditorLink {
    /// By `$EDITOR` or `$VISUAL`: editors that take links get one.
    static func make(root: String, variables: [String: String]) -> (@Sendable (SourceLocation) -> String?)? {
        let editor =
            (variables["SITE_EDITOR"] ?? variables["VISUAL"] ?? variables["EDITOR"] ?? "").split(
                separator: "/"
            ).last.map(String.init) ?? ""
        let scheme: String
        switch editor.split(separator: " ").first.map(String.init) ?? "" {
        case "code", "code-insiders": scheme = "vscode://file"
        case "codium", "vscodium": scheme = "vscodium://file"
        case "cursor": scheme = "cursor://file"
        case "zed": scheme = "zed://file"
        case "subl": scheme = "subl://open?url=file://"
        default: return nil
        }
        return { location in
            let path = String(
                decoding: Escaping.urlPath.escaped(
                    Array(root.utf8) + [UInt8(ascii: "/")] + location.path.bytes), as: UTF8.self)
            return "\(scheme)\(path):\(location.line):\(location.column)"
        }
    }
}
