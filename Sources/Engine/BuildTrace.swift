import Synchronization
import Text

/// What each worker did when, in the format of Chrome's tracing (`chrome://tracing`, Perfetto): one complete event
/// ("ph": "X") for each run of a rule, for each wait for another worker, and for each phase of the build.
///
/// Source: the Trace Event Format of the Chromium project.
public final class BuildTrace: Sendable {
    /// One stretch of time of one worker.
    struct Span: Sendable {
        enum Subject: Sendable {
            case rule(Key, Reason?)
            case waiting(Key)
            case phase(String)
        }
        let subject: Subject
        /// 0 is the thread that builds, the others are workers.
        let worker: Int
        let start: Int64
        let end: Int64
    }

    private let clock: @Sendable () -> Int64
    private let began: Int64
    private let spans = Mutex<[Span]>([])

    /// A trace that begins now.
    ///
    /// - Parameter clock: nanoseconds of a clock that only goes forward.
    public init(clock: @escaping @Sendable () -> Int64) {
        self.clock = clock
        began = clock()
    }

    /// Nanoseconds since the trace began.
    func now() -> Int64 { clock() - began }

    /// Adds a stretch that ends now.
    func add(_ subject: Span.Subject, worker: Int, since start: Int64) {
        let end = now()
        spans.withLock { $0.append(Span(subject: subject, worker: worker, start: start, end: end)) }
    }

    /// How many runs of rules there are in it.
    public var ruleCount: Int {
        spans.withLock { spans in
            spans.count { if case .rule = $0.subject { true } else { false } }
        }
    }

    /// The whole trace as JSON; times are microseconds.
    ///
    /// - Parameter text: what people call a key.
    /// - Returns: one object.
    public func json(_ text: (Key) -> String) -> [UInt8] {
        let spans = self.spans.withLock { $0 }.sorted {
            ($0.start, $1.end, $0.worker) < ($1.start, $0.end, $1.worker)
        }
        var json = JSONWriter(.compact)
        json.beginObject()
        json.key("displayTimeUnit")
        json.string("ms")
        json.key("traceEvents")
        json.beginArray()
        for worker in Set(spans.map(\.worker)).sorted() {
            json.beginObject()
            for (key, value) in [("ph", "M"), ("name", "thread_name")] {
                json.key(key)
                json.string(value)
            }
            Self.writeThread(worker, &json)
            json.key("args")
            json.beginObject()
            json.key("name")
            json.string(worker == 0 ? "build" : "worker \(worker)")
            json.endObject()
            json.endObject()
        }
        for span in spans { Self.write(span, text, &json) }
        json.endArray()
        json.endObject()
        return json.finish()
    }

    private static func writeThread(_ worker: Int, _ json: inout JSONWriter) {
        json.key("pid")
        json.number(1)
        json.key("tid")
        json.number(worker)
    }

    private static func write(_ span: Span, _ text: (Key) -> String, _ json: inout JSONWriter) {
        var name: String
        var category: String
        var reason: Reason?
        switch span.subject {
        case .rule(let key, let cause):
            name = text(key)
            category = "rule"
            reason = cause
        case .waiting(let key):
            name = "wait for \(text(key))"
            category = "wait"
        case .phase(let phase):
            name = phase
            category = "phase"
        }
        json.beginObject()
        json.key("ph")
        json.string("X")
        json.key("name")
        json.string(name)
        json.key("cat")
        json.string(category)
        writeThread(span.worker, &json)
        json.key("ts")
        json.number(Double(span.start) / 1000)
        json.key("dur")
        json.number(Double(span.end - span.start) / 1000)
        if case .rule = span.subject {
            json.key("args")
            json.beginObject()
            json.key("reason")
            json.string(reason?.text ?? "value needed")
            json.endObject()
        }
        json.endObject()
    }
}
