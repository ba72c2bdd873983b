public import Text

extension DataValue {
    /// What stands for the value: equal for values that mean the same, whatever their format and places.
    ///
    /// The order of a map's keys counts: a template that goes through them shows it. Whoever reads one key does not read that.
    /// Of scalars the text as written counts too (`1.0` is not `1.00`), since ``text`` can be read.
    ///
    /// - Complexity: O(size).
    public var fingerprint: Fingerprint {
        var builder = FingerprintBuilder()
        combine(into: &builder)
        return builder.finish()
    }

    /// The fingerprint of what is at a path, ``Fingerprint/absent`` where there is nothing.
    public func fingerprint(at path: [String]) -> Fingerprint {
        value(at: path)?.fingerprint ?? .absent
    }

    private func combine(into builder: inout FingerprintBuilder) {
        builder.combine(UInt64(kind.rawValue))
        switch kind {
        case .list:
            builder.combine(count)
            for element in elements { element.combine(into: &builder) }
        case .map:
            builder.combine(count)
            for entry in entries {
                builder.combine(entry.key)
                entry.value.combine(into: &builder)
            }
        default: builder.combine(text)
        }
    }
}

extension DataValue: Equatable {
    /// Whether two values mean the same: kinds, texts of scalars, elements and entries in order.
    public static func == (left: DataValue, right: DataValue) -> Bool {
        guard left.kind == right.kind, left.count == right.count else { return false }
        switch left.kind {
        case .list: return zip(left.elements, right.elements).allSatisfy { $0 == $1 }
        case .map:
            return zip(left.entries, right.entries).allSatisfy { one, other in
                one.key.elementsEqual(other.key) && one.value == other.value
            }
        default: return left.text.elementsEqual(right.text)
        }
    }
}
