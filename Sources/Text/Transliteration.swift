/// Letters of other alphabets in ASCII, for file names and ids that must be so.
public enum Transliteration {
    /// The text in ASCII: letters with marks lose them, letters of Latin, Greek and Cyrillic are written with
    /// their usual ASCII letters, other letters are dropped, all else becomes a blank.
    public static func ascii(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        // Letters that stand for themselves come before taking marks apart: й is not и with a mark.
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            } else if let letters = table[scalar] {
                bytes.append(contentsOf: letters.utf8)
            } else {
                append(scalar, to: &bytes)
            }
        }
        return bytes
    }

    private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        var isKnown = false
        for part in Normalization.nfd(String(Character(scalar))).unicodeScalars {
            if part.isASCII {
                bytes.append(UInt8(truncatingIfNeeded: part.value))
                isKnown = true
            } else if let letters = table[part] {
                bytes.append(contentsOf: letters.utf8)
                isKnown = true
            }
        }
        if !isKnown, !scalar.properties.isAlphabetic, scalar.properties.generalCategory != .nonspacingMark {
            bytes.append(UInt8(ascii: " "))
        }
    }

    private static let table: [Unicode.Scalar: String] = {
        var table: [Unicode.Scalar: String] = [:]
        func add(_ letters: String, _ ascii: String) {
            for (letter, word) in zip(
                letters.unicodeScalars, ascii.split(separator: " ", omittingEmptySubsequences: false))
            {
                table[letter] = String(word)
            }
        }
        // Latin letters that are no ASCII letter with a mark. A mark is dropped whatever the language: Spanish and Turkish
        // write ü too, and the addresses that Zola, Pelican and Jekyll have made have a plain u for it.
        add("ßæøœþðđħıłŋſƒ", "ss ae o oe th d d h i l n s f")
        // Greek (ISO 843, simplified).
        add("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o")
        // Cyrillic: Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian.
        add(
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
            "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya")
        add("іїєґўђјљњћџѓќѕѐѝ", "i yi ye g u dj j lj nj c dz gj kj dz e i")
        return table
    }()
}
