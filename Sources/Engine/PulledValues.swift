import Text

/// Values that one thread has pulled lately and found to be up to date, so that asking again takes no lock: the
/// catalogue, the configuration, the templates are asked for a hundred times by each page.
///
/// What is here is right as long as no node has been doubted, renumbered or given another value since; the evaluator
/// counts these events (``Evaluator/pullEpoch``). Owned by the thread.
struct PulledValues: ~Copyable {
    private struct Entry {
        let key: UInt64
        let node: NodeID
        let value: any RuleValue
    }

    private static let count = 256
    private var entries = [Entry?](repeating: nil, count: count)
    private var epoch = 0
    /// What all threads may read.
    private var shared: SharedPulls?

    static func code(_ key: Key) -> UInt64 { UInt64(key.kind) << 32 | UInt64(key.name.rawValue) }

    private static func slot(_ code: UInt64) -> Int {
        Int(truncatingIfNeeded: (code &* 0x9e37_79b9_7f4a_7c15) >> 40) & (count - 1)
    }

    /// The value of a key and its node, if it was put here in this epoch.
    mutating func find(_ key: Key, epoch: Int) -> (node: NodeID, value: any RuleValue)? {
        if epoch != self.epoch { return nil }
        let code = Self.code(key)
        guard let entry = entries[Self.slot(code)], entry.key == code else { return shared?.find(code) }
        return (entry.node, entry.value)
    }

    /// Keeps a value that was up to date in that epoch, in the place of another.
    mutating func keep(_ value: any RuleValue, of key: Key, _ node: NodeID, epoch: Int) {
        if epoch != self.epoch {
            forget()
            self.epoch = epoch
        }
        let code = Self.code(key)
        entries[Self.slot(code)] = Entry(key: code, node: node, value: value)
    }

    /// Takes over what all threads may read, if it is of the epoch of what is kept here.
    mutating func take(_ shared: SharedPulls?) {
        if shared !== self.shared, shared?.epoch == epoch { self.shared = shared }
    }

    /// Lets go of everything.
    mutating func forget() {
        if epoch == 0 { return }
        epoch = 0
        shared = nil
        for index in entries.indices { entries[index] = nil }
    }
}
