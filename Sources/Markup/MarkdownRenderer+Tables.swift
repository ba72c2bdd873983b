import Text

/// Tables, aligned as HTML 5 wants it.
extension MarkdownRenderer {
    mutating func enterTable(_ index: Int) -> Int {
        output.startLine()
        let attributes = options.conformance ? nil : takeAttributes(index) ?? attributesInLastRow(index)
        let scrolls = options.focusableBlocks && !options.conformance
        output.put(scrolls ? "<table tabindex=\"0\"" : "<table")
        writeAttributes(attributes)
        output.put(0x3E)
        hasTableBody = false
        return open(index)
    }

    mutating func enterTableRow(_ index: Int) -> Int {
        output.startLine()
        if document.nodes[index].isHeader {
            output.put("<thead>\n")
        } else if !hasTableBody {
            output.put("<tbody>\n")
            hasTableBody = true
        }
        output.put("<tr>")
        return open(index)
    }

    mutating func enterTableCell(_ index: Int) -> Int {
        let node = document.nodes[index]
        output.startLine()
        output.put(node.isHeader ? "<th" : "<td")
        if options.conformance {
            switch node.level {
            case UInt8(ascii: "l"): output.put(" align=\"left\"")
            case UInt8(ascii: "c"): output.put(" align=\"center\"")
            case UInt8(ascii: "r"): output.put(" align=\"right\"")
            default: break
            }
        } else {
            switch node.level {
            case UInt8(ascii: "l"): output.put(" style=\"text-align:left\"")
            case UInt8(ascii: "c"): output.put(" style=\"text-align:center\"")
            case UInt8(ascii: "r"): output.put(" style=\"text-align:right\"")
            default: break
            }
        }
        output.put(0x3E)
        startText(index)
        searchStart = 0
        return open(index)
    }

    mutating func leaveTable(_ frame: Frame) {
        let node = document.nodes[frame.index]
        switch node.type {
        case .tableCell:
            output.put(node.isHeader ? "</th>" : "</td>")
            endText(.cell)
        case .tableRow:
            output.startLine()
            output.put("</tr>")
            if node.isHeader {
                output.startLine()
                output.put("</thead>")
            }
        default:
            if hasTableBody {
                output.startLine()
                output.put("</tbody>\n")
            }
            hasTableBody = false
            output.startLine()
            output.put("</table>\n")
        }
    }
}
