import Engine
import Formats
import Text

/// What is known of a picture without decoding it.
final class ImageFacts: RuleValue {
    let pixels: ImageSize?

    init(_ pixels: ImageSize?) { self.pixels = pixels }

    func fingerprint(of projection: Projection) -> Fingerprint {
        guard let pixels else { return .absent }
        // An edge keeps half of a fingerprint: both numbers must be in it.
        var builder = FingerprintBuilder()
        builder.combine(pixels.width)
        builder.combine(pixels.height)
        return builder.finish()
    }

    /// Its width and height; `nil` for what is no picture of a known kind.
    static let size = Reading<ImageFacts, ImageSize?>(.whole) { $0.pixels }
}

/// Reads how large a picture is. A picture that is replaced by one of the same size changes nothing else.
///
/// The key is the path of the source, or of a file that the product carries.
struct ImageFactsRule: Rule {
    static let kind = RuleKind.imageFacts
    static let stratum = Stratum.sources
    static let traits: RuleTraits = .kept

    func placeholder(for name: Symbol) -> ImageFacts { ImageFacts(nil) }

    func run(_ name: Symbol, in context: RuleContext) -> ImageFacts {
        let path = RelativePath(unchecked: name.bytes)
        if let carried = CarriedFiles.file(path) { return ImageFacts(ImageSize(of: carried.bytes)) }
        return ImageFacts(context.file(path, most: 1 << 28).flatMap { ImageSize(of: $0.bytes) })
    }

    static func encode(_ value: ImageFacts) -> [UInt8]? {
        var writer = CompactWriter()
        writer.put(value.pixels?.width ?? 0)
        writer.put(value.pixels?.height ?? 0)
        return writer.bytes
    }

    static func decode(_ bytes: Span<UInt8>) -> ImageFacts? {
        var reader = CompactReader(bytes)
        let width = reader.number()
        let height = reader.number()
        return ImageFacts(width > 0 && height > 0 ? ImageSize(width: width, height: height) : nil)
    }
}
