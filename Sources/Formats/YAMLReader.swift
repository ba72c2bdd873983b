import CYAML
import Text

/// Reads YAML through libyaml's events: the only file that touches libyaml.
///
/// libyaml reads YAML 1.1 syntax, which is what the other generators read; ``YAMLScalar`` says what plain
/// scalars mean. Of tags only those count that make text of a scalar, `!!str` and `!`. Aliases share the node of
/// their anchor, and what they stand for in total is bounded, so that no small file becomes a large value. `<<`
/// merges as in YAML 1.1.
struct YAMLReader: ~Copyable {
    /// How many nodes the aliases of a document may stand for.
    static let aliasLimit = 100_000

    /// Reads YAML: by ``PlainYAML`` what that takes, and all else by libyaml.
    static func read(_ file: SourceFile, _ part: Range<Int>) -> DataDocument {
        if let value = PlainYAML.read(file.bytes, part) { return DataDocument(value: value, diagnostics: []) }
        return readThroughEvents(file, part)
    }

    /// Reads any YAML by libyaml.
    static func readThroughEvents(_ file: SourceFile, _ part: Range<Int>) -> DataDocument {
        var reader = YAMLReader(file: file, part: part)
        reader.run()
        let root = reader.root ?? reader.builder.null(at: SourceRange(at: part.lowerBound))
        let diagnostics = reader.diagnostics
        return DataDocument(value: reader.builder.finish(root), diagnostics: diagnostics)
    }

    let file: SourceFile
    let part: Range<Int>
    var builder: DataBuilder
    var diagnostics: [Diagnostic] = []
    var root: DataBuilder.Node?
    var frames: [Frame] = []
    /// The elements of all open lists, and the values of open frames.
    var elements: [DataBuilder.Node] = []
    /// The entries of all open maps.
    var entries: [DataBuilder.Entry] = []
    var anchors: [Anchor] = []
    /// How many nodes were made, aliases counted with all that they stand for.
    var size = 0
    private var offsets: CharacterOffsets

    /// A list or map that is open.
    struct Frame {
        let isMap: Bool
        let start: Int
        let firstElement: Int
        let firstEntry: Int
        let sizeBefore: Int
        let anchor: [UInt8]
        var key: Key?
        var merges: [DataBuilder.Node] = []
    }

    struct Key {
        let text: [UInt8]
        let range: SourceRange
        let isMerge: Bool
        let isUsable: Bool
    }

    struct Anchor {
        let name: [UInt8]
        let node: DataBuilder.Node
        let size: Int
    }

    private init(file: SourceFile, part: Range<Int>) {
        self.file = file
        self.part = part
        builder = DataBuilder(expectedBytes: part.count)
        offsets = CharacterOffsets(bytes: file.bytes, part: part)
    }

    private mutating func run() {
        var parser = unsafe yaml_parser_t()
        guard unsafe yaml_parser_initialize(&parser) == 1 else {
            preconditionFailure("libyaml found no memory for a parser")
        }
        defer { unsafe yaml_parser_delete(&parser) }
        let bytes = file.bytes
        unsafe bytes.withUnsafeBufferPointer { buffer in
            let input = unsafe UnsafeBufferPointer(rebasing: buffer[part])
            unsafe yaml_parser_set_input_string(&parser, input.baseAddress, input.count)
            unsafe yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
            unsafe events(&parser)
        }
    }

    private mutating func events(_ parser: inout yaml_parser_t) {
        var documents = 0
        while true {
            var event = unsafe yaml_event_t()
            guard unsafe yaml_parser_parse(&parser, &event) == 1 else {
                unsafe syntaxError(parser)
                closeAll()
                return
            }
            defer { unsafe yaml_event_delete(&event) }
            let start = offsets.byte(ofCharacter: unsafe event.start_mark.index)
            let type = unsafe event.type
            switch type {
            case YAML_STREAM_END_EVENT: return
            case YAML_DOCUMENT_START_EVENT:
                documents += 1
                if documents > 1 {
                    diagnostics.append(
                        Diagnostic(
                            .unreadableData, "a second document starts here; only the first is read",
                            at: SourceRange(start, start + 3), in: file))
                    return
                }
            case YAML_SCALAR_EVENT:
                let scalar = unsafe event.data.scalar
                let end = offsets.byte(ofCharacter: unsafe event.end_mark.index)
                let content = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
                let range = SourceRange(start, trimmed(start, end))
                let anchor = unsafe name(scalar.anchor)
                let isText = unsafe name(scalar.tag).elementsEqual("tag:yaml.org,2002:str".utf8)
                let isPlain =
                    unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE && !isText && !isForcedText(range, anchor)
                unsafe self.scalar(content, range, isPlain, anchor)
            case YAML_ALIAS_EVENT:
                let end = offsets.byte(ofCharacter: unsafe event.end_mark.index)
                unsafe alias(name(event.data.alias.anchor), SourceRange(start, end))
            case YAML_SEQUENCE_START_EVENT:
                unsafe open(isMap: false, start, name(event.data.sequence_start.anchor))
            case YAML_MAPPING_START_EVENT:
                unsafe open(isMap: true, start, name(event.data.mapping_start.anchor))
            case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
                close(end: offsets.byte(ofCharacter: unsafe event.end_mark.index))
            default: break
            }
            if frames.count > DataTree.depthLimit {
                diagnostics.append(
                    Diagnostic(
                        .dataLimit, "values nest deeper than \(DataTree.depthLimit) levels",
                        at: SourceRange(start, start + 1), in: file))
                closeAll()
                return
            }
            if size > Self.aliasLimit, size > part.count {
                diagnostics.append(
                    Diagnostic(
                        .dataLimit, "the aliases stand for more than \(Self.aliasLimit) values",
                        at: SourceRange(start, start + 1), in: file))
                closeAll()
                return
            }
        }
    }

    /// Whether `!` stands before a plain scalar: that it is text (YAML 1.2.2, section 6.9.1). libyaml drops this tag, but its
    /// scalars start where their tags and anchors do, and no plain one starts with a `!`.
    private func isForcedText(_ range: SourceRange, _ anchor: [UInt8]) -> Bool {
        var at = Int(range.start)
        let end = Int(range.end)
        if !anchor.isEmpty, at < end, file.bytes[at] == UInt8(ascii: "&") {
            at += anchor.count + 1
            while at < end, file.bytes[at] <= 0x20 { at += 1 }
        }
        return at < end && file.bytes[at] == UInt8(ascii: "!")
            && (at + 1 == end || file.bytes[at + 1] <= 0x20)
    }

    private func name(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> [UInt8] {
        guard let pointer = unsafe pointer else { return [] }
        var name: [UInt8] = []
        var index = 0
        while unsafe pointer[index] != 0 {
            unsafe name.append(pointer[index])
            index += 1
        }
        return name
    }

    private func text(_ pointer: UnsafePointer<CChar>?) -> String {
        guard let pointer = unsafe pointer else { return "" }
        return unsafe String(cString: pointer)
    }

    private mutating func syntaxError(_ parser: yaml_parser_t) {
        let problem = unsafe text(parser.problem)
        let context = unsafe text(parser.context)
        var offset = offsets.byte(ofCharacter: unsafe parser.problem_mark.index)
        if unsafe parser.error == YAML_READER_ERROR {
            offset = min(part.lowerBound + Int(unsafe parser.problem_offset), part.upperBound)
        }
        var notes: [DiagnosticNote] = []
        let began = offsets.byte(ofCharacter: unsafe parser.context_mark.index)
        if !context.isEmpty, began != offset, unsafe parser.error != YAML_READER_ERROR {
            notes.append(DiagnosticNote(context, at: file.location(of: SourceRange(began, began + 1))))
        }
        let explained = YAMLProblem(
            problem, context: context, byte: offset < part.upperBound ? file.bytes[offset] : nil)
        // A quote that is never closed is noticed at the end of everything; the slip is where it opens.
        if explained.isAboutTheBeginning, began != offset {
            offset = began
            notes = []
        }
        diagnostics.append(
            Diagnostic(
                .unreadableData, explained.message, at: SourceRange(offset, min(offset + 1, part.upperBound)),
                in: file,
                hint: explained.hint, notes: notes))
    }
}
