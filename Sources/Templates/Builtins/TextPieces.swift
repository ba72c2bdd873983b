/// Cutting and joining text as Python does.
extension [UInt8] {
    /// Without white space, or without some characters, at its ends.
    func stripped(_ characters: [UInt8]? = nil, left: Bool = true, right: Bool = true) -> [UInt8] {
        var start = 0
        var end = count
        if let characters {
            let set = Set(
                characters.characterStarts.map { Array(characters[$0..<characters.characterEnd($0)]) })
            if left {
                while start < end {
                    let next = characterEnd(start)
                    if !set.contains(Array(self[start..<next])) { break }
                    start = next
                }
            }
            if right {
                while end > start {
                    var previous = end - 1
                    while previous > start, self[previous] & 0xC0 == 0x80 { previous -= 1 }
                    if !set.contains(Array(self[previous..<end])) { break }
                    end = previous
                }
            }
        } else {
            if left { start = Whitespace.end(of: self, from: 0, end: count) }
            if right { end = Whitespace.start(of: self, before: count, start: start) }
        }
        return start == 0 && end == count ? self : Array(self[start..<end])
    }

    /// The pieces between separators, from the left, at most some.
    func split(by separator: [UInt8], atMost limit: Int) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var start = 0
        while limit < 0 || pieces.count < limit, let found = firstRange(of: separator, from: start) {
            pieces.append(Array(self[start..<found.lowerBound]))
            start = found.upperBound
        }
        pieces.append(Array(self[start...]))
        return pieces
    }

    /// The pieces between separators, from the right, at most some.
    func rightSplit(by separator: [UInt8], atMost limit: Int) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var end = count
        while limit < 0 || pieces.count < limit, let found = lastRange(of: separator, from: 0, to: end) {
            pieces.append(Array(self[found.upperBound..<end]))
            end = found.lowerBound
        }
        pieces.append(Array(self[..<end]))
        return pieces.reversed()
    }

    /// The words between white space, at most some and the rest.
    func words(atMost limit: Int = -1) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var start = Whitespace.end(of: self, from: 0, end: count)
        while start < count {
            if limit >= 0, pieces.count == limit {
                pieces.append(Array(self[start...]))
                break
            }
            var end = start
            while end < count, Whitespace.length(self, at: end, end: count) == 0 { end = characterEnd(end) }
            pieces.append(Array(self[start..<end]))
            start = Whitespace.end(of: self, from: end, end: count)
        }
        return pieces
    }

    /// The words between white space, from the right, at most some and the rest.
    func rightWords(atMost limit: Int) -> [[UInt8]] {
        if limit < 0 { return words() }
        var pieces: [[UInt8]] = []
        var end = Whitespace.start(of: self, before: count, start: 0)
        while end > 0 {
            if pieces.count == limit {
                pieces.append(Array(self[..<end]))
                break
            }
            var start = end
            while start > 0, Whitespace.length(self, before: start, start: 0) == 0 { start -= 1 }
            pieces.append(Array(self[start..<end]))
            end = Whitespace.start(of: self, before: start, start: 0)
        }
        return pieces.reversed()
    }

    /// The lines, with or without their ends: `str.splitlines`.
    func lines(keepingEnds: Bool = false) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var start = 0
        var index = 0
        while index < count {
            let length = lineEndLength(at: index)
            if length == 0 {
                index += 1
                continue
            }
            lines.append(Array(self[start..<(keepingEnds ? index + length : index)]))
            index += length
            start = index
        }
        if start < count { lines.append(Array(self[start...])) }
        return lines
    }

    /// LF, CR, CR LF, VT, FF, FS, GS, RS, NEL, LS and PS end a line.
    private func lineEndLength(at index: Int) -> Int {
        switch self[index] {
        case 0x0D: index + 1 < count && self[index + 1] == 0x0A ? 2 : 1
        case 0x0A, 0x0B, 0x0C, 0x1C, 0x1D, 0x1E: 1
        case 0xC2: index + 1 < count && self[index + 1] == 0x85 ? 2 : 0
        case 0xE2:
            index + 2 < count && self[index + 1] == 0x80
                && (self[index + 2] == 0xA8 || self[index + 2] == 0xA9) ? 3 : 0
        default: 0
        }
    }

    /// With another text in the place of one, at most some times.
    func replacing(_ old: [UInt8], with new: [UInt8], atMost limit: Int = -1) -> [UInt8] {
        if limit == 0 { return self }
        var result: [UInt8] = []
        var done = 0
        if old.isEmpty {
            var start = 0
            while limit < 0 || done < limit {
                result += new
                done += 1
                if start >= count { return result }
                let end = characterEnd(start)
                result += self[start..<end]
                start = end
            }
            return result + self[start...]
        }
        var start = 0
        while limit < 0 || done < limit, let found = firstRange(of: old, from: start) {
            result += self[start..<found.lowerBound]
            result += new
            start = found.upperBound
            done += 1
        }
        if done == 0 { return self }
        return result + self[start...]
    }

    /// How often a text occurs, without overlaps.
    func occurrences(of part: [UInt8]) -> Int {
        if part.isEmpty { return characterCount + 1 }
        var count = 0
        var start = 0
        while let found = firstRange(of: part, from: start) {
            count += 1
            start = found.upperBound
        }
        return count
    }

    /// Several texts with a separator between them.
    static func joined(_ pieces: [[UInt8]], by separator: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for (index, piece) in pieces.enumerated() {
            if index > 0 { result += separator }
            result += piece
        }
        return result
    }

    /// With some bytes repeated before and after it.
    func padded(left: Int, right: Int, by fill: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count + (left + right) * fill.count)
        for _ in 0..<Swift.max(0, left) { result += fill }
        result += self
        for _ in 0..<Swift.max(0, right) { result += fill }
        return result
    }
}
