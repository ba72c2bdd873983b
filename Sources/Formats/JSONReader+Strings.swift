import Text

/// Strings of JSON and their escapes.
extension JSONReader.Parser {
    /// Reads a string into `scratch`; false after a finding.
    mutating func string() -> Bool {
        let start = position
        scratch.removeAll(keepingCapacity: true)
        position += 1
        var run = position
        while position < end {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                scratch.append(contentsOf: bytes[run..<position])
                position += 1
                return true
            case UInt8(ascii: "\\"):
                scratch.append(contentsOf: bytes[run..<position])
                guard escape() else { return false }
                run = position
            case 0..<0x20:
                _ =
                    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
                    ? fail("the string is not closed on its line", from: start)
                    : fail(
                        "a control character in a string must be escaped", hint: "write \\u00" + hex(byte)
                    )
                return false
            default: position += 1
            }
        }
        _ = fail("the string is not closed", from: start)
        return false
    }

    mutating func escape() -> Bool {
        let start = position
        position += 1
        guard position < end else {
            _ = fail("the string is not closed", from: start)
            return false
        }
        let mark = bytes[position]
        position += 1
        switch mark {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(mark)
        case UInt8(ascii: "b"): scratch.append(8)
        case UInt8(ascii: "f"): scratch.append(12)
        case UInt8(ascii: "n"): scratch.append(10)
        case UInt8(ascii: "r"): scratch.append(13)
        case UInt8(ascii: "t"): scratch.append(9)
        case UInt8(ascii: "u"):
            guard let first = unit() else { return badEscape(start, "\\u needs four hexadecimal digits") }
            var code = UInt32(first)
            if (0xD800..<0xDC00).contains(first) {
                guard position + 1 < end, bytes[position] == UInt8(ascii: "\\"),
                    bytes[position + 1] == UInt8(ascii: "u")
                else { return badEscape(start, "half a surrogate pair") }
                position += 2
                guard let second = unit(), (0xDC00..<0xE000).contains(second) else {
                    return badEscape(start, "half a surrogate pair")
                }
                code = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else {
                return badEscape(start, "half a surrogate pair")
            }
            scratch.append(contentsOf: String(Character(scalar)).utf8)
        default: return badEscape(start, "no such escape in a string")
        }
        return true
    }

    mutating func badEscape(_ start: Int, _ message: String) -> Bool {
        _ = fail(message, from: start, hint: mark(at: start))
        return false
    }

    private func mark(at start: Int) -> String? {
        start + 1 < end && bytes[start + 1] != UInt8(ascii: "u") ? "write \\\\ for a backslash" : nil
    }

    /// The four hexadecimal digits of `\u`.
    mutating func unit() -> UInt16? {
        guard position + 4 <= end else { return nil }
        var unit: UInt16 = 0
        for offset in 0..<4 {
            let byte = bytes[position + offset]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            unit = unit << 4 | UInt16(digit)
        }
        position += 4
        return unit
    }

    private func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.utf8.count < 2 ? "0" + digits : digits
    }
}
