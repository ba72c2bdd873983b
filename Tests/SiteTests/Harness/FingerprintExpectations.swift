import Testing
public import Text

/// Expects that each stored property of a value has a fingerprint of its own, in which only it differs, or a reason.
///
/// - Parameters:
///   - value: any value of the type.
///   - base: the fingerprint that others are compared with.
///   - changed: by property, the fingerprint of what differs in that property.
///   - leftOut: by property, why it may differ and the fingerprint be the same.
///   - sourceLocation: the test.
func expectParts(
    of value: Any, _ base: Fingerprint, _ changed: KeyValuePairs<String, Fingerprint>,
    leftOut: KeyValuePairs<String, String> = [:], sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
    let stored = Mirror(reflecting: value).children.compactMap(\.label).sorted()
    let named = (changed.map(\.key) + leftOut.map(\.key)).sorted()
    #expect(stored == named, "\(type(of: value))", sourceLocation: sourceLocation)
    for (name, fingerprint) in changed {
        // An edge keeps the lower half.
        #expect(fingerprint.low != base.low, "\(type(of: value)).\(name)", sourceLocation: sourceLocation)
    }
    let distinct = Set(changed.map(\.value.low))
    #expect(distinct.count == changed.count, "\(type(of: value))", sourceLocation: sourceLocation)
}

extension RelativePath: ExpressibleByStringLiteral {
    /// A path that somebody wrote.
    public init(stringLiteral value: String) {
        self.init(unchecked: Array(value.utf8))
    }
}
