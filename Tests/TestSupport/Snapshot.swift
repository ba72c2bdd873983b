import Files
public import Testing
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Compares with a file that lies in the repository, or rewrites it.
///
/// Set `SITE_UPDATE_SNAPSHOTS=1` to rewrite; where `CI` is set, that is refused.
public enum Snapshot {
    /// Whether files are rewritten in this run.
    public static var isUpdating: Bool {
        unsafe getenv("SITE_UPDATE_SNAPSHOTS") != nil
    }

    /// Expects that the file holds these bytes.
    ///
    /// - Parameters:
    ///   - bytes: what came out.
    ///   - path: the file, relative to the repository's root.
    ///   - sourceLocation: where to report a difference.
    public static func expect(
        _ bytes: [UInt8], equalTo path: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
        let old = Repository.file(path)
        if old == bytes { return }
        if isUpdating {
            if unsafe getenv("CI") != nil {
                Issue.record("snapshots are never rewritten where CI is set", sourceLocation: sourceLocation)
                return
            }
            let disk = DiskFileSystem(root: Repository.root)
            do {
                guard let place = RelativePath(path) else { throw BadPath(path: path) }
                _ = try disk.write(place, bytes.span)
            } catch {
                Issue.record(error, "cannot rewrite \(path)", sourceLocation: sourceLocation)
            }
            return
        }
        guard let old else {
            Issue.record(
                "there is no \(path); set SITE_UPDATE_SNAPSHOTS=1 to write it", sourceLocation: sourceLocation
            )
            return
        }
        Issue.record("\(path): \(firstDifference(old, bytes))", sourceLocation: sourceLocation)
    }

    /// As ``expect(_:equalTo:sourceLocation:)-([UInt8],_,_)``, for text.
    public static func expect(
        _ text: String, equalTo path: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
        expect(Array(text.utf8), equalTo: path, sourceLocation: sourceLocation)
    }

    /// In words, where two texts differ first: line, what was expected, what came.
    public static func firstDifference(_ expected: [UInt8], _ actual: [UInt8]) -> String {
        let newline = UInt8(ascii: "\n")
        let left = expected.split(separator: newline, omittingEmptySubsequences: false)
        let right = actual.split(separator: newline, omittingEmptySubsequences: false)
        func show(_ lines: [ArraySlice<UInt8>], _ index: Int) -> String {
            index < lines.count ? "\"\(String(decoding: lines[index], as: UTF8.self))\"" : "the end"
        }
        for index in 0..<max(left.count, right.count)
        where index >= left.count || index >= right.count || left[index] != right[index] {
            return "line \(index + 1): expected \(show(left, index)), found \(show(right, index))"
        }
        return "no difference"
    }

    private struct BadPath: Error {
        let path: String
    }
}
