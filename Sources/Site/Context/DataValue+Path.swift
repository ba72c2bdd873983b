import Formats
import Text

/// Values by the paths that edges name, `a.b.c`.
extension DataValue {
    /// What stands for the value at a path; `absent` where there is none.
    func fingerprint(atPath path: [UInt8]) -> Fingerprint {
        if path.isEmpty { return fingerprint }
        return value(at: String(decoding: path, as: UTF8.self))?.fingerprint ?? .absent
    }

    /// A scalar at a path in a few words.
    func shortText(atPath path: [UInt8]) -> String? {
        guard let found = path.isEmpty ? self : value(at: String(decoding: path, as: UTF8.self)), found.isScalar else { return nil }
        return String(decoding: found.text, as: UTF8.self)
    }

    /// Writes the value as JSON.
    func write(to writer: inout JSONWriter) {
        writer.raw(json(.compact))
    }
}
