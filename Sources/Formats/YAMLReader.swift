import CYAML
import Text

/// Reads YAML through libyaml's events: the only file that touches libyaml.
///
/// libyaml reads YAML 1.1 syntax, which is what the other generators read; ``YAMLScalar`` says what plain
/// scalars mean. Tags are ignored. Aliases share the node of their anchor, and what they stand for in total
/// is bounded, so that no small file becomes a large value. `<<` merges as in YAML 1.1.
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

    private let file: SourceFile
    private let part: Range<Int>
    private var builder: DataBuilder
    private var diagnostics: [Diagnostic] = []
    private var root: DataBuilder.Node?
    private var frames: [Frame] = []
    /// The elements of all open lists, and the values of open frames.
    private var elements: [DataBuilder.Node] = []
    /// The entries of all open maps.
    private var entries: [DataBuilder.Entry] = []
    private var anchors: [Anchor] = []
    /// How many nodes were made, aliases counted with all that they stand for.
    private var size = 0
    private var offsets: CharacterOffsets

    /// A list or map that is open.
    private struct Frame {
        let isMap: Bool
        let start: Int
        let firstElement: Int
        let firstEntry: Int
        let sizeBefore: Int
        let anchor: [UInt8]
        var key: Key?
        var merges: [DataBuilder.Node] = []
    }

    private struct Key {
        let text: [UInt8]
        let range: SourceRange
        let isMerge: Bool
        let isUsable: Bool
    }

    private struct Anchor {
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

    // MARK: libyaml

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
                let isPlain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE
                unsafe self.scalar(
                    content, SourceRange(start, trimmed(start, end)), isPlain, name(scalar.anchor))
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

    // MARK: Nodes

    private mutating func scalar(
        _ content: UnsafeBufferPointer<UInt8>, _ range: SourceRange, _ isPlain: Bool, _ anchor: [UInt8]
    ) {
        let source = file.bytes[Int(range.start)..<Int(range.end)]
        if let frame = frames.last, frame.isMap, frame.key == nil {
            let text = unsafe Array(content)
            frames[frames.count - 1].key = Key(
                text: text, range: range, isMerge: isPlain && text == [UInt8(ascii: "<"), UInt8(ascii: "<")],
                isUsable: true)
            if !anchor.isEmpty { define(anchor, builder.string(text, isQuoted: !isPlain, at: range), 1) }
            return
        }
        size += 1
        let node: DataBuilder.Node
        if isPlain {
            // One line of plain text is in the source as it is: no copy is needed to look at it.
            let isVerbatim = unsafe source.count == content.count && content.elementsEqual(source)
            let text = isVerbatim ? source : unsafe Array(content)[...]
            node = builder.plainYAML(text, at: range)
        } else {
            node = unsafe builder.string(content, at: range)
        }
        define(anchor, node, 1)
        add(node)
    }

    private mutating func alias(_ name: [UInt8], _ range: SourceRange) {
        guard let anchor = anchors.last(where: { $0.name == name }) else {
            diagnostics.append(
                Diagnostic(
                    .unreadableData,
                    "no anchor named \"\(String(decoding: name, as: UTF8.self))\" comes before",
                    at: range, in: file))
            add(builder.null(at: range))
            return
        }
        size += anchor.size
        if let frame = frames.last, frame.isMap, frame.key == nil {
            frames[frames.count - 1].key = unusableKey(range)
            return
        }
        add(anchor.node)
    }

    private mutating func unusableKey(_ range: SourceRange) -> Key {
        diagnostics.append(Diagnostic(.unreadableData, "a key must be plain text", at: range, in: file))
        return Key(text: [], range: range, isMerge: false, isUsable: false)
    }

    private mutating func define(_ anchor: [UInt8], _ node: DataBuilder.Node, _ size: Int) {
        if !anchor.isEmpty { anchors.append(Anchor(name: anchor, node: node, size: size)) }
    }

    private mutating func open(isMap: Bool, _ start: Int, _ anchor: [UInt8]) {
        frames.append(
            Frame(
                isMap: isMap, start: start, firstElement: elements.count, firstEntry: entries.count,
                sizeBefore: size, anchor: anchor))
        size += 1
    }

    private mutating func close(end: Int) {
        guard let frame = frames.popLast() else { return }
        let range = SourceRange(frame.start, trimmed(frame.start, end))
        let node: DataBuilder.Node
        if frame.isMap {
            let own = Array(entries[frame.firstEntry...])
            entries.removeSubrange(frame.firstEntry...)
            if frame.merges.isEmpty {
                node = DuplicateKeys.map(own, &builder, range, file, &diagnostics)
            } else {
                _ = DuplicateKeys.map(own, &builder, range, file, &diagnostics)
                node = builder.map(own + frame.merges.flatMap { builder.entries(of: $0) }, at: range)
            }
        } else {
            node = builder.list(elements[frame.firstElement...], at: range)
            elements.removeSubrange(frame.firstElement...)
        }
        define(frame.anchor, node, size - frame.sizeBefore)
        if let outer = frames.last, outer.isMap, outer.key == nil {
            frames[frames.count - 1].key = unusableKey(range)
            return
        }
        add(node)
    }

    /// Closes what is open after an error, so that what was read so far is not lost.
    private mutating func closeAll() {
        while let frame = frames.last {
            if frame.isMap, frame.key != nil { frames[frames.count - 1].key = nil }
            let before = frames.count
            close(end: part.upperBound)
            if frames.count >= before { return }
        }
    }

    private mutating func add(_ node: DataBuilder.Node) {
        guard let frame = frames.last else {
            root = node
            return
        }
        guard frame.isMap else {
            elements.append(node)
            return
        }
        guard let key = frame.key else { return }
        frames[frames.count - 1].key = nil
        if !key.isUsable { return }
        if key.isMerge {
            merge(node, key)
            return
        }
        entries.append(builder.entry(key.text, node, keyRange: key.range))
    }

    private mutating func merge(_ node: DataBuilder.Node, _ key: Key) {
        let parts = builder.kind(of: node) == .list ? builder.elements(of: node) : [node]
        for part in parts {
            guard builder.kind(of: part) == .map else {
                diagnostics.append(
                    Diagnostic(.unreadableData, "only maps can be merged with <<", at: key.range, in: file))
                continue
            }
            frames[frames.count - 1].merges.append(part)
        }
    }

    /// The end without the blanks and line breaks that libyaml counts in after blocks.
    private func trimmed(_ start: Int, _ end: Int) -> Int {
        var end = end
        while end > start, file.bytes[end - 1] <= 0x20 { end -= 1 }
        return end
    }
}
