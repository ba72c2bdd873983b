import Files
import Text

/// What is known of each source file that anyone has asked for, absent ones included.
struct FileTable: Sendable {
    /// One file.
    struct Entry: Sendable {
        var node: NodeID
        /// The stamp under which the fingerprint was taken, or `nil` when there was no file.
        var stamp: FileStamp?
        var fingerprint: Fingerprint
        /// The stamp is too young to vouch for the content: a write in the same tick would not show.
        var isRacy: Bool
    }

    var entries: [Entry] = []
}
