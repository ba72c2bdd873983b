import Engine
import Formats
import Text

/// `_headers`: which header fields a host should send with which paths, as the format of Netlify and Cloudflare
/// Pages has it; hosts that do not know the file let it be.
///
///     /assets/*
///       Cache-Control: public, max-age=31536000, immutable
///
/// In `site.json`: `"headers": {"/assets/*": {"Cache-Control": "public, max-age=31536000, immutable"}}`. A field
/// with several values is a list.
struct HeadersOutputRule: Rule {
    static let kind = RuleKind.headersOutput
    static let stratum = Stratum.outputs

    func placeholder(for name: Symbol) -> OutputValue { OutputValue(bytes: []) }

    func run(_ name: Symbol, in context: RuleContext) -> OutputValue {
        var writer = ByteWriter(capacity: 512)
        for path in context.read(ConfigurationRule.self, .empty, Configuration.headers).entries {
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
