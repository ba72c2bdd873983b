public import Formats
public import Text

/// What a content file's name says: its role, its date, its language, and the name that is left.
///
///     2026-01-02-hello.fr.md   a page, 2 January 2026, language fr, name `hello`
///     _index.md                a section
///     index.md                 a bundle: its name is its folder's
public struct ContentName: Hashable, Sendable {
    /// What a file is in its folder.
    public enum Role: Sendable {
        /// A page of its own.
        case page
        /// `index.md`: the page that the folder is.
        case bundle
        /// `_index.md`: the section that the folder is.
        case section
    }

    /// Its role.
    public let role: Role
    /// The date before the name, if there is one.
    public let date: DateTimeParts?
    /// The language before the extension, if it is one of the site's.
    public let language: String?
    /// The name without date, language and extension; of a bundle or section, the folder's likewise.
    public let name: [UInt8]
    /// The name without language and extension: with its date, if there is one.
    public let wholeName: [UInt8]
    /// Whether the name is written like a dated one but the day does not exist.
    public let hasImpossibleDate: Bool

    /// The parts of a path's name.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - languages: the codes that count as languages; the site's.
    public init(_ path: RelativePath, languages: [String] = []) {
        var stem: ArraySlice<UInt8>
        (stem, language) = Self.split(path.stem, languages: languages)
        if stem.elementsEqual("index".utf8) {
            role = .bundle
            stem = path.parent.name
        } else if stem.elementsEqual("_index".utf8) {
            role = .section
            stem = path.parent.name
        } else {
            role = .page
        }
        wholeName = Array(stem)
        guard role != .section, let dated = Self.datePrefix(stem) else {
            date = nil
            hasImpossibleDate = false
            name = Array(stem)
            return
        }
        date = dated.date
        hasImpossibleDate = dated.date == nil
        name = Array(dated.rest)
    }

    /// A name without ending as what stands before its language, and that language: the last part of `post.fr`, if it is
    /// one of the site's. `release-1.2` is a name.
    ///
    /// - Parameters:
    ///   - stem: the name without ending.
    ///   - languages: the codes that count, in whichever case they stand in the name.
    /// - Returns: the whole name and `nil`, where it names no language.
    static func split(
        _ stem: ArraySlice<UInt8>, languages: [String]
    ) -> (stem: ArraySlice<UInt8>, language: String?) {
        guard !languages.isEmpty, let dot = stem.lastIndex(of: UInt8(ascii: ".")), dot > stem.startIndex
        else { return (stem, nil) }
        let suffix = stem[(dot + 1)...]
        let code = languages.first { code in
            suffix.elementsEqual(code.utf8) { $0.asciiLowercased == $1.asciiLowercased }
        }
        return code == nil ? (stem, nil) : (stem[..<dot], code)
    }

    /// The date in an address whose parts name one, something following it: `2018/07/27/slug`,
    /// `/inside/2018/07/27/slug/`; `nil` when there is no such day.
    public static func date(inAddress address: some Collection<UInt8>) -> DateTimeParts? {
        let parts = address.split(separator: UInt8(ascii: "/"))
        func number(_ part: some Collection<UInt8>, _ digits: ClosedRange<Int>) -> Int? {
            guard digits.contains(part.count), part.allSatisfy({ $0.isASCIIDigit }) else {
                return nil
            }
            return Int(String(decoding: Array(part), as: UTF8.self))
        }
        guard parts.count >= 4 else { return nil }
        for first in 0...(parts.count - 4) {
            guard let year = number(parts[first], 4...4), let month = number(parts[first + 1], 1...2),
                let day = number(parts[first + 2], 1...2)
            else { continue }
            return DateTimeParts(year: year, month: month, day: day)
        }
        return nil
    }

    /// A title made of a name: hyphens and underscores are blanks, the first letter is a capital.
    ///
    /// `swift-5.2-released` is "Swift 5.2 released".
    ///
    /// The date of a name that is kept whole stays as it is: `2026-01-02 Fri`.
    public var title: String {
        guard date != nil, let end = Self.dateEnd(name[...]) else { return Self.title(of: name) }
        let rest = Self.title(of: name[end...])
        return String(decoding: name[..<end], as: UTF8.self) + (rest.isEmpty ? "" : " " + rest)
    }

    /// A title made of the name of a file or folder.
    public static func title(of name: some Collection<UInt8>) -> String {
        let words = name.split {
            $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: " ")
        }
        let text = words.map { String(decoding: Array($0), as: UTF8.self) }.joined(separator: " ")
        guard let first = text.first else { return "" }
        return first.uppercased() + text.dropFirst()
    }

    /// `2026-01-02-` or `2026-1-2_` and what follows; the date is `nil` where there is no such day.
    private static func datePrefix(_ stem: ArraySlice<UInt8>) -> (
        date: DateTimeParts?, rest: ArraySlice<UInt8>
    )? {
        var position = stem.startIndex
        func number(_ digits: ClosedRange<Int>) -> Int? {
            let start = position
            var number = 0
            while position < stem.endIndex, stem[position].isASCIIDigit {
                guard position - start < digits.upperBound else { return nil }
                number = number * 10 + Int(stem[position] - UInt8(ascii: "0"))
                position += 1
            }
            return position - start >= digits.lowerBound ? number : nil
        }
        func take(_ marks: String) -> Bool {
            guard position < stem.endIndex, marks.utf8.contains(stem[position]) else { return false }
            position += 1
            return true
        }
        guard let year = number(4...4), take("-"), let month = number(1...2), take("-"),
            let day = number(1...2)
        else { return nil }
        let date = DateTimeParts(year: year, month: month, day: day)
        // Daily notes are called by their day, with a word after it at most: that is no mark before a name.
        if position == stem.endIndex || stem[position] == UInt8(ascii: " ") {
            return date.map { ($0, stem) }
        }
        guard take("-_") else { return nil }
        while position < stem.endIndex,
            stem[position] == UInt8(ascii: "-") || stem[position] == UInt8(ascii: "_")
        {
            position += 1
        }
        guard position < stem.endIndex else { return nil }
        return (date, stem[position...])
    }

    /// Where the date at the start of a name ends; `nil` where there is none.
    private static func dateEnd(_ name: ArraySlice<UInt8>) -> Int? {
        guard let dated = datePrefix(name), dated.rest.count == name.count else { return nil }
        return name.firstIndex { $0 == UInt8(ascii: " ") } ?? name.endIndex
    }
}

extension ContentName {
    /// What an address makes its slug of: Hugo leaves the date in it.
    func name(for style: Slug.Style) -> [UInt8] { style == .hugo ? wholeName : name }
}
