public import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension FileError: CustomStringConvertible {
    /// The operating system's words for the reason, in English whatever the locale: `No space left on device`.
    public var reason: String {
        // Nobody sets a locale in this process, so the C library speaks the language of the C locale.
        var text = [CChar](repeating: 0, count: 128)
        let result = unsafe text.withUnsafeMutableBufferPointer { buffer -> Int32 in
            guard let start = buffer.baseAddress else { return -1 }
            return unsafe strerror_r(code, start, buffer.count)
        }
        if result != 0 { return "error \(code)" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The refusal of a link to what does not lie below the folder that a door shows.
    public static func leadsOutside(_ path: RelativePath) -> FileError {
        FileError(operation: follow, path: path, code: EXDEV)
    }

    /// Whether a link led out of the folder that a door shows.
    public var leadsOutside: Bool { operation == Self.follow }

    private static let follow = "follow"

    /// Whether the file has more bytes than are looked at.
    public var isTooLarge: Bool { code == EFBIG && operation == "read" }

    /// Whether trying again would not help: one may not, or the disk is for reading only.
    public var isForGood: Bool { code == EACCES || code == EPERM || code == EROFS }

    /// Whether the system was short of something that it may have again in a moment, or the file was just being written.
    public var isShortage: Bool { [EMFILE, ENFILE, ENOMEM, EAGAIN, EINTR].contains(code) }

    /// As `cannot write public/a.html: No space left on device`.
    public var description: String {
        "cannot \(operation) \(path.isRoot ? "the folder" : path.text): \(reason)"
    }
}
