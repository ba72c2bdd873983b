import Foundation
public import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A headless Chromium, driven by the DevTools protocol over a pair of pipes: messages of JSON that end in
/// NUL.
public final class Chromium {
    /// Where the program is, or `nil` when it is not installed.
    public static let program: String? = [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
    ]
    .first { (path: String) in FileManager.default.isExecutableFile(atPath: path) }

    private let process: pid_t
    private let input: Int32
    private let output: Int32
    private let folder: URL
    private var received: [UInt8] = []
    private var nextID = 0

    /// Starts the browser.
    public init() throws {
        let program = try #require(Self.program)
        // Its profile is written through to the disk, which may be busy for a minute after a build: in memory, if there is
        // such a place.
        let memory = URL(fileURLWithPath: "/dev/shm", isDirectory: true)
        let isWritable = FileManager.default.isWritableFile(atPath: memory.path)
        folder = (isWritable ? memory : FileManager.default.temporaryDirectory).appendingPathComponent(
            "chromium-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let (commandRead, commandWrite) = try Self.pipePair()
        let (replyRead, replyWrite) = try Self.pipePair()
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, commandRead, 3)
        unsafe posix_spawn_file_actions_adddup2(&actions, replyWrite, 4)
        unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let arguments = [
            program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-extensions", "--remote-debugging-pipe", "--user-data-dir=\(folder.path)",
            "about:blank",
        ]
        var pointers = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer { unsafe pointers.forEach { unsafe free($0) } }
        var process = pid_t()
        // A group of its own: its many processes end together.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let status = unsafe posix_spawn(&process, program, &actions, &attributes, &pointers, environ)
        self.process = process
        input = commandWrite
        output = replyRead
        _ = (close(commandRead), close(replyWrite))
        try #require(status == 0)
    }

    deinit {
        kill(-process, SIGKILL)
        var status: Int32 = 0
        unsafe waitpid(process, &status, 0)
        _ = (close(input), close(output))
        // The others are not ours to wait for. Until the last is gone, it may write to the profile.
        for _ in 0..<100 where kill(-process, 0) == 0 { usleep(10_000) }
        for _ in 0..<50 {
            try? FileManager.default.removeItem(at: folder)
            if !FileManager.default.fileExists(atPath: folder.path) { return }
            usleep(20_000)
        }
    }

    private static func pipePair() throws -> (read: Int32, write: Int32) {
        var pair: [Int32] = [0, 0]
        try #require(unsafe pipe(&pair) == 0)
        // Above the numbers that the browser wants, and not for others that are started meanwhile.
        let moved = pair.map { fcntl($0, F_DUPFD_CLOEXEC, 20) }
        for descriptor in pair { _ = close(descriptor) }
        return (moved[0], moved[1])
    }

    /// Sends a command and waits for its reply.
    @discardableResult
    func command(
        _ method: String, _ parameters: [String: Any] = [:], session: String? = nil, tries: Int = 20
    ) throws -> [String: Any] {
        nextID += 1
        var message: [String: Any] = ["id": nextID, "method": method, "params": parameters]
        message["sessionId"] = session
        var bytes = try Array(JSONSerialization.data(withJSONObject: message)) + [0]
        while !bytes.isEmpty {
            let count = unsafe bytes.withUnsafeBytes { unsafe write(input, $0.baseAddress, $0.count) }
            try #require(count > 0)
            bytes.removeFirst(count)
        }
        while true {
            let reply = try nextMessage()
            guard reply["id"] as? Int == nextID else { continue }
            if let error = reply["error"] {
                // A page that goes elsewhere under a question cannot answer it: the next page is asked.
                let isNavigation = "\(error)".contains("Inspected target navigated")
                if isNavigation, tries > 1 {
                    usleep(50_000)
                    return try command(method, parameters, session: session, tries: tries - 1)
                }
                Issue.record("\(method): \(error)")
            }
            return reply["result"] as? [String: Any] ?? [:]
        }
    }

    private func nextMessage() throws -> [String: Any] {
        while true {
            if let end = received.firstIndex(of: 0) {
                let message = Data(received[..<end])
                received.removeSubrange(...end)
                return try JSONSerialization.jsonObject(with: message) as? [String: Any] ?? [:]
            }
            var waited = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            try #require(unsafe poll(&waited, 1, 30_000) == 1, "Chromium says nothing")
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(output, $0.baseAddress, $0.count) }
            try #require(count > 0, "Chromium ended")
            received += buffer[..<count]
        }
    }

    /// Opens a page in a window of its own, or in a tab that hides the one before, and waits until it is
    /// loaded.
    ///
    /// - Returns: the tab.
    /// - Throws: when the browser is gone.
    public func open(_ address: String, inWindow: Bool = true) throws -> Tab {
        let made = try command("Target.createTarget", ["url": "about:blank", "newWindow": inWindow])
        let target = try #require(made["targetId"] as? String)
        let attached = try command("Target.attachToTarget", ["targetId": target, "flatten": true])
        let tab = Tab(browser: self, target: target, session: try #require(attached["sessionId"] as? String))
        try tab.command("Page.enable")
        try tab.command("Page.navigate", ["url": address])
        try tab.wait(for: "location.href !== 'about:blank' && document.readyState === 'complete'")
        return tab
    }
}

/// A tab of a browser.
public struct Tab {
    let browser: Chromium
    let target: String
    let session: String

    @discardableResult
    func command(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
        try browser.command(method, parameters, session: session)
    }

    /// The value of an expression; a promise is waited for.
    @discardableResult
    public func value(_ expression: String) throws -> Any? {
        let reply = try command(
            "Runtime.evaluate", ["expression": expression, "awaitPromise": true, "returnByValue": true])
        if let exception = reply["exceptionDetails"] { Issue.record("\(expression): \(exception)") }
        return (reply["result"] as? [String: Any])?["value"]
    }

    /// The value of an expression that is a string.
    public func text(_ expression: String) throws -> String { try value(expression) as? String ?? "" }

    /// Waits until a condition holds; fails the test after half a minute.
    public func wait(for condition: String, _ location: Testing.SourceLocation = #_sourceLocation) throws {
        // From outside, since the page may be loaded anew meanwhile.
        // Two minutes: what matters here is that it comes, however busy the machine is.
        for _ in 0..<6000 {
            let reply = try command(
                "Runtime.evaluate", ["expression": "!!(\(condition))", "returnByValue": true])
            if (reply["result"] as? [String: Any])?["value"] as? Bool == true { return }
            usleep(20_000)
        }
        Issue.record("this never came true: \(condition)", sourceLocation: location)
    }

    /// Brings the tab to the front of its window.
    public func activate() throws { try browser.command("Target.activateTarget", ["targetId": target]) }

    /// Closes it.
    public func close() throws { try browser.command("Target.closeTarget", ["targetId": target]) }

    /// Saves what the tab shows where `SITE_SCREENSHOTS` says, for people to look at.
    public func screenshot(_ name: String, width: Int = 1100, height: Int = 800, isDark: Bool = false) throws
    {
        guard let folder = ProcessInfo.processInfo.environment["SITE_SCREENSHOTS"] else { return }
        try command(
            "Emulation.setDeviceMetricsOverride",
            ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600])
        try command(
            "Emulation.setEmulatedMedia",
            ["features": [["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]]])
        let picture = try command("Page.captureScreenshot")["data"] as? String
        let data = try #require(picture.flatMap { Data(base64Encoded: $0) })
        try data.write(to: URL(fileURLWithPath: folder).appendingPathComponent(name + ".png"))
    }
}
