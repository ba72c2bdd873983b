/// What a command leaves to the operating system, which takes a process's memory back at once, where letting go of a
/// graph of a hundred thousand pages object by object takes longer than a build in which little has changed.
enum Leftovers {
    /// Keeps an object until the process ends.
    static func keep(_ object: AnyObject) {
        _ = unsafe Unmanaged.passRetained(object)
    }
}
