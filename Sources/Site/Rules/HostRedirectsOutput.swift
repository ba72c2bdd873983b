import Engine
import Formats
import Text

/// `_redirects`: which addresses lead on to others, as the format of Netlify and Cloudflare Pages has it, beside the
/// `_headers` that they read too; hosts that do not know the file let it be.
///
///     /old/ /new/ 301
///     /archive/* /blog/:splat 301
///
/// It is written where `headers` in `site.json` says, by being there, that the host reads such files. The aliases of
/// pages, their `redirect_to` and `redirects` are in it; single addresses before patterns, since the first line that
/// fits counts.
struct HostRedirectsOutputRule: Rule {
    static let kind = RuleKind.hostRedirectsOutput
    static let stratum = Stratum.outputs

    func placeholder(for name: Symbol) -> OutputValue { OutputValue(bytes: []) }

    private struct Line {
        let from: [UInt8]
        let to: [UInt8]
        var status = 301

        /// The same for hosts, to whom a colon begins a placeholder and a star stands for anything.
        var literal: Line {
            func escaped(_ address: [UInt8]) -> [UInt8] {
                address.flatMap { byte -> [UInt8] in
                    switch byte {
                    case UInt8(ascii: ":"): Array("%3A".utf8)
                    case UInt8(ascii: "*"): Array("%2A".utf8)
                    default: [byte]
                    }
                }
            }
            return Line(from: escaped(from), to: Addresses.isAbsolute(to) ? to : escaped(to), status: status)
        }
    }

    func run(_ name: Symbol, in context: RuleContext) -> OutputValue {
        let languages = context.read(ConfigurationRule.self, .empty, Configuration.languages)
        let base = context.read(ConfigurationRule.self, .empty, Configuration.basePath)
        var lines: [Line] = []
        for language in languages.all {
            let catalog = context.read(CatalogRule.self, Symbol(language.code), Catalog.all)
            let rendering = Rendering(context: context, language: Symbol(language.code))
            for page in catalog.pages.map({ catalog.entry(of: $0) }) where page.isRendered {
                if let redirect = page.redirect {
                    lines.append(Line(from: page.url, to: RedirectTarget.address(redirect, rendering)))
                }
                for alias in page.aliases {
                    lines.append(Line(from: Self.address(of: alias), to: page.url))
                }
            }
        }
        var patterns: [Line] = []
        for (from, to) in context.read(ConfigurationRule.self, .empty, Configuration.redirects) {
            let target = to.kind == .map ? to["to"]?.text : to.text
            guard let target, !target.isEmpty else { continue }
            let status = to.kind == .map ? to["status"]?.integer : nil
            let path = RoutePlanner.path(of: Array(from.key))
            if path.contains(UInt8(ascii: "*")) {
                let rooted = path.first == UInt8(ascii: "/") ? path : [UInt8(ascii: "/")] + path
                patterns.append(Line(from: rooted, to: Array(target), status: status ?? 301))
            } else if case .success(let old) = OutputRoute.make(path) {
                let address = RedirectTarget.address(
                    Array(target), Rendering(context: context, language: Symbol(languages.main.code)))
                lines.append(Line(from: Self.address(of: old.path), to: address, status: status ?? 301))
            }
        }
        var writer = ByteWriter(capacity: 1024)
        lines.sort { $0.from.lexicographicallyPrecedes($1.from) }
        for line in lines.map({ $0.literal }) + patterns {
            writer.append(base + Self.word(line.from))
            writer.append(" ")
            let isWhole = Addresses.isAbsolute(line.to)
            let isRooted = line.to.first == UInt8(ascii: "/")
            writer.append((isWhole ? [] : base + (isRooted ? [] : [UInt8(ascii: "/")])) + Self.word(line.to))
            writer.append(" \(line.status)\n")
        }
        return OutputValue(bytes: writer.finish())
    }

    /// The address of an output, escaped.
    private static func address(of output: RelativePath) -> [UInt8] {
        let isIndex = output.name.elementsEqual("index.html".utf8)
        let path = isIndex ? output.bytes.dropLast("index.html".utf8.count) : output.bytes[...]
        return OutputRoute.escaped([UInt8(ascii: "/")] + path)
    }

    /// An address as one word: what would end it is escaped.
    private static func word(_ address: [UInt8]) -> [UInt8] {
        address.flatMap { $0 <= 0x20 || $0 >= 0x7F ? OutputRoute.escaped([$0]) : [$0] }
    }
}
