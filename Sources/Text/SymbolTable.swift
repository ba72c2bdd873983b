import Synchronization

/// The table that knows names both ways: one for the process, since symbols must mean the same everywhere.
///
/// Names are looked up far more often than they are added, by all threads at once, so looking up takes no lock: what a
/// reader can reach is never changed and never freed.
///
///     pages   65,536 pointers to pages of 4,096 entries   entry = where the bytes lie, how many, their hash
///     slots   open addressing with linear probing; 0 is free, else the number of a name
///
/// A number is put into its slot after its entry is written (release), and taken from there before the entry is read
/// (acquire). A table of slots that has become too small is replaced by a larger one and stays for those who are still
/// in it: all that were ever replaced are together as large as the last.
@safe
final class SymbolTable: @unchecked Sendable {
    // Written under the lock alone. Entries and bytes are written before their number is published and never after;
    // whoever holds a symbol got it after that, from this table or from another thread that passed it on.
    static let shared = SymbolTable()

    @unsafe
    private struct Entry {
        let bytes: UnsafePointer<UInt8>
        let count: Int
        let hash: UInt64
    }

    @unsafe
    private struct Slots {
        let mask: Int
        let first: UnsafeMutablePointer<Atomic<UInt32>>

        init(count: Int) {
            unsafe mask = count - 1
            unsafe first = .allocate(capacity: count)
            for index in 0..<count { unsafe (first + index).initialize(to: Atomic(0)) }
        }
    }

    private static let pageBits = 12
    private static let pageCount = 1 << 16
    private static let slabSize = 256 << 10

    private let pages: UnsafeMutablePointer<UnsafeMutablePointer<Entry>?>
    private let slots: Atomic<UnsafeMutablePointer<Slots>>
    private let empty: Entry
    private let lock = Mutex(())
    // Guarded by the lock.
    private var count = 1
    private var slab: UnsafeMutablePointer<UInt8>
    private var slabUsed = 0

    private init() {
        unsafe pages = .allocate(capacity: Self.pageCount)
        unsafe pages.initialize(repeating: nil, count: Self.pageCount)
        unsafe slab = .allocate(capacity: Self.slabSize)
        unsafe empty = Entry(bytes: UnsafePointer(slab), count: 0, hash: 0)
        let first = UnsafeMutablePointer<Slots>.allocate(capacity: 1)
        unsafe first.initialize(to: Slots(count: 4096))
        unsafe slots = Atomic(first)
        unsafe pages[0] = makePage()
    }

    /// A page of empty names: a number that no symbol has reads as one.
    @unsafe
    private func makePage() -> UnsafeMutablePointer<Entry> {
        let page = UnsafeMutablePointer<Entry>.allocate(capacity: 1 << Self.pageBits)
        unsafe page.initialize(repeating: empty, count: 1 << Self.pageBits)
        return unsafe page
    }

    /// The symbol of a name, made if need be.
    func symbol(for bytes: Span<UInt8>) -> Symbol {
        if bytes.isEmpty { return .empty }
        let hash = NameHash.of(bytes)
        let known = unsafe find(bytes, hash, in: slots.load(ordering: .acquiring).pointee).number
        if known != 0 { return Symbol(rawValue: known) }
        return lock.withLock { _ in add(bytes, hash) }
    }

    /// The bytes of a name; they lie there for ever.
    @_lifetime(immortal)
    func span(of symbol: Symbol) -> Span<UInt8> {
        let entry = unsafe entry(symbol.rawValue)
        let span = unsafe Span(_unsafeStart: entry.bytes, count: entry.count)
        return unsafe _overrideLifetime(span, copying: ())
    }

    @unsafe
    @inline(__always)
    private func entry(_ number: UInt32) -> Entry {
        guard let page = unsafe pages[Int(number >> Self.pageBits) & (Self.pageCount - 1)] else {
            preconditionFailure("a symbol of another process")
        }
        return unsafe page[Int(number) & ((1 << Self.pageBits) - 1)]
    }

    /// The number of a name, 0 where it is not in these slots, and the slot that ended the search.
    @unsafe
    private func find(_ bytes: Span<UInt8>, _ hash: UInt64, in slots: Slots) -> (number: UInt32, slot: Int) {
        var slot = unsafe Int(truncatingIfNeeded: hash) & slots.mask
        while true {
            let number = unsafe slots.first[slot].load(ordering: .acquiring)
            if number == 0 { return (0, slot) }
            let entry = unsafe entry(number)
            if unsafe entry.hash == hash, unsafe entry.count == bytes.count,
                unsafe ByteOrder.areEqual(Span(_unsafeStart: entry.bytes, count: entry.count), bytes)
            {
                return (number, slot)
            }
            slot = unsafe (slot + 1) & slots.mask
        }
    }

    /// Adds a name, unless another thread just did; the lock is held.
    private func add(_ bytes: Span<UInt8>, _ hash: UInt64) -> Symbol {
        var current = unsafe slots.load(ordering: .relaxed).pointee
        var (known, slot) = unsafe find(bytes, hash, in: current)
        if known != 0 { return Symbol(rawValue: known) }
        if unsafe count * 2 > current.mask {
            unsafe current = enlarge(current)
            unsafe (known, slot) = find(bytes, hash, in: current)
        }
        let number = count
        precondition(number < Self.pageCount << Self.pageBits, "too many names")
        let page = number >> Self.pageBits
        if unsafe pages[page] == nil { unsafe pages[page] = makePage() }
        let place = unsafe keep(bytes)
        unsafe pages[page]?[number & ((1 << Self.pageBits) - 1)] = Entry(
            bytes: place, count: bytes.count, hash: hash)
        count += 1
        unsafe current.first[slot].store(UInt32(number), ordering: .releasing)
        return Symbol(rawValue: UInt32(number))
    }

    /// Puts the bytes of a name where they stay.
    @unsafe
    private func keep(_ bytes: Span<UInt8>) -> UnsafePointer<UInt8> {
        let place: UnsafeMutablePointer<UInt8>
        if bytes.count > Self.slabSize / 16 {
            unsafe place = .allocate(capacity: bytes.count)
        } else {
            if slabUsed + bytes.count > Self.slabSize {
                unsafe slab = .allocate(capacity: Self.slabSize)
                slabUsed = 0
            }
            unsafe place = slab + slabUsed
            slabUsed += bytes.count
        }
        for index in bytes.indices { unsafe (place + index).initialize(to: bytes[index]) }
        return unsafe UnsafePointer(place)
    }

    @unsafe
    private func enlarge(_ old: Slots) -> Slots {
        let larger = unsafe Slots(count: (old.mask + 1) * 2)
        for number in 1..<count {
            var slot = unsafe Int(truncatingIfNeeded: entry(UInt32(number)).hash) & larger.mask
            while unsafe larger.first[slot].load(ordering: .relaxed) != 0 {
                slot = unsafe (slot + 1) & larger.mask
            }
            unsafe larger.first[slot].store(UInt32(number), ordering: .relaxed)
        }
        let published = UnsafeMutablePointer<Slots>.allocate(capacity: 1)
        unsafe published.initialize(to: larger)
        unsafe slots.store(published, ordering: .releasing)
        return unsafe larger
    }
}
