import Text
import Files

/// What the world said: the value of a leaf.
final class LeafValue: RuleValue {
    enum Content: Sendable {
        /// A file, with its bytes while somebody may still want them; `nil` for bytes let go.
        case file([UInt8]?)
        /// No file, no folder, no variable, no answer.
        case absent
        case listing([FolderEntry])
        case text(String)
        case truth(Bool)
        case number(Int64)
        case bytes([UInt8])
    }

    let content: Content
    let fingerprint: Fingerprint

    /// How many bytes of a file are at hand.
    var byteCount: Int {
        guard case .file(let bytes) = content else { return 0 }
        return bytes?.count ?? 0
    }

    /// Whether the thing exists, as a part that can be read by itself.
    static let exists: Projection = "exists"
    private static let present = Fingerprint(of: "present")

    /// The folders that a folder holds, and the links that lead nowhere, as a part that can be read by itself.
    static let turns: Projection = "folders and dead links"

    /// Whether a name in a folder is a link of some kind, that leads nowhere or out of the site, as a part that can be read
    /// by itself.
    static func link(_ kind: FileKind, _ name: some Sequence<UInt8>) -> Projection {
        Projection(Symbol((kind == .dead ? deadLinkPrefix : outsidePrefix) + name))
    }
    private static let deadLinkPrefix = Array("dead link ".utf8)
    private static let outsidePrefix = Array("link outside ".utf8)

    private func presence(of kind: FileKind, _ name: ArraySlice<UInt8>) -> Fingerprint {
        guard case .listing(let entries) = content,
            entries.contains(where: { $0.kind == kind && $0.name.elementsEqual(name) })
        else { return .absent }
        return Self.present
    }

    /// What stands for the existence of a file of that content.
    static func presence(_ content: Fingerprint) -> Fingerprint { content == .absent ? .absent : present }

    init(_ content: Content) {
        self.content = content
        var builder = FingerprintBuilder()
        switch content {
        case .file(let bytes): fingerprint = Fingerprint(of: bytes ?? [])
        case .absent: fingerprint = .absent
        case .listing(let entries):
            for entry in entries {
                builder.combine(entry.name)
                builder.combine(UInt64(entry.kind.rawValue))
            }
            fingerprint = builder.finish()
        case .text(let text): fingerprint = Fingerprint(of: text)
        case .truth(let truth): fingerprint = Fingerprint(of: truth ? "true" : "false")
        case .number(let number):
            builder.combine(Int(number))
            fingerprint = builder.finish()
        case .bytes(let bytes): fingerprint = Fingerprint(of: bytes)
        }
    }

    /// A file that was looked into; its bytes may be many, and not kept.
    init(_ file: ExaminedFile) {
        content = .file(file.bytes)
        fingerprint = file.fingerprint
    }

    /// A file whose bytes are not kept.
    init(fileOf fingerprint: Fingerprint) {
        content = .file(nil)
        self.fingerprint = fingerprint
    }

    func fingerprint(of projection: Projection) -> Fingerprint {
        if projection == .whole { return fingerprint }
        if projection == Self.exists { return Self.presence(fingerprint) }
        let name = projection.name.bytes
        if name.starts(with: Self.deadLinkPrefix) {
            return presence(of: .dead, name.dropFirst(Self.deadLinkPrefix.count))
        }
        if name.starts(with: Self.outsidePrefix) {
            return presence(of: .outside, name.dropFirst(Self.outsidePrefix.count))
        }
        guard projection == Self.turns, case .listing(let entries) = content else { return fingerprint }
        var builder = FingerprintBuilder()
        for entry in entries where entry.kind == .folder || entry.kind == .dead {
            builder.combine(entry.name)
            builder.combine(UInt64(entry.kind.rawValue))
        }
        return builder.finish()
    }

    func shortText(of projection: Projection) -> String? {
        switch content {
        case .text(let text): text
        case .truth(let truth): truth ? "true" : "false"
        case .number(let number): String(number)
        case .absent: "absent"
        case .file, .listing, .bytes: nil
        }
    }
}
