import Text

extension Schema {
    /// The schema as JSON Schema, draft 2020-12.
    ///
    /// - Parameters:
    ///   - title: its title.
    ///   - id: its `$id`, or nothing.
    /// - Returns: JSON, one key a line.
    public func jsonSchema(title: String, id: String? = nil) -> [UInt8] {
        var json = JSONWriter(.pretty)
        json.beginObject()
        json.key("$schema")
        json.string("https://json-schema.org/draft/2020-12/schema")
        if let id {
            json.key("$id")
            json.string(id)
        }
        json.key("title")
        json.string(title)
        write(to: &json)
        json.endObject()
        return json.finish()
    }

    /// Writes the keywords of the schema into an object that is open.
    private func write(to json: inout JSONWriter) {
        func type(_ name: String, _ json: inout JSONWriter) {
            json.key("type")
            json.string(name)
        }
        switch shape {
        case .any: break
        case .boolean: type("boolean", &json)
        case .integer(let range):
            type("integer", &json)
            if range.lowerBound != Int.min {
                json.key("minimum")
                json.number(range.lowerBound)
            }
            if range.upperBound != Int.max {
                json.key("maximum")
                json.number(range.upperBound)
            }
        case .string: type("string", &json)
        case .scalar:
            json.key("type")
            json.beginArray()
            for name in ["string", "number", "boolean"] { json.string(name) }
            json.endArray()
        case .choice(let words):
            json.key("enum")
            json.beginArray()
            for word in words { json.string(word) }
            json.endArray()
        case .list(let element):
            type("array", &json)
            json.key("items")
            element.writeObject(to: &json)
        case .map(let value):
            type("object", &json)
            json.key("additionalProperties")
            value.writeObject(to: &json)
        case .object(let properties, let others):
            type("object", &json)
            json.key("properties")
            json.beginObject()
            for property in properties {
                json.key(property.name)
                json.beginObject()
                json.key("description")
                json.string(property.summary)
                property.schema.write(to: &json)
                if let text = property.defaultJSON {
                    json.key("default")
                    DataValue(typed: text).write(to: &json)
                }
                json.endObject()
            }
            json.endObject()
            json.key("additionalProperties")
            if let others { others.writeObject(to: &json) } else { json.boolean(false) }
        case .oneOf(let schemas):
            json.key("anyOf")
            json.beginArray()
            for schema in schemas { schema.writeObject(to: &json) }
            json.endArray()
        }
    }

    private func writeObject(to json: inout JSONWriter) {
        json.beginObject()
        write(to: &json)
        json.endObject()
    }

    /// A row of the manual's table of keys.
    public struct Row: Sendable, Equatable {
        /// The key with those above it: `pagination.size`.
        public let path: String
        /// What it takes, in words.
        public let expectation: String
        /// What holds without it, as JSON.
        public let defaultJSON: String?
        /// One sentence.
        public let summary: String
    }

    /// All keys, each after the one that holds it, for the manual.
    public var rows: [Row] {
        var rows: [Row] = []
        collect("", &rows)
        return rows
    }

    private func collect(_ prefix: String, _ rows: inout [Row]) {
        switch shape {
        case .object(let properties, let others):
            for property in properties {
                let path = prefix.isEmpty ? property.name : "\(prefix).\(property.name)"
                rows.append(
                    Row(
                        path: path, expectation: property.schema.expectation,
                        defaultJSON: property.defaultJSON,
                        summary: property.summary))
                property.schema.collect(path, &rows)
            }
            others?.collect(prefix.isEmpty ? "NAME" : "\(prefix).NAME", &rows)
        case .map(let value): value.collect(prefix.isEmpty ? "NAME" : "\(prefix).NAME", &rows)
        case .list(let element): element.collect("\(prefix)[]", &rows)
        case .oneOf(let schemas): for schema in schemas { schema.collect(prefix, &rows) }
        default: break
        }
    }
}
