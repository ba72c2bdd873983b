import Formats
import Text

/// Keys that mean several fields, or one by what is in them.
extension FrontMatterNormalizer {
    /// Jekyll's `published: false` is a draft; Hugo's `published: 2026-01-02` is when it goes live.
    mutating func published(_ entry: DataEntry) {
        if let truth = Self.boolean(entry.value) {
            setBoolean(.draft, !truth, entry)
        } else {
            set(.publishDate, entry)
        }
    }

    /// Pelican's `status`.
    mutating func status(_ entry: DataEntry) {
        switch String(decoding: entry.value.text, as: UTF8.self).lowercased() {
        case "published": break
        case "draft": setBoolean(.draft, true, entry)
        case "hidden": setBoolean(.list, false, entry)
        case "skip":
            setBoolean(.list, false, entry)
            setBoolean(.render, false, entry)
        default: params.append(entry)
        }
    }

    /// Hugo's `build`: `render` and `list` are `always`, `never`, `local`, `link`.
    mutating func build(_ entry: DataEntry) {
        for part in entry.value.entries {
            let isOff =
                part.value.boolean == false
                || part.value.string.map { $0.elementsEqual("never".utf8) } ?? false
            switch part.keyText {
            case "render": setBoolean(.render, !isOff, part)
            case "list": setBoolean(.list, !isOff, part)
            default: break
            }
        }
    }

    mutating func headless(_ entry: DataEntry) {
        guard entry.value.boolean == true else { return }
        setBoolean(.render, false, entry)
        setBoolean(.list, false, entry)
    }
}
