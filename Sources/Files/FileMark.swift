/// What a file bears that was written for a place: whose it is, and where it belongs.
///
/// A mark outlives whatever is remembered of the file elsewhere and is no part of its content. On disk it is kept with the
/// number of the file's inode, so that it does not pass to copies; and since it names the place, a file that is moved
/// away is nobody's but the author's.
public struct FileMark: Hashable, Sendable {
    /// Who writes: others that write into the same folder have another number.
    public let owner: UInt64
    /// Where the file belongs: what stands for its folder of all folders, and its path in it.
    public let place: UInt64

    /// A mark.
    public init(owner: UInt64, place: UInt64) {
        self.owner = owner
        self.place = place
    }
}

/// What the mark of a file says to who asks whether it is theirs.
public enum MarkFit: UInt8, Sendable {
    /// There is none, or one that cannot be read; or marks are unknown here.
    case none
    /// It was written for this place.
    case fitting
    /// It was written by the same owner for another place, or is a copy.
    case strayed
    /// Somebody else wrote it.
    case others
    /// An earlier version of the program wrote it, whose marks told the file and not its place.
    case aged
}
