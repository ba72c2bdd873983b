public import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How the bytes of files are read: whole where they are wanted and can be held, else in parts.
extension DiskFileSystem {
    /// The most bytes of a file that are held at once: 1 GB. More are refused (`EFBIG`), since memory that the system
    /// has not got ends the process.
    static let mostHeld = 1 << 30
    /// The most bytes of a file that are looked at at all: 64 GB. Beyond that it is a mistake, or a file with
    /// holes, whose size says nothing.
    static let mostExamined = 1 << 36
    /// How many bytes a part has.
    static let part = 1 << 20

    /// The bytes of an open file under one stamp.
    func contents(of file: borrowing OpenFile, _ path: RelativePath) throws(FileError) -> FileContents {
        var stamp = file.stamp
        // Whoever keeps writing while we read will be noticed by the next scan; stop at some point.
        for _ in 0..<8 {
            guard stamp.size <= Self.mostHeld else { throw Self.tooLarge(path) }
            let bytes = try readAll(file.descriptor, size: Int(stamp.size), path: path)
            guard let after = file.descriptor.status else { throw refusal("read", path) }
            let stampAfter = FileStamp(after)
            if stampAfter == stamp, bytes.count == Int(stamp.size) {
                return FileContents(bytes: bytes, stamp: stamp)
            }
            stamp = stampAfter
            if lseek(file.descriptor.number, 0, SEEK_SET) < 0 { throw refusal("read", path) }
        }
        throw FileError(operation: "read", path: path, code: EAGAIN)
    }

    /// What stands for a file, and its bytes unless there are many: these are read a megabyte at a time.
    public func examine(_ path: RelativePath, keeping most: Int) throws(FileError) -> ExaminedFile? {
        guard let file = try openForReading(path, operation: "read") else { return nil }
        if file.stamp.size <= Swift.max(most, Self.part) {
            let contents = try contents(of: file, path)
            return ExaminedFile(
                bytes: contents.bytes.count > most ? nil : contents.bytes,
                fingerprint: Fingerprint(of: contents.bytes), stamp: contents.stamp,
                isLinked: file.isLinked)
        }
        var stamp = file.stamp
        for _ in 0..<8 {
            let fingerprint = try readParts(of: file, stamp.size, path) { (_) throws(FileError) in }
            guard let after = file.descriptor.status else { throw refusal("read", path) }
            let stampAfter = FileStamp(after)
            if stampAfter == stamp, let fingerprint {
                return ExaminedFile(
                    bytes: nil, fingerprint: fingerprint, stamp: stamp, isLinked: file.isLinked)
            }
            stamp = stampAfter
        }
        throw FileError(operation: "read", path: path, code: EAGAIN)
    }

    /// Writes the bytes of a file of a disk where nobody looks for them yet, a megabyte at a time.
    public func create(
        _ path: RelativePath, copyOf source: RelativePath, in other: any FileSystem, mark: FileMark?
    ) throws(FileError) -> ExaminedFile? {
        guard let other = other as? DiskFileSystem else {
            return try createWhole(path, copyOf: source, in: other, mark: mark)
        }
        guard let file = try other.openForReading(source, operation: "read") else { return nil }
        if file.stamp.size <= Self.part {
            let contents = try other.contents(of: file, source)
            let stamp = try create(path, contents.bytes.span, mark: mark)
            return ExaminedFile(bytes: nil, fingerprint: Fingerprint(of: contents.bytes), stamp: stamp)
        }
        var fingerprint: Fingerprint?
        let stamp = try create(path, mark: mark) { output throws(FileError) in
            fingerprint = try other.readParts(of: file, file.stamp.size, source) { bytes throws(FileError) in
                try writeAll(output, bytes.span, operation: "write", path: path)
            }
        }
        guard let after = file.descriptor.status else { throw other.refusal("read", source) }
        let isSame = FileStamp(after) == file.stamp
        return ExaminedFile(bytes: nil, fingerprint: isSame ? fingerprint ?? .absent : .absent, stamp: stamp)
    }

    /// Reads an open file from its start, part by part.
    ///
    /// - Returns: the fingerprint of all bytes; `nil` when there are not as many as its stamp said.
    func readParts(
        of file: borrowing OpenFile, _ size: UInt64, _ path: RelativePath,
        _ body: ([UInt8]) throws(FileError) -> Void
    ) throws(FileError) -> Fingerprint? {
        guard size <= Self.mostExamined else { throw Self.tooLarge(path) }
        if lseek(file.descriptor.number, 0, SEEK_SET) < 0 { throw refusal("read", path) }
        var fingerprint = PartsFingerprint(count: Int(size))
        var left = Int(size)
        while left > 0 {
            let bytes = try readAll(
                file.descriptor, size: Swift.min(left, Self.part), path: path, looksFurther: false)
            if bytes.isEmpty { return nil }
            left -= bytes.count
            if left > 0, bytes.count < Self.part { return nil }
            fingerprint.add(bytes.span)
            try body(bytes)
        }
        return fingerprint.finish()
    }

    private static func tooLarge(_ path: RelativePath) -> FileError {
        FileError(operation: "read", path: path, code: EFBIG)
    }

    func readAll(
        _ descriptor: borrowing Descriptor, size: Int, path: RelativePath, looksFurther: Bool = true
    ) throws(FileError) -> [UInt8] {
        var failed = false
        // One byte more than the size says, so that a file that has grown is seen. The end itself is not looked for: whoever
        // asks looks whether the size is what it was.
        let wanted = looksFurther ? size + 1 : size
        var bytes = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
            repeat {
                let got = retrying {
                    unsafe SystemCalls.readBytes(
                        descriptor.number, buffer.baseAddress?.advanced(by: count), wanted - count)
                }
                if got < 0 { failed = true }
                if got <= 0 { break }
                count += got
            } while count < size
        }
        if failed { throw refusal("read", path) }
        if bytes.count > size { bytes.removeLast() }
        return bytes
    }
}
