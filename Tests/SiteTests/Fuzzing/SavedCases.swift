import Files
import Glibc
import TestSupport
import Testing
import Text

/// The scripts in `Cases`, by name.
enum SavedCases {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        var testDescription: String { name }
    }

    static let all: [Case] = {
        let folder = RelativePath(unchecked: Array("Tests/SiteTests/Cases".utf8))
        let disk = DiskFileSystem(root: Repository.root)
        let entries = (try? disk.list(folder)) ?? []
        return entries.compactMap { entry in
            let name = String(decoding: entry.name, as: UTF8.self)
            guard name.hasSuffix(".txt"), let bytes = Repository.file("\(folder.text)/\(name)") else {
                return nil
            }
            return Case(name: name, text: String(decoding: bytes, as: UTF8.self))
        }
    }()
}

/// What a person asks of the tests by variables.
enum Environment {
    static func number(_ name: String) -> Int? {
        unsafe getenv(name).flatMap { unsafe Int(String(cString: $0)) }
    }

    /// Seconds of a clock that only goes forward.
    static var seconds: Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec
    }

    /// Words for whoever watches a long run.
    static func say(_ text: String) {
        _ = unsafe write(2, text, text.utf8.count)
    }
}
