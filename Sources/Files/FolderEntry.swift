/// What a name in a folder stands for, symbolic links followed.
public enum FileKind: UInt8, Sendable {
    /// A regular file.
    case file = 0
    /// A folder.
    case folder = 1
    /// A socket, a device: nothing that is read.
    case other = 2
    /// A link to a file or folder outside of the folder that the file system shows: whoever walks does not follow it, so
    /// that nobody publishes what is not the site's by a link.
    case outside = 3
    /// A link that leads nowhere, around in a circle, or to a folder in which it lies itself: there is nothing to read.
    case dead = 4
}

/// A name in a folder.
public struct FolderEntry: Hashable, Sendable {
    /// The name, one path component.
    public let name: [UInt8]
    /// What it is.
    public let kind: FileKind

    /// An entry.
    public init(name: [UInt8], kind: FileKind) {
        self.name = name
        self.kind = kind
    }
}

/// A name in a folder with its stamp.
public struct StampedEntry: Sendable {
    /// Name and kind.
    public let entry: FolderEntry
    /// Its stamp; for a link, of what it leads to.
    public let stamp: FileStamp

    /// An entry with its stamp.
    public init(entry: FolderEntry, stamp: FileStamp) {
        self.entry = entry
        self.stamp = stamp
    }
}

/// What the file system says of a file without reading it: equal stamps mean surely the same, no more.
///
/// The time of the last change of the inode (ctime) catches what restores the time of modification: `touch
/// -r`, `rsync -t`, `tar`; the inode catches a file renamed over another.
public struct FileStamp: Hashable, Sendable {
    /// The inode.
    public var inode: UInt64
    /// Bytes.
    public var size: UInt64
    /// Last modification, nanoseconds since 1970.
    public var modified: Int64
    /// Last change of the inode, nanoseconds since 1970.
    public var changed: Int64
    /// Type and permissions, as `st_mode`.
    public var mode: UInt32

    /// A stamp from its parts.
    public init(inode: UInt64, size: UInt64, modified: Int64, changed: Int64, mode: UInt32) {
        self.inode = inode
        self.size = size
        self.modified = modified
        self.changed = changed
        self.mode = mode
    }
}

extension FileStamp {
    /// What the mode says it is.
    public var kind: FileKind {
        switch mode & 0o170000 {
        case 0o100000: .file
        case 0o040000: .folder
        default: .other
        }
    }
}
