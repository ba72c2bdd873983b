import Synchronization
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The only code that prints.
///
/// What a command found out goes to standard output; findings and everything said to a person
/// while it works go to standard error, so that output can be piped. Color is used on a terminal only,
/// and never when `NO_COLOR` is set (no-color.org).
final class Console: Sendable {
    /// How much is said.
    enum Volume: Int, Sendable {
        case quiet
        case normal
    }

    /// Where text goes; tests give their own.
    struct Streams: Sendable {
        var output: @Sendable ([UInt8]) -> Void
        var error: @Sendable ([UInt8]) -> Void
        var errorIsTerminal: Bool

        /// The process's own.
        static func standard() -> Streams {
            Streams(
                output: { Console.put($0, to: 1) }, error: { Console.put($0, to: 2) },
                errorIsTerminal: isatty(2) == 1)
        }
    }

    let volume: Volume
    private let streams: Streams
    private let color: Bool

    init(volume: Volume = .normal, streams: Streams = .standard(), environment: [String: String] = [:]) {
        self.volume = volume
        self.streams = streams
        color =
            streams.errorIsTerminal && (environment["NO_COLOR"] ?? "").isEmpty
            && environment["TERM"] != "dumb"
    }

    /// Writes a command's result as it is.
    func output(_ bytes: [UInt8]) {
        streams.output(bytes)
    }

    /// Writes a line of a command's result, the end of it in bold.
    func print(_ line: String, bold: String = "") {
        let end = bold.isEmpty ? "" : self.bold(TerminalText.name(bold))
        output(Array((TerminalText.lines(line) + end + "\n").utf8))
    }

    /// Says something to the person, unless they asked for quiet.
    func say(_ line: String) {
        guard volume != .quiet else { return }
        complain(line)
    }

    /// Says what went wrong; quiet does not silence it.
    func complain(_ line: String) {
        complain(json: Array(TerminalText.lines(line).utf8))
    }

    /// Says to a program what went wrong, in a line of JSON, byte for byte.
    func complain(json: [UInt8]) {
        streams.error(json + [UInt8(ascii: "\n")])
    }

    /// Shows findings as a person reads them.
    func show(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics where volume != .quiet || diagnostic.severity == .error {
            streams.error(DiagnosticRenderer(color: color).text(of: diagnostic))
        }
    }

    /// Text in bold, where color is used.
    private func bold(_ text: String) -> String {
        color ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }

    /// The reason why a result could not be written, as a number of the system; 0 while all were.
    private static let lost = Atomic<Int32>(0)

    /// Why what a command found out did not get to standard output, in the system's words.
    static var refusal: String? {
        let code = lost.load(ordering: .relaxed)
        return code == 0 ? nil : unsafe String(cString: strerror(code))
    }

    private static func put(_ bytes: [UInt8], to descriptor: Int32) {
        var start = 0
        while start < bytes.count {
            let written = unsafe bytes.withUnsafeBytes { buffer in
                unsafe write(
                    descriptor, buffer.baseAddress.map { unsafe $0 + start }, buffer.count - start)
            }
            if written > 0 {
                start += written
            } else if errno == EAGAIN {
                // Another program has made the pipe one that does not wait.
                var end = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                unsafe _ = poll(&end, 1, -1)
            } else if errno != EINTR {
                // Who reads no further has read enough. Of the other stream nobody could be told.
                if descriptor == 1, errno != EPIPE { lost.store(errno, ordering: .relaxed) }
                return
            }
        }
    }
}
