/// The named character references of HTML (WHATWG, "Named character references").
enum HTMLEntities {
    /// The text that a name stands for; the name ends in `;`, but some old ones may do without.
    static func text(of name: ArraySlice<UInt8>) -> [UInt8]? {
        let hasSemicolon = name.last == UInt8(ascii: ";")
        let bare = hasSemicolon ? name.dropLast() : name
        guard let entity = table[Array(bare)], hasSemicolon || entity.isLegacy else { return nil }
        return entity.text
    }

    private struct Entity: Sendable {
        let text: [UInt8]
        /// Whether the name may stand without `;`.
        let isLegacy: Bool
    }

    private static let table: [[UInt8]: Entity] = {
        var table: [[UInt8]: Entity] = [:]
        for part in Array(source.utf8).split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
            guard let mark = part.firstIndex(where: { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "!") })
            else {
                continue
            }
            var text = ""
            for code in part[(mark + 1)...].split(separator: UInt8(ascii: "+")) {
                let value = UInt32(String(decoding: code, as: UTF8.self), radix: 16)
                if let scalar = value.flatMap(Unicode.Scalar.init) { text.unicodeScalars.append(scalar) }
            }
            table[Array(part[..<mark])] = Entity(
                text: Array(text.utf8), isLegacy: part[mark] == UInt8(ascii: "!"))
        }
        return table
    }()
}
