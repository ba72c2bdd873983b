import Foundation
import TestSupport

/// The sources that these tests stand among.
enum SourceTree {
    /// Every Swift file below `Sources`, by path.
    static let sources: [SwiftText] = swiftFiles(below: "Sources")
    /// Every Swift file below `Tests`, by path.
    static let tests: [SwiftText] = swiftFiles(below: "Tests")

    /// The text of a file, or nil when there is none.
    static func text(at path: String) -> String? {
        try? String(
            contentsOf: URL(fileURLWithPath: Repository.root).appendingPathComponent(path), encoding: .utf8)
    }

    private static func swiftFiles(below folder: String) -> [SwiftText] {
        // The folder may be reached through a link, hence the resolved path.
        let start = URL(fileURLWithPath: Repository.root).appendingPathComponent(folder)
            .resolvingSymlinksInPath()
        guard let walker = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil) else {
            return []
        }
        return walker.compactMap { $0 as? URL }
            .filter { $0.pathExtension == "swift" }
            .compactMap { file in
                guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
                let inside = file.resolvingSymlinksInPath().path.dropFirst(start.path.count)
                return SwiftText(path: folder + inside, text: text)
            }
            .sorted { $0.path < $1.path }
    }
}
