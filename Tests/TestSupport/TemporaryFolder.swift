public import Files
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder on the disk for one test, removed with all that is in it when the object goes.
public final class TemporaryFolder: Sendable {
    /// Its absolute path.
    public let path: String

    /// Makes a folder with a name that nothing else has.
    ///
    /// - Throws: the refusal of the operating system.
    public init() throws {
        let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = Array((base + "/site-test-XXXXXX").utf8CString)
        let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
            unsafe buffer.baseAddress.flatMap { unsafe mkdtemp($0) } != nil
        }
        if !made { throw Refusal(code: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        Self.removeAll(.root, of: DiskFileSystem(root: path))
        _ = unsafe rmdir(path)
    }

    /// A file system rooted there.
    public func disk(staging: String? = nil) -> DiskFileSystem {
        DiskFileSystem(root: path, staging: staging.flatMap { RelativePath($0) })
    }

    private static func removeAll(_ folder: RelativePath, of disk: DiskFileSystem) {
        guard let entries = try? disk.list(folder) else { return }
        for entry in entries {
            let path = folder.appending(entry.name)
            // A link goes as a link, whatever it leads to.
            if (try? disk.remove(path)) != nil { continue }
            removeAll(path, of: disk)
            _ = try? disk.removeFolderIfEmpty(path)
        }
    }

    private struct Refusal: Error {
        let code: Int32
    }
}
