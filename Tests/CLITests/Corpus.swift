import Foundation
import TestSupport

/// A real blog, built once by the real program with the configuration that lies beside this file.
final class Corpus: Sendable {
    static let swiftBlog = Corpus("swift-blog")
    static let rustBlog = Corpus("rust-blog")
    static let otelSite = Corpus("otel-site")

    /// Whether there is anything to test with.
    static let isThere = Repository.shared != nil && SiteProgram.path != nil

    let name: String
    let code: Int32
    let error: String
    private let json: Data
    private let site: TemporaryFolder?

    private init(_ name: String) {
        self.name = name
        do {
            let folder = try TemporaryFolder()
            let shared = (Repository.shared ?? "") + "/corpora/" + name
            for item in try FileManager.default.contentsOfDirectory(atPath: shared) {
                try FileManager.default.copyItem(
                    atPath: shared + "/" + item, toPath: folder.path + "/" + item)
            }
            try FileManager.default.copyItem(
                atPath: Repository.root + "/Tests/CLITests/Corpora/\(name)/site.json",
                toPath: folder.path + "/site.json")
            // A time of its own: what is future and expired must not change with the day of the test.
            let run = try SiteProgram.run(
                ["build", "--format", "json", "--now", "2026-09-01T00:00:00Z"], in: folder.path)
            code = run.code
            error = run.error
            json = Data(run.output.utf8)
            site = folder
        } catch {
            code = -1
            self.error = "\(error)"
            json = Data()
            site = nil
        }
    }

    /// What the build said.
    var run: SiteProgram.Run {
        SiteProgram.Run(code: code, output: String(decoding: json, as: UTF8.self), error: error)
    }

    /// The output folder.
    var output: String { (site?.path ?? "/nowhere") + "/public" }

    /// A file of the output as text; `nil` when it is not there.
    func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: output + "/" + path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The paths of all files of the output.
    var paths: [String] {
        (FileManager.default.enumerator(atPath: output)?.compactMap { $0 as? String } ?? [])
            .filter { $0.split(separator: "/").last?.contains(".") == true }.sorted()
    }

    /// The names of the corpus's own files in a folder.
    func sources(in folder: String) -> [String] {
        let path = (Repository.shared ?? "") + "/corpora/\(name)/\(folder)"
        return (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).filter {
            $0.hasSuffix(".md")
        }.sorted()
    }

    /// Marks of other generators that stand in pages outside code, each with its page.
    var undigested: [String] {
        var found: [String] = []
        for path in paths where path.hasSuffix(".html") {
            guard let text = text(path) else { continue }
            let prose = text.replacing(
                #/<(pre|code|kbd|samp|script|style)\b.*?</\1>/#.dotMatchesNewlines(), with: "")
            for mark in ["{{<", "{{&lt;", "{{%", "{%", "{{ site.", "{{site."] where prose.contains(mark) {
                found.append("\(path): \(mark)")
            }
        }
        return found
    }
}
