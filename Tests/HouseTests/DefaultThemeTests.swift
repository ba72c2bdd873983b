import Foundation
import TestSupport
import Testing

/// What must be true of the default theme without building a site.
@Suite struct DefaultThemeTests {
    private static let folder = "themes/default"
    private static let templates = files(in: "templates", ending: ".html")
    private static let styles = SourceTree.text(at: "\(folder)/assets/site.css") ?? ""

    @Test func thereAreTemplates() {
        #expect(Self.templates.count > 10)
    }

    @Test("every word that a template asks for is there in this language", arguments: languages)
    func everyWordIsThere(language: String) throws {
        let text = try #require(SourceTree.text(at: "\(Self.folder)/i18n/\(language).yml"))
        let words = Set(text.matches(of: #/(?m)^(\w+):/#).map { String($0.1) })
        var asked = Set(Self.templates.flatMap { $0.text.matches(of: #/\bt\("(\w+)"/#).map { String($0.1) } })
        // Those that no template asks for.
        let source = try #require(SourceTree.text(at: "Sources/Site/Context/InterfaceWords.swift"))
        asked.formUnion(source.matches(of: #/take\("(\w+)"/#).map { String($0.1) })
        #expect(asked.subtracting(words).sorted() == [], "missing in \(language)")
        #expect(words.subtracting(asked).sorted() == [], "not used")
    }

    @Test func nothingInTheTemplatesNeedsALaxContentSecurityPolicy() {
        let offences = Self.templates.flatMap { template in
            [#"\sstyle="#, #"\son\w+="#, #"<style\b"#, #"<script\b"#, #"javascript:"#, #"https?://"#]
                .filter { template.text.contains(pattern: $0) }
                .map { "\(template.path): \($0)" }
        }
        #expect(offences == [])
    }

    @Test func theStyleSheetLoadsNothing() {
        #expect(!Self.styles.contains("url(") && !Self.styles.contains("@import") && !Self.styles.isEmpty)
    }

    /// The writer of Markdown aligns cells by a style attribute, which a strict policy ignores.
    @Test("cells are aligned under a policy without inline styles", arguments: ["left", "center", "right"])
    func cellsAreAligned(side: String) {
        #expect(Self.styles.contains("[style=\"text-align:\(side)\"] { text-align: \(side); }"))
    }

    @Test("text can be read on each background", arguments: [Palette.light, .dark])
    func textCanBeRead(palette: Palette) throws {
        let colours = try #require(palette.colours(in: Self.styles))
        let everywhere = ["paper", "raised", "accent-wash"]
        let decoration: Set = ["line"]
        for text in colours.keys.sorted()
        where !everywhere.contains(text) && !decoration.contains(text) && !text.hasSuffix("-wash") {
            // An alert's colour is for its own wash; other text may stand on any.
            let washes = colours.keys.filter { $0.hasSuffix("-wash") }.sorted()
            let own = washes.contains("\(text)-wash") ? ["\(text)-wash"] : washes
            for background in everywhere + own {
                let ratio = contrast(try #require(colours[text]), try #require(colours[background]))
                // WCAG 2.2, 1.4.3.
                #expect(ratio >= 4.5, "--\(text) on --\(background): \(ratio)")
            }
        }
    }

    @Test func theProgramCarriesEveryFile() throws {
        let carried = try #require(SourceTree.text(at: "Sources/CTheme/CTheme.c"))
        let listed = carried.matches(of: #/#embed "../../themes/default/([^"]+)"/#).map { String($0.1) }
        let start = URL(fileURLWithPath: Repository.root).appendingPathComponent(Self.folder)
            .resolvingSymlinksInPath()
        let walker = FileManager.default.enumerator(
            at: start, includingPropertiesForKeys: [.isRegularFileKey])
        let files = (walker?.compactMap { $0 as? URL } ?? [])
            .filter { (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true }
            .map { String($0.resolvingSymlinksInPath().path.dropFirst(start.path.count + 1)) }
        #expect(files.sorted() == listed.sorted(), "run Tests/Scripts/carry-theme")
    }

    private static let languages = files(in: "i18n", ending: ".yml").map { file in
        String((file.path.split(separator: "/").last ?? "").dropLast(4))
    }

    private static func files(in subfolder: String, ending: String) -> [(path: String, text: String)] {
        let start = URL(fileURLWithPath: Repository.root).appendingPathComponent("\(folder)/\(subfolder)")
            .resolvingSymlinksInPath()
        let walker = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil)
        return (walker?.compactMap { $0 as? URL } ?? []).filter { $0.path.hasSuffix(ending) }
            .compactMap { file in
                (try? String(contentsOf: file, encoding: .utf8)).map { (file.lastPathComponent, $0) }
            }
            .sorted { $0.path < $1.path }
    }
}

/// One of the style sheet's two sets of colours.
enum Palette: Int, Sendable {
    case light = 0
    case dark = 1

    /// The custom properties that are colours, by name without the dashes.
    func colours(in styles: String) -> [String: UInt32]? {
        let roots = styles.components(separatedBy: ":root {").dropFirst().map {
            $0.components(separatedBy: "}")[0]
        }
        guard rawValue < roots.count else { return nil }
        let found = roots[rawValue].matches(of: #/--([\w-]+): #([0-9a-fA-F]{6});/#)
        return Dictionary(found.map { (String($0.1), UInt32($0.2, radix: 16) ?? 0) }) { first, _ in first }
    }
}

/// The contrast of two sRGB colours, 1 to 21, by WCAG's definition.
private func contrast(_ first: UInt32, _ second: UInt32) -> Double {
    func luminance(_ colour: UInt32) -> Double {
        let parts = [16, 8, 0].map { shift -> Double in
            let value = Double((colour >> UInt32(shift)) & 0xFF) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
    let bright = max(luminance(first), luminance(second))
    let dim = min(luminance(first), luminance(second))
    return (bright + 0.05) / (dim + 0.05)
}
