import Foundation
import TestSupport

/// The built program, run as people run it: another process, its arguments, its two streams.
enum SiteProgram {
    /// What came of a run.
    struct Run {
        let code: Int32
        let output: String
        let error: String

        /// The object of `--format json`.
        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any] ?? [:]
        }

        /// The findings of `--format json`.
        var diagnostics: [[String: Any]] { json["diagnostics"] as? [[String: Any]] ?? [] }

        /// How many findings there are of each code.
        var counts: [String: Int] {
            Dictionary(grouping: diagnostics) { $0["code"] as? String ?? "" }.mapValues(\.count)
        }
    }

    /// Where it is: beside the bundle of tests, which the same build made.
    static let path: String? = {
        if let named = ProcessInfo.processInfo.environment["SITE_PROGRAM"] { return named }
        var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent()
        for _ in 0..<4 {
            let candidate = folder.appendingPathComponent("site").path
            if FileManager.default.isExecutableFile(atPath: candidate), !isFolder(candidate) {
                return candidate
            }
            folder.deleteLastPathComponent()
        }
        // Run by `swift test`, the bundle is in the build folder of this package.
        let built = Repository.root + "/.build/debug/site"
        return FileManager.default.isExecutableFile(atPath: built) ? built : nil
    }()

    /// Runs it.
    ///
    /// - Parameters:
    ///   - arguments: without the program's name.
    ///   - folder: the current folder of the process.
    ///   - environment: variables over those that each run has: a plain `PATH` and `HOME`, and no others.
    /// - Returns: what came of it.
    /// - Throws: when it cannot be started.
    static func run(
        _ arguments: [String], in folder: String = "/", environment: [String: String] = [:]
    ) throws -> Run {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path ?? "/nowhere/site")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/tmp"].merging(environment) { $1 }
        // Files, because a pipe that nobody empties stops the writer.
        let scratch = try TemporaryFolder()
        let streams = try ["output", "error"].map { name in
            let file = scratch.path + "/" + name
            try Data().write(to: URL(fileURLWithPath: file))
            return (file, try FileHandle(forWritingTo: URL(fileURLWithPath: file)))
        }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = streams[0].1
        process.standardError = streams[1].1
        try process.run()
        process.waitUntilExit()
        let texts = try streams.map { try String(contentsOfFile: $0.0, encoding: .utf8) }
        // A signal is never an answer.
        let code = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return Run(code: code, output: texts[0], error: texts[1])
    }

    private static func isFolder(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return attributes?[.type] as? FileAttributeType == .typeDirectory
    }
}

/// A site on the disk for one test.
final class SiteOnDisk {
    private let folder: TemporaryFolder
    /// The site's folder.
    let path: String

    /// Writes the files of a text in the notation of ``SiteFixture``.
    init(_ text: String = "", named name: String = "site") throws {
        folder = try TemporaryFolder()
        path = folder.path + "/" + name
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try write(text)
    }

    /// Writes files over those that are there.
    func write(_ text: String) throws {
        for part in SiteFixture(text).parts {
            guard case .file(let contents) = part.change else {
                try? FileManager.default.removeItem(atPath: path + "/" + part.path)
                continue
            }
            try write(Array(contents.utf8), to: part.path)
        }
    }

    /// Writes one file.
    func write(_ bytes: [UInt8], to name: String) throws {
        let file = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// Writes one file of text.
    func save(_ name: String, _ text: String) throws { try write(Array(text.utf8), to: name) }

    /// Runs the program in it.
    func run(_ arguments: String..., environment: [String: String] = [:]) throws -> SiteProgram.Run {
        try SiteProgram.run(arguments, in: path, environment: environment)
    }

    /// A file below it as text; `nil` when it is not there.
    func text(_ name: String) -> String? {
        FileManager.default.contents(atPath: path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// All files below a folder of it, by path.
    func files(below name: String = "public") -> [String: Data] {
        let root = path + "/" + name
        var files: [String: Data] = [:]
        guard let names = FileManager.default.enumerator(atPath: root) else { return [:] }
        for case let name as String in names {
            if let data = FileManager.default.contents(atPath: root + "/" + name) { files[name] = data }
        }
        return files
    }
}
