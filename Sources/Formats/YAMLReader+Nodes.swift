import Text

/// What events make: values, lists and maps, anchors and merges.
extension YAMLReader {
    mutating func scalar(
        _ content: UnsafeBufferPointer<UInt8>, _ range: SourceRange, _ isPlain: Bool, _ anchor: [UInt8]
    ) {
        let source = file.bytes[Int(range.start)..<Int(range.end)]
        if let frame = frames.last, frame.isMap, frame.key == nil {
            let text = unsafe Array(content)
            frames[frames.count - 1].key = Key(
                text: text, range: range, isMerge: isPlain && text == [UInt8(ascii: "<"), UInt8(ascii: "<")],
                isUsable: true)
            if !anchor.isEmpty { define(anchor, builder.string(text, at: range), 1) }
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

    mutating func alias(_ name: [UInt8], _ range: SourceRange) {
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

    mutating func open(isMap: Bool, _ start: Int, _ anchor: [UInt8]) {
        frames.append(
            Frame(
                isMap: isMap, start: start, firstElement: elements.count, firstEntry: entries.count,
                sizeBefore: size, anchor: anchor))
        size += 1
    }

    mutating func close(end: Int) {
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
    mutating func closeAll() {
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
    func trimmed(_ start: Int, _ end: Int) -> Int {
        var end = end
        while end > start, file.bytes[end - 1] <= 0x20 { end -= 1 }
        return end
    }
}
