import Engine
import Formats
import Text

/// Where the values of one head stand: for findings of rules that have seen many heads and no file.
///
/// Only who has found something asks, so that no head is read twice where all is well; and who has depends on the places
/// alone, not on the text below the head.
final class HeadPlaces: RuleValue {
    /// One text of a head.
    struct Place: Sendable {
        let field: FrontMatter.Field
        let text: [UInt8]
        let location: SourceLocation
    }

    private let places: [Place]

    init(_ places: [Place]) {
        self.places = places
    }

    func fingerprint(of projection: Projection) -> Fingerprint {
        var builder = FingerprintBuilder()
        for place in places {
            builder.combine(UInt64(place.field.rawValue))
            builder.combine(place.text)
            builder.combine(place.location.line)
            builder.combine(place.location.column)
            builder.combine(place.location.length)
            builder.combine(Array(place.location.excerpt.utf8))
        }
        return builder.finish()
    }

    /// All texts, in the order of the fields.
    static let all = Reading<HeadPlaces, [Place]>(.whole) { $0.places }

    /// The place of the first text of some fields that is meant; of the whole file, where the head says no such thing
    /// itself.
    static func location(
        in source: RelativePath, _ fields: [FrontMatter.Field], _ context: RuleContext,
        where isMeant: ([UInt8]) -> Bool
    ) -> SourceLocation {
        let places = context.read(HeadPlacesRule.self, Symbol(source.bytes), all)
        for field in fields {
            if let place = places.first(where: { $0.field == field && isMeant($0.text) }) {
                return place.location
            }
        }
        return SourceLocation(path: source)
    }
}

/// Reads a head once more, for its places.
struct HeadPlacesRule: Rule {
    static let kind = RuleKind.headPlaces
    static let stratum = Stratum.sources

    func placeholder(for name: Symbol) -> HeadPlaces { HeadPlaces([]) }

    /// The key is the path of the source.
    func run(_ name: Symbol, in context: RuleContext) -> HeadPlaces {
        guard let file = context.file(RelativePath(unchecked: name.bytes)) else { return HeadPlaces([]) }
        var places: [HeadPlaces.Place] = []
        func add(_ value: DataValue, _ field: FrontMatter.Field, depth: Int) {
            switch value.kind {
            case .list: for element in value.elements { add(element, field, depth: depth) }
            case .map where depth > 0:
                for entry in value.entries { add(entry.value, field, depth: depth - 1) }
            case .map: break
            default:
                places.append(
                    HeadPlaces.Place(
                        field: field, text: Array(value.text), location: file.location(of: value.range)))
            }
        }
        for (field, value) in FrontMatterReader.read(file).frontMatter.fields {
            add(value, field, depth: [.taxonomies, .params, .image].contains(field) ? 1 : 0)
        }
        return HeadPlaces(places)
    }
}
