import Text

/// HTML being written, with the places of URLs and ids noted on the way.
struct HTMLOutput {
    /// The HTML so far.
    var bytes: [UInt8] = []
    /// URLs so far.
    var urls: [URLPlace] = []
    /// Ids so far.
    var ids: [IDPlace] = []
    /// How many elements of raw HTML are open; the end of a block is a clean cut only at 0.
    var rawDepth = 0

    /// How many bytes were written.
    @inline(__always)
    var count: Int { bytes.count }

    /// Writes fixed text.
    @inline(__always)
    mutating func put(_ text: StaticString) {
        unsafe bytes.append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Writes one byte.
    @inline(__always)
    mutating func put(_ byte: UInt8) {
        bytes.append(byte)
    }

    /// Writes part of a buffer as it is.
    mutating func put(_ source: [UInt8], _ range: Range<Int>) {
        unsafe source.withUnsafeBufferPointer { buffer in
            unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[range]))
        }
    }

    /// Writes bytes as they are.
    mutating func put(_ source: [UInt8]) {
        bytes.append(contentsOf: source)
    }

    /// Writes text.
    mutating func put(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Writes a whole number.
    mutating func put(number: Int) {
        if number >= 0 && number < 10 {
            bytes.append(UInt8(48 + number))
        } else {
            bytes.append(contentsOf: String(number).utf8)
        }
    }

    /// A line feed, unless a line has just begun.
    @inline(__always)
    mutating func startLine() {
        if let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
    }

    /// Writes bytes with `<`, `>`, `&` and `"` as character references.
    mutating func escape(_ source: [UInt8], _ range: Range<Int>) {
        var runStart = range.lowerBound
        var index = range.lowerBound
        let end = range.upperBound
        while true {
            index = source.nextToEscape(index, end)
            if index > runStart { put(source, runStart..<index) }
            if index >= end { return }
            switch source[index] {
            case 0x3C: put("&lt;")
            case 0x3E: put("&gt;")
            case 0x26: put("&amp;")
            default: put("&quot;")
            }
            index += 1
            runStart = index
        }
    }

    /// Writes bytes with `<`, `>`, `&` and `"` as character references.
    mutating func escape(_ source: [UInt8]) {
        escape(source, 0..<source.count)
    }

    /// Writes text with `<`, `>`, `&` and `"` as character references.
    mutating func escape(_ text: String) {
        escape(Array(text.utf8))
    }

    /// Writes a URL for an attribute: `&` and `'` as references, bytes that no URL may hold as `%XX`.
    mutating func escapeURL(_ source: [UInt8], _ part: Range<Int>?) {
        let range = part ?? 0..<source.count
        var runStart = range.lowerBound
        for index in range {
            let byte = source[index]
            if Self.isSafeInURL(byte) { continue }
            if index > runStart { put(source, runStart..<index) }
            runStart = index + 1
            switch byte {
            case 0x26: put("&amp;")
            case 0x27: put("&#x27;")
            default:
                put(0x25)
                put(Self.hexadecimal(byte >> 4))
                put(Self.hexadecimal(byte & 15))
            }
        }
        if range.upperBound > runStart { put(source, runStart..<range.upperBound) }
    }

    /// Writes a URL and notes its place.
    mutating func putURL(_ source: [UInt8], _ range: Range<Int>, as attribute: URLPlace.Attribute) {
        let start = bytes.count
        escapeURL(source, range)
        urls.append(URLPlace(offset: start, count: bytes.count - start, attribute: attribute))
    }

    /// Writes ` id="…"` and notes its place.
    mutating func putID(_ id: [UInt8]) {
        let start = bytes.count
        put(" id=\"")
        let value = bytes.count
        escape(id)
        let valueEnd = bytes.count
        put(0x22)
        ids.append(
            IDPlace(attributeOffset: start, offset: value, count: valueEnd - value, attributeEnd: bytes.count)
        )
    }

    /// Forgets everything from an offset on.
    mutating func truncate(to count: Int) {
        bytes.removeLast(bytes.count - count)
        while let last = urls.last, last.offset >= count { urls.removeLast() }
        while let last = ids.last, last.attributeOffset >= count { ids.removeLast() }
    }

    /// Puts another output at the end of this one.
    mutating func put(_ other: HTMLOutput) {
        let base = bytes.count
        bytes.append(contentsOf: other.bytes)
        for var url in other.urls {
            url.offset += base
            urls.append(url)
        }
        for var id in other.ids {
            id.attributeOffset += base
            id.offset += base
            id.attributeEnd += base
            ids.append(id)
        }
        rawDepth += other.rawDepth
    }

    @inline(__always)
    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? 48 + digit : 55 + digit
    }

    /// Letters, digits and `-_.+!*(),%#@?=;:/$~`: the table of cmark-gfm's `houdini_escape_href`.
    @inline(__always)
    static func isSafeInURL(_ byte: UInt8) -> Bool {
        if byte >= 0x80 { return false }
        let low: UInt64 = 0xAFFF_FF3A_0000_0000
        let high: UInt64 = 0x47FF_FFFE_87FF_FFFF
        return (byte < 64 ? low >> UInt64(byte) : high >> UInt64(byte - 64)) & 1 != 0
    }
}

extension [UInt8] {
    /// The offset of the next `<`, `>`, `&` or `"`, or `end`; eight bytes at a time.
    @inline(__always)
    func nextToEscape(_ start: Int, _ end: Int) -> Int {
        unsafe withUnsafeBytes { raw in
            var index = start
            let ones: UInt64 = 0x0101_0101_0101_0101
            let tops: UInt64 = 0x8080_8080_8080_8080
            while index &+ 8 <= end {
                let word = unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                // `<` and `>` differ in one bit, `"` and `&` in another: two tests find four characters.
                let angle = (word | (ones &* 0x02)) ^ (ones &* 0x3E)
                let quote = (word | (ones &* 0x04)) ^ (ones &* 0x26)
                let found = ((angle &- ones) & ~angle | (quote &- ones) & ~quote) & tops
                if found != 0 { return index &+ found.littleEndian.trailingZeroBitCount / 8 }
                index &+= 8
            }
            while index < end {
                let byte = unsafe raw[index]
                if byte | 2 == 0x3E || byte | 4 == 0x26 { return index }
                index &+= 1
            }
            return end
        }
    }
}

extension HTMLOutput {
    /// Whether this was written last.
    func endsWith(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard bytes.count >= length else { return false }
        return unsafe bytes[(bytes.count - length)...].elementsEqual(
            UnsafeBufferPointer(start: text.utf8Start, count: length))
    }
}
