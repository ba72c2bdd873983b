import Formats
import Text

/// Values by the paths that edges name, `a.b.c`.
extension DataValue {
    /// What stands for the value at a path; `absent` where there is none.
    func fingerprint(atPath path: [UInt8]) -> Fingerprint {
        if path.isEmpty { return fingerprint }
        if path.last == 0 { return kindFingerprint(atPath: path.dropLast()) }
        return value(at: String(decoding: path, as: UTF8.self))?.fingerprint ?? .absent
    }

    /// What stands for the kind of the value at a path: nothing, scalar, map or list.
    private func kindFingerprint(atPath path: ArraySlice<UInt8>) -> Fingerprint {
        guard let found = path.isEmpty ? self : value(at: String(decoding: path, as: UTF8.self)) else {
            return .absent
        }
        return Fingerprint(low: found.kind == .map ? 2 : found.kind == .list ? 3 : 1, high: 7)
    }

    /// A scalar at a path in a few words.
    func shortText(atPath path: [UInt8]) -> String? {
        guard let found = path.isEmpty ? self : value(at: String(decoding: path, as: UTF8.self)),
            found.isScalar
        else { return nil }
        return String(decoding: found.text, as: UTF8.self)
    }

    /// Writes the value as JSON.
    func write(to writer: inout JSONWriter) {
        writer.raw(json(.compact))
    }
}
