import Files
import Text

/// Which files in the output folder are ours, what is in each, and under which stamp we left it.
///
/// It has a file and a format of its own, so that files of an earlier version are still known as ours when
/// the graph cannot be used. Frames (see ``Frames``) of six types, the last word on a path counts:
///
///     1 have     for each file: path, fingerprint as it was once worked out (16 bytes), stamp
///     2 gone     for each file: path
///     3 intent   for each file: path: it may be there, and would be ours
///     4 have     for each file: path, fingerprint (16 bytes), stamp
///     5 seal     the number that the output folder bears (8 bytes)
///     6 strays   all paths of files that we wrote for another place
///
/// A change of ``Text/Fingerprint`` takes another type: what an older one says of content is not comparable, so the file
/// itself is looked at.
struct OutputLedger: Sendable {
    static let magic: UInt64 = 0x01_7374_7570_7475_6f
    /// The type of the frames that say what is in files.
    private static let have: UInt8 = 4
    private static let sealed: UInt8 = 5
    private static let strayed: UInt8 = 6
    /// How many files a frame speaks of at most.
    private static let chunk = 256

    /// One of our files.
    struct Record: Sendable {
        let path: RelativePath
        /// Of its content; `absent` for a file that was only intended.
        var fingerprint: Fingerprint
        var stamp: FileStamp?
    }

    /// Sorted by path.
    private(set) var records: [Record] = []
    /// The number that the output folder bore when this was written, 0 where it bears none; `nil` when that is not known. It
    /// changes whenever there are other files: with another number, the folder and this list are of different times.
    private(set) var seal: UInt64?
    /// Files in the output folder that bear our mark, but for another place; sorted.
    private(set) var strays: [RelativePath] = []
    /// The file on disk is not whole or has grown long: write it anew.
    private var needsRewrite = false
    private var frameCount = 0

    init() {}

    /// What a file says; a damaged tail is not believed.
    init(_ bytes: [UInt8]) {
        var list: [Record] = []
        // Those of the list that are gone, by their index.
        var gone: Set<Int> = []
        var isSorted = true
        let good = Frames.read(bytes, Self.magic, generation: nil) { type, payload in
            // A later program's type: what is in it cannot be told.
            guard (1...Self.strayed).contains(type) else { return false }
            var decoder = Decoder(payload)
            frameCount += 1
            if type == Self.sealed {
                seal = decoder.fixed()
                return decoder.isValid
            }
            if type == Self.strayed {
                strays = []
                while !decoder.isAtEnd, decoder.isValid {
                    strays.append(RelativePath(unchecked: Array(decoder.string())))
                }
                return decoder.isValid
            }
            while !decoder.isAtEnd, decoder.isValid {
                let path = RelativePath(unchecked: Array(decoder.string()))
                var record = Record(path: path, fingerprint: .absent)
                if type == 1 || type == Self.have {
                    let fingerprint = decoder.fingerprint()
                    let stamp = StampCoding.decode(&decoder)
                    if type == Self.have {
                        record.fingerprint = fingerprint
                        record.stamp = stamp
                    }
                }
                // A path that would lead out of the folder was never ours.
                guard decoder.isValid, Self.isClean(path.bytes) else { return false }
                if let last = list.last, !(last.path < path) { isSorted = false }
                if type == 2 { gone.insert(list.count) }
                list.append(record)
            }
            return decoder.isValid
        }
        // After a header alone, as a killed build may leave it, nothing is added: what is added begins with one.
        needsRewrite = good != bytes.count || frameCount == 0
        if isSorted, gone.isEmpty {
            records = list
            return
        }
        let order = list.indices.sorted { left, right in
            list[left].path == list[right].path ? left < right : list[left].path < list[right].path
        }
        for (place, index) in order.enumerated() {
            // The last word on a path counts.
            if place + 1 < order.count, list[order[place + 1]].path == list[index].path { continue }
            if !gone.contains(index) { records.append(list[index]) }
        }
    }

    /// Whether a path stays inside the folder: no empty, `.` or `..` component.
    private static func isClean(_ path: [UInt8]) -> Bool {
        var length = 0
        var dots = 0
        for index in 0...path.count {
            if index == path.count || path[index] == UInt8(ascii: "/") {
                if length == 0 || (length == dots && dots <= 2) { return false }
                length = 0
                dots = 0
            } else {
                if path[index] == 0 { return false }
                length += 1
                if path[index] == UInt8(ascii: ".") { dots += 1 }
            }
        }
        return true
    }

    private static func append(_ type: UInt8, _ list: some Collection<Record>, to bytes: inout [UInt8]) {
        var rest = list[...]
        while !rest.isEmpty {
            var encoder = Encoder()
            for record in rest.prefix(chunk) {
                encoder.string(record.path.bytes)
                if type == have {
                    encoder.fingerprint(record.fingerprint)
                    StampCoding.encode(record.stamp, to: &encoder)
                }
            }
            rest = rest.dropFirst(chunk)
            Frames.append(type, encoder.bytes[...], generation: 0, to: &bytes)
        }
    }

    /// Whether the file was not there, or not whole: some of our files may be missing from it.
    var isDoubtful: Bool { needsRewrite || frameCount == 0 }

    /// Whether nothing was ever written down.
    var isNew: Bool { frameCount == 0 && records.isEmpty }

    /// Adds paths that are ours by another witness; what is in them is not known.
    mutating func addUnknown(_ paths: [RelativePath]) {
        let known = Set(records.map(\.path))
        let missing = paths.filter { !known.contains($0) && Self.isClean($0.bytes) }
        if missing.isEmpty { return }
        records += Set(missing).map { Record(path: $0, fingerprint: .absent) }
        records.sort { $0.path < $1.path }
        needsRewrite = true
    }

    /// Takes out records of files that turn out not to be ours.
    mutating func drop(_ indices: Set<Int>) {
        if indices.isEmpty { return }
        records = records.indices.filter { !indices.contains($0) }.map { records[$0] }
        needsRewrite = true
    }

    /// Takes note of what bears our mark, but for another place.
    mutating func setStrays(_ paths: [RelativePath]) {
        if paths == strays { return }
        strays = paths
        needsRewrite = true
    }

    /// Puts in what was found of a file that is ours: under which stamp it lies there now, and what is in it where
    /// that was not known.
    mutating func set(_ record: Record, at index: Int) {
        records[index] = record
    }

    /// The whole ledger as a file.
    private var file: [UInt8] {
        var bytes = Frames.header(Self.magic, generation: 0)
        Self.append(Self.have, records, to: &bytes)
        if let seal { Self.append(seal: seal, to: &bytes) }
        if !strays.isEmpty {
            var encoder = Encoder()
            for path in strays { encoder.string(path.bytes) }
            Frames.append(Self.strayed, encoder.bytes[...], generation: 0, to: &bytes)
        }
        return bytes
    }

    private static func append(seal: UInt64, to bytes: inout [UInt8]) {
        var encoder = Encoder()
        encoder.fixed(seal)
        Frames.append(sealed, encoder.bytes[...], generation: 0, to: &bytes)
    }

    /// Writes down which number the output folder bears from now on.
    mutating func write(
        seal: UInt64, at path: RelativePath, on fileSystem: any FileSystem
    ) throws(FileError) {
        self.seal = seal
        if needsRewrite { return try rewriteIfNeeded(at: path, on: fileSystem) }
        var bytes: [UInt8] = frameCount == 0 ? Frames.header(Self.magic, generation: 0) : []
        Self.append(seal: seal, to: &bytes)
        frameCount += 1
        try fileSystem.append(path, bytes.span)
    }

    /// Announces paths before anything is put there.
    mutating func announce(
        _ paths: [RelativePath], at path: RelativePath, on fileSystem: any FileSystem
    ) throws(FileError) {
        if paths.isEmpty { return }
        var bytes: [UInt8] = []
        try rewriteIfNeeded(at: path, on: fileSystem)
        if frameCount == 0 { bytes = Frames.header(Self.magic, generation: 0) }
        let list = paths.map { Record(path: $0, fingerprint: .absent) }
        Self.append(3, list, to: &bytes)
        frameCount += 1
        try fileSystem.append(path, bytes.span)
    }

    /// Writes the whole ledger if what is on disk is not whole, or does not know all that this one knows.
    mutating func rewriteIfNeeded(
        at path: RelativePath, on fileSystem: any FileSystem
    ) throws(FileError) {
        guard needsRewrite else { return }
        _ = try fileSystem.write(path, file.span)
        needsRewrite = false
        frameCount = records.count / Self.chunk + 3
    }

    /// Writes down files that were put and files that were removed, both sorted.
    mutating func update(
        put: [Record], removed: [RelativePath], at path: RelativePath, on fileSystem: any FileSystem
    ) throws(FileError) {
        if put.isEmpty, removed.isEmpty { return }
        merge(put, removed)
        let isLong =
            put.count + removed.count > 64 + records.count / 4 || frameCount > 64 + records.count / 32
        if needsRewrite || isLong {
            needsRewrite = true
            try rewriteIfNeeded(at: path, on: fileSystem)
            return
        }
        var bytes: [UInt8] = frameCount == 0 ? Frames.header(Self.magic, generation: 0) : []
        Self.append(Self.have, put, to: &bytes)
        Self.append(2, removed.map { Record(path: $0, fingerprint: .absent) }, to: &bytes)
        frameCount += 2
        try fileSystem.append(path, bytes.span)
    }

    /// What is recorded of a path.
    func record(of path: RelativePath) -> Record? {
        let place = place(of: path)
        return place.isThere ? records[place.index] : nil
    }

    /// The index of a path among the records, or where it would go.
    private func place(of path: RelativePath) -> (index: Int, isThere: Bool) {
        let index = records.lowerBound { $0.path < path }
        return (index, index < records.count && records[index].path == path)
    }

    private mutating func merge(_ put: [Record], _ removed: [RelativePath]) {
        if put.count + removed.count <= 16 {
            for path in removed {
                let place = place(of: path)
                if place.isThere { records.remove(at: place.index) }
            }
            for record in put {
                let place = place(of: record.path)
                if place.isThere {
                    records[place.index] = record
                } else {
                    records.insert(record, at: place.index)
                }
            }
            return
        }
        var result: [Record] = []
        result.reserveCapacity(records.count + put.count)
        var old = records[...]
        var gone = removed[...]
        func keep(_ record: Record) {
            while let first = gone.first, first < record.path { gone.removeFirst() }
            if gone.first != record.path { result.append(record) }
        }
        for record in put {
            while let first = old.first, first.path < record.path {
                keep(first)
                old.removeFirst()
            }
            if old.first?.path == record.path { old.removeFirst() }
            result.append(record)
        }
        for record in old { keep(record) }
        records = result
    }
}
