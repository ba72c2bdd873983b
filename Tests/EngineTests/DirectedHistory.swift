@testable import Engine
import Testing

/// A short history that leads to one kind of fault, for those that random ones rarely meet.
///
/// Each edit, after the first build, is followed by a build with every check of ``History``. With a killed build, the
/// whole history is done once for each effect of that build: it dies there, and the next process goes on with the
/// edits that follow.
struct DirectedHistory: Sendable, CustomTestStringConvertible {
    /// Something that is done between two builds.
    struct Edit: Sendable {
        let words: String
        let body: @Sendable (Laboratory) -> Void

        /// A file gets another text, or goes away.
        static func put(_ path: String, _ text: String?) -> Edit {
            Edit(words: "\(path) := \(text ?? "nothing")") { laboratory in
                if let text { laboratory.put(path, text) } else { laboratory.delete(path) }
            }
        }

        /// Anything else.
        static func change(_ words: String, _ body: @escaping @Sendable (Laboratory) -> Void) -> Edit {
            Edit(words: words, body: body)
        }

        /// The next process.
        static let restart = Edit(words: "restart") { $0.restart() }
        static let nothing = Edit(words: "nothing") { _ in }
    }

    let name: String
    let files: [String: String]
    var allowsCycles = false
    let edits: [Edit]
    /// The build that is killed: 0 is the first, 1 that after the first edit.
    var killed: Int?
    /// How many bytes of an append arrive before the kill, besides none: each of these is tried.
    var tornBytes: [Int] = []

    var testDescription: String { name }

    /// What is wrong, or `nil`.
    func run(_ mutant: Mutant? = nil) -> String? {
        guard let killed else { return run(mutant, killedAfter: nil, torn: nil).problem }
        for torn in [nil] + tornBytes.map({ Optional($0) }) {
            var effects = 0
            while true {
                let result = run(mutant, killedAfter: effects, torn: torn)
                if let problem = result.problem { return problem }
                if !result.isKilled { break }
                effects += 1
            }
            precondition(effects > 0, "nothing is written by the edit that is killed: \(name), \(killed)")
        }
        return nil
    }

    private func run(
        _ mutant: Mutant?, killedAfter effects: Int?, torn: Int?
    ) -> (problem: String?, isKilled: Bool) {
        var history = History(files: files, allowsCycles: allowsCycles, mutant: mutant)
        var isKilled = false
        for (index, edit) in ([.nothing] + edits).enumerated() {
            if index == killed, let effects {
                isKilled = history.step(edit, killedAfter: effects, tornBytes: torn)
            } else if let problem = history.step(edit) {
                return (problem, isKilled)
            }
        }
        return (nil, isKilled)
    }
}
