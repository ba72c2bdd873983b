import NIOCore
import NIOHTTP1
import Text

/// A file that the preview itself serves below `/_site/`: scripts and a style sheet, the same for every site.
struct ClientFile: Sendable {
    /// The whole answer.
    let response: Response
    /// Its entity tag.
    let tag: String

    private init(_ text: String, type: String) {
        tag = "\"" + PageIdentity.hexadecimal(Fingerprint(of: text)) + "\""
        response = Response(.ok, type: type, body: ByteBuffer(string: text), more: [("ETag", tag)])
    }

    /// The file at a path, or `nil` when it is none of these.
    static func named(_ path: RelativePath) -> ClientFile? {
        all[path.bytes]
    }

    private static let all: [[UInt8]: ClientFile] = [
        Array("_site/live.js".utf8): script(LiveScript.text),
        Array("_site/morph.js".utf8): script(MorphScript.text),
        Array("_site/assets.js".utf8): script(AssetScript.text),
        Array("_site/overlay.js".utf8): script(OverlayScript.text),
        Array("_site/dashboard.js".utf8): script(DashboardScript.text),
        Array("_site/dashboard.css".utf8): ClientFile(DashboardStyle.text, type: "text/css; charset=utf-8"),
    ]

    private static func script(_ text: String) -> ClientFile {
        ClientFile(text, type: "text/javascript; charset=utf-8")
    }
}
