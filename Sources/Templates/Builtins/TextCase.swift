/// Upper and lower case as Python has them: by the full mappings of Unicode, character by character.
enum TextCase {
    static func lower(_ bytes: [UInt8]) -> [UInt8] {
        if let ascii = mapASCII(bytes, from: 0x41, { $0 | 0x20 }) { return ascii }
        let scalars = Array(text(bytes).unicodeScalars)
        return joined(scalars.indices) { index, result in
            if scalars[index] == "Σ" {
                result += isFinalSigma(scalars, index) ? "ς" : "σ"
            } else {
                result += scalars[index].properties.lowercaseMapping
            }
        }
    }

    static func upper(_ bytes: [UInt8]) -> [UInt8] {
        if let ascii = mapASCII(bytes, from: 0x61, { $0 & 0xDF }) { return ascii }
        return joined(text(bytes).unicodeScalars) { $1 += $0.properties.uppercaseMapping }
    }

    static func swapped(_ bytes: [UInt8]) -> [UInt8] {
        joined(text(bytes).unicodeScalars) { scalar, result in
            if scalar.properties.isUppercase {
                result += scalar.properties.lowercaseMapping
            } else if scalar.properties.isLowercase {
                result += scalar.properties.uppercaseMapping
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
    }

    /// The first character in title case, the others in lower case.
    static func capitalized(_ bytes: [UInt8]) -> [UInt8] {
        guard !bytes.isEmpty else { return bytes }
        let end = bytes.characterEnd(0)
        let first = joined(text(Array(bytes[..<end])).unicodeScalars) { $1 += $0.properties.titlecaseMapping }
        return first + lower(Array(bytes[end...]))
    }

    /// The first character in upper case, the others in lower case.
    static func upperFirst(_ bytes: [UInt8]) -> [UInt8] {
        guard !bytes.isEmpty else { return bytes }
        let end = bytes.characterEnd(0)
        return upper(Array(bytes[..<end])) + lower(Array(bytes[end...]))
    }

    /// `str.title`: words are runs of letters.
    static func title(_ bytes: [UInt8]) -> [UInt8] {
        var isInWord = false
        return joined(text(bytes).unicodeScalars) { scalar, result in
            let isCased = isCased(scalar)
            if isCased {
                result += isInWord ? scalar.properties.lowercaseMapping : scalar.properties.titlecaseMapping
            } else {
                result.unicodeScalars.append(scalar)
            }
            isInWord = isCased
        }
    }

    /// `str.islower`: there are letters with case, and all are lower.
    static func isLower(_ bytes: [UInt8]) -> Bool {
        hasOnly(bytes) { $0.properties.isLowercase }
    }

    /// `str.isupper`.
    static func isUpper(_ bytes: [UInt8]) -> Bool {
        hasOnly(bytes) { $0.properties.isUppercase }
    }

    /// `str.istitle`.
    static func isTitle(_ bytes: [UInt8]) -> Bool {
        var wasCased = false
        var isTitle = false
        for scalar in text(bytes).unicodeScalars {
            if scalar.properties.isUppercase || scalar.properties.generalCategory == .titlecaseLetter {
                if wasCased { return false }
                wasCased = true
                isTitle = true
            } else if scalar.properties.isLowercase {
                if !wasCased { return false }
            } else {
                wasCased = false
            }
        }
        return isTitle
    }

    static func isCased(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isLowercase || scalar.properties.isUppercase
            || scalar.properties.generalCategory == .titlecaseLetter
    }

    private static func hasOnly(_ bytes: [UInt8], _ isWanted: (Unicode.Scalar) -> Bool) -> Bool {
        var found = false
        for scalar in text(bytes).unicodeScalars where isCased(scalar) {
            if !isWanted(scalar) { return false }
            found = true
        }
        return found
    }

    /// A sigma is final when a letter with case is before it and none after it; marks in between do not count.
    private static func isFinalSigma(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
        let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
        let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
        return before.map(isCased) ?? false && !(after.map(isCased) ?? false)
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func joined<Elements: Sequence>(
        _ elements: Elements, _ append: (Elements.Element, inout String) -> Void
    ) -> [UInt8] {
        var result = ""
        for element in elements { append(element, &result) }
        return Array(result.utf8)
    }

    /// Text of ASCII alone with the 26 letters from one on changed: the very same text if there are none.
    @inline(__always)
    private static func mapASCII(
        _ bytes: [UInt8], from first: UInt8, _ map: (UInt8) -> UInt8
    ) -> [UInt8]? {
        var all: UInt8 = 0
        var isChanged = false
        for byte in bytes {
            all |= byte
            isChanged = isChanged || byte &- first < 26
        }
        if all >= 0x80 { return nil }
        if !isChanged { return bytes }
        return unsafe [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
            for byte in bytes {
                unsafe buffer[count] = byte &- first < 26 ? map(byte) : byte
                count += 1
            }
        }
    }
}
