@testable import Engine

extension BuildEngine {
    /// The reads of every node that has run, with what they saw: in words.
    func records(_ inputs: BuildInputs) -> [Key: [String]] {
        openStore(tool: inputs.tool)
        return evaluator.monitor.locked {
            evaluator.deriveDoubt()
            var result: [Key: [String]] = [:]
            for index in evaluator.graph.nodes.indices {
                let node = NodeID(index)
                if evaluator.graph.isLeaf(node) || evaluator.graph.state(of: node) == .new { continue }
                result[evaluator.graph.key(of: node)] = evaluator.graph.edgeRange(of: node).map { edge in
                    let cell = evaluator.graph.cells[Int(evaluator.graph.edgeCells[edge])]
                    let key = evaluator.graph.key(of: cell.node)
                    let projection = evaluator.graph.names.symbol(of: cell.projection)
                    return "\(key.kind) \(key.name) \(projection) \(evaluator.graph.edgeSeen[edge])"
                }
            }
            return result
        }
    }

    /// How many bytes of files are in memory.
    var bytesAtHand: Int {
        evaluator.monitor.locked { evaluator.values.reduce(0) { $0 + (($1 as? LeafValue)?.byteCount ?? 0) } }
    }

    /// How many files are not known by their stamps, since these were young when they were taken.
    var youngFiles: Int {
        evaluator.monitor.locked { evaluator.image.files.entries.count { $0.isRacy } }
    }
}
