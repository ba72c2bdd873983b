import Text

/// A file that only grows, as a sequence of frames, each of which can be told from a torn one.
///
///     header   8 bytes   what kind of file, with its version
///              8 bytes   generation: which file it belongs to
///     frame    4 bytes   n, the length of the payload
///              1 byte    type
///              n bytes   payload
///              8 bytes   fingerprint of generation, type and payload
///
/// Numbers are little-endian. Reading ends at the first frame that is not whole.
enum Frames {
    static let headerLength = 16
    static let overhead = 13

    static func header(_ magic: UInt64, generation: UInt64) -> [UInt8] {
        var encoder = Encoder()
        encoder.fixed(magic)
        encoder.fixed(generation)
        return encoder.bytes
    }

    static func append(
        _ type: UInt8, _ payload: ArraySlice<UInt8>, generation: UInt64, to bytes: inout [UInt8]
    ) {
        unsafe withUnsafeBytes(of: UInt32(payload.count).littleEndian) { unsafe bytes.append(contentsOf: $0) }
        bytes.append(type)
        bytes.append(contentsOf: payload)
        let check = check(type, payload, generation)
        unsafe withUnsafeBytes(of: check.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    private static func check(_ type: UInt8, _ payload: ArraySlice<UInt8>, _ generation: UInt64) -> UInt64 {
        var builder = FingerprintBuilder()
        builder.combine(generation)
        builder.combine(UInt64(type))
        // Word by word, as it was from the first version on: the ledger of outputs is read by all later ones.
        builder.combine(UInt64(payload.count))
        builder.append(payload.span)
        return builder.finish().low
    }

    /// Calls `body` with each whole frame until it returns false.
    ///
    /// `isTrusting` leaves out the check, for tests of tests.
    ///
    /// - Returns: how many bytes are good, or `nil` when the header is not this one. Less than there are
    ///   means a torn or damaged tail.
    static func read(
        _ bytes: [UInt8], _ magic: UInt64, generation: UInt64?, isTrusting: Bool = false,
        _ body: (UInt8, ArraySlice<UInt8>) -> Bool
    ) -> Int? {
        var header = Decoder(bytes.prefix(headerLength))
        guard bytes.count >= headerLength, header.fixed() == magic else { return nil }
        let found = header.fixed()
        if let generation, generation != found { return nil }
        var place = headerLength
        while bytes.count - place >= overhead {
            var length = 0
            for index in 0..<4 { length |= Int(bytes[place + index]) << (8 * index) }
            guard length <= bytes.count - place - overhead else { break }
            let payload = bytes[(place + 5)..<(place + 5 + length)]
            var tail = Decoder(bytes[(place + 5 + length)..<(place + overhead + length)])
            guard isTrusting || tail.fixed() == check(bytes[place + 4], payload, found),
                body(bytes[place + 4], payload)
            else {
                break
            }
            place += overhead + length
        }
        return place
    }
}
