import Glibc

/// The bytes of a file, read-only, for as long as this object lives: mapped into memory where possible.
///
/// Pages are read when they are touched. The file must not be shortened while it is mapped: replace it by
/// renaming another over it.
public final class MappedFile: Sendable {
    /// How many bytes there are.
    public let count: Int

    // A number and not a pointer, so that the class is Sendable by itself; nothing ever writes through it.
    private let address: UInt
    private let isMapped: Bool

    /// A copy of bytes that are in memory already.
    public init(bytes: [UInt8]) {
        count = bytes.count
        isMapped = false
        let start = UnsafeMutablePointer<UInt8>.allocate(capacity: max(bytes.count, 1))
        unsafe bytes.withUnsafeBufferPointer { buffer in
            if let source = buffer.baseAddress { unsafe start.initialize(from: source, count: buffer.count) }
        }
        address = UInt(bitPattern: start)
    }

    /// Maps the first `count` bytes of an open file; the descriptor may be closed afterwards.
    ///
    /// - Returns: `nil` with `errno` set when the operating system refuses.
    init?(descriptor: Int32, count: Int) {
        self.count = count
        isMapped = count > 0
        if count == 0 {
            address = UInt(bitPattern: UnsafeMutablePointer<UInt8>.allocate(capacity: 1))
            return
        }
        guard let start = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
            unsafe start != MAP_FAILED
        else { return nil }
        address = UInt(bitPattern: start)
    }

    deinit {
        if isMapped {
            unsafe _ = munmap(UnsafeMutableRawPointer(bitPattern: address), count)
        } else {
            unsafe UnsafeMutablePointer<UInt8>(bitPattern: address)?.deallocate()
        }
    }

    /// All bytes.
    public var span: Span<UInt8> {
        @_lifetime(borrow self)
        get {
            let start = unsafe UnsafePointer<UInt8>(bitPattern: address)
            let span = unsafe Span(_unsafeElements: UnsafeBufferPointer(start: start, count: count))
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }
}
