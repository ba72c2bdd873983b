import Glibc
import Text

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
                output: { Console.write($0, to: 1) }, error: { Console.write($0, to: 2) },
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

    /// Writes a line of a command's result.
    func print(_ line: String) {
        output(Array((line + "\n").utf8))
    }

    /// Says something to the person, unless they asked for quiet.
    func say(_ line: String) {
        guard volume != .quiet else { return }
        streams.error(Array((line + "\n").utf8))
    }

    /// Says what went wrong; quiet does not silence it.
    func complain(_ line: String) {
        streams.error(Array((line + "\n").utf8))
    }

    /// Shows findings as a person reads them.
    func show(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics where volume != .quiet || diagnostic.severity == .error {
            streams.error(DiagnosticRenderer(color: color).text(of: diagnostic))
        }
    }

    /// Text in bold, where color is used.
    func bold(_ text: String) -> String {
        color ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var start = 0
        while start < bytes.count {
            let written = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(
                    descriptor, buffer.baseAddress.map { unsafe $0 + start }, buffer.count - start)
            }
            if written > 0 {
                start += written
            } else if errno != EINTR {
                return
            }
        }
    }
}
