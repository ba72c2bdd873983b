import Text

/// What is under construction, looked at: to merge one map into another.
extension DataBuilder {
    /// The entries of a map under construction.
    func entries(of node: Node) -> [Entry] {
        let index = Int(node.index)
        guard words[index] & 0xFF == UInt32(DataValue.Kind.map.rawValue) else { return [] }
        let first = Int(words[index + 3])
        return (0..<Int(words[index + 4])).map { position in
            let entry = first + position * DataTree.entryWords
            return Entry(
                keyOffset: words[entry], keyCount: words[entry + 1],
                keyRange: SourceRange(Int(words[entry + 2]), Int(words[entry + 3])),
                node: Node(index: words[entry + 4]))
        }
    }

    /// The elements of a list under construction.
    func elements(of node: Node) -> [Node] {
        let index = Int(node.index)
        guard words[index] & 0xFF == UInt32(DataValue.Kind.list.rawValue) else { return [] }
        let first = Int(words[index + 3])
        return (0..<Int(words[index + 4])).map { Node(index: words[first + $0]) }
    }

    /// Whether two nodes under construction mean the same.
    func isSame(_ left: Node, _ right: Node) -> Bool {
        if left.index == right.index { return true }
        guard kind(of: left) == kind(of: right) else { return false }
        switch kind(of: left) {
        case .list:
            let a = elements(of: left)
            let b = elements(of: right)
            return a.count == b.count && zip(a, b).allSatisfy { isSame($0, $1) }
        case .map:
            let a = entries(of: left)
            let b = entries(of: right)
            return a.count == b.count && zip(a, b).allSatisfy { isEqual($0, $1) && isSame($0.node, $1.node) }
        default: return scalarBytes(of: left).elementsEqual(scalarBytes(of: right))
        }
    }

    private func scalarBytes(of node: Node) -> ArraySlice<UInt8> {
        let start = Int(words[Int(node.index) + 3])
        return heap[start..<(start + Int(words[Int(node.index) + 4]))]
    }

    /// What kind a node under construction is.
    func kind(of node: Node) -> DataValue.Kind {
        DataValue.Kind(rawValue: UInt8(truncatingIfNeeded: words[Int(node.index)])) ?? .null
    }
}
