import Files
import Text

/// What is known of each source file that anyone has asked for, absent ones included.
struct FileTable: Sendable {
    var entries: [FileEntry] = []
}

/// One file: 64 bytes, on disk as in memory.
struct FileEntry: Sendable, BitwiseCopyable, Equatable {
    var low: UInt64
    var high: UInt64
    private var inode: UInt64 = 0
    private var size: UInt64 = 0
    private var modified: Int64 = 0
    private var changed: Int64 = 0
    var node: NodeID
    private var mode: UInt32 = 0
    private var flags: UInt64 = 0

    /// What stands for its content.
    var fingerprint: Fingerprint { Fingerprint(low: low, high: high) }
    /// The stamp under which the fingerprint was taken, or `nil` when there was no file.
    var stamp: FileStamp? {
        flags & 1 == 0
            ? nil : FileStamp(inode: inode, size: size, modified: modified, changed: changed, mode: mode)
    }
    /// The stamp was too young to vouch for the content, since a write in the same tick would not show; or the path is a
    /// link, of which it says nothing.
    var isRacy: Bool { flags & 2 != 0 }

    init(node: NodeID, stamp: FileStamp?, fingerprint: Fingerprint, isRacy: Bool) {
        self.node = node
        low = fingerprint.low
        high = fingerprint.high
        if let stamp {
            inode = stamp.inode
            size = stamp.size
            modified = stamp.modified
            changed = stamp.changed
            mode = stamp.mode
            flags = 1
        }
        if isRacy { flags |= 2 }
    }
}
