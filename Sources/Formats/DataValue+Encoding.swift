/// How values lie in a store: the two arrays of ``DataTree``, each number 4 bytes, little-endian.
///
///     word count | heap count | root node | words … | heap …
extension DataValue {
    /// The value as bytes for a store; places included.
    ///
    /// - Complexity: O(size of the tree); a part of a larger tree is copied out first.
    public func encoded() -> [UInt8] {
        if node + DataTree.nodeWords != tree.words.count {
            var builder = DataBuilder(expectedBytes: 64)
            let root = builder.copy(self)
            return builder.finish(root).encoded()
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(12 + tree.words.count * 4 + tree.heap.count)
        Self.append(UInt32(clamping: tree.words.count), to: &bytes)
        Self.append(UInt32(clamping: tree.heap.count), to: &bytes)
        Self.append(UInt32(clamping: node), to: &bytes)
        #if _endian(little)
            unsafe tree.words.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        #else
            for word in tree.words { Self.append(word, to: &bytes) }
        #endif
        bytes.append(contentsOf: tree.heap)
        return bytes
    }

    /// The value out of bytes that ``encoded()`` made; `nil` where they are anything else.
    ///
    /// All is checked here once, so that no value out of a damaged store can trap or run for ever.
    ///
    /// - Complexity: O(size).
    public init?(decoding bytes: ArraySlice<UInt8>) {
        var offset = bytes.startIndex
        guard let wordCount = Self.word(bytes, &offset), let heapCount = Self.word(bytes, &offset),
            let root = Self.word(bytes, &offset),
            bytes.endIndex - offset == Int(wordCount) * 4 + Int(heapCount)
        else { return nil }
        var words: [UInt32] = []
        words.reserveCapacity(Int(wordCount))
        for _ in 0..<wordCount {
            guard let word = Self.word(bytes, &offset) else { return nil }
            words.append(word)
        }
        let tree = DataTree(words: words, heap: Array(bytes[offset...]))
        var budget = max(words.count, YAMLReader.aliasLimit * 2)
        guard tree.isSound(Int(root), below: words.count, depth: 0, &budget) else { return nil }
        self.init(tree: tree, node: Int(root))
    }

    private static func append(_ word: UInt32, to bytes: inout [UInt8]) {
        for shift in 0..<4 as Range<UInt32> { bytes.append(UInt8(truncatingIfNeeded: word >> (shift * 8))) }
    }

    private static func word(_ bytes: ArraySlice<UInt8>, _ offset: inout Int) -> UInt32? {
        guard bytes.endIndex - offset >= 4 else { return nil }
        defer { offset += 4 }
        return UInt32(bytes[offset]) | UInt32(bytes[offset + 1]) << 8 | UInt32(bytes[offset + 2]) << 16
            | UInt32(bytes[offset + 3]) << 24
    }
}

extension DataTree {
    /// Whether a node and all below it lie inside the arrays, children before parents.
    func isSound(_ node: Int, below limit: Int, depth: Int, _ budget: inout Int) -> Bool {
        budget -= 1
        guard budget >= 0, depth <= Self.depthLimit * 2, node >= 0, node < limit,
            node + Self.nodeWords <= words.count,
            let kind = DataValue.Kind(rawValue: UInt8(truncatingIfNeeded: words[node]))
        else { return false }
        let first = Int(words[node + 3])
        let count = Int(words[node + 4])
        switch kind {
        case .null, .boolean, .string: return first + count <= heap.count
        case .integer, .double: return count >= Self.numberBytes && first + count <= heap.count
        case .date:
            return count >= DateTimeParts.packedCount && first + count <= heap.count
                && DateTimeParts(packed: heap[first..<(first + DateTimeParts.packedCount)]) != nil
        case .list:
            guard first + count <= words.count else { return false }
            for index in first..<(first + count) {
                guard isSound(Int(words[index]), below: node, depth: depth + 1, &budget) else { return false }
            }
            return true
        case .map:
            guard first + count * (Self.entryWords + 1) <= words.count else { return false }
            for position in 0..<count {
                let entry = first + position * Self.entryWords
                guard Int(words[entry]) + Int(words[entry + 1]) <= heap.count,
                    Int(words[first + count * Self.entryWords + position]) < count,
                    isSound(Int(words[entry + 4]), below: node, depth: depth + 1, &budget)
                else { return false }
            }
            return true
        }
    }
}
