#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What all systems have in the same way, under names that the members of a file system do not hide.
extension SystemCalls {
    /// `read`.
    @inline(__always)
    @unsafe static func readBytes(
        _ descriptor: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int
    ) -> Int {
        unsafe read(descriptor, start, count)
    }

    /// `write`.
    @inline(__always)
    @unsafe static func writeBytes(
        _ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int
    ) -> Int {
        unsafe write(descriptor, start, count)
    }

    /// `rename`.
    @inline(__always)
    @unsafe static func renamePath(_ old: UnsafePointer<CChar>, _ new: UnsafePointer<CChar>) -> Int32 {
        unsafe rename(old, new)
    }

    /// What a link says, or `nil` for what is no link.
    static func linkTarget(of path: [UInt8]) -> [UInt8]? {
        var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe (path + [0]).withUnsafeBytes { path in
            unsafe target.withUnsafeMutableBytes { target in
                guard let from = unsafe path.assumingMemoryBound(to: CChar.self).baseAddress,
                    let to = unsafe target.assumingMemoryBound(to: CChar.self).baseAddress
                else { return -1 }
                return unsafe readlink(from, to, target.count)
            }
        }
        return count > 0 ? Array(target.prefix(count)) : nil
    }

    /// The absolute path of a folder without links in it, or `nil` when there is none.
    static func resolved(_ path: [UInt8]) -> [UInt8]? {
        unsafe (path + [0]).withUnsafeBytes { path in
            guard let start = unsafe path.assumingMemoryBound(to: CChar.self).baseAddress,
                let resolved = unsafe realpath(start, nil)
            else { return nil }
            defer { unsafe free(resolved) }
            return unsafe UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)).map { $0 }
        }
    }
}
