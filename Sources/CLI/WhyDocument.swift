import Engine
import Text

/// What `site why`, `site deps`, `site rdeps` and `site clean` say to programs; see `content/docs/command-line.md`.
enum WhyDocument {
    /// An object with what `body` writes into it.
    static func object(_ command: String?, _ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter(.pretty)
        json.beginObject()
        if let command {
            json.key("command")
            json.string(command)
        }
        body(&json)
        json.endObject()
        return json.finish()
    }

    /// Why an output was made.
    static func why(
        _ explanation: Explanation, of output: RelativePath, _ engine: BuildEngine, _ json: inout JSONWriter
    ) {
        json.key("output")
        json.string(output.bytes)
        write(build: explanation.session, time: explanation.time, &json)
        json.key("chain")
        json.beginArray()
        for event in explanation.chain { write(event, engine, &json) }
        json.endArray()
        json.key("reads")
        json.number(explanation.readCount)
    }

    /// Why an output was left alone: an object of its own.
    static func whyNot(
        _ answer: LeftAlone, of output: RelativePath, _ engine: BuildEngine, _ json: inout JSONWriter
    ) {
        json.beginObject()
        json.key("output")
        json.string(output.bytes)
        write(build: answer.session, time: answer.time, &json)
        json.key("made")
        json.boolean(answer.wasMade)
        json.key("reads")
        json.number(answer.readCount)
        json.key("doesNotRead")
        json.beginArray()
        for key in answer.unread {
            json.beginObject()
            write(key, engine, &json)
            json.endObject()
        }
        json.endArray()
        json.key("stayedEqual")
        json.beginArray()
        for read in answer.unchanged { write(read, engine, &json) }
        json.endArray()
        json.endObject()
    }

    /// What ran in the last build.
    static func last(_ engine: BuildEngine, _ json: inout JSONWriter) {
        json.key("ran")
        json.beginArray()
        for event in engine.lastEvents() { write(event, engine, &json) }
        json.endArray()
    }

    /// Paths under a name.
    static func list(_ name: String, _ paths: [RelativePath], _ json: inout JSONWriter) {
        json.key(name)
        json.beginArray()
        for path in paths { json.string(path.bytes) }
        json.endArray()
    }

    /// A read: kind, name and part.
    static func write(_ read: Dependency, _ engine: BuildEngine, _ json: inout JSONWriter) {
        json.beginObject()
        write(read.key, engine, &json)
        if read.projection != .whole {
            json.key("part")
            json.string(read.projection.name.bytes)
        }
        json.endObject()
    }

    /// The members of a key.
    static func write(_ key: Key, _ engine: BuildEngine, _ json: inout JSONWriter) {
        json.key("kind")
        json.string(engine.kindName(of: key))
        json.key("name")
        json.string(key.name.bytes)
    }

    private static func write(build session: UInt32?, time: Int64?, _ json: inout JSONWriter) {
        if let session {
            json.key("build")
            json.number(Int(session))
        }
        if let time {
            json.key("time")
            json.number(Int(time))
        }
    }

    private static func write(_ event: Event, _ engine: BuildEngine, _ json: inout JSONWriter) {
        json.beginObject()
        write(event.key, engine, &json)
        json.key("reason")
        json.string(event.reason.text)
        if let cause = event.cause {
            json.key("cause")
            json.beginObject()
            write(cause.key, engine, &json)
            if cause.projection != .whole {
                json.key("part")
                json.string(cause.projection.name.bytes)
            }
            for (name, text) in [("old", cause.old), ("new", cause.new)] {
                guard let text else { continue }
                json.key(name)
                json.string(text)
            }
            json.endObject()
        }
        json.endObject()
    }
}
