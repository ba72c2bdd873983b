public import Text

/// The media type of a file, by its extension, as the `Content-Type` field says it.
public enum MediaType {
    /// What is said of files whose extension says nothing: a browser will save it, not guess.
    public static let unknown = "application/octet-stream"

    /// The type of a file by the extension of its path; text is UTF-8.
    public static func of(_ path: RelativePath) -> String {
        let lower = path.fileExtension.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        if lower.isEmpty || lower.count > 12 { return special[path.name.map { $0 }] ?? unknown }
        return byExtension[lower] ?? unknown
    }

    /// Files without an extension that hosts know by name.
    private static let special: [[UInt8]: String] = [
        Array("CNAME".utf8): "text/plain; charset=utf-8",
        Array("LICENSE".utf8): "text/plain; charset=utf-8",
        Array("_headers".utf8): "text/plain; charset=utf-8",
        Array("_redirects".utf8): "text/plain; charset=utf-8",
    ]

    /// IANA's registered types where there is one.
    private static let byExtension: [[UInt8]: String] = {
        let table: [(String, String)] = [
            ("text/html; charset=utf-8", "html htm"),
            ("application/xhtml+xml; charset=utf-8", "xhtml"),
            ("text/css; charset=utf-8", "css"),
            ("text/javascript; charset=utf-8", "js mjs"),
            ("application/json; charset=utf-8", "json map"),
            ("application/feed+json; charset=utf-8", "jsonfeed"),
            ("application/ld+json; charset=utf-8", "jsonld"),
            ("application/geo+json; charset=utf-8", "geojson"),
            ("application/manifest+json; charset=utf-8", "webmanifest"),
            ("application/xml; charset=utf-8", "xml xsl xslt"),
            ("application/atom+xml; charset=utf-8", "atom"),
            ("application/rss+xml; charset=utf-8", "rss"),
            ("text/plain; charset=utf-8", "txt text log"),
            ("text/markdown; charset=utf-8", "md markdown"),
            ("text/csv; charset=utf-8", "csv"),
            ("text/tab-separated-values; charset=utf-8", "tsv"),
            ("text/calendar; charset=utf-8", "ics"),
            ("text/vtt; charset=utf-8", "vtt"),
            ("text/x-bibtex; charset=utf-8", "bib"),
            ("application/yaml; charset=utf-8", "yaml yml"),
            ("application/toml; charset=utf-8", "toml"),
            ("image/svg+xml; charset=utf-8", "svg"),
            ("image/png", "png"), ("image/apng", "apng"), ("image/jpeg", "jpg jpeg jpe jfif"),
            ("image/gif", "gif"), ("image/webp", "webp"), ("image/avif", "avif"), ("image/heic", "heic"),
            ("image/jxl", "jxl"), ("image/bmp", "bmp"), ("image/tiff", "tif tiff"),
            ("image/vnd.microsoft.icon", "ico"),
            ("font/woff", "woff"), ("font/woff2", "woff2"), ("font/ttf", "ttf"), ("font/otf", "otf"),
            ("font/collection", "ttc"), ("application/vnd.ms-fontobject", "eot"),
            ("audio/mpeg", "mp3"), ("audio/mp4", "m4a"), ("audio/ogg", "oga ogg opus"), ("audio/wav", "wav"),
            ("audio/flac", "flac"), ("audio/aac", "aac"), ("audio/midi", "mid midi"),
            ("video/mp4", "mp4 m4v"), ("video/webm", "webm"), ("video/ogg", "ogv"),
            ("video/quicktime", "mov"),
            ("application/pdf", "pdf"), ("application/epub+zip", "epub"), ("application/zip", "zip"),
            ("application/gzip", "gz tgz"), ("application/x-tar", "tar"), ("application/x-bzip2", "bz2"),
            ("application/x-xz", "xz"), ("application/zstd", "zst"), ("application/x-7z-compressed", "7z"),
            ("application/wasm", "wasm"), ("application/rtf", "rtf"), ("application/postscript", "ps eps"),
            ("application/msword", "doc"), ("application/vnd.ms-excel", "xls"),
            ("application/vnd.ms-powerpoint", "ppt"),
            ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
            ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
            ("application/vnd.oasis.opendocument.text", "odt"), ("model/gltf-binary", "glb"),
            ("model/gltf+json", "gltf"), ("application/pgp-signature", "sig"),
            ("application/pgp-keys", "asc"),
        ]
        var types: [[UInt8]: String] = [:]
        for (type, extensions) in table {
            for name in extensions.split(separator: " ") { types[Array(name.utf8)] = type }
        }
        return types
    }()
}
