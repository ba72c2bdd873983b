#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The bytes of a file for as long as this object lives: mapped into memory where possible.
///
/// Pages are read when they are touched. The file must not be shortened while it is mapped: replace it by
/// renaming another over it. The mapping is private: whoever alone owns this object may write to its memory, and the
/// file stays as it is.
public final class MappedFile: Sendable {
    /// How many bytes there are.
    public let count: Int
    // A number and not a pointer, so that the class is Sendable by itself.
    /// Where the first of them lies. Whoever makes a pointer of it keeps this object as long as the pointer.
    public let address: UInt

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
        guard
            let start = unsafe mmap(
                nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE, descriptor, 0),
            unsafe start != MAP_FAILED
        else { return nil }
        address = UInt(bitPattern: start)
    }

    /// Gives back the memory of what was only looked at; it is read again when it is touched. Nothing may have been
    /// written to it.
    ///
    /// - Parameter range: what; whole pages inside it are given back.
    public func release(_ range: Range<Int>) {
        let page = UInt(sysconf(Int32(_SC_PAGESIZE)))
        guard isMapped, range.lowerBound >= 0, range.upperBound <= count, page > 0 else { return }
        let start = (address + UInt(range.lowerBound) + page - 1) / page * page
        let end = (address + UInt(range.upperBound)) / page * page
        guard start < end else { return }
        unsafe _ = madvise(UnsafeMutableRawPointer(bitPattern: start), Int(end - start), MADV_DONTNEED)
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
