import Text

/// Puts the entries of a log on top of the image of a snapshot.
struct Replay {
    private var image = StoreImage()

    /// Puts the bytes of a log on top of an image.
    ///
    /// - Returns: how many of them are good, or `nil` when they are another log's.
    static func replay(
        _ log: [UInt8], onto image: inout StoreImage, _ generation: UInt64, _ isTrusting: Bool = false
    ) -> Int? {
        var replay = Replay()
        swap(&replay.image, &image)
        defer { swap(&replay.image, &image) }
        return Frames.read(log, Journal.magic, generation: generation, isTrusting: isTrusting) {
            $0 == Journal.frameType && Journal.forEachEntry(of: $1) { replay.apply($0, $1) }
        }
    }

    /// Applies one entry.
    ///
    /// - Returns: false if it makes no sense; then nothing of it was applied that another entry relies on, and
    ///   the log ends here.
    private mutating func apply(_ entry: Journal.Entry, _ payload: ArraySlice<UInt8>) -> Bool {
        var decoder = Decoder(payload)
        // Whatever comes after a commit makes the state one between builds.
        if entry != .commit { image.summary.isClean = false }
        switch entry {
        case .names: return names(&decoder)
        case .nodes: return nodes(&decoder)
        case .cells: return cells(&decoder)
        case .record: return record(&decoder)
        case .leaf: return leaf(&decoder)
        case .place: return place(&decoder)
        case .outputs: return outputs(&decoder)
        case .commit: return commit(&decoder)
        }
    }

    private func node(_ decoder: inout Decoder) -> NodeID? {
        let node = decoder.identifier()
        return decoder.isValid && Int(node) < image.graph.nodes.count ? node : nil
    }

    private mutating func names(_ decoder: inout Decoder) -> Bool {
        for _ in 0..<decoder.count() { image.graph.names.add(decoder.string().span) }
        return decoder.isValid
    }

    private mutating func nodes(_ decoder: inout Decoder) -> Bool {
        for _ in 0..<decoder.count() {
            let kind = UInt8(truncatingIfNeeded: decoder.number())
            let name = decoder.identifier()
            guard decoder.isValid, Int(name) < image.graph.names.count else { return false }
            image.graph.add(Node(kind: kind, name: name))
        }
        return decoder.isValid
    }

    private mutating func cells(_ decoder: inout Decoder) -> Bool {
        for _ in 0..<decoder.count() {
            guard let node = node(&decoder) else { return false }
            let projection = decoder.identifier()
            let fingerprint = decoder.fixed()
            guard decoder.isValid, Int(projection) < image.graph.names.count else { return false }
            image.graph.addCell(node, projection, fingerprint)
        }
        return decoder.isValid
    }

    private func ownCells(_ decoder: inout Decoder, of node: NodeID) -> [(cell: CellID, fingerprint: UInt64)]?
    {
        var list: [(cell: CellID, fingerprint: UInt64)] = []
        for _ in 0..<decoder.count() {
            let cell = decoder.identifier()
            let fingerprint = decoder.fixed()
            guard decoder.isValid, Int(cell) < image.graph.cells.count,
                image.graph.cells[Int(cell)].node == node
            else { return nil }
            list.append((cell, fingerprint))
        }
        return decoder.isValid ? list : nil
    }

    private mutating func set(_ own: [(cell: CellID, fingerprint: UInt64)]) {
        for (cell, fingerprint) in own where image.graph.cells[Int(cell)].fingerprint != fingerprint {
            image.graph.set(fingerprint: fingerprint, of: cell)
            image.replayed.cells.append(cell)
        }
    }

    private mutating func set(_ findings: [Diagnostic], of node: NodeID) {
        image.graph.set(Graph.Flags.findings, !findings.isEmpty, of: node)
        image.findings[node] = findings.isEmpty ? nil : findings
    }

    private mutating func record(_ decoder: inout Decoder) -> Bool {
        guard let node = node(&decoder), !image.graph.isLeaf(node) else { return false }
        let isCyclic = decoder.number() & UInt64(Graph.Flags.cyclic) != 0
        let count = decoder.count()
        let cells: [CellID] = decoder.column(count)
        let seen: [UInt64] = decoder.column(count)
        guard decoder.isValid, cells.allSatisfy({ Int($0) < image.graph.cells.count }) else { return false }
        guard let own = ownCells(&decoder, of: node) else { return false }
        let findings = DiagnosticCoding.decode(&decoder)
        guard decoder.isValid else { return false }
        image.graph.replaceEdges(of: node, cells: cells.span, seen: seen.span)
        image.graph.set(Graph.Flags.cyclic, isCyclic, of: node)
        image.graph.set(Graph.Flags.outdated, false, of: node)
        image.graph.set(.fresh, of: node)
        image.forgetPlace(of: node)
        image.replayed.records.append(node)
        set(own)
        set(findings, of: node)
        return true
    }

    private mutating func leaf(_ decoder: inout Decoder) -> Bool {
        guard let node = node(&decoder), image.graph.isLeaf(node), let own = ownCells(&decoder, of: node)
        else {
            return false
        }
        let findings = DiagnosticCoding.decode(&decoder)
        var entry: FileEntry?
        if decoder.number() == 1 {
            let fingerprint = decoder.fingerprint()
            let isRacy = decoder.number() == 1
            let stamp = StampCoding.decode(&decoder)
            entry = FileEntry(node: node, stamp: stamp, fingerprint: fingerprint, isRacy: isRacy)
        }
        let isFile = image.graph.nodes[Int(node)].kind == LeafKind.file.rawValue
        guard decoder.isValid, isFile == (entry != nil) else { return false }
        image.graph.set(.fresh, of: node)
        set(own)
        set(findings, of: node)
        if let entry {
            if let index = image.graph.fileIndex(of: node) {
                image.files.entries[index] = entry
            } else {
                image.graph.setFileIndex(image.files.entries.count, of: node)
                image.files.entries.append(entry)
            }
        }
        return true
    }

    private mutating func place(_ decoder: inout Decoder) -> Bool {
        guard let node = node(&decoder), !image.graph.isLeaf(node) else { return false }
        let offset = decoder.number()
        let length = decoder.identifier()
        let check = decoder.fixed()
        guard decoder.isValid else { return false }
        image.set(ValuePlace(offset: offset, check: check, length: length, node: node))
        return true
    }

    private mutating func outputs(_ decoder: inout Decoder) -> Bool {
        var table = OutputTable()
        table.fingerprint = decoder.fixed()
        var column: [OutputTable.Entry] = []
        for _ in 0..<decoder.count() {
            let path = decoder.identifier()
            guard let producer = node(&decoder), Int(path) < image.graph.names.count else { return false }
            column.append(OutputTable.Entry(path: path, producer: producer))
        }
        guard decoder.isValid else { return false }
        table.column = column
        image.outputs = table
        return true
    }

    private mutating func commit(_ decoder: inout Decoder) -> Bool {
        let summary = Journal.decodeSummary(&decoder)
        let packDead = decoder.number()
        var events: [HistoryEvent] = []
        var session: (UInt32, Int64)?
        if decoder.number() == 1 {
            let number = decoder.identifier()
            session = (number, decoder.signed())
            for _ in 0..<decoder.count() { events.append(Journal.decodeEvent(&decoder)) }
        }
        let nodes = image.graph.nodes.count
        let cells = image.graph.cells.count
        guard decoder.isValid, summary.reporting.allSatisfy({ Int($0) < nodes }),
            events.allSatisfy({ Int($0.node) < nodes && ($0.cause == none || Int($0.cause) < cells) })
        else { return false }
        image.summary = summary
        image.packDead = packDead
        if let session { image.remember(session, events) }
        return true
    }
}

extension StoreImage {
    /// Writes down where the value of a node lies.
    mutating func set(_ place: ValuePlace) {
        let index = graph.nodes[Int(place.node)].place
        if index != none {
            packDead &+= UInt64(places[Int(index)].length)
            places[Int(index)] = place
        } else {
            graph.set(place: UInt32(places.count), of: place.node)
            places.append(place)
        }
    }

    /// A value from before the node ran again is of no use.
    mutating func forgetPlace(of node: NodeID) {
        let index = graph.nodes[Int(node)].place
        if index == none { return }
        packDead &+= UInt64(places[Int(index)].length)
        places[Int(index)].length = 0
    }

    /// Remembers what ran in a session, and forgets the oldest.
    mutating func remember(_ session: (number: UInt32, time: Int64), _ events: [HistoryEvent]) {
        sessions.append(session)
        history.append(contentsOf: events)
        if sessions.count > Self.sessionLimit {
            sessions.removeFirst(sessions.count - Self.sessionLimit)
            let first = sessions.first?.number ?? 0
            history.removeAll { $0.session < first }
        }
    }
}
