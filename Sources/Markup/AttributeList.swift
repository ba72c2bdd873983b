/// Attributes as authors write them after headings and blocks: `{#id .class key=value}`, kramdown's `{: …}`.
struct AttributeList: Hashable {
    /// The id, or nothing.
    var id: [UInt8] = []
    /// The classes, separated by spaces, or nothing.
    var classes: [UInt8] = []
    /// The others in order.
    var others: [HTMLAttribute] = []

    /// No attributes.
    init() {}

    /// Adds a class at the front.
    mutating func add(class name: String) {
        classes = classes.isEmpty ? Array(name.utf8) : Array(name.utf8) + [0x20] + classes
    }

    /// Adds others behind these, whose id holds where it has none.
    mutating func add(_ others: AttributeList) {
        if id.isEmpty { id = others.id }
        if !others.classes.isEmpty { classes += (classes.isEmpty ? [] : [0x20]) + others.classes }
        self.others += others.others.filter { other in !self.others.contains { $0.name == other.name } }
    }

    /// All attributes but the id, for hooks.
    var withoutID: [HTMLAttribute] {
        classes.isEmpty ? others : [HTMLAttribute(name: Array("class".utf8), value: classes)] + others
    }

    /// What stands between braces, braces included; `nil` when it is not a list of attributes.
    init?(_ bytes: [UInt8], _ range: Range<Int>) {
        guard range.count >= 3, bytes[range.lowerBound] == UInt8(ascii: "{"),
            bytes[range.upperBound - 1] == UInt8(ascii: "}")
        else { return nil }
        var index = range.lowerBound + 1
        let end = range.upperBound - 1
        // kramdown divides `{: #id.class}`; in what stands behind a heading, a dot is a part of the id, as in pandoc and Hugo.
        let isOfKramdown = bytes[index] == UInt8(ascii: ":")
        if isOfKramdown { index += 1 }
        var found = false
        while index < end {
            let byte = bytes[index]
            if byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: ",") && found {
                index += 1
                continue
            }
            if byte == UInt8(ascii: "#") || byte == UInt8(ascii: ".") {
                let name = Self.name(
                    bytes, index + 1, end, withDots: byte == UInt8(ascii: "#") && !isOfKramdown)
                if name.isEmpty { return nil }
                if byte == UInt8(ascii: "#") {
                    id = Array(bytes[name])
                } else {
                    if !classes.isEmpty { classes.append(0x20) }
                    classes.append(contentsOf: bytes[name])
                }
                index = name.upperBound
            } else {
                let name = Self.name(bytes, index, end)
                if name.isEmpty || name.upperBound >= end || bytes[name.upperBound] != UInt8(ascii: "=") {
                    return nil
                }
                guard let next = add(name: name, bytes, name.upperBound + 1, end) else { return nil }
                index = next
            }
            found = true
            // What follows an item must be a space: `{.a}b` or `{.items[0].name}` are text.
            if index < end, bytes[index] != 0x20, bytes[index] != 0x09, bytes[index] != UInt8(ascii: ","),
                !isOfKramdown || bytes[index] != UInt8(ascii: ".")
            {
                return nil
            }
        }
        if !found { return nil }
    }

    /// Takes the value after `name=` and returns where it ends.
    private mutating func add(name: Range<Int>, _ bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
        guard start < end else { return nil }
        let quote = bytes[start]
        var index = start
        var value: Range<Int>
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            index += 1
            while index < end, bytes[index] != quote { index += 1 }
            if index >= end { return nil }
            value = start + 1..<index
            index += 1
        } else {
            while index < end, bytes[index] != 0x20, bytes[index] != 0x09, bytes[index] != UInt8(ascii: ",") {
                index += 1
            }
            value = start..<index
        }
        var lower = Array(bytes[name])
        for place in lower.indices where lower[place] >= 65 && lower[place] <= 90 { lower[place] += 32 }
        if lower == Array("id".utf8) {
            id = Array(bytes[value])
        } else if lower == Array("class".utf8) {
            if !classes.isEmpty { classes.append(0x20) }
            classes.append(contentsOf: bytes[value])
        } else if !others.contains(where: { $0.name == lower }) {
            others.append(HTMLAttribute(name: lower, value: Array(bytes[value])))
        }
        return index
    }

    /// A name: letters of any script, digits, `-`, `_`, `:`; dots only inside a value, or an id.
    private static func name(_ bytes: [UInt8], _ start: Int, _ end: Int, withDots: Bool = false) -> Range<Int>
    {
        var index = start
        while index < end {
            let byte = bytes[index]
            let isNamed =
                byte >= 0x80 || byte >= 97 && byte <= 122 || byte >= 65 && byte <= 90
                || byte >= 48 && byte <= 57
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
                || byte == UInt8(ascii: "/") || withDots && byte == UInt8(ascii: ".")
            if !isNamed { break }
            index += 1
        }
        return start..<index
    }
}
