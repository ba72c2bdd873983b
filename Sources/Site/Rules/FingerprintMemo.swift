import Synchronization
import Text

/// What a few parts of an immutable value are worth, worked out once: every list that names a page asks for the
/// fingerprint of its title and its date, and the answer would be looked up far away in memory each time.
///
/// Four parts at most, those that are asked for first; the others are worked out when they are asked for. Threads may ask
/// at the same time: a place is taken once and never given another part.
struct FingerprintMemo: ~Copyable, Sendable {
    private struct Place: ~Copyable, Sendable {
        /// The part's symbol once the rest is there; 0 is free.
        let part = Atomic<UInt32>(0)
        let low = Atomic<UInt64>(0)
        let high = Atomic<UInt64>(0)

        static let taken = UInt32.max
    }

    private let first = Place()
    private let second = Place()
    private let third = Place()
    private let fourth = Place()

    /// What a part is worth, made by `make` unless it is known.
    @inline(__always)
    func fingerprint(of part: Symbol, _ make: () -> Fingerprint) -> Fingerprint {
        if let known = Self.read(first, part) { return known }
        if let known = Self.read(second, part) { return known }
        if let known = Self.read(third, part) { return known }
        if let known = Self.read(fourth, part) { return known }
        let made = make()
        keep(made, of: part)
        return made
    }

    @inline(__always)
    private static func read(_ place: borrowing Place, _ part: Symbol) -> Fingerprint? {
        guard place.part.load(ordering: .acquiring) == part.rawValue, part.rawValue != 0 else { return nil }
        return Fingerprint(low: place.low.load(ordering: .relaxed), high: place.high.load(ordering: .relaxed))
    }

    private func keep(_ fingerprint: Fingerprint, of part: Symbol) {
        if part.rawValue == 0 || part.rawValue == Place.taken { return }
        if Self.write(fingerprint, of: part, to: first) { return }
        if Self.write(fingerprint, of: part, to: second) { return }
        if Self.write(fingerprint, of: part, to: third) { return }
        _ = Self.write(fingerprint, of: part, to: fourth)
    }

    /// Takes a place that is free.
    private static func write(_ fingerprint: Fingerprint, of part: Symbol, to place: borrowing Place) -> Bool
    {
        let (isFree, _) = place.part.compareExchange(
            expected: 0, desired: Place.taken, successOrdering: .acquiring, failureOrdering: .relaxed)
        guard isFree else { return false }
        place.low.store(fingerprint.low, ordering: .relaxed)
        place.high.store(fingerprint.high, ordering: .relaxed)
        place.part.store(part.rawValue, ordering: .releasing)
        return true
    }
}
