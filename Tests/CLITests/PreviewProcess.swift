import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A running `site serve`, as a person starts it.
final class PreviewProcess: Sendable {
    /// The port it said.
    let port: UInt16
    private let process: Process
    private let scratch: TemporaryFolder

    /// Starts it in a folder and waits until it has said where it is.
    ///
    /// - Parameters:
    ///   - folder: the site's.
    ///   - arguments: after `serve` and the port.
    ///   - path: where it looks for programs.
    /// - Throws: when it cannot be started, or says nothing.
    init(in folder: String, _ arguments: [String] = [], path: String = "/usr/bin:/bin") throws {
        scratch = try TemporaryFolder()
        let process = Process()
        self.process = process
        process.executableURL = URL(fileURLWithPath: SiteProgram.path ?? "/nowhere/site")
        process.arguments = ["serve", "--port", "0"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ["PATH": path, "HOME": "/tmp"]
        let output = scratch.path + "/output"
        let error = scratch.path + "/error"
        for path in [output, error] { try Data().write(to: URL(fileURLWithPath: path)) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: error))
        try process.run()
        var said: UInt16?
        // Sixty seconds: what matters here is that it comes.
        for _ in 0..<6000 where said == nil && process.isRunning {
            let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
            if text.hasSuffix("\n"), let place = text.range(of: "localhost:") {
                said = UInt16(text[place.upperBound...].prefix { $0.isNumber })
            }
            usleep(10_000)
        }
        guard let said else {
            process.terminate()
            throw Silence(text: (try? String(contentsOfFile: error, encoding: .utf8)) ?? "")
        }
        port = said
    }

    /// It said nothing of where it is.
    struct Silence: Error {
        let text: String
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    /// Whether it still runs.
    var isRunning: Bool { process.isRunning }

    /// All that it said to a person until now.
    var said: String { (try? String(contentsOfFile: scratch.path + "/error", encoding: .utf8)) ?? "" }

    /// Asks it to end, as Ctrl+C does.
    ///
    /// - Returns: its exit code, negative for a signal, and how many seconds it took; `nil` when it did not end in
    ///   twenty seconds.
    func stop() -> (code: Int32, seconds: Double)? {
        let start = Date()
        kill(process.processIdentifier, SIGINT)
        while process.isRunning {
            if Date().timeIntervalSince(start) > 20 { return nil }
            usleep(2_000)
        }
        let code = process.terminationStatus
        return (process.terminationReason == .exit ? code : -code, Date().timeIntervalSince(start))
    }

    // MARK: Requests

    /// An answer.
    struct Answer: Sendable {
        /// The status, or 0 when there was no answer.
        var status = 0
        /// The body.
        var body: [UInt8] = []

        /// The body without the preview's script.
        var published: [UInt8] {
            let start = Array("<script type=\"module\" src=\"/_site/live.js\"".utf8)
            let end = Array("></script>".utf8)
            guard let first = body.firstRange(of: start),
                let last = body[first.upperBound...].firstRange(of: end)
            else { return body }
            return Array(body[..<first.lowerBound] + body[last.upperBound...])
        }
    }

    /// A connection to the preview on which a read gives up after some seconds, or `nil`; whoever gets it closes it.
    func connection(patience seconds: Double = 30) -> Int32? {
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { return nil }
        var timeout = timeval()
        timeout.tv_sec = Int(seconds)
        timeout.tv_usec = .init((seconds - seconds.rounded(.down)) * 1_000_000)
        unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if status == 0 { return descriptor }
        _ = close(descriptor)
        return nil
    }

    /// Asks for a path on a connection.
    static func ask(_ path: String, on descriptor: Int32, port: UInt16, fields: String = "") {
        let request = Array("GET \(path) HTTP/1.1\r\nHost: localhost:\(port)\r\n\(fields)\r\n".utf8)
        _ = unsafe request.withUnsafeBytes { unsafe send(descriptor, $0.baseAddress, $0.count, 0) }
    }

    /// The next bytes of a connection: none at its end, `nil` when none came in time.
    static func receive(_ descriptor: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        let count = unsafe buffer.withUnsafeMutableBytes {
            unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
        }
        if count < 0 { return errno == EAGAIN || errno == EWOULDBLOCK ? nil : [] }
        return Array(buffer[..<count])
    }

    /// Asks for a path on a connection of its own.
    func get(_ path: String) -> Answer {
        guard let descriptor = connection() else { return Answer() }
        defer { _ = close(descriptor) }
        Self.ask(path, on: descriptor, port: port, fields: "Connection: close\r\n")
        var bytes: [UInt8] = []
        while let more = Self.receive(descriptor), !more.isEmpty { bytes += more }
        guard let head = bytes.firstRange(of: Array("\r\n\r\n".utf8)), bytes.count > 12,
            let code = Int(String(decoding: bytes[9..<12], as: UTF8.self))
        else { return Answer() }
        return Answer(status: code, body: Array(bytes[head.upperBound...]))
    }
}
