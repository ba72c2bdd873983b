/// `repr()`: values as Python shows them inside lists.
enum Representation {
    /// Text in quotes: single ones, unless it holds single quotes and no double ones.
    static func quoted(_ bytes: [UInt8]) -> [UInt8] {
        let single = UInt8(ascii: "'")
        let double = UInt8(ascii: "\"")
        let quote = bytes.contains(single) && !bytes.contains(double) ? double : single
        var result: [UInt8] = [quote]
        result.reserveCapacity(bytes.count + 2)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case quote, UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
            case 0x0A: result += Array("\\n".utf8)
            case 0x0D: result += Array("\\r".utf8)
            case 0x09: result += Array("\\t".utf8)
            case 0..<0x20, 0x7F: result += Array("\\x".utf8) + hex(UInt32(byte), 2)
            case 0x20..<0x7F: result.append(byte)
            default:
                var length = 1
                while index + length < bytes.count, bytes[index + length] & 0xC0 == 0x80 { length += 1 }
                let slice = bytes[index..<index + length]
                if let scalar = String(decoding: slice, as: UTF8.self).unicodeScalars.first,
                    !isPrintable(scalar)
                {
                    result += escaped(scalar)
                } else {
                    result += slice
                }
                index += length
                continue
            }
            index += 1
        }
        result.append(quote)
        return result
    }

    /// What `ascii()` makes of what `repr()` gave.
    static func ascii(_ bytes: [UInt8]) -> [UInt8] {
        if bytes.allSatisfy({ $0 < 0x80 }) { return bytes }
        var result: [UInt8] = []
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if scalar.isASCII { result.append(UInt8(scalar.value)) } else { result += escaped(scalar) }
        }
        return result
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> [UInt8] {
        let code = scalar.value
        if code < 0x100 { return Array("\\x".utf8) + hex(code, 2) }
        if code < 0x10000 { return Array("\\u".utf8) + hex(code, 4) }
        return Array("\\U".utf8) + hex(code, 8)
    }

    static func hex(_ code: UInt32, _ width: Int) -> [UInt8] {
        let digits = Array(String(code, radix: 16).utf8)
        return Array(repeating: UInt8(ascii: "0"), count: max(0, width - digits.count)) + digits
    }

    /// `str.isprintable` for one character.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == " " { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            return false
        default: return true
        }
    }
}
