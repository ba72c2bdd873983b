import CResources

/// What the binary carries for the model: the one door of this folder to it.
enum CarriedData {
    /// The IANA time zones; see `Tests/Scripts/generate_time_zones.py`.
    static let timeZones = unsafe bytes(carried_time_zones)
    /// Names of months and days; see `Tests/Scripts/generate_date_names.py`.
    static let dateNames = unsafe bytes(carried_date_names)

    private static func bytes(_ file: carried_file) -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
    }
}
