import Formats
import Text

/// People as configurations and heads name them: a name, a map with a name, or a list of either.
enum People {
    /// With what is known of each.
    static func all(in data: DataValue) -> [Person] {
        switch data.kind {
        case .list: return data.elements.flatMap { all(in: $0) }
        case .map:
            func text(_ key: String) -> [UInt8]? {
                (data[key]?.text).flatMap { $0.isEmpty ? nil : Array($0) }
            }
            return names(in: data).map { Person(name: $0, url: text("url"), email: text("email")) }
        default: return names(in: data).map { Person(name: $0) }
        }
    }

    static func names(in data: DataValue) -> [[UInt8]] {
        switch data.kind {
        case .list: return data.elements.flatMap { names(in: $0) }
        case .map: return (data.entries[Array("name".utf8)]?.value).map { [Array($0.text)] } ?? []
        case .null: return []
        default: return data.text.isEmpty ? [] : [Array(data.text)]
        }
    }
}

/// Somebody who writes.
struct Person: Sendable {
    let name: [UInt8]
    /// A page about them.
    var url: [UInt8]?
    /// Where to write to.
    var email: [UInt8]?
}
