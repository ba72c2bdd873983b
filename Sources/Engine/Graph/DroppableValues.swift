/// Values in memory that can be had again, the oldest first: texts and pages on the one hand, and on the other what is
/// small, like the heads of pages, which lists ask for again and which would not make much room.
struct DroppableValues: Sendable {
    private struct Queue: Sendable {
        var entries: [(node: NodeID, size: Int)] = []
        var first = 0
        var size = 0

        mutating func add(_ node: NodeID, _ size: Int) {
            entries.append((node, size))
            self.size += size
        }

        mutating func removeFirst() -> (node: NodeID, size: Int)? {
            guard first < entries.count else { return nil }
            let oldest = entries[first]
            first += 1
            size -= oldest.size
            if first > 4096, first * 2 > entries.count {
                entries.removeFirst(first)
                first = 0
            }
            return oldest
        }
    }

    private var large = Queue()
    private var small = Queue()
    /// How many bytes the large ones may take up, as they count them for the store; the small ones, all together,
    /// ``smallShare`` times as many.
    var limit: Int

    init(limit: Int = 48 << 20) { self.limit = limit }

    /// The limit of a preview, which stays for hours and makes a page that is asked for again in no time.
    static let previewLimit = 24 << 20
    /// Values of more bytes than this share of the limit stay: the catalogue of a large site, which every page reads,
    /// would be dropped and read again for each of them.
    private static let largestShare = 16
    private static let smallest = 1024
    /// The heads of 100,000 posts are asked for again in no order: where a quarter of the limit was theirs, a fifth of the
    /// processor's time of a cold build went into dropping and reading them, to save 100 of 1,500 MB.
    private static let smallShare = 4
    /// So many that cannot be dropped are passed over at a time.
    private static let patience = 8

    /// Takes in a value, and has the oldest dropped if there are too many; `drop` says whether one is gone, and one that is
    /// not is taken in again.
    mutating func add(_ node: NodeID, size: Int, drop: (NodeID) -> Bool) {
        if size == 0 || size > limit / Self.largestShare { return }
        if size < Self.smallest {
            Self.add(node, size, to: &small, limit: limit * Self.smallShare, drop)
        } else {
            Self.add(node, size, to: &large, limit: limit, drop)
        }
    }

    private static func add(
        _ node: NodeID, _ size: Int, to queue: inout Queue, limit: Int, _ drop: (NodeID) -> Bool
    ) {
        queue.add(node, size)
        var patience = patience
        while queue.size > limit, patience > 0, let oldest = queue.removeFirst() {
            if drop(oldest.node) { continue }
            queue.add(oldest.node, oldest.size)
            patience -= 1
        }
    }
}
