import Text

extension Program {
    /// The program as text, for tests and people: one instruction a line, with its words.
    public var disassembly: String {
        var lines: [String] = []
        var word = 0
        while word < words.count {
            for (index, code) in functions.enumerated() where code.entry == word {
                let function = code.function
                let name = function.name == .empty ? "" : " \(function.name.text)"
                lines.append("function \(index) \(function.kind)\(name):")
            }
            guard let opcode = Opcode(rawValue: UInt8(truncatingIfNeeded: words[word])) else { break }
            let operand = Int(words[word] >> 8)
            var line = "  \(word) \(opcode)"
            switch opcode {
            case .text:
                let start = Int(words[word + 1])
                let piece = String(decoding: text[start..<start + operand], as: UTF8.self)
                line += " \(piece.debugDescription)"
            case .constant: line += " \(constants[operand].briefRepresentation)"
            case .name, .nameRaw, .attribute, .printAttribute, .printAttributeEscaped, .export, .block,
                .superBlock:
                line += " \(names[operand].symbol.text)"
            case .filterBound, .testBound, .printSafe, .printSafeEscaped, .printForced, .printForcedEscaped:
                line += " \(boundCalls[operand].function.name)"
            default: line += " \(operand)"
            }
            for more in 0..<opcode.moreWords where opcode != .text { line += " \(words[word + 1 + more])" }
            lines.append(line)
            word += 1 + opcode.moreWords
        }
        return lines.joined(separator: "\n")
    }
}

extension Opcode {
    /// How many words follow the first.
    var moreWords: Int {
        switch self {
        case .cell: 2
        case .text, .cellRaw, .storeCell, .export, .compareChain, .concat, .loopAttribute, .jumpIfLocal,
            .callMethod,
            .filter, .test, .macro, .printLocalCall, .block, .include, .importModule, .importName, .fail:
            1
        default: 0
        }
    }
}
