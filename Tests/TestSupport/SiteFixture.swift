public import Files
internal import Text

/// A whole site in one string.
///
///     -- site.json --
///     {"title": "T"}
///     -- content/a.md --
///     # A
///     -- content/b.md (deleted) --
///
/// Each header starts a file; the file's text goes on to the next header, its last line feed included. In an
/// edit, a file replaces the one of its name, `(deleted)` removes a file or folder, `(renamed from old/path)`
/// moves one before the text that follows, if any, replaces it, `(folder)` makes an empty folder, and
/// `(no newline)` drops the last line feed.
public struct SiteFixture: Sendable {
    /// What one header asks for.
    public enum Change: Hashable, Sendable {
        /// Put this text.
        case file(String)
        /// Remove the file or folder.
        case deleted
        /// Move it here from there.
        case renamed(from: String)
        /// Make an empty folder.
        case folder
    }

    /// One header with its text.
    public struct Part: Hashable, Sendable {
        /// The path, as written.
        public let path: String
        /// What is asked for.
        public let change: Change
    }

    /// The parts in order.
    public let parts: [Part]

    /// The parts of a text; what stands before the first header is a comment.
    public init(_ text: String) {
        var parts: [Part] = []
        var lines: [Substring] = []
        var header: (path: String, option: String)?
        func close() {
            guard let header else { return }
            var body = lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
            switch header.option {
            case "deleted": parts.append(Part(path: header.path, change: .deleted))
            case "folder": parts.append(Part(path: header.path, change: .folder))
            case let option where option.hasPrefix("renamed from "):
                let source = String(option.dropFirst("renamed from ".count))
                parts.append(Part(path: header.path, change: .renamed(from: source)))
                if !body.isEmpty { parts.append(Part(path: header.path, change: .file(body))) }
            default:
                if header.option == "no newline", !body.isEmpty { body.removeLast() }
                parts.append(Part(path: header.path, change: .file(body)))
            }
        }
        var all = text.split(separator: "\n", omittingEmptySubsequences: false)
        if all.last == "" { all.removeLast() }
        for line in all {
            if let next = Self.header(line) {
                close()
                header = next
                lines = []
            } else {
                lines.append(line)
            }
        }
        close()
        self.parts = parts
    }

    /// A new file system that holds the site.
    public func fileSystem() -> MemoryFileSystem {
        let files = MemoryFileSystem()
        apply(to: files)
        return files
    }

    /// Changes files as the parts say, without a trace in the log of accesses.
    ///
    /// - Parameters:
    ///   - files: the site to change.
    ///   - inPlace: overwrite files, as some editors do, instead of renaming new ones over them.
    public func apply(to files: MemoryFileSystem, inPlace: Bool = false) {
        for part in parts {
            switch part.change {
            case .file(let text): files.put(part.path, bytes: Array(text.utf8), inPlace: inPlace)
            case .deleted: files.delete(part.path)
            case .renamed(let source): files.move(source, to: part.path)
            case .folder: files.putFolder(part.path)
            }
        }
    }

    /// The files of a file system in this notation, sorted: what a test compares outputs with.
    public static func text(of files: MemoryFileSystem, below folder: String = "") -> String {
        guard let folder = RelativePath(folder) else { return "" }
        var text = ""
        for (path, bytes) in files.files {
            guard let rest = path.relative(to: folder) else { continue }
            text += "-- \(rest.text)"
            let body = String(decoding: bytes, as: UTF8.self)
            let complete = body.isEmpty || body.utf8.last == UInt8(ascii: "\n")
            text += complete ? " --\n" : " (no newline) --\n"
            text += complete ? body : body + "\n"
        }
        return text
    }

    private static func header(_ line: Substring) -> (path: String, option: String)? {
        guard line.hasPrefix("-- "), line.hasSuffix(" --"), line.utf8.count > 6 else { return nil }
        let inner = line.dropFirst(3).dropLast(3)
        guard inner.hasSuffix(")"), let open = inner.lastRange(of: " (") else { return (String(inner), "") }
        return (String(inner[..<open.lowerBound]), String(inner[open.upperBound...].dropLast()))
    }
}

extension MemoryFileSystem {
    /// A site from one string; see ``SiteFixture``.
    public convenience init(site: String) {
        self.init()
        SiteFixture(site).apply(to: self)
    }

    /// Changes the site as ``SiteFixture`` says.
    public func edit(_ changes: String, inPlace: Bool = false) {
        SiteFixture(changes).apply(to: self, inPlace: inPlace)
    }
}

extension Substring {
    fileprivate func lastRange(of separator: String) -> Range<Index>? {
        var end = endIndex
        while end > startIndex {
            end = index(before: end)
            if self[end...].hasPrefix(separator) { return end..<index(end, offsetBy: separator.count) }
        }
        return nil
    }
}
