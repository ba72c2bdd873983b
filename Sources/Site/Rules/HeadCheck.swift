import Formats
import Text

/// What types cannot say about a head: values that can be read and must not be meant.
enum HeadCheck {
    static func findings(_ front: FrontMatter, in file: SourceFile) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        // A slug is one part of an address: it would be made harmless in silence.
        if let slug = front[.slug], let text = slug.string, leaves(Array(text)) {
            findings.append(
                Diagnostic(
                    .pathLeavesOutput,
                    "the slug \"\(String(decoding: text, as: UTF8.self))\" leads out of its folder",
                    at: slug.range, in: file, hint: "a slug is one part of an address; \"url\" sets all of it"
                ))
        }
        if let title = front[.title], let text = title.string, let control = bidiControl(in: text) {
            findings.append(
                Diagnostic(
                    .bidiControl,
                    "this title holds U+\(String(control, radix: 16, uppercase: true)), which changes the direction of text",
                    at: title.range, in: file, hint: "take it out, unless the title needs it"))
        }
        return findings
    }

    private static func leaves(_ slug: [UInt8]) -> Bool {
        Percent.decoded(slug).split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
            .contains { $0.elementsEqual("..".utf8) }
    }

    /// The first of the controls of the bidirectional algorithm (UAX #9) that override or isolate.
    private static func bidiControl(in text: ArraySlice<UInt8>) -> UInt32? {
        // All of them start with these two bytes.
        guard text.contains(0xE2) else { return nil }
        return String(decoding: text, as: UTF8.self).unicodeScalars
            .first { (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value) }?.value
    }
}
