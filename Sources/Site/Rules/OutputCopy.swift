import Engine
import Text

/// A second copy of an output at an old address that no redirect can lead on from: whoever reads a feed reads no HTML.
///
/// The key is the path of the copy, and the kind and name of the key that makes what is copied, with NUL between them.
struct OutputCopyRule: Rule {
    static let kind = RuleKind.outputCopy
    static let stratum = Stratum.outputs

    func placeholder(for name: Symbol) -> OutputValue { OutputValue(bytes: []) }

    /// The key of a copy, or `nil` for outputs that are not copied.
    static func key(of producer: Key, at path: RelativePath) -> Key? {
        guard let word = words.first(where: { $0.kind.number == producer.kind })?.word else { return nil }
        return key(Symbol(path.bytes + [0] + Array(word.utf8) + [0] + producer.name.bytes))
    }

    func run(_ name: Symbol, in context: RuleContext) -> OutputValue {
        let parts = name.bytes.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return OutputValue(bytes: []) }
        let original = Symbol(Array(parts[2]))
        let content = Reading<OutputValue, OutputValue>(.whole) { $0 }
        switch Self.words.first(where: { $0.word.utf8.elementsEqual(parts[1]) })?.kind {
        case .feedOutput: return context.read(FeedOutputRule.self, original, content)
        case .pageOutput: return context.read(PageOutputRule.self, original, content)
        case .fileOutput: return context.read(FileOutputRule.self, original, content)
        case .sitemapOutput: return context.read(SitemapOutputRule.self, original, content)
        case .contentJSONOutput: return context.read(ContentJSONOutputRule.self, original, content)
        default: return OutputValue(bytes: [])
        }
    }

    private static let words: [(kind: RuleKind, word: String)] = [
        (.feedOutput, "feed"), (.pageOutput, "page"), (.fileOutput, "file"),
        (.sitemapOutput, "sitemap"), (.contentJSONOutput, "json"),
    ]
}
