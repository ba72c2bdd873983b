import ArgumentParser
import Engine
import Files
import Site
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Options that every command has.
struct CommonOptions: ParsableArguments {
    @Option(
        name: [.customShort("s"), .long], help: ArgumentHelp("The folder of the site.", valueName: "dir"),
        completion: .directory)
    var source = "."

    @Option(help: "What findings and results are printed as: text or json.")
    var format = OutputFormat.text

    @Flag(name: [.short, .long], help: "Say nothing but errors.")
    var quiet = false
}

/// Which output folder a question is about.
struct OutputOption: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The output folder; public in the site without it.", valueName: "dir"),
        completion: .directory)
    var output: String?
}

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}

/// Options that decide what is published.
struct ContentOptions: ParsableArguments {
    @Flag(name: [.customShort("D"), .long], help: "Publish drafts, too.")
    var drafts = false

    @Flag(name: [.customShort("F"), .long], help: "Publish pages of the future, too.")
    var future = false

    @Flag(name: [.customShort("E"), .long], help: "Publish expired pages, too.")
    var expired = false

    @Option(
        name: [.customShort("b"), .long],
        help: ArgumentHelp("Where the site will be; overrides baseURL.", valueName: "url"))
    var baseUrl: String?

    @Option(
        name: [.customShort("e"), .long],
        help: ArgumentHelp("Whose part of \"environments\" in site.json counts.", valueName: "name"))
    var environment: String?

    @Flag(help: "Treat warnings as errors.")
    var strict = false

    @Option(
        help: ArgumentHelp("The time of the build, as RFC 3339 or seconds since 1970.", valueName: "time"))
    var now: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("How many threads work; all cores without it.", valueName: "n"))
    var jobs: Int?

    func validate() throws { try Self.checkJobs(jobs) }

    /// Refuses a number of threads that nobody can mean.
    static func checkJobs(_ jobs: Int?) throws {
        if let jobs, !(1...1024).contains(jobs) {
            throw ValidationError("--jobs should be a number from 1 to 1024, not \(jobs).")
        }
    }
}

/// A site as the command line finds it on disk.
struct SiteLocation {
    /// The absolute path of the site's folder.
    let root: String
    /// The absolute path of the output folder.
    let output: String
    /// The output's path inside the site, if it lies there.
    let outputInSite: String?

    init(source: String, output: String?) throws {
        let root = try Self.folder(source)
        self.root = root
        let wanted = output ?? "\(root)/public"
        let named = Self.cleaned(wanted.hasPrefix("/") ? wanted : Self.currentFolder + "/" + wanted)
        // By another name it is the same folder. The last name itself must be no link; see below.
        let folder = Self.resolved(named)
        self.output = folder
        if folder == "/" || folder == Self.variables["HOME"].flatMap({ Self.absolute($0) }) {
            throw CommandFailure(
                .misuse, "\(folder) is no folder for output", hint: "name a folder of its own with --output")
        }
        let sources = [
            "content", "templates", "static", "assets", "data", "i18n", "themes", "archetypes", ".site",
            ".git",
        ]
        // A folder of sources may be a link itself.
        let lies = { (source: String) in
            [root + "/" + source, Self.absolute(root + "/" + source) ?? root + "/" + source].contains {
                folder == $0 || folder.hasPrefix($0 + "/")
            }
        }
        if let source = sources.first(where: lies) {
            throw CommandFailure(
                .misuse, "the output folder must not lie in \(source)/, where sources are",
                hint: "name another one with --output")
        }
        if folder == root || root.hasPrefix(folder + "/") {
            throw CommandFailure(
                .misuse, "the output folder must not hold the site itself",
                hint: "name another one with --output")
        }
        var status = stat()
        if unsafe lstat(named, &status) == 0, status.st_mode & S_IFMT != S_IFDIR {
            let isLink = status.st_mode & S_IFMT == S_IFLNK
            throw CommandFailure(
                .misuse, "the output folder \(output ?? "public") is a \(isLink ? "symbolic link" : "file")",
                hint: isLink
                    ? "name the folder that it leads to with --output: outputs are swapped in by renaming"
                    : "name a folder with --output")
        }
        outputInSite = folder.hasPrefix(root + "/") ? String(folder.dropFirst(root.count + 1)) : nil
    }

    /// The name of the site's folder.
    var name: String { root.split(separator: "/").last.map(String.init) ?? "site" }

    /// The environment of the process.
    static var variables: [String: String] {
        var variables: [String: String] = [:]
        var pointer = unsafe environ
        while let entry = unsafe pointer.pointee {
            let line = unsafe String(cString: entry)
            if let equals = line.firstIndex(of: "=") {
                variables[String(line[..<equals])] = String(line[equals...].dropFirst())
            }
            unsafe pointer += 1
        }
        return variables
    }

    /// The absolute path of a folder that must be there.
    static func folder(_ path: String) throws -> String {
        guard let root = absolute(path) else {
            throw CommandFailure(.world, "there is no folder \"\(path)\"")
        }
        return root
    }

    /// The bytes of a file anywhere, or `nil` when it cannot be read.
    static func contents(of path: String) -> [UInt8]? {
        let whole = cleaned(path.hasPrefix("/") ? path : currentFolder + "/" + path)
        let disk = DiskFileSystem(root: "/")
        guard let relative = RelativePath(whole) else { return nil }
        do throws(FileError) {
            return try disk.read(relative)?.bytes
        } catch {
            return nil
        }
    }

    /// Writes a file anywhere, in its place: it may be a pipe or a device, which none must take the place of.
    static func put(_ bytes: [UInt8], to path: String) throws {
        func failed() -> CommandFailure {
            CommandFailure(.world, "cannot write \(path): \(unsafe String(cString: strerror(errno)))")
        }
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failed() }
        defer { close(descriptor) }
        var start = 0
        while start < bytes.count {
            let written = unsafe bytes[start...].withUnsafeBytes { buffer in
                unsafe write(descriptor, buffer.baseAddress, buffer.count)
            }
            if written > 0 {
                start += written
            } else if errno != EINTR {
                throw failed()
            }
        }
    }

    private static var currentFolder: String {
        guard let path = unsafe getcwd(nil, 0) else { return "/" }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    /// A path without links, as far as it exists; the last name stays as it is.
    private static func resolved(_ path: String) -> String {
        var parts = path.split(separator: "/")
        var rest = [parts.popLast()].compactMap { $0 }
        while !parts.isEmpty {
            if let found = absolute("/" + parts.joined(separator: "/")) {
                return (found == "/" ? "" : found) + "/" + rest.reversed().joined(separator: "/")
            }
            if let last = parts.popLast() { rest.append(last) }
        }
        return "/" + rest.reversed().joined(separator: "/")
    }

    /// The absolute path of a folder that exists.
    private static func absolute(_ path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        let text = unsafe String(cString: resolved)
        var status = stat()
        guard unsafe stat(text, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
        return text
    }

    /// A path without `.`, `..` and doubled slashes.
    private static func cleaned(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}

/// Why a command ends without doing its work.
struct CommandFailure: Error {
    /// The exit codes of the product.
    enum Kind: Int32 {
        case findings = 1
        case misuse = 2
        case world = 3
    }
    let kind: Kind
    let message: String
    let hint: String?

    init(_ kind: Kind, _ message: String, hint: String? = nil) {
        self.kind = kind
        self.message = message
        self.hint = hint
    }
}
