import Text

/// The one object of `--format json` where a command could not even start: who reads it waits for an object.
enum FailureDocument {
    /// The object that says why a command ended.
    ///
    /// - Parameters:
    ///   - failure: why it ended.
    ///   - arguments: those of the process, the program's name first. They are looked at as they are written, since a
    ///     failure may come before they are understood.
    /// - Returns: its bytes, or `nil` where nobody asked for JSON, or the command prints no object of its own.
    static func bytes(of failure: CommandFailure, _ arguments: [String]) -> [UInt8]? {
        guard let command = arguments.dropFirst().first,
            ["build", "list", "clean", "why", "deps", "rdeps"].contains(command)
        else { return nil }
        let wantsJSON =
            arguments.contains("--format=json")
            || zip(arguments, arguments.dropFirst()).contains { $0 == "--format" && $1 == "json" }
        guard wantsJSON else { return nil }
        var json = JSONWriter()
        json.beginObject()
        json.key("command")
        json.string(command)
        json.key("ok")
        json.boolean(false)
        json.key("error")
        json.string(failure.message)
        if let hint = failure.hint {
            json.key("hint")
            json.string(hint)
        }
        json.key("diagnostics")
        json.beginArray()
        json.endArray()
        json.endObject()
        return json.finish() + [0x0A]
    }
}
