import Text

extension Program {
    /// The program as text, for tests and people: one instruction a line, with its words.
    public var disassembly: String {
        var lines: [String] = []
        var word = 0
        while word < words.count {
            for index in functions.indices where functions[index].entry == word {
                let function = functions[index].function
                let name = function.name == .empty ? "" : " \(function.name.text)"
                lines.append("function \(index) \(function.kind)\(name):")
            }
            guard let opcode = Opcode(rawValue: UInt8(truncatingIfNeeded: words[word])) else { break }
            let operand = Int(words[word] >> 8)
            var line = "  \(word) \(opcode)"
            switch opcode {
            case .text:
                let start = Int(words[word + 1])
                let piece = String(decoding: text.bytes(start..<start + operand), as: UTF8.self)
                line += " \(piece.debugDescription)"
            case .constant: line += " \(constants[operand].briefRepresentation)"
            case .name, .nameRaw, .attribute, .lookName, .lookAttribute, .lookNameAttribute, .export, .block,
                .superBlock:
                line += " \(names[operand].symbol.text)"
            case .filterBound, .testBound, .printSafe: line += " \(boundCalls[operand].function.name)"
            case .printFiltered: line += " \(boundCalls[textSteps[operand].call].function.name)"
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
    /// Whether it looks at a variable or on at an attribute, and changes nothing else.
    var isLook: Bool {
        switch self {
        case .lookLocal, .lookName, .lookAttribute, .lookLocalAttribute, .lookNameAttribute: true
        default: false
        }
    }

    /// How many words follow the first.
    var moreWords: Int {
        switch self {
        case .cell, .fail, .lookLoopCycle: 2
        case .lookCycle: 3
        case .text, .cellRaw, .storeCell, .export, .compareChain, .concat, .loopAttribute, .jumpIfLocal,
            .callMethod,
            .filter, .test, .macro, .printLocalCall, .query, .printFiltered, .lookLocalAttribute,
            .lookNameAttribute, .block, .include, .importModule, .importName:
            1
        default: 0
        }
    }
}
