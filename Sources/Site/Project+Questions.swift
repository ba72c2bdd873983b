public import Engine
public import Files
import Formats
import Text

extension Project {
    /// Seconds since 1970 of a date as people write it, in UTC where it names no zone; `nil` for anything else.
    public static func instant(of text: String) -> Int64? {
        guard case .date(let parts) = DateTimeReader.read(Array(text.utf8)[...]) else { return nil }
        return Int64(Instant(parts, in: .utc).seconds)
    }
}

extension Project {
    /// Removes the outputs that are ours, and what was remembered.
    ///
    /// - Returns: how many files of the output were removed.
    /// - Throws: what the file system refuses.
    public func clean(progress: BuildProgress? = nil, willWait: @Sendable (Int32?) -> Void = { _ in })
        throws(FileError) -> Int
    {
        try engine.removeOutputs(progress: progress, willWait: willWait)
    }
}

extension SiteBuild {
    /// Counts changes of what builds mean that no rule's own version covers.
    public static let version = 1
}
