import CTheme
import Text

/// The files that the program carries: its default theme, above all.
///
/// They are part of the program, whose identity every record depends on; so reading them leaves no edge.
enum CarriedFiles {
    /// Where the default theme lies among them; no path of a site begins with a slash.
    static let theme = RelativePath(unchecked: Array("/@theme".utf8))

    private static let files: [RelativePath: SourceFile] = {
        var files: [RelativePath: SourceFile] = [:]
        let table = unsafe theme_file_table()
        for index in 0..<theme_file_count() {
            let entry = unsafe table[index]
            let path = RelativePath(unchecked: unsafe Array("/\(String(cString: entry.path))".utf8))
            let bytes = unsafe Array(UnsafeBufferPointer(start: entry.bytes, count: entry.count))
            files[path] = SourceFile(path: path, bytes: bytes)
        }
        return files
    }()

    /// A file by its path.
    static func file(_ path: RelativePath) -> SourceFile? {
        files[path]
    }

    /// The files below a folder, relative to it, sorted.
    static func files(below folder: RelativePath) -> [RelativePath] {
        files.keys.compactMap { $0.relative(to: folder) }.sorted()
    }
}
