import Engine
import Files
import Site
import Text

/// One process that builds: an engine that knows nothing but what is on the disk.
struct Process {
    let project: Project
    let report: SiteReport

    /// Builds once and ends.
    ///
    /// - Parameters:
    ///   - world: what the build depends on.
    ///   - disk: where store and output are.
    ///   - source: the sources, where they are not read as they are.
    init(_ world: World, _ disk: MemoryFileSystem, source: (any FileSystem)? = nil) {
        project = Project(
            source: source ?? world.source, store: StorePlace(disk, folder: Places.store),
            output: OutputPlace(disk, folder: Places.output, staging: Places.staging))
        report = project.build(world.inputs)
    }

    /// What ran, as "page-output en:content/a.md", in the order of keys.
    var ran: [String] { report.build.ran.map { project.engine.text(of: $0.key) } }
    var written: [String] { report.build.written.map(\.text) }
    var removed: [String] { report.build.removed.map(\.text) }
    var diagnostics: [String] {
        report.build.diagnostics.map { String(decoding: DiagnosticRenderer().text(of: $0), as: UTF8.self) }
    }
}

/// Where things lie on the disk that builds write to.
enum Places {
    static let store = RelativePath(unchecked: Array("store".utf8))
    static let output = RelativePath(unchecked: Array("public".utf8))
    static let staging = RelativePath(unchecked: Array("store/staging".utf8))
}

/// All that a build may depend on: the sources, and everything that is no file.
struct World {
    let source: MemoryFileSystem
    var now: Int64
    var jobs = 1
    var options = Project.Options()
    var environment: [String: String] = [:]
    var tool = Fingerprint(low: 1, high: 1)
    /// What the host answers to probes.
    var probes: [String: String] = [:]

    var inputs: BuildInputs {
        let probes = probes
        return BuildInputs(
            flags: options.flags, environment: environment, now: now, jobs: jobs, tool: tool,
            probes: { probes[$0].map { Array($0.utf8) } })
    }

    /// Seconds since 1970 of a date such as "2026-06-01" or "2026-06-01T12:00:00Z".
    static func instant(_ text: String) -> Int64 {
        guard let instant = Project.instant(of: text) else { preconditionFailure("no date: \(text)") }
        return instant
    }
}

/// What lies in an output folder, with stamps: for comparing before and after.
struct OutputTree {
    struct File {
        let bytes: [UInt8]
        let stamp: FileStamp
    }

    private(set) var files: [String: File] = [:]
    private(set) var folders: [String] = []

    init(_ disk: MemoryFileSystem) {
        for file in disk.files {
            guard let path = file.path.relative(to: Places.output), let stamp = try? disk.stamp(file.path)
            else { continue }
            files[path.text] = File(bytes: file.bytes, stamp: stamp)
        }
        folders = disk.folders.compactMap { $0.relative(to: Places.output)?.text }
    }

    /// What is different in another tree, a line each: nothing when they are byte for byte the same.
    func differences(from expected: OutputTree, named name: String) -> [String] {
        var lines: [String] = []
        for (path, file) in expected.files.sorted(by: { $0.key < $1.key }) {
            guard let own = files[path] else {
                lines.append("\(path) is missing, \(name) has it")
                continue
            }
            if own.bytes != file.bytes {
                lines.append(
                    "\(path) differs from \(name):\n--- is\n\(String(decoding: own.bytes, as: UTF8.self))\n--- should be\n"
                        + String(decoding: file.bytes, as: UTF8.self))
            }
        }
        for path in files.keys.sorted() where expected.files[path] == nil {
            lines.append("\(path) is there, \(name) has it not")
        }
        if lines.isEmpty, folders != expected.folders {
            lines.append("folders \(folders) differ from \(name): \(expected.folders)")
        }
        return lines
    }
}
