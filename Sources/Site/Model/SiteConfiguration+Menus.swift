import Formats
import Text

extension SiteConfiguration {
    /// The menus of the site, and those that differ in a language, with its code.
    var allMenus: [(language: String?, name: String, entries: [DataValue])] {
        func menus(_ map: DataValue?, _ language: String?) -> [(String?, String, [DataValue])] {
            map?.entries.map { (language, $0.keyText, $0.value.elements.map { $0 }) } ?? []
        }
        return menus(value(at: "menus"), nil) + languages.flatMap { menus($0.menus, $0.code) }
    }

    /// Entries of menus that show nothing or lead nowhere. Keys of the author's own are fine, since a template may read
    /// them; one that is nearly a key that is missing is a slip.
    var menuFindings: [Diagnostic] {
        allMenus.flatMap { menu in menu.entries.flatMap { findings(in: $0, of: menu.name) } }
    }

    private func findings(in entry: DataValue, of menu: String) -> [Diagnostic] {
        guard entry.kind == .map else { return [] }
        let given = entry.entries.map(\.keyText)
        let missing = ["name", "url", "children"].filter { !given.contains($0) }
        var findings: [Diagnostic] = []
        var meant: [String] = []
        for field in entry.entries where !["name", "title", "url", "children"].contains(field.keyText) {
            guard let near = Spelling.nearest(to: field.keyText, among: missing) else { continue }
            meant.append(near)
            let message = "an entry of the menu \"\(menu)\" has no key \"\(field.keyText)\""
            let hint = "did you mean \"\(near)\"?"
            findings.append(
                field.keyRange.end > field.keyRange.start && Int(field.keyRange.end) <= file.bytes.count
                    ? Diagnostic(.unknownKey, message, at: field.keyRange, in: file, hint: hint)
                    : finding(.unknownKey, message, at: entry, hint: hint))
        }
        func has(_ names: String...) -> Bool { names.contains { given.contains($0) || meant.contains($0) } }
        if !has("name", "title") {
            findings.append(
                finding(
                    .menuEntry, "an entry of the menu \"\(menu)\" has no \"name\"", at: entry,
                    hint: "write {\"name\": \"About\", \"url\": \"/about/\"}"))
        }
        if !has("url", "children") {
            findings.append(
                finding(
                    .menuEntry, "an entry of the menu \"\(menu)\" has no \"url\"", at: entry,
                    hint: "write {\"name\": \"About\", \"url\": \"/about/\"}"))
        }
        if let children = entry["children"], children.kind == .list {
            findings += children.elements.flatMap { self.findings(in: $0, of: menu) }
        }
        return findings
    }
}
