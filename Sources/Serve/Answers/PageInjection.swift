import Text

/// Puts the preview's script into a page, in memory only.
///
/// The script is a file of its own (`/_site/live.js`), so that a policy of the page that allows `'self'`
/// allows it. Its tag says what the page is: `data-is` names the bytes that are shown, `data-badge` why
/// `site build` would leave the page out.
enum PageInjection {
    /// A page with the script's tag before its last `</body>`, else its last `</html>`, else at its end.
    ///
    /// - Complexity: O(n).
    static func injected(_ page: [UInt8], identity: PageIdentity, badge: String?) -> [UInt8] {
        let place = lastIndex(of: "</body", in: page) ?? lastIndex(of: "</html", in: page) ?? page.count
        let tag = tag(identity: identity, badge: badge)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(page.count + tag.count)
        bytes.append(contentsOf: page[..<place])
        bytes.append(contentsOf: tag)
        bytes.append(contentsOf: page[place...])
        return bytes
    }

    /// The tag, exactly as it is put in: what a test removes again.
    static func tag(identity: PageIdentity, badge: String?) -> [UInt8] {
        var writer = ByteWriter(capacity: 160)
        writer.append("<script type=\"module\" src=\"/_site/live.js\" data-is=\"")
        writer.append(identity.text, escapedAs: .html)
        if let badge {
            writer.append("\" data-badge=\"")
            writer.append(badge, escapedAs: .html)
        }
        writer.append("\"></script>")
        return writer.finish()
    }

    /// Where a word of lower-case letters last stands in any case.
    private static func lastIndex(of word: String, in bytes: [UInt8]) -> Int? {
        let word = Array(word.utf8)
        var index = bytes.count - word.count
        search: while index >= 0 {
            guard bytes[index] == word[0] else {
                index -= 1
                continue
            }
            for offset in 1..<word.count where bytes[index + offset] | 0x20 != word[offset] | 0x20 {
                index -= 1
                continue search
            }
            return index
        }
        return nil
    }
}

/// What stands for what a browser shows at an address.
enum PageIdentity: Hashable, Sendable {
    /// The page itself, with these bytes.
    case page(Fingerprint)
    /// The page for what is not there, with these bytes.
    case missing(Fingerprint)
    /// The preview's own page: the site's page was never made without errors.
    case failed

    /// The identity as it is told to browsers and as they tell it back.
    var text: String {
        switch self {
        case .page(let fingerprint): Self.hexadecimal(fingerprint)
        case .missing(let fingerprint): "missing-" + Self.hexadecimal(fingerprint)
        case .failed: "failed"
        }
    }

    /// 32 hexadecimal digits.
    static func hexadecimal(_ fingerprint: Fingerprint) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(32)
        for half in [fingerprint.high, fingerprint.low] {
            for shift in stride(from: 60, through: 0, by: -4) {
                text.append(digits[Int(half >> UInt64(shift) & 15)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
