import Formats
import Testing

/// How large pictures are, from the first bytes of their files.
struct ImageSizeTests {
    static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [
            0, 0, 4, 176, 0, 0, 2, 118,
        ]
    static let gif = Array("GIF89a".utf8) + [0x40, 0x01, 0xF0, 0x00, 0]
    /// A segment of another kind, then the frame.
    static let jpeg: [UInt8] =
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 1, 0xFF, 0xFF, 0xC2, 0, 17, 8, 0x01, 0x90, 0x02, 0x58, 3]
    /// EXIF that says the picture lies on its side, in either order of bytes.
    static func turned(_ order: String) -> [UInt8] {
        let isLittle = order == "II"
        func number(_ value: UInt8, _ count: Int) -> [UInt8] {
            let zeros = [UInt8](repeating: 0, count: count - 1)
            return isLittle ? [value] + zeros : zeros + [value]
        }
        let tiff =
            Array(order.utf8) + number(42, 2) + number(8, 4) + number(1, 2)
            + (isLittle ? [0x12, 0x01] : [0x01, 0x12]) + number(3, 2) + number(1, 4) + number(6, 2) + [0, 0]
        let exif = Array("Exif".utf8) + [0, 0] + tiff
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif + jpeg[8...]
    }
    static func webp(_ kind: String, _ rest: [UInt8]) -> [UInt8] {
        Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBP\(kind)".utf8) + [0, 0, 0, 0] + rest
            + [UInt8](repeating: 0, count: 8)
    }

    @Test(arguments: [
        (png, 1200, 630), (gif, 320, 240), (jpeg, 600, 400), (turned("II"), 400, 600),
        (turned("MM"), 400, 600),
        (webp("VP8X", [0, 0, 0, 0, 0x1F, 3, 0, 0x57, 2, 0]), 800, 600),
        (webp("VP8L", [0x2F, 0x1F, 0xC3, 0x95, 0, 0]), 800, 600),
        (webp("VP8 ", [0, 0, 0, 0x9D, 0x01, 0x2A, 0x20, 3, 0x58, 2]), 800, 600),
        (
            Array("<?xml version='1.0'?>\n<svg\n  width=\"24px\" height='12.4' viewBox='0 0 1 1'/>".utf8), 24,
            12
        ),
    ])
    func picturesSayHowLargeTheyAre(_ bytes: [UInt8], _ width: Int, _ height: Int) {
        #expect(ImageSize(of: bytes) == ImageSize(width: width, height: height))
    }

    @Test(arguments: [
        Array("text".utf8), [], [0xFF, 0xD8], [0xFF, 0xD8, 0xFF, 0xE0, 0, 0],
        Array("<svg viewBox='0 0 2 2'>".utf8), Array("<svg width='100%' height='10'>".utf8),
        Array("<svg stroke-width='2' height='10'>".utf8), [0xFF, 0xD8, 0xFF, 0xDA, 0, 2],
        Array(png.prefix(16)) + [0, 0, 0, 0, 0, 0, 0, 1],
    ])
    func whatSaysNothingHasNoSize(_ bytes: [UInt8]) {
        #expect(ImageSize(of: bytes) == nil)
    }

    @Test func aFileThatEndsAnywhereIsNoTrap() {
        for whole in [
            Self.png, Self.gif, Self.jpeg, Self.turned("II"),
            Self.webp("VP8X", [0, 0, 0, 0, 9, 9, 9, 9, 9, 9]),
        ] {
            for count in whole.indices { _ = ImageSize(of: Array(whole.prefix(count))) }
        }
    }
}
