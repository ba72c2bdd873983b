import Site
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
    import MachO
#endif

/// Who builds: the linker's build id of the program and of the libraries whose version can change bytes.
///
/// A store that another program wrote is not believed. The id stands in a note at the head of an ELF file (the
/// `--build-id` of ld(1)), or among the load commands of a Mach-O file, so that nothing of the program's size is read at
/// the start.
enum ToolIdentity {
    static let fingerprint: Fingerprint = {
        var builder = FingerprintBuilder()
        builder.combine(SiteBuild.version)
        for part in parts { builder.combine(part) }
        return builder.finish()
    }()

    #if canImport(Darwin)
        /// What tells the program and each library from others, the libraries in the order of their paths. Those of the
        /// system are in no file of their own; but all are in memory.
        private static var parts: [[UInt8]] {
            var program: [[UInt8]] = []
            var libraries: [(path: [UInt8], part: [UInt8])] = []
            for index in 0..<_dyld_image_count() {
                guard let image = unsafe _dyld_get_image_name(index),
                    let header = unsafe _dyld_get_image_header(index)
                else { continue }
                let path = unsafe UnsafeRawBufferPointer(start: image, count: strlen(image)).map { $0 }
                if unsafe header.pointee.filetype == UInt32(MH_EXECUTE) {
                    unsafe program.append(loadedID(header))
                    continue
                }
                let name = path[(path.lastIndex(of: UInt8(ascii: "/")) ?? 0)...]
                if name.starts(with: "/libxml2.".utf8) || name.starts(with: "/libvips.".utf8) {
                    unsafe libraries.append((path, loadedID(header)))
                }
            }
            libraries.sort { $0.path.lexicographicallyPrecedes($1.path) }
            return program + libraries.map(\.part)
        }

        /// The identity in the load commands of what is loaded (`LC_UUID` of mach-o/loader.h); without one, all of them: they
        /// hold the sizes of all segments.
        @unsafe private static func loadedID(_ header: UnsafePointer<mach_header>) -> [UInt8] {
            let start = unsafe UnsafeRawPointer(header) + MemoryLayout<mach_header_64>.size
            let size = unsafe Int(header.pointee.sizeofcmds)
            var offset = 0
            while offset + MemoryLayout<uuid_command>.size <= size {
                let command = unsafe start.loadUnaligned(fromByteOffset: offset, as: load_command.self)
                if command.cmd == UInt32(LC_UUID) {
                    return unsafe UnsafeRawBufferPointer(start: start + offset, count: Int(command.cmdsize))
                        .map { $0 }
                }
                offset += Swift.max(Int(command.cmdsize), 8)
            }
            return unsafe UnsafeRawBufferPointer(start: start, count: size).map { $0 }
        }
    #else
        /// What tells the program and each library from others: its build id; without a note, the head of the file
        /// itself, which holds the sizes of all segments.
        private static var parts: [[UInt8]] {
            (["/proc/self/exe"] + libraries).map { path in
                let head = Self.head(of: path)
                return buildID(in: head) ?? head
            }
        }

        /// The paths of the loaded libraries that make bytes of the output, each once, in the order of their names.
        private static var libraries: [String] {
            var paths: Set<String> = []
            for line in contents(of: "/proc/self/maps", limit: 1 << 20).split(separator: UInt8(ascii: "\n")) {
                // The path is the last column (proc(5)) and the only one with a slash but the device's number, which has none.
                guard let slash = line.firstIndex(of: UInt8(ascii: "/")) else { continue }
                let name = line[(line.lastIndex(of: UInt8(ascii: "/")) ?? slash)...]
                if name.starts(with: "/libxml2.so".utf8) || name.starts(with: "/libvips.so".utf8) {
                    paths.insert(String(decoding: line[slash...], as: UTF8.self))
                }
            }
            return paths.sorted()
        }

        private static func head(of path: String) -> [UInt8] {
            contents(of: path, limit: 4096)
        }

        /// The build id in the notes of a 64-bit ELF file whose head is given (elf(5)).
        private static func buildID(in head: [UInt8]) -> [UInt8]? {
            func number(_ offset: Int, _ size: Int) -> Int? {
                guard offset >= 0, offset + size <= head.count else { return nil }
                var value = 0
                for index in (0..<size).reversed() {
                    if value > Int.max >> 8 { return nil }
                    value = value << 8 | Int(head[offset + index])
                }
                return value
            }
            guard head.count >= 64, head.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2]), let table = number(32, 8),
                let entrySize = number(54, 2), let count = number(56, 2), table < head.count
            else { return nil }
            for index in 0..<count {
                let entry = table + index * entrySize
                // PT_NOTE is 4.
                guard number(entry, 4) == 4, let start = number(entry + 8, 8),
                    let size = number(entry + 32, 8)
                else { continue }
                var offset = start
                while offset + 12 <= min(start + size, head.count) {
                    guard let nameSize = number(offset, 4), let length = number(offset + 4, 4),
                        let type = number(offset + 8, 4),
                        nameSize < 4096, length < 4096
                    else { break }
                    let content = offset + 12 + (nameSize + 3) & ~3
                    // NT_GNU_BUILD_ID is 3.
                    if type == 3, nameSize == 4, content + length <= head.count {
                        return Array(head[content..<(content + length)])
                    }
                    offset = content + (length + 3) & ~3
                }
            }
            return nil
        }

        /// The first bytes of a file, or nothing.
        private static func contents(of path: String, limit: Int) -> [UInt8] {
            let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { return [] }
            defer { close(descriptor) }
            var bytes: [UInt8] = []
            var part = [UInt8](repeating: 0, count: min(limit, 16 << 10))
            while bytes.count < limit {
                let wanted = min(part.count, limit - bytes.count)
                let count = unsafe part.withUnsafeMutableBytes {
                    unsafe read(descriptor, $0.baseAddress, wanted)
                }
                if count <= 0 { break }
                bytes.append(contentsOf: part[..<count])
            }
            return bytes
        }
    #endif
}
