public import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A regular file that is open to be read in parts, for files that are too large to be held.
///
/// Whoever replaces the file by renaming does not disturb its readers, who go on with the old one; one that is
/// written in place changes under their hands.
public final class FileParts: Sendable {
    /// How many bytes it had when it was opened.
    public let count: Int
    private let number: Int32

    init(_ file: consuming OpenFile) {
        count = Int(clamping: file.stamp.size)
        number = file.take()
    }

    deinit {
        _ = close(number)
    }

    /// Reads a part.
    ///
    /// - Returns: exactly `count` bytes; `nil` when the file has become too short or cannot be read.
    public func read(at offset: Int, count: Int) -> [UInt8]? {
        if offset < 0 || count < 0 { return nil }
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = retrying {
                    unsafe pread(
                        number, buffer.baseAddress.map { unsafe $0 + filled }, count - filled,
                        off_t(offset + filled)
                    )
                }
                if got <= 0 { return }
                filled += got
            }
        }
        return bytes.count == count ? bytes : nil
    }
}

extension DiskFileSystem {
    /// Opens a regular file to be read in parts, or `nil` when there is no such file.
    public func parts(of path: RelativePath) throws(FileError) -> FileParts? {
        guard let file = try openForReading(path, operation: "read") else { return nil }
        return FileParts(file)
    }
}
