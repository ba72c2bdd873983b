/// Base 64 of RFC 4648, section 4.
public enum Base64 {
    /// The text of bytes, padded with `=`.
    ///
    /// - Complexity: O(n).
    public static func text(_ bytes: some Collection<UInt8>) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        var group: UInt32 = 0
        var count = 0
        func flush(_ bytes: Int) {
            let padded = group << UInt32(8 * (3 - bytes))
            for index in 0..<4 {
                result.append(
                    index <= bytes
                        ? alphabet[Int((padded >> UInt32(18 - 6 * index)) & 63)] : UInt8(ascii: "="))
            }
        }
        for byte in bytes {
            group = (group << 8) | UInt32(byte)
            count += 1
            if count == 3 {
                flush(3)
                group = 0
                count = 0
            }
        }
        if count > 0 { flush(count) }
        return String(decoding: result, as: UTF8.self)
    }
}
