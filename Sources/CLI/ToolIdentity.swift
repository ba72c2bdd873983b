import Engine
import Glibc
import Site
import Text

/// Who builds: the linker's build id of the program and of the libraries whose version can change bytes.
///
/// A store that another program wrote is not believed. The id is in a note of the ELF file (the `build-id` of
/// ld(1)), so that nothing of the program's size is read at the start.
enum ToolIdentity {
    static let fingerprint: Fingerprint = {
        var notes: [[UInt8]] = []
        unsafe withUnsafeMutablePointer(to: &notes) { pointer in
            _ = unsafe dl_iterate_phdr(
                { information, _, context in
                    guard let information = unsafe information, let context = unsafe context else { return 0 }
                    let notes = unsafe context.assumingMemoryBound(to: [[UInt8]].self)
                    let name = unsafe information.pointee.dlpi_name.map { unsafe String(cString: $0) } ?? ""
                    // The program itself has no name; of the libraries, those that make bytes of the output.
                    guard name.isEmpty || name.contains("libxml2") || name.contains("libvips") else { return 0 }
                    if let note = unsafe ToolIdentity.buildID(information.pointee) { unsafe notes.pointee.append(note) }
                    return 0
                }, pointer)
        }
        var builder = FingerprintBuilder()
        builder.combine(SiteBuild.version)
        for note in notes { builder.combine(note) }
        return builder.finish()
    }()

    /// The build id in the notes of a loaded object.
    private static func buildID(_ object: dl_phdr_info) -> [UInt8]? {
        for index in 0..<Int(unsafe object.dlpi_phnum) {
            let header = unsafe object.dlpi_phdr[index]
            guard header.p_type == UInt32(PT_NOTE) else { continue }
            guard let start = unsafe UnsafeRawPointer(bitPattern: UInt(unsafe object.dlpi_addr) + UInt(header.p_vaddr)) else { continue }
            let notes = unsafe UnsafeRawBufferPointer(start: start, count: Int(header.p_memsz))
            var offset = 0
            while offset + 12 <= notes.count {
                let nameSize = Int(unsafe notes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
                let size = Int(unsafe notes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self))
                let type = unsafe notes.loadUnaligned(fromByteOffset: offset + 8, as: UInt32.self)
                let name = offset + 12
                let content = name + (nameSize + 3) & ~3
                guard content + size <= notes.count else { break }
                // NT_GNU_BUILD_ID is 3, and its owner is "GNU".
                if type == 3, nameSize == 4, unsafe notes[name..<(name + 3)].elementsEqual("GNU".utf8) {
                    return unsafe Array(notes[content..<(content + size)])
                }
                offset = content + (size + 3) & ~3
            }
        }
        return nil
    }
}
