/// Changes of what was printed last, where it lies.
extension OutputBuffer {
    /// The bytes from a place on, until more are appended.
    func run(from start: Int) -> ByteRun {
        precondition(start >= 0 && start <= count, "a place in what was printed")
        return unsafe ByteRun(start: UnsafePointer(base + start), count: count - start)
    }

    /// Makes HTML of the bytes from a place on.
    mutating func escape(from start: Int) {
        precondition(start >= 0 && start <= count, "a place in what was printed")
        guard let first = firstSpecial(from: start) else { return }
        var more = 0
        for index in first..<count {
            let byte = unsafe base[index]
            if HTMLEscape.isSpecial(byte) { more += HTMLEscape.replacement(byte).count - 1 }
        }
        // Each character moves to where it will lie, the last first; as many as have moved need no more room.
        reserve(more + 8)
        var source = count
        count += more
        var target = count
        while target > source {
            source -= 1
            let byte = unsafe base[source]
            if HTMLEscape.isSpecial(byte) {
                var (text, length) = HTMLEscape.replacement(byte)
                target -= length
                for offset in 0..<length {
                    unsafe base[target + offset] = UInt8(truncatingIfNeeded: text)
                    text >>= 8
                }
            } else {
                target -= 1
                unsafe base[target] = byte
            }
        }
    }

    /// Where the first byte lies that must be escaped; sixteen or eight are looked at together.
    private func firstSpecial(from start: Int) -> Int? {
        var index = start
        while index + 16 <= count {
            let sixteen = unsafe UnsafeRawPointer(base + index).loadUnaligned(as: SIMD16<UInt8>.self)
            let (low, high) = HTMLEscape.specials(among: sixteen)
            if low != 0 { return index + low.trailingZeroBitCount >> 3 }
            if high != 0 { return index + 8 + high.trailingZeroBitCount >> 3 }
            index += 16
        }
        while index + 8 <= count {
            let eight = unsafe UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
            let special = HTMLEscape.specials(among: UInt64(littleEndian: eight))
            if special != 0 { return index + special.trailingZeroBitCount >> 3 }
            index += 8
        }
        while index < count {
            if unsafe HTMLEscape.isSpecial(base[index]) { return index }
            index += 1
        }
        return nil
    }

    /// Puts the letters of ASCII from a place on into the other case, those of one case beginning at a byte; `false`
    /// if there are other than ASCII, some of the text being changed then.
    mutating func changeCase(from start: Int, of first: UInt8) -> Bool {
        precondition(start >= 0 && start <= count, "a place in what was printed")
        var all: UInt8 = 0
        for index in start..<count {
            let byte = unsafe base[index]
            all |= byte
            unsafe base[index] = byte &- first < 26 ? byte ^ 0x20 : byte
        }
        return all < 0x80
    }

    /// Replaces a byte from a place on.
    mutating func replace(_ old: UInt8, with new: UInt8, from start: Int) {
        precondition(start >= 0 && start <= count, "a place in what was printed")
        for index in start..<count {
            let byte = unsafe base[index]
            unsafe base[index] = byte == old ? new : byte
        }
    }

    /// Writes `%XX` for what may not stand in the path of a URL, from a place on.
    mutating func quote(from start: Int) {
        precondition(start >= 0 && start <= count, "a place in what was printed")
        var more = 0
        for index in start..<count where unsafe !URLQuoting.stays(base[index], false) { more += 2 }
        if more == 0 { return }
        reserve(more)
        var source = count
        count += more
        var target = count
        while target > source {
            source -= 1
            let byte = unsafe base[source]
            if URLQuoting.stays(byte, false) {
                target -= 1
                unsafe base[target] = byte
            } else {
                target -= 3
                unsafe base[target] = UInt8(ascii: "%")
                unsafe base[target + 1] = URLQuoting.digit(byte >> 4)
                unsafe base[target + 2] = URLQuoting.digit(byte & 15)
            }
        }
    }
}
