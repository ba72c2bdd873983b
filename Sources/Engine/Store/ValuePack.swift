import Files
import Text

/// A value as bytes for the store, with their checksum: made by the worker that made the value, not under the lock.
struct EncodedValue: Sendable {
    let bytes: [UInt8]
    let check: UInt64

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        check = Checksum.of(bytes.span)
    }
}

/// Values of rules that are kept, one after the other in a file; who is where is written in the graph.
///
/// A place carries the checksum of its bytes, so that a pack of another history, or a damaged one, gives
/// nothing: the value is then made again.
struct ValuePack: Sendable {
    let place: StorePlace
    /// Which pack: the number is in its name, and a new one begins when too much of this one is dead.
    let number: UInt64
    /// How long it is, with what is not on disk yet.
    private(set) var length: UInt64
    /// The values that are not on disk yet: they are put together by who writes them, not under the lock.
    private var pending: [[UInt8]] = []
    private(set) var pendingCount = 0
    private var mapped: MappedFile?
    /// How many bytes were read through the mapping.
    private var readCount: UInt64 = 0
    /// After so many bytes the file is mapped anew: what was read through a mapping counts as memory in use.
    private static let mappedLimit: UInt64 = 32 << 20

    init(_ place: StorePlace, number: UInt64, length: UInt64) {
        self.place = place
        self.number = number
        self.length = length
    }

    static func path(_ place: StorePlace, _ number: UInt64) -> RelativePath {
        place.folder.appending("values.\(number)")
    }

    var path: RelativePath { Self.path(place, number) }

    /// Adds a value; it is on disk after the next flush.
    mutating func append(_ value: EncodedValue, of node: NodeID) -> ValuePlace {
        let start = length
        pending.append(value.bytes)
        pendingCount += value.bytes.count
        length += UInt64(value.bytes.count)
        return ValuePlace(
            offset: start, check: value.check, length: UInt32(clamping: value.bytes.count), node: node)
    }

    /// What is to be written now, one after the other.
    mutating func takePending() -> [[UInt8]] {
        defer {
            pending = []
            pendingCount = 0
        }
        return pending
    }

    /// Writes what is not on disk yet.
    mutating func writePending() throws(FileError) {
        var room: [UInt8] = []
        try Self.append(takePending(), to: path, place.fileSystem, &room)
    }

    /// Writes values at the end of a pack, put together in `room`.
    static func append(
        _ values: [[UInt8]], to path: RelativePath, _ fileSystem: any FileSystem, _ room: inout [UInt8]
    ) throws(FileError) {
        if values.isEmpty { return }
        room.removeAll(keepingCapacity: true)
        // With some to spare where many follow each other, so that the next finds room as well.
        let count = values.reduce(0) { $0 + $1.count }
        room.reserveCapacity(count > Store.flushLength ? count + count / 4 : count)
        for value in values { room.append(contentsOf: value) }
        try fileSystem.append(path, room.span)
    }

    /// The file, mapped at least as far as a place reaches; `nil` when it does not reach that far.
    mutating func mapping(for place: ValuePlace) -> MappedFile? {
        let end = place.offset &+ UInt64(place.length)
        guard place.length > 0, end > place.offset else { return nil }
        readCount &+= UInt64(place.length)
        if readCount > Self.mappedLimit { letGo() }
        if let mapped, UInt64(mapped.count) >= end { return mapped }
        do throws(FileError) {
            mapped = try self.place.fileSystem.map(path)
        } catch {
            mapped = nil
        }
        guard let mapped, UInt64(mapped.count) >= end else { return nil }
        return mapped
    }

    /// Gives the mapping up until a value is wanted again. Whoever reads from it still may.
    mutating func letGo() {
        mapped = nil
        readCount = 0
    }

    /// The bytes at a place, if they are what was written there. `isTrusting` leaves out the check, for tests of
    /// tests.
    static func bytes(in file: MappedFile, at place: ValuePlace, isTrusting: Bool = false) -> [UInt8]? {
        let span = file.span
        guard place.offset <= UInt64(span.count), UInt64(place.length) <= UInt64(span.count) - place.offset
        else {
            return nil
        }
        let start = Int(place.offset)
        let part = span.extracting(start..<(start + Int(place.length)))
        guard isTrusting || Checksum.of(part) == place.check else { return nil }
        return unsafe part.withUnsafeBufferPointer { unsafe Array($0) }
    }
}
