import Text

/// What the JSON outputs of sites have in common.
extension JSONWriter {
    /// A key with text.
    mutating func field(_ name: String, _ value: [UInt8]) {
        key(name)
        string(value)
    }

    /// A key with text.
    mutating func field(_ name: String, _ value: String) {
        key(name)
        string(value)
    }

    /// A key with a list of people; nothing when there are none.
    mutating func people(_ people: [Person]) {
        if people.isEmpty { return }
        key("authors")
        beginArray()
        for person in people {
            beginObject()
            field("name", person.name)
            if let url = person.url { field("url", url) }
            endObject()
        }
        endArray()
    }
}
