import Text

/// What parts of values were worth when a thread recorded them last: the title of the site, the newest posts are read by
/// every page, and working out what stands for them costs more than writing it down.
///
/// Right for as long as the values are (``PulledValues``). Owned by the thread.
struct SeenFingerprints: ~Copyable {
    private struct Entry: BitwiseCopyable {
        /// Node and projection; 0 is free, and the whole of node 0, which it would be, is never kept.
        var part: UInt64 = 0
        /// Of which object: a rule may still be at one that has been replaced. (Where another comes to lie at its address in
        /// the same epoch, the record does not agree with its cell, and is not believed.)
        var value: UInt = 0
        var seen: UInt64 = 0
        /// Where the graph has that part, `none` while the thread has not come to it: a hint.
        var cell: CellID = none
    }

    private static let count = 4096
    private var entries = [Entry](repeating: Entry(), count: count)
    private var epoch = 0

    /// What stands for a part of a value, worked out unless it is known.
    mutating func fingerprint(
        of projection: Projection, in value: any RuleValue, at node: NodeID, epoch: Int
    ) -> UInt64 {
        if epoch != self.epoch {
            self.epoch = epoch
            for index in entries.indices { entries[index].part = 0 }
        }
        let part = Self.part(node, projection.name)
        let slot = Self.slot(part)
        let identity = UInt(bitPattern: ObjectIdentifier(value))
        if entries[slot].part == part, entries[slot].value == identity, part != 0 {
            return entries[slot].seen
        }
        let seen = value.fingerprint(of: projection).low
        entries[slot] = Entry(part: part, value: identity, seen: seen)
        return seen
    }

    /// Where the graph had a part when the thread looked last; whoever uses it looks whether that is so.
    @inline(__always)
    func cell(of node: NodeID, _ projection: Symbol) -> CellID {
        let part = Self.part(node, projection)
        let entry = entries[Self.slot(part)]
        return entry.part == part ? entry.cell : none
    }

    /// Keeps where the graph has a part that was read lately.
    @inline(__always)
    mutating func keep(_ cell: CellID, of node: NodeID, _ projection: Symbol) {
        let part = Self.part(node, projection)
        let slot = Self.slot(part)
        if entries[slot].part == part { entries[slot].cell = cell }
    }

    @inline(__always)
    private static func part(_ node: NodeID, _ projection: Symbol) -> UInt64 {
        UInt64(node) << 32 | UInt64(projection.rawValue)
    }

    @inline(__always)
    private static func slot(_ part: UInt64) -> Int {
        Int(truncatingIfNeeded: (part &* 0x9e37_79b9_7f4a_7c15) >> 40) & (count - 1)
    }
}
