import Synchronization
import Text

/// The values of many keys that were brought up to date together, for all threads to read without a lock: the heads of
/// all pages, of which each page asks for some that nobody has asked for lately.
///
/// Right for as long as what threads have pulled is (``Evaluator/pullEpoch``). Never changed after it is made.
final class SharedPulls: Sendable {
    private struct Entry: Sendable {
        let code: UInt64
        let node: NodeID
        let value: any RuleValue
    }

    let epoch: Int
    private let entries: [Entry]
    /// The entries by key: open addressing, 0 is a free slot, else index + 1.
    private let slots: [UInt32]

    /// What others were brought up to date before, and these besides.
    ///
    /// - Complexity: O(n) in all of them.
    init(
        _ list: [(key: Key, node: NodeID, value: any RuleValue)], after others: SharedPulls?, epoch: Int
    ) {
        self.epoch = epoch
        var entries = others?.epoch == epoch ? others?.entries ?? [] : []
        entries.reserveCapacity(entries.count + list.count)
        for (key, node, value) in list {
            entries.append(Entry(code: PulledValues.code(key), node: node, value: value))
        }
        var size = 64
        while size < entries.count * 2 { size *= 2 }
        var slots = [UInt32](repeating: 0, count: size)
        for (index, entry) in entries.enumerated() {
            var slot = Self.slot(entry.code, size)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt32(index + 1)
        }
        self.entries = entries
        self.slots = slots
    }

    private static func slot(_ code: UInt64, _ size: Int) -> Int {
        Int(truncatingIfNeeded: (code &* 0x9e37_79b9_7f4a_7c15) >> 32) & (size - 1)
    }

    /// The value of a key and its node, if it is one of them.
    func find(_ code: UInt64) -> (node: NodeID, value: any RuleValue)? {
        var slot = Self.slot(code, slots.count)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if entries[index].code == code { return (entries[index].node, entries[index].value) }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }
}

extension Evaluator {
    /// So many keys are worth a table of their own.
    private static let fewest = 64

    /// Has all threads read without a lock what was brought up to date, where it is of an eager rule: what stands for a page,
    /// not its text. What is held so is not dropped before the epoch ends (``DroppableValues``). The lock is held.
    func share(_ nodes: [NodeID]) {
        guard nodes.count >= Self.fewest, let first = nodes.first,
            rules.traits(of: graph.nodes[Int(first)].kind).contains(.eager)
        else { return }
        var list: [(key: Key, node: NodeID, value: any RuleValue)] = []
        list.reserveCapacity(nodes.count)
        for node in nodes {
            guard graph.state(of: node) == .fresh, let value = value(at: node) else { continue }
            list.append((graph.key(of: node), node, value))
        }
        sharedPulls = SharedPulls(
            list, after: sharedPulls, epoch: pullEpoch.load(ordering: .relaxed))
    }
}
