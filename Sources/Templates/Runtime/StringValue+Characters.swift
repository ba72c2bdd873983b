/// Text as Python sees it: a sequence of code points.
extension StringValue {
    /// How many code points there are.
    ///
    /// - Complexity: O(n).
    public var count: Int { run.characterCount }

    /// The code point at a position, counted from the end when negative.
    func character(_ index: Int) -> Value? {
        let total = count
        let position = index < 0 ? index &+ total : index
        guard position >= 0 && position < total else { return nil }
        let start = bytes.offset(ofCharacter: position)
        return .string(StringValue(Array(bytes[start..<bytes.characterEnd(start)]), isSafe: isSafe))
    }

    func slice(_ start: Int?, _ stop: Int?, _ step: Int) -> StringValue {
        let total = count
        let range = SliceRange(count: total, start: start, stop: stop, step: step)
        if range.count == 0 { return StringValue([], isSafe: isSafe) }
        if step == 1 {
            if range.count == total { return self }
            let isASCII = total == bytes.count
            let from = isASCII ? range.first : bytes.offset(ofCharacter: range.first)
            let to =
                isASCII ? range.first + range.count : bytes.offset(ofCharacter: range.first + range.count)
            return StringValue(Array(bytes[from..<to]), isSafe: isSafe)
        }
        let starts = bytes.characterStarts
        var result: [UInt8] = []
        for index in 0..<range.count {
            let position = starts[range.first + index * step]
            result += bytes[position..<bytes.characterEnd(position)]
        }
        return StringValue(result, isSafe: isSafe)
    }

    /// Its code points, each as text; what is gone through is no longer safe, as in MarkupSafe.
    var characters: [Value] {
        var result: [Value] = []
        var start = 0
        while start < bytes.count {
            let end = bytes.characterEnd(start)
            result.append(.string(StringValue(Array(bytes[start..<end]))))
            start = end
        }
        return result
    }
}

extension [UInt8] {
    /// Bytes that a closure writes: at most `capacity`; it returns how many.
    @inline(__always)
    static func written(capacity: Int, _ write: (UnsafeMutableBufferPointer<UInt8>) -> Int) -> [UInt8] {
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { buffer in
            let count = unsafe write(buffer)
            return unsafe [UInt8](UnsafeBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// Whether two texts are one in memory, so that nothing has been changed.
    func isSame(as other: [UInt8]) -> Bool {
        unsafe withUnsafeBufferPointer { own in
            unsafe other.withUnsafeBufferPointer { other in
                unsafe own.baseAddress == other.baseAddress && own.count == other.count
            }
        }
    }

    /// Where the code point that starts at an offset ends. Bytes that continue nothing count as one each.
    func characterEnd(_ start: Int) -> Int {
        var end = start + 1
        while end < count, self[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }

    /// The offset of a code point, or the end.
    func offset(ofCharacter position: Int) -> Int {
        var remaining = position
        var index = 0
        while index < count {
            if self[index] & 0xC0 != 0x80 || index == 0 {
                if remaining == 0 { return index }
                remaining -= 1
            }
            index += 1
        }
        return count
    }

    /// The offsets of all code points.
    var characterStarts: [Int] {
        indices.filter { self[$0] & 0xC0 != 0x80 || $0 == 0 }
    }

    /// How many code points there are.
    var characterCount: Int {
        var count = 0
        for byte in self where byte & 0xC0 != 0x80 { count += 1 }
        return count
    }
}
