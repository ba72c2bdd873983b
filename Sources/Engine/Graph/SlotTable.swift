/// Numbers that can be found by a hash: open addressing with linear probing. What a number stands for, and so which
/// hash it has, its owner knows.
struct SlotTable: Sendable {
    /// `none` is a free slot. A power of two of them, one in three free at least.
    private(set) var slots: Column<UInt32>
    private var count: Int

    private static let smallest = 1024

    /// A table without numbers and with room for so many.
    init(roomFor count: Int = 0) {
        var size = Self.smallest
        while size < count * 2 { size *= 2 }
        slots = Column(Array(repeating: none, count: size))
        self.count = 0
    }

    /// A table of a store that holds so many numbers, all below a limit; `nil` if it does not.
    init?(_ slots: Column<UInt32>, count: Int, limit: Int) {
        let size = slots.count
        guard size >= Self.smallest, size & (size - 1) == 0, count * 3 <= size * 2,
            slots.countOfNumbers(below: limit) == count
        else { return nil }
        self.slots = slots
        self.count = count
    }

    /// Whether the next number needs a larger table: the owner makes one and inserts all numbers again.
    var isFull: Bool { (count + 1) * 3 > slots.count * 2 }

    /// The number with that hash of which `matches` is true.
    @inline(__always)
    func find(_ hash: UInt64, _ matches: (UInt32) -> Bool) -> UInt32? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let number = slots[slot]
            if number == none { return nil }
            if matches(number) { return number }
            slot = (slot + 1) & mask
        }
    }

    /// The number at which a search begins, or `none`.
    @inline(__always)
    func firstCandidate(_ hash: UInt64) -> UInt32 {
        slots[Int(truncatingIfNeeded: hash) & (slots.count - 1)]
    }

    /// Puts in a number that is not in it; the table must not be full.
    @inline(__always)
    mutating func insert(_ number: UInt32, _ hash: UInt64) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != none { slot = (slot + 1) & mask }
        slots[slot] = number
        count += 1
    }
}
