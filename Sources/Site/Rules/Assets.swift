import Engine
import Files
import Text

/// A file of `assets/`: its address with the fingerprint of its content, or the lack of it.
final class Asset: RuleValue {
    /// Where its bytes come from: a file of the site, or the product itself.
    enum Source: Sendable {
        case file(RelativePath)
        case carried(RelativePath)
        /// A style sheet whose references are written anew.
        case styleSheet(RelativePath)
        /// A file that is published as it is, with a static folder.
        case published(RelativePath)
    }
    /// Root-relative URL without base path.
    let url: [UInt8]
    /// `sha256-…` for the `integrity` attribute, or nothing.
    let integrity: String
    let source: Source?

    init(url: [UInt8], integrity: String, source: Source?) {
        self.url = url
        self.integrity = integrity
        self.source = source
    }

    /// `whole`, what it is called and what is in it: all that pages ask; `@origin`, which file it is made of, and how.
    func fingerprint(of projection: Projection) -> Fingerprint {
        guard let source else { return .absent }
        var builder = FingerprintBuilder()
        builder.combine(url)
        if projection == Self.origin.projection {
            switch source {
            case .file(let path): builder.combine([0] + path.bytes)
            case .carried(let path): builder.combine([1] + path.bytes)
            case .styleSheet(let path): builder.combine([2] + path.bytes)
            case .published(let path): builder.combine([3] + path.bytes)
            }
        } else {
            builder.combine(Array(integrity.utf8))
        }
        return builder.finish()
    }

    func shortText(of projection: Projection) -> String? { String(decoding: url, as: UTF8.self) }

    /// Where it is written.
    var output: RelativePath { RelativePath(unchecked: Array(url.dropFirst())) }

    /// Its name, and what is in it.
    static let all = Reading<Asset, Asset>(.whole) { $0 }
    /// Its name, and where it comes from: who makes the output is another question than what it is called, since the same
    /// bytes may move from the theme to the site.
    static let origin = Reading<Asset, Asset>("@origin") { $0 }
}

/// Finds an asset, the site's own before the theme's, and names it by its content.
struct AssetRule: Rule {
    static let kind = RuleKind.asset
    static let stratum = Stratum.sources

    func placeholder(for name: Symbol) -> Asset { Asset(url: [], integrity: "", source: nil) }

    func run(_ name: Symbol, in context: RuleContext) -> Asset {
        let none = Asset(url: [], integrity: "", source: nil)
        guard let path = RelativePath(name.bytes), path.bytes == name.bytes, !path.isRoot,
            let file = ThemeFiles.find(.assets, path, in: context)
        else { return none }
        if let address = Assets.staticAddress(in: context), file.path.isInside(Assets.folder) {
            let place = address.appending(path.composed.bytes)
            return Asset(
                url: [UInt8(ascii: "/")] + Escaping.urlPath.escaped(place.bytes),
                // Its address stays when it changes: a browser would refuse the one that it kept.
                integrity: "", source: .published(file.path))
        }
        let styleSheet = StyleSheets.rewritten(path, file, in: context)
        let digest = SHA256.hash(styleSheet ?? file.bytes)
        let folder = path.parent
        var output = Array(path.stem)
        output.append(UInt8(ascii: "."))
        output.append(contentsOf: SHA256.hex(Array(digest.prefix(6))).utf8)
        if !path.fileExtension.isEmpty {
            output.append(UInt8(ascii: "."))
            output.append(contentsOf: path.fileExtension)
        }
        let place = RelativePath(unchecked: Array("assets".utf8)).appending(folder.bytes).appending(output)
        let isCarried = file.path.isInside(CarriedFiles.theme)
        return Asset(
            url: [UInt8(ascii: "/")] + Escaping.urlPath.escaped(place.bytes),
            integrity: "sha256-\(Base64.text(digest))",
            source: styleSheet != nil
                ? .styleSheet(file.path) : isCarried ? .carried(file.path) : .file(file.path))
    }
}

/// Which assets the site and its theme have.
final class AssetTree: RuleValue {
    /// Paths below `assets/`, sorted.
    let paths: [RelativePath]

    init(paths: [RelativePath]) {
        self.paths = paths
    }

    func fingerprint(of projection: Projection) -> Fingerprint {
        var builder = FingerprintBuilder()
        for path in paths { builder.combine(path.bytes) }
        return builder.finish()
    }

    /// All of them.
    static let all = Reading<AssetTree, [RelativePath]>(.whole) { $0.paths }
}

/// Lists the assets.
struct AssetTreeRule: Rule {
    static let kind = RuleKind.assetTree
    static let stratum = Stratum.sources

    func placeholder(for name: Symbol) -> AssetTree { AssetTree(paths: []) }

    func run(_ name: Symbol, in context: RuleContext) -> AssetTree {
        let assets = RelativePath(unchecked: Array("assets".utf8))
        let theme = context.read(ThemeRule.self, .empty, Theme.all)
        var paths: Set<RelativePath> = []
        var folders = [assets]
        if let root = theme.root { folders.append(root.appending(assets.bytes)) }
        for folder in folders {
            for file in context.sources(below: folder, ignoring: { $0.name.first == UInt8(ascii: ".") }) {
                if let rest = file.relative(to: folder) { paths.insert(rest) }
            }
        }
        if theme.isCarried {
            paths.formUnion(CarriedFiles.files(below: CarriedFiles.theme.appending(assets.bytes)))
        }
        return AssetTree(paths: paths.sorted())
    }
}

/// Assets as templates ask for them.
enum Assets {
    /// The site's own folder.
    static let folder = RelativePath(unchecked: Array("assets".utf8))

    /// Where the site publishes its own `assets/` as they are, if it does: then not under names with fingerprints besides,
    /// since each file would be published twice.
    static func staticAddress(in context: RuleContext) -> RelativePath? {
        context.read(ConfigurationRule.self, .empty, Configuration.staticFolders).last {
            $0.folder == folder
        }?
        .address
    }

    /// The asset of a path as written, `/css/site.css` or `css/site.css`; recorded, also when there is none.
    static func find(_ path: [UInt8], _ rendering: Rendering) -> Asset? {
        let trimmed = path.first == UInt8(ascii: "/") ? Array(path.dropFirst()) : path
        let asset = rendering.context.read(AssetRule.self, Symbol(trimmed), Asset.all)
        return asset.source == nil ? nil : asset
    }

    /// What was probably meant; recorded as a look at all of them.
    static func nearest(to path: [UInt8], _ rendering: Rendering) -> String? {
        let known = rendering.context.read(AssetTreeRule.self, .empty, AssetTree.all)
        return Spelling.nearest(to: path, among: known.map(\.bytes)).map {
            "did you mean \"\(String(decoding: $0, as: UTF8.self))\"?"
        }
    }
}
