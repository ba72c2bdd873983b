import Files

/// Stamps of files as bytes.
enum StampCoding {
    static func encode(_ stamp: FileStamp?, to encoder: inout Encoder) {
        encoder.number(stamp == nil ? 0 : 1 as UInt64)
        guard let stamp else { return }
        encoder.number(stamp.inode)
        encoder.number(stamp.size)
        encoder.signed(stamp.modified)
        encoder.signed(stamp.changed)
        encoder.number(UInt64(stamp.mode))
    }

    static func decode(_ decoder: inout Decoder) -> FileStamp? {
        guard decoder.number() != 0 else { return nil }
        let inode = decoder.number()
        let size = decoder.number()
        let modified = decoder.signed()
        let changed = decoder.signed()
        return FileStamp(
            inode: inode, size: size, modified: modified, changed: changed,
            mode: UInt32(truncatingIfNeeded: decoder.number()))
    }
}
