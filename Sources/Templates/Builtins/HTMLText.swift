import Text

/// Text out of HTML, as MarkupSafe and Python's `html` module make it.
enum HTMLText {
    /// Without comments and tags, white space collapsed, entities resolved: `Markup.striptags`.
    static func withoutTags(_ bytes: [UInt8]) -> [UInt8] {
        let plain = removed(
            removed(bytes, from: Array("<!--".utf8), to: Array("-->".utf8)), from: [0x3C], to: [0x3E])
        return unescaped([UInt8].joined(plain.words(), by: [0x20]))
    }

    /// Without what stands between two marks, the marks included. What remains may form a mark anew, and that
    /// counts too, as in MarkupSafe; so the search goes on a little before the cut.
    private static func removed(_ bytes: [UInt8], from open: [UInt8], to close: [UInt8]) -> [UInt8] {
        guard bytes.firstRange(of: open, from: 0) != nil else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            result.append(bytes[index])
            index += 1
            guard result.count >= open.count, result.suffix(open.count).elementsEqual(open) else { continue }
            // The closing mark is searched from the opening one on, in what follows and in the mark itself.
            let start = index - open.count
            let from = result.count == index ? start : max(start, 0)
            guard let end = bytes.firstRange(of: close, from: max(from, 0)) else {
                result += bytes[index...]
                return result
            }
            result.removeLast(open.count)
            index = max(end.upperBound, index)
        }
        return result
    }

    /// With entities resolved: Python's `html.unescape`.
    static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "&")) else { return bytes }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "&"), let (text, length) = reference(bytes, index) {
                result += text
                index += length
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    private static func reference(_ bytes: [UInt8], _ start: Int) -> (text: [UInt8], length: Int)? {
        var index = start + 1
        guard index < bytes.count else { return nil }
        if bytes[index] == UInt8(ascii: "#") { return number(bytes, start) }
        // Up to 32 characters that can be part of a name.
        let stops: Set<UInt8> = [0x09, 0x0A, 0x0C, 0x20, 0x3C, 0x26, 0x23, 0x3B]
        var characters = 0
        while index < bytes.count, !stops.contains(bytes[index]), characters < 32 {
            index = bytes.characterEnd(index)
            characters += 1
        }
        guard characters > 0 else { return nil }
        if index < bytes.count, bytes[index] == UInt8(ascii: ";") {
            if let text = HTMLEntities.text(of: bytes[(start + 1)...index]) {
                return (text, index + 1 - start)
            }
        }
        var end = index
        while end > start + 2 {
            if let text = HTMLEntities.text(of: bytes[(start + 1)..<end]) { return (text, end - start) }
            end -= 1
        }
        return nil
    }

    private static func number(_ bytes: [UInt8], _ start: Int) -> (text: [UInt8], length: Int)? {
        var index = start + 2
        let isHex = index < bytes.count && bytes[index] | 0x20 == UInt8(ascii: "x")
        if isHex { index += 1 }
        let first = index
        var code = 0
        while index < bytes.count, let digit = bytes[index].hexadecimalValue, isHex || digit < 10 {
            code = min(code * (isHex ? 16 : 10) + Int(digit), 0x110000)
            index += 1
        }
        guard index > first else { return nil }
        if index < bytes.count, bytes[index] == UInt8(ascii: ";") { index += 1 }
        return (text(of: code), index - start)
    }

    private static func text(of code: Int) -> [UInt8] {
        if code == 0 { return Array("\u{FFFD}".utf8) }
        if code == 0x0D { return [0x0D] }
        if code >= 0x80 && code < 0xA0 {
            return Array(String(Character(Unicode.Scalar(windows1252[code - 0x80]) ?? "\u{FFFD}")).utf8)
        }
        guard code <= 0x10FFFF, let scalar = Unicode.Scalar(UInt32(code)) else {
            return Array("\u{FFFD}".utf8)
        }
        let isInvalid =
            (code < 0x20 && !(code == 0x09 || code == 0x0A || code == 0x0C)) || code == 0x7F
            || (code >= 0xFDD0 && code <= 0xFDEF) || code & 0xFFFE == 0xFFFE
        return isInvalid ? [] : Array(String(Character(scalar)).utf8)
    }

    /// What the numbers 80 to 9F mean in HTML.
    private static let windows1252: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
        0x8D,
        0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161,
        0x203A,
        0x0153, 0x9D, 0x017E, 0x0178,
    ]
}
