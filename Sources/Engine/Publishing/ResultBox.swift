/// Results of a parallel loop, each element set by one call.
final class ResultBox<Element: Sendable>: @unchecked Sendable {
    // Guarded by the monitor.
    private var elements: [Element]
    private let monitor = Monitor()

    init(count: Int, filler: Element) {
        elements = Array(repeating: filler, count: count)
    }

    func set(_ element: Element, at index: Int) {
        monitor.locked { elements[index] = element }
    }

    func take() -> [Element] { monitor.locked { elements } }
}
