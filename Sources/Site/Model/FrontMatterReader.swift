public import Formats
public import Text

/// A content file's front matter, and where its body starts.
public struct FrontMatterReading: Sendable {
    /// The fields.
    public let frontMatter: FrontMatter
    /// The offset of the body's first byte.
    public let bodyStart: Int
    /// Whether there was front matter at all, even if empty.
    public let hasFrontMatter: Bool
    /// What is wrong.
    public let diagnostics: [Diagnostic]
}

/// Reads front matter: splits it off, reads its format, and makes the values of known keys uniform.
public enum FrontMatterReader {
    /// Reads the front matter of a content file.
    ///
    /// - Complexity: O(size of the front matter).
    public static func read(_ file: SourceFile) -> FrontMatterReading {
        let split = FrontMatterSplitter.split(file)
        guard let format = split.format else {
            return FrontMatterReading(
                frontMatter: .empty, bodyStart: split.bodyStart, hasFrontMatter: false,
                diagnostics: split.diagnostics)
        }
        // What follows an opening line that is never closed is text, and its findings would be noise.
        guard split.diagnostics.isEmpty else {
            return FrontMatterReading(
                frontMatter: .empty, bodyStart: split.bodyStart, hasFrontMatter: true,
                diagnostics: split.diagnostics)
        }
        let document = DataReader.read(file, range: split.head, as: format)
        let uniform = uniform(document.value, in: file)
        return FrontMatterReading(
            frontMatter: uniform.frontMatter, bodyStart: split.bodyStart, hasFrontMatter: true,
            diagnostics: document.diagnostics + uniform.diagnostics)
    }

    /// Makes a map of keys as written into fields: the head of a file, or what a `cascade` holds.
    ///
    /// - Parameters:
    ///   - head: the map.
    ///   - file: where it stands.
    ///   - isWanted: whether a key counts at all.
    /// - Returns: the fields, and what is wrong with them.
    public static func uniform(
        _ head: DataValue, in file: SourceFile, where isWanted: (DataEntry) -> Bool = { _ in true }
    ) -> (frontMatter: FrontMatter, diagnostics: [Diagnostic]) {
        if head.isNull { return (.empty, []) }
        guard head.kind == .map else {
            let finding = Diagnostic(
                .wrongType, "front matter should be a map of keys, not \(head.describedKind)", at: head.range,
                in: file,
                hint: head.kind == .string
                    ? "keys are written `title: A title`; a text that begins with a line across the page begins with ***"
                    : nil)
            return (.empty, [finding])
        }
        var normalizer = FrontMatterNormalizer(file: file)
        for entry in head.entries where isWanted(entry) { normalizer.add(entry) }
        return normalizer.finish()
    }
}
