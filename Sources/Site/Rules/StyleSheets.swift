import Engine
import Text

/// A style sheet of `assets/` in which the addresses of other assets are those that these are published under.
///
/// Which assets it names, and what they are called, is part of the name of the style sheet itself: both change with
/// their content, and browsers may keep all of them for good.
enum StyleSheets {
    /// Writes the references of a style sheet anew.
    ///
    /// - Parameters:
    ///   - path: its path below `assets/`.
    ///   - file: its file.
    ///   - context: where the looks at other assets are recorded.
    ///   - missing: hears of each relative address below `assets/` that is none of an asset.
    /// - Returns: its bytes, or `nil` where it names no asset.
    static func rewritten(
        _ path: RelativePath, _ file: SourceFile, in context: RuleContext,
        missing: (_ place: Range<Int>, _ asset: RelativePath) -> Void = { _, _ in }
    ) -> [UInt8]? {
        guard isStyleSheet(path) else { return nil }
        var written: [UInt8] = []
        var copied = 0
        var hasReferences = false
        var references = StyleSheetReferences(file.bytes)
        while let place = references.next() {
            let address = file.bytes[place]
            guard StyleSheetReferences.isRelative(address) else { continue }
            let plain = Addresses.withoutQuery(Addresses.splitFragment(Array(address)).path)
            // What leads out of `assets/` is a file of `static/`, say.
            guard let target = RelativePath(path.parent.bytes + [UInt8(ascii: "/")] + Percent.decoded(plain)),
                !target.isRoot, target != path
            else { continue }
            hasReferences = true
            let asset = context.read(AssetRule.self, Symbol(target.bytes), Asset.all)
            guard asset.source != nil else {
                missing(place, target)
                continue
            }
            let name = asset.url[((asset.url.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...]
            let folder = Assets.folder.appending(target.parent.bytes)
            if asset.output.parent == RelativePath(unchecked: Escaping.urlPath.escaped(folder.bytes)) {
                // The last part alone is another one.
                let start = plain.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
                written += file.bytes[copied..<(place.lowerBound + start)] + quoted(name)
            } else {
                // The site publishes its own assets in a folder of another name, and where the site lies nobody knows here.
                let own = Assets.folder.appending(path.parent.bytes)
                written += file.bytes[copied..<place.lowerBound]
                for _ in own.components { written += Array("../".utf8) }
                written += quoted(asset.url.dropFirst())
            }
            copied = place.lowerBound + plain.count
        }
        return hasReferences ? written + file.bytes[copied...] : nil
    }

    static func isStyleSheet(_ path: RelativePath) -> Bool { path.fileExtension.elementsEqual("css".utf8) }

    /// An address without the characters that end an unquoted one.
    private static func quoted(_ address: ArraySlice<UInt8>) -> [UInt8] {
        address.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "("): Array("%28".utf8)
            case UInt8(ascii: ")"): Array("%29".utf8)
            case UInt8(ascii: "'"): Array("%27".utf8)
            default: [byte]
            }
        }
    }
}

/// A style sheet of `assets/` that names other assets.
///
/// The key is its path below `assets/`.
struct StyleSheetOutputRule: Rule {
    static let kind = RuleKind.styleSheetOutput
    static let stratum = Stratum.outputs

    func placeholder(for name: Symbol) -> OutputValue { OutputValue(bytes: []) }

    func run(_ name: Symbol, in context: RuleContext) -> OutputValue {
        let path = RelativePath(unchecked: name.bytes)
        guard let file = ThemeFiles.find(.assets, path, in: context) else { return OutputValue(bytes: []) }
        let folder = RelativePath(unchecked: Array("assets".utf8))
        let bytes = StyleSheets.rewritten(path, file, in: context) { place, asset in
            let output = folder.appending(asset.bytes)
            if context.read(OutputFilesRule.self, .empty, OutputFiles.contains(output)) { return }
            context.find(
                Diagnostic(
                    .missingAsset, "there is no \"\(asset.text)\" in assets/ of the site or its theme",
                    at: SourceRange(place.lowerBound, place.upperBound), in: file,
                    hint: Spelling.nearest(
                        to: asset.bytes,
                        among: context.read(AssetTreeRule.self, .empty, AssetTree.all).map(\.bytes)
                    ).map { "did you mean \"\(String(decoding: $0, as: UTF8.self))\"?" }))
        }
        return OutputValue(bytes: bytes ?? file.bytes)
    }
}
