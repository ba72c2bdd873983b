import Files
import Text

extension Snapshot {
    /// A snapshot as it is written: its columns stay where they lie.
    struct Encoded: ScatteredBytes {
        /// What the log must name.
        private(set) var generation: UInt64 = 0
        /// How long it is in bytes.
        private(set) var count = 0
        private var header: [UInt8] = []
        private var sections: [(range: Range<Int>, checksum: UInt64, column: any RawColumn)] = []

        init(tool: Fingerprint, _ columns: [any RawColumn]) {
            count = headerLength
            for column in columns {
                // Each begins at a multiple of 16.
                let start = (count + 15) & ~15
                count = start + column.byteCount
                sections.append((start..<count, column.checksum, column))
            }
            var encoder = Encoder()
            encoder.fixed(magic)
            encoder.fixed(orderAndVersion)
            encoder.fingerprint(tool)
            encoder.fixed(UInt64(sections.count))
            for section in sections {
                encoder.fixed(UInt64(section.range.lowerBound))
                encoder.fixed(UInt64(section.range.count))
                encoder.fixed(section.checksum)
            }
            generation = Fingerprint(of: encoder.bytes).low
            encoder.fixed(generation)
            header = encoder.bytes
        }

        func forEachPart(_ body: (Span<UInt8>) throws(FileError) -> Void) throws(FileError) {
            try body(header.span)
            var place = header.count
            for section in sections {
                let gap = [UInt8](repeating: 0, count: section.range.lowerBound - place)
                if !gap.isEmpty { try body(gap.span) }
                try section.column.forEachPart(body)
                place = section.range.upperBound
            }
        }
    }
}

/// A column without the type of its elements.
protocol RawColumn: ScatteredBytes {
    var byteCount: Int { get }
    var checksum: UInt64 { get }
}

// The structures have no padding, so every byte has been written.
extension Column: RawColumn {
    var byteCount: Int { count * MemoryLayout<Element>.stride }

    func forEachPart(_ body: (Span<UInt8>) throws(FileError) -> Void) throws(FileError) {
        var refusal: FileError?
        unsafe forEachPiece { piece in
            if refusal != nil { return }
            do throws(FileError) {
                try body(unsafe Span(_unsafeBytes: piece))
            } catch {
                refusal = error
            }
        }
        if let refusal { throw refusal }
    }

    var checksum: UInt64 {
        var pieces: [Int] = []
        unsafe forEachPiece { pieces.append($0.count) }
        if pieces.count(where: { $0 > 0 }) > 1 {
            var joined: [UInt8] = []
            joined.reserveCapacity(byteCount)
            unsafe forEachPiece { unsafe joined.append(contentsOf: $0) }
            return Checksum.of(joined.span)
        }
        let nothing: [UInt8] = []
        var checksum = Checksum.of(nothing.span)
        unsafe forEachPiece { piece in
            if unsafe !piece.isEmpty { checksum = unsafe Checksum.of(Span(_unsafeBytes: piece)) }
        }
        return checksum
    }
}
