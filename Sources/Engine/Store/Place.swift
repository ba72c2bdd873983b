public import Files
public import Text

/// Where the engine keeps what it knows between processes: a folder of its own.
public struct StorePlace: Sendable {
    /// The file system that holds it.
    public let fileSystem: any FileSystem
    /// The folder: `.site/production`, say. One for each set of flags that publishes to a folder of its own.
    public private(set) var folder: RelativePath
    /// Folders of the same kind, one of which is taken when another process has ``folder``; without any, a build waits
    /// until that process ends. Previews have some: nobody ends one preview to see another.
    public let others: [RelativePath]

    /// A place.
    public init(_ fileSystem: any FileSystem, folder: RelativePath, others: [RelativePath] = []) {
        self.fileSystem = fileSystem
        self.folder = folder
        self.others = others
    }

    /// The same place in another folder.
    func moved(to folder: RelativePath) -> StorePlace {
        var place = self
        place.folder = folder
        return place
    }
}

/// Where outputs are published.
public struct OutputPlace: Sendable {
    /// The file system that holds the output and the staging folder, on one volume.
    public let fileSystem: any FileSystem
    /// The output folder.
    public let folder: RelativePath
    /// A folder of the engine's own for outputs on their way: emptied by every build. Beside ``folder``, or in it where
    /// that is another volume or nothing may be written beside it.
    public let staging: RelativePath

    /// What tells those who publish into one folder apart: files that bear another's number are never taken for ours.
    public let owner: UInt64
    /// What may be done where the folder holds files of others, if there is something better than another folder.
    public let advice: @Sendable () -> String?

    /// A place.
    public init(
        _ fileSystem: any FileSystem, folder: RelativePath, staging: RelativePath, owner: UInt64 = 0,
        advice: @escaping @Sendable () -> String? = { nil }
    ) {
        self.fileSystem = fileSystem
        self.folder = folder
        self.staging = staging
        self.owner = owner
        self.advice = advice
    }
}
