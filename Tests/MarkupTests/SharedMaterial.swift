import Foundation
import Text

/// Material that lies beside the repository and may be missing: tests over it are skipped then.
enum SharedMaterial {
    /// The folder, found from where this file is.
    static let folder: String? = {
        var path = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<6 {
            path.deleteLastPathComponent()
            for candidate in [
                path.appendingPathComponent("shared"), path.appendingPathComponent("../shared").standardized,
            ] {
                if FileManager.default.fileExists(
                    atPath: candidate.appendingPathComponent("conformance").path)
                {
                    return candidate.path
                }
            }
        }
        return nil
    }()

    /// Whether it is there.
    static var exists: Bool { folder != nil }

    /// The content of a file.
    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: (folder ?? "") + "/" + path)))
    }

    /// All Markdown files below a folder, sorted.
    static func markdownFiles(below path: String) -> [String] {
        guard let folder, let files = FileManager.default.enumerator(atPath: folder + "/" + path) else {
            return []
        }
        return files.compactMap { $0 as? String }.filter { $0.hasSuffix(".md") }.sorted().map {
            path + "/" + $0
        }
    }
}

/// One example of a specification.
struct ConformanceCase: Decodable, Sendable {
    let markdown: String
    let html: String
    let number: Int
    let section: String
    let `extensions`: [String]?

    /// All examples of a file.
    static func all(_ file: String) throws -> [ConformanceCase] {
        let bytes = try SharedMaterial.bytes("conformance/markdown/" + file)
        return try JSONDecoder().decode([ConformanceCase].self, from: Data(bytes))
    }
}
