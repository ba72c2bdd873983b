import Engine
import Synchronization
import Testing

@testable import CLI

/// The line that says how far a command is, on a terminal of the tests and by a clock that they turn.
@Suite struct ProgressLineTests {
    @Test("Short work shows nothing; long work a line, ten times a second at most, and none at its end")
    func times() {
        let stage = Stage()
        let line = stage.line()
        line.accompany { counts in
            counts?.begin(.publishing)
            counts?.want(13_703, in: .publishing)
            stage.turn(to: 399)
            line.draw()
            expectWritten([], stage)
            stage.turn(to: 400)
            line.draw()
            expectWritten(["\r" + "publishing: 0 of 13,703" + Stage.toEnd], stage)
            counts?.advance(8_400, in: .publishing)
            stage.turn(to: 499)
            line.draw()
            expectWritten([], stage)
            stage.turn(to: 500)
            line.draw()
            expectWritten(["\rpublishing: 8,400 of 13,703" + Stage.toEnd], stage)
            // What would be the same is not drawn again.
            stage.turn(to: 700)
            line.draw()
            expectWritten([], stage)
        }
        expectWritten(["\r" + Stage.toEnd], stage)
        stage.turn(to: 5000)
        line.draw()
        line.accompany { _ in
            stage.turn(to: 5399)
            line.draw()
        }
        expectWritten([], stage)
    }

    @Test("Whatever else is printed, on either stream, stands on a line of its own")
    func printing() {
        let stage = Stage()
        let line = stage.line()
        let console = Console(streams: line.streams)
        struct Refusal: Error {}
        #expect(throws: Refusal.self) {
            try line.accompany { counts in
                counts?.begin(.recording)
                console.say("before")
                for (time, print) in [(400, { console.say("a") }), (500, { console.print("b") })] {
                    stage.turn(to: Int64(time))
                    line.draw()
                    print()
                    console.complain("c")
                }
                stage.turn(to: 600)
                line.draw()
                throw Refusal()
            }
        }
        console.say("after")
        let shown = "\rwriting down what was done" + Stage.toEnd
        let away = "\r" + Stage.toEnd
        expectWritten(
            ["before\n", shown, away, "a\n", "c\n", shown, away, "b\n", "c\n", shown, away, "after\n"], stage)
    }

    @Test(
        "There is no line in a pipe, for programs, for who wants quiet, and on a terminal that cannot take one away",
        arguments: [
            (.text, false, [:], false), (.text, true, [:], true), (.json, false, [:], true),
            (.text, false, ["TERM": "dumb"], true),
        ] as [(OutputFormat, Bool, [String: String], Bool)])
    func elsewhere(
        _ format: OutputFormat, _ isQuiet: Bool, _ environment: [String: String], _ isTerminal: Bool
    ) {
        let stage = Stage()
        let line = stage.line(format, isQuiet: isQuiet, environment, isTerminal: isTerminal)
        line.accompany { counts in
            #expect(counts == nil && line.counts == nil)
            stage.turn(to: 1000)
            line.draw()
        }
        expectWritten([], stage)
    }

    @Test("It is never as wide as the terminal", arguments: [(80, 70), (20, 19), (2, 1), (1, 0), (0, 0)])
    func width(_ columns: Int, _ width: Int) {
        let stage = Stage(columns: columns)
        let line = stage.line()
        line.accompany("a purpose that takes its time to be told") { counts in
            counts?.begin(.looking)
            counts?.want(1000, in: .looking)
            stage.turn(to: 400)
            line.draw()
        }
        let text = "a purpose that takes its time to be told: looking at files: 0 of 1,000"
        let shown = ["\r" + text.prefix(width) + Stage.toEnd, "\r" + Stage.toEnd]
        expectWritten(width == 0 ? [] : shown, stage)
    }

    @Test("While another process is waited for, and after the end, it says nothing")
    func silence() {
        let stage = Stage()
        let line = stage.line()
        line.accompany { counts in
            stage.turn(to: 1000)
            line.draw()
            expectWritten([], stage)
            counts?.begin(.looking)
            stage.turn(to: 1100)
            line.draw()
            expectWritten(["\rlooking at files" + Stage.toEnd], stage)
            line.end()
            expectWritten(["\r" + Stage.toEnd], stage)
            counts?.begin(.planning)
            stage.turn(to: 1200)
            line.draw()
        }
        expectWritten([], stage)
    }

    private func expectWritten(
        _ expected: [String], _ stage: Stage, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(stage.takeWritten() == expected, sourceLocation: sourceLocation)
    }
}

/// A terminal and a clock in the hands of a test.
private final class Stage: Sendable {
    /// What clears a line from the cursor on.
    static let toEnd = "\u{1B}[K"

    private let columns: Int
    private let milliseconds = Mutex<Int64>(0)
    private let written = Mutex<[String]>([])

    init(columns: Int = 80) {
        self.columns = columns
    }

    func line(
        _ format: OutputFormat = .text, isQuiet: Bool = false, _ environment: [String: String] = [:],
        isTerminal: Bool = true
    ) -> ProgressLine {
        let write: @Sendable ([UInt8]) -> Void = { [self] bytes in
            written.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
        }
        return ProgressLine(
            format, isQuiet: isQuiet,
            terminal: Console.Streams(output: write, error: write, errorIsTerminal: isTerminal),
            environment: environment,
            surroundings: ProgressLine.Surroundings(
                columns: { [columns] in columns },
                clock: { [self] in milliseconds.withLock { $0 * 1_000_000 } }, hasThread: false))
    }

    /// Sets the clock.
    func turn(to time: Int64) { milliseconds.withLock { $0 = time } }

    /// What was written since the last call, a text for each time.
    func takeWritten() -> [String] {
        written.withLock { written in
            defer { written = [] }
            return written
        }
    }
}
