/// Reads bytes forward; never copies them, and cannot outlive them.
///
/// Nothing here traps, whatever the bytes: past the end there is 0 to peek at and nothing to take.
public struct ByteCursor: ~Escapable {
    /// All the bytes.
    public let bytes: Span<UInt8>
    @usableFromInline var position: Int

    /// The offset of the next byte, from 0 to ``count``.
    @inlinable
    public var offset: Int { position }

    /// A cursor at the start of some bytes.
    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: Span<UInt8>) {
        self.bytes = bytes
        position = 0
    }

    /// How many bytes there are in all.
    @inlinable
    public var count: Int { bytes.count }

    /// How many bytes are left.
    @inlinable
    public var remaining: Int { bytes.count - position }

    /// Whether there is nothing left.
    @inlinable
    public var isAtEnd: Bool { position >= bytes.count }

    /// The next byte, or 0 at the end.
    @inlinable
    public var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

    /// The byte `distance` after the next, or 0 where there is none.
    @inlinable
    public func peek(_ distance: Int) -> UInt8 {
        let index = position &+ distance
        return index >= 0 && index < bytes.count ? bytes[index] : 0
    }

    /// Takes the next byte.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func next() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    /// Moves on by `distance` bytes, at most to the end.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func skip(_ distance: Int = 1) {
        position += min(max(distance, 0), remaining)
    }

    /// Moves to an offset, which is brought inside the bytes.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func move(to offset: Int) {
        position = min(max(offset, 0), bytes.count)
    }

    /// Takes the next byte if it is this one.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Takes these bytes if they come next.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func take(_ literal: StaticString) -> Bool {
        guard starts(with: literal) else { return false }
        position += literal.utf8CodeUnitCount
        return true
    }

    /// Whether these bytes come next.
    @inlinable
    public func starts(with literal: StaticString) -> Bool {
        precondition(literal.hasPointerRepresentation, "a literal of one character is a byte")
        let length = literal.utf8CodeUnitCount
        if length > remaining { return false }
        for index in 0..<length where unsafe literal.utf8Start[index] != bytes[position + index] {
            return false
        }
        return true
    }

    /// Moves on while bytes satisfy a condition.
    ///
    /// - Returns: how many there were.
    @inlinable
    @inline(__always)
    @_lifetime(self: copy self)
    public mutating func skip(while condition: (UInt8) -> Bool) -> Int {
        let start = position
        var index = position
        while index < bytes.count, condition(bytes[index]) { index += 1 }
        position = index
        return index - start
    }

    /// The offset of the next such byte from here on, or `nil`.
    @inlinable
    public func next(_ byte: UInt8) -> Int? {
        var index = position
        while index < bytes.count {
            if bytes[index] == byte { return index }
            index += 1
        }
        return nil
    }

    /// The bytes from an offset up to here.
    @inlinable
    @_lifetime(copy self)
    public func slice(from start: Int) -> Span<UInt8> {
        bytes.extracting(min(max(start, 0), position)..<position)
    }
}
