public import Text

/// Values that were read, and what was wrong with the text.
public struct DataDocument: Sendable {
    /// The best value that could be read; null when nothing could.
    public let value: DataValue
    /// What is wrong, in the order found.
    public let diagnostics: [Diagnostic]

    /// A document.
    public init(value: DataValue, diagnostics: [Diagnostic]) {
        self.value = value
        self.diagnostics = diagnostics
    }
}

/// Reads data files and front matter: the way into this room.
///
/// Reading never fails and never traps: what is wrong is a finding at its place, and the value is the best
/// that could be made of the rest.
public enum DataReader {
    /// Reads a file, or a part of it; places are offsets in the whole file.
    ///
    /// - Parameters:
    ///   - file: the file; findings name it.
    ///   - range: the part to read; `nil` for all of it.
    ///   - format: what it is written in.
    /// - Returns: the value, and what is wrong.
    /// - Complexity: O(n).
    public static func read(_ file: SourceFile, range: SourceRange? = nil, as format: DataFormat)
        -> DataDocument
    {
        let end = min(range.map { Int($0.end) } ?? file.bytes.count, file.bytes.count)
        var start = min(range.map { Int($0.start) } ?? 0, end)
        if start == 0, file.bytes.prefix(end).starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
        let part = start..<end
        if let offset = UTF8Validation.firstInvalidOffset(in: file.bytes[part]) {
            let finding = Diagnostic(
                .invalidUTF8, "the bytes here are not UTF-8", at: SourceRange(offset, offset + 1), in: file,
                hint: "save the file as UTF-8")
            return DataDocument(value: .null, diagnostics: [finding])
        }
        return read(file, part, format)
    }

    private static func read(_ file: SourceFile, _ part: Range<Int>, _ format: DataFormat) -> DataDocument {
        switch format {
        case .yaml: YAMLReader.read(file, part)
        case .toml: TOMLReader.read(file, part)
        case .json: JSONReader.read(file, part)
        case .csv: TableReader.read(file, part, separator: UInt8(ascii: ","))
        case .tsv: TableReader.read(file, part, separator: UInt8(ascii: "\t"))
        case .metadata: MetadataReader.read(file, part)
        }
    }
}

extension DataValue {
    /// Nothing, from nowhere.
    public static let null: DataValue = {
        var builder = DataBuilder(expectedBytes: 0)
        let root = builder.null()
        return builder.finish(root)
    }()
}
