public import Text

extension DataValue {
    /// Writes the value as JSON: dates as text in RFC 3339's form, maps in the order written.
    public func write(to json: inout JSONWriter) {
        switch kind {
        case .null: json.null()
        case .boolean: json.boolean(boolean ?? false)
        case .integer: json.number(integer ?? 0)
        case .double: json.number(double ?? 0)
        case .string: json.string(text)
        case .date: json.string(date?.text ?? "")
        case .list:
            json.beginArray()
            for element in elements { element.write(to: &json) }
            json.endArray()
        case .map:
            json.beginObject()
            for entry in entries {
                json.key(entry.key.span)
                entry.value.write(to: &json)
            }
            json.endObject()
        }
    }

    /// The value as JSON text.
    public func json(_ layout: JSONWriter.Layout = .compact) -> [UInt8] {
        var json = JSONWriter(layout)
        write(to: &json)
        return json.finish()
    }

    /// A value out of text that a person typed for one: JSON where it is JSON, else text as it is.
    ///
    /// So `SITE_PAGINATION_SIZE=10` is a number, `true` a truth value, `["a"]` a list, and `My blog` text.
    public init(typed text: String) {
        let file = SourceFile(path: "", text: text)
        let document = DataReader.read(file, as: .json)
        if document.diagnostics.isEmpty {
            var builder = DataBuilder()
            let root = builder.copy(document.value)
            self = builder.finish(root)
        } else {
            self.init(text)
        }
    }

    /// Text as a value.
    public init(_ text: String) {
        var builder = DataBuilder()
        let root = builder.string(text.utf8)
        self = builder.finish(root)
    }

    /// A list of values.
    public init(_ values: [DataValue]) {
        var builder = DataBuilder()
        let copies = values.map { builder.copy($0) }
        let root = builder.list(copies)
        self = builder.finish(root)
    }

    /// A map of values, in the order given.
    public init(_ entries: [(key: String, value: DataValue)]) {
        var builder = DataBuilder()
        var copies: [DataBuilder.Entry] = []
        for entry in entries {
            let node = builder.copy(entry.value)
            copies.append(builder.entry(entry.key, node))
        }
        let root = builder.map(copies)
        self = builder.finish(root)
    }
}
