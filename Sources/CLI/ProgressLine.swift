import Engine
import Site
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The one line that says how far a command is while it works, on a terminal that a person looks at.
///
/// It comes when work has gone on for a while, is drawn again a few times a second by a thread that only reads counters,
/// and is taken away before anything else is printed, when the work is done, and when a signal ends the process.
final class ProgressLine: Sendable {
    /// What a line needs of the world; tests give their own.
    struct Surroundings: Sendable {
        /// How many columns the terminal has.
        var columns: @Sendable () -> Int
        /// Nanoseconds of a clock that never goes back.
        var clock: @Sendable () -> Int64
        /// Whether a thread draws the line when it is time to; in tests nobody does but they.
        var hasThread = true

        /// The process's own.
        static let standard = Surroundings(
            columns: { ProgressLine.terminalColumns }, clock: { Clock.monotonicNanoseconds })
    }

    private struct State {
        /// What to say of the work that is under way.
        var words: (@Sendable () -> String?)?
        var counts: BuildProgress?
        /// Counts works, so that the thread of one knows when it is over.
        var number = 0
        /// When the line may be drawn next, in nanoseconds.
        var due: Int64 = 0
        /// Nothing is shown any more, whatever begins.
        var isOver = false
        /// What the terminal shows.
        var shown: String?
    }

    /// Work that takes less nobody wants to be told of.
    static let patience: Int64 = 400_000_000
    /// Between two drawings.
    static let interval: Int64 = 100_000_000

    private let state = Mutex(State())
    private let terminal: Console.Streams
    private let surroundings: Surroundings
    private let isWanted: Bool

    /// A line that shows nothing yet; it never does but on a terminal, when people are to read what is printed.
    init(
        _ format: OutputFormat, isQuiet: Bool, terminal: Console.Streams = .standard(),
        environment: [String: String] = SiteLocation.variables, surroundings: Surroundings = .standard
    ) {
        self.terminal = terminal
        self.surroundings = surroundings
        isWanted =
            terminal.errorIsTerminal && !isQuiet && format == .text
            && environment["TERM"] != "dumb"
    }

    /// The line of a command with these options.
    convenience init(_ common: CommonOptions) {
        self.init(common.format, isQuiet: common.quiet)
    }

    // MARK: Work

    /// Has work done and says meanwhile how far it is.
    ///
    /// - Parameters:
    ///   - purpose: what is said before each step: "verifying".
    ///   - work: gets what it should count in, `nil` when nobody looks.
    /// - Returns: what the work came to.
    /// - Throws: what it threw.
    func accompany<Result>(_ purpose: String? = nil, _ work: (BuildProgress?) throws -> Result) rethrows
        -> Result
    {
        guard isWanted else { return try work(nil) }
        let counts = BuildProgress()
        let number = state.withLock { state in
            state.number += 1
            state.counts = counts
            state.words = {
                let text = SiteWords.text(of: counts)
                return purpose.map { purpose in text.map { "\(purpose): \($0)" } ?? purpose } ?? text
            }
            state.due = surroundings.clock() + Self.patience
            return state.number
        }
        let signals = EndingSignals.take()
        if surroundings.hasThread { startThread(number, signals) }
        defer {
            state.withLock { state in
                state.words = nil
                state.counts = nil
                takeAway(&state)
            }
            signals.giveBack()
        }
        return try work(counts)
    }

    /// What the work that is under way should count in; `nil` when nobody looks.
    var counts: BuildProgress? { state.withLock { $0.counts } }

    /// Draws the line if it is time to.
    func draw() {
        state.withLock { state in
            let now = surroundings.clock()
            guard !state.isOver, let words = state.words, now >= state.due else { return }
            state.due = now + Self.interval
            // A line that fills the last column makes some terminals go on to the next.
            let text = words().map { String($0.prefix(max(0, surroundings.columns() - 1))) }
            guard let text, !text.isEmpty else { return takeAway(&state) }
            if text == state.shown { return }
            state.shown = text
            terminal.error(Array("\r\(text)\u{1B}[K".utf8))
        }
    }

    /// Shows nothing any more, whatever is still under way.
    func end() {
        state.withLock { state in
            state.isOver = true
            takeAway(&state)
        }
    }

    private func takeAway(_ state: inout State) {
        if state.shown != nil { terminal.error(Array("\r\u{1B}[K".utf8)) }
        state.shown = nil
    }

    private func startThread(_ number: Int, _ signals: EndingSignals) {
        let thread = BackgroundThread { [self] in
            var pause = Self.patience
            while state.withLock({ $0.number == number && $0.words != nil && !$0.isOver }) {
                if let signal = signals.wait(nanoseconds: pause) {
                    // Nobody draws any more: the process ends in here.
                    state.withLock { state in
                        takeAway(&state)
                        EndingSignals.end(by: signal)
                    }
                }
                draw()
                pause = Self.interval
            }
        }
        thread.letGo()
    }

    // MARK: Printing

    /// The streams for a console: before anything is written, the line is taken away.
    var streams: Console.Streams {
        guard isWanted else { return terminal }
        var streams = terminal
        streams.output = { [self] bytes in
            state.withLock { state in
                takeAway(&state)
                terminal.output(bytes)
            }
        }
        streams.error = { [self] bytes in
            state.withLock { state in
                takeAway(&state)
                terminal.error(bytes)
            }
        }
        return streams
    }

    /// How many columns the terminal of standard error has; 80 where it does not say.
    private static var terminalColumns: Int {
        var size = winsize()
        guard unsafe ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}

extension Console {
    /// A console that takes a line of progress away before it prints.
    convenience init(_ common: CommonOptions, above line: ProgressLine) {
        self.init(
            volume: common.quiet ? .quiet : .normal, streams: line.streams,
            environment: SiteLocation.variables)
    }
}
