import Testing

@Suite("Directed histories: what random ones rarely meet")
struct DirectedTests {
    @Test("a directed history shows nothing wrong", arguments: DirectedHistory.all)
    func history(_ history: DirectedHistory) {
        if let problem = history.run() { Issue.record("\(history.name): \(problem)") }
    }
}
