import Engine
import Formats
import Text

/// `_headers`: which header fields a host should send with which paths, as the format of Netlify and Cloudflare
/// Pages has it; hosts that do not know the file let it be.
///
///     /assets/*
///       Cache-Control: public, max-age=31536000, immutable
///
/// Paths count from the root of the site, as those of redirects do: the path of the base URL comes before them.
///
/// In `site.json`: `"headers": {"/assets/*": {"Cache-Control": "public, max-age=31536000, immutable"}}`. A field
/// with several values is a list.
struct HeadersOutputRule: Rule {
    static let kind = RuleKind.headersOutput
    static let stratum = Stratum.outputs

    func placeholder(for name: Symbol) -> OutputValue { OutputValue(bytes: []) }

    func run(_ name: Symbol, in context: RuleContext) -> OutputValue {
        let base = context.read(ConfigurationRule.self, .empty, Configuration.basePath)
        var writer = ByteWriter(capacity: 512)
        for path in context.read(ConfigurationRule.self, .empty, Configuration.headers).entries {
            // Whole addresses stand for one of the hosts that a site has.
            if path.key.first == UInt8(ascii: "/") { writer.append(base) }
            writer.append(Array(path.key))
            writer.append("\n")
            for field in path.value.entries {
                let values = field.value.kind == .list ? field.value.elements.map { $0 } : [field.value]
                for value in values where value.isScalar {
                    writer.append("  ")
                    writer.append(Array(field.key))
                    writer.append(": ")
                    writer.append(Array(value.text))
                    writer.append("\n")
                }
            }
        }
        return OutputValue(bytes: writer.finish())
    }
}
