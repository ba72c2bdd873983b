extension Graph {
    /// The columns of a graph as they come from a store: any number in them may be wrong, until ``fit(_:)`` says that none
    /// leads out of its column.
    struct Columns {
        var names: NameTable
        var nodes: Column<Node>
        var cells: Column<Cell>
        var edgeCells: Column<CellID>
        var edgeSeen: Column<UInt64>
        var edgeReaders: Column<NodeID>
        var edgeNext: Column<EdgeID>
        var nodeSlots: Column<UInt32>
        var cellSlots: Column<UInt32>

        /// Whether all that names a node, a cell, an edge or a name names one that is there, and all lists come to an end.
        ///
        /// `hasLooked` is called when one of the columns has been looked through.
        ///
        /// - Complexity: O(edges).
        func fit(_ hasLooked: () -> Void) -> Bool {
            let edgeCount = edgeCells.count
            guard edgeSeen.count == edgeCount, edgeReaders.count == edgeCount, edgeNext.count == edgeCount,
                nodes.allSatisfy(fits), cells.indices.allSatisfy(fitsCell)
            else { return false }
            hasLooked()
            if !edgeCells.areBelow(cells.count) { return false }
            hasLooked()
            if !edgeReaders.areBelow(nodes.count) { return false }
            hasLooked()
            if !edgeNext.leadBack { return false }
            hasLooked()
            return true
        }

        private func fits(_ node: Node) -> Bool {
            Int(node.name) < names.count
                && (node.firstCell == none || Int(node.firstCell) < cells.count)
                && (node.kind == LeafKind.file.rawValue
                    || Int(node.firstEdge) + Int(node.edgeCount) <= edgeCells.count)
        }

        private func fitsCell(_ index: Int) -> Bool {
            let cell = cells[index]
            // A list goes on to something before it, so that it comes to an end.
            return Int(cell.node) < nodes.count && Int(cell.projection) < names.count
                && (cell.next == none || Int(cell.next) < index)
                && (cell.firstReader == none || Int(cell.firstReader) < edgeCells.count)
        }

        /// How many edges are nobody's; `nil` when two nodes have the same.
        var deadEdges: Int? {
            var dead = edgeCells.count
            for node in nodes where node.kind >= RuleKind.firstNumber { dead -= Int(node.edgeCount) }
            return dead < 0 ? nil : dead
        }
    }
}
