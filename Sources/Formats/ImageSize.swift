/// How large a picture is, in pixels, as its file says at its beginning.
///
/// PNG (W3C PNG 3, 11.2.1), GIF (GIF89a, 18), JPEG (ITU-T T.81, B.2.2; turned as its EXIF orientation says), WebP
/// (RFC 9649) and SVG whose root gives both in pixels. Nothing is decoded.
public struct ImageSize: Hashable, Sendable {
    /// Pixels from left to right, 1 or more.
    public let width: Int
    /// Pixels from top to bottom, 1 or more.
    public let height: Int

    /// A size.
    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// The size that a file's bytes tell, or `nil` when they are no picture of a known kind, or a damaged one.
    ///
    /// - Complexity: O(1), but for JPEG, whose segments are walked.
    public init?(of bytes: [UInt8]) {
        let reader = ImageBytes(bytes)
        let found: (Int, Int)?
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            found = reader.png
        } else if bytes.starts(with: "GIF8".utf8) {
            found = reader.gif
        } else if bytes.starts(with: [0xFF, 0xD8]) {
            found = reader.jpeg
        } else if bytes.starts(with: "RIFF".utf8) {
            found = reader.webp
        } else {
            found = SVGSize.read(bytes)
        }
        guard let (width, height) = found, width > 0, height > 0, width < 1 << 24, height < 1 << 24 else {
            return nil
        }
        self.init(width: width, height: height)
    }
}

/// Numbers out of a picture's bytes; nothing is there past their end.
private struct ImageBytes {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// An unsigned number of `count` bytes, the first or the last of them the greatest.
    private func number(_ offset: Int, _ count: Int, isLittle: Bool = false) -> Int? {
        guard offset >= 0, offset <= bytes.count - count else { return nil }
        var number = 0
        for index in 0..<count {
            number = number << 8 | Int(bytes[isLittle ? offset + count - 1 - index : offset + index])
        }
        return number
    }

    private func pair(_ first: Int?, _ second: Int?) -> (Int, Int)? {
        guard let first, let second else { return nil }
        return (first, second)
    }

    var png: (Int, Int)? { pair(number(16, 4), number(20, 4)) }

    var gif: (Int, Int)? { pair(number(6, 2, isLittle: true), number(8, 2, isLittle: true)) }

    var webp: (Int, Int)? {
        guard bytes.count > 30, bytes[8..<12].elementsEqual("WEBP".utf8) else { return nil }
        switch String(decoding: bytes[12..<16], as: UTF8.self) {
        case "VP8X":
            return pair(
                number(24, 3, isLittle: true).map { $0 + 1 }, number(27, 3, isLittle: true).map { $0 + 1 })
        case "VP8L":
            guard let bits = number(21, 4, isLittle: true) else { return nil }
            return (bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
        case "VP8 ":
            return pair(
                number(26, 2, isLittle: true).map { $0 & 0x3FFF },
                number(28, 2, isLittle: true).map { $0 & 0x3FFF })
        default: return nil
        }
    }

    var jpeg: (Int, Int)? {
        var offset = 2
        var isTurned = false
        while let marker = number(offset, 2), marker >> 8 == 0xFF {
            // Filling bytes before a marker.
            if marker == 0xFFFF {
                offset += 1
                continue
            }
            guard let length = number(offset + 2, 2), length >= 2 else { return nil }
            switch marker & 0xFF {
            case 0xE1: isTurned = isTurned || orientation(offset + 4, end: offset + 2 + length) >= 5
            // Start of a frame; C4, C8 and CC are tables.
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
                guard let size = pair(number(offset + 7, 2), number(offset + 5, 2)) else { return nil }
                return isTurned ? (size.1, size.0) : size
            case 0xD9, 0xDA: return nil
            default: break
            }
            offset += 2 + length
        }
        return nil
    }

    /// The orientation in EXIF data, 1 to 8; 1 without one. From 5 on width and height change places.
    private func orientation(_ start: Int, end: Int) -> Int {
        guard end <= bytes.count, start + 14 <= end, bytes[start..<start + 4].elementsEqual("Exif".utf8)
        else {
            return 1
        }
        let base = start + 6
        let isLittle = bytes[base] == UInt8(ascii: "I")
        guard let table = number(base + 4, 4, isLittle: isLittle), table < end - base,
            let count = number(base + table, 2, isLittle: isLittle)
        else { return 1 }
        for index in 0..<count {
            let entry = base + table + 2 + index * 12
            guard entry + 12 <= end else { return 1 }
            if number(entry, 2, isLittle: isLittle) == 0x0112 {
                return number(entry + 8, 2, isLittle: isLittle) ?? 1
            }
        }
        return 1
    }
}

/// The size in the opening tag of an SVG; only what is said in pixels.
private enum SVGSize {
    /// How far the opening tag is looked for: behind a prologue and comments.
    private static let limit = 4096

    static func read(_ bytes: [UInt8]) -> (Int, Int)? {
        let beginning = bytes.prefix(limit)
        guard let start = beginning.indices.first(where: { beginning[$0...].starts(with: "<svg".utf8) }),
            let end = beginning[start...].firstIndex(of: UInt8(ascii: ">"))
        else { return nil }
        let tag = beginning[start..<end]
        guard let width = pixels("width", in: tag), let height = pixels("height", in: tag) else { return nil }
        return (width, height)
    }

    private static func pixels(_ name: String, in tag: ArraySlice<UInt8>) -> Int? {
        let start = Array(" \(name)=".utf8)
        for index in tag.indices {
            // Attributes may stand on lines of their own.
            guard tag[index] <= 0x20, tag[index...].dropFirst().starts(with: start.dropFirst()) else {
                continue
            }
            var rest = tag[index...].dropFirst(start.count)
            guard let quote = rest.popFirst(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
            else {
                return nil
            }
            let value = String(decoding: rest.prefix { $0 != quote }, as: UTF8.self)
            guard let number = Double(value.hasSuffix("px") ? String(value.dropLast(2)) : value), number >= 1,
                number < Double(1 << 24)
            else { return nil }
            return Int(number.rounded())
        }
        return nil
    }
}
