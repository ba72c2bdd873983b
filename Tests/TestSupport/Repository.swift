import Files
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where the repository and what lies beside it are on this machine.
public enum Repository {
    /// The repository's root, found by going up from this file.
    public static let root: String = {
        // Tests/TestSupport/Repository.swift
        var parts = String(#filePath).split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)
        return parts.joined(separator: "/")
    }()

    /// The folder of material shared by all checkouts, `../shared`, or `nil` on machines without it.
    ///
    /// Give it to `.enabled(if: Repository.shared != nil)`.
    public static let shared: String? = {
        // A checkout may lie deeper than the one it was made from: look further up as well.
        var folder = Substring(root)
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            let candidate = folder + "/shared"
            if unsafe access(String(candidate), R_OK) == 0 { return String(candidate) }
        }
        return nil
    }()

    /// A file below `../shared`, whole; `nil` when it is not there.
    public static func sharedFile(_ path: String) -> [UInt8]? {
        shared.flatMap { bytes(ofFile: $0 + "/" + path) }
    }

    /// A file of the repository, whole; `nil` when it is not there.
    public static func file(_ path: String) -> [UInt8]? {
        bytes(ofFile: root + "/" + path)
    }

    /// A file anywhere, whole; `nil` when it is not there.
    public static func bytes(ofFile path: String) -> [UInt8]? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard let name = parts.last else { return nil }
        let folder = parts.dropLast().joined(separator: "/")
        let disk = DiskFileSystem(root: folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder)
        guard let contents = try? disk.read(RelativePath.root.appending(String(name))) else { return nil }
        return contents.bytes
    }
}
