import Engine
import Formats
import Text

/// The author's own values, by path.
extension Configuration {
    /// The projection of a path below `params`.
    static func paramProjection(_ path: [UInt8]) -> Projection {
        Projection(Symbol(path.isEmpty ? Array("params".utf8) : Array("params.".utf8) + path))
    }

    /// Whether a name can be a step of a path: one with a mark of paths in it cannot, and whoever reads what it names reads
    /// all of what that is in.
    static func isStep(_ name: [UInt8]) -> Bool {
        !name.contains(UInt8(ascii: ".")) && !name.contains(UInt8(ascii: "|")) && !name.contains(0)
    }

    /// Whether a path has no mark in it by which an edge names several.
    static func isPath(_ path: [UInt8]) -> Bool { !path.contains(UInt8(ascii: "|")) && !path.contains(0) }

    /// What the menus are called.
    static let menuNames = Reading<Configuration, [[UInt8]]>("menus") {
        $0.site.value(at: "menus")?.entries.map { Array($0.key) } ?? []
    }

    /// The value at a path below `params`, or `nil`.
    static func param(at path: [UInt8]) -> Reading<Configuration, DataValue?> {
        Reading(paramProjection(isPath(path) ? path : [])) {
            $0.params.value(at: String(decoding: path, as: UTF8.self))
        }
    }
}
