import Text

/// Paths of outputs to paths of URLs, and back.
struct SitePaths: Sendable {
    /// The path of the base URL; the root for most.
    let base: RelativePath

    /// The paths of a site served with these options; a base path that is none counts as `/`.
    init(_ options: PreviewOptions) {
        base = RelativePath(options.basePath) ?? .root
    }

    /// The URL path of an output: `/blog/posts/hello/` for `posts/hello/index.html` below `/blog/`.
    func url(of output: RelativePath) -> String {
        let whole = base.appending(output.bytes)
        if output.name.elementsEqual("index.html".utf8) { return Self.url(of: whole.parent, isFolder: true) }
        return Self.url(of: whole, isFolder: false)
    }

    /// The URL path of a path, percent-encoded.
    static func url(of path: RelativePath, isFolder: Bool) -> String {
        var writer = ByteWriter(capacity: path.bytes.count + 2)
        writer.append(UInt8(ascii: "/"))
        writer.append(path.bytes, escapedAs: .urlPath)
        if isFolder && !path.isRoot { writer.append(UInt8(ascii: "/")) }
        return String(decoding: writer.finish(), as: UTF8.self)
    }

    /// The outputs that an address of the site may show, the most likely first.
    func outputs(for target: RequestTarget) -> [RelativePath] {
        guard let path = target.path.relative(to: base) else { return [] }
        let index = path.appending("index.html")
        return target.isFolder ? [index] : [path, index]
    }

    /// Where the page for what is not there may be: in the first folder of the path, then at the root.
    static func notFoundPages(for path: RelativePath) -> [RelativePath] {
        let page = RelativePath(unchecked: Array("404.html".utf8))
        guard let first = path.components.first else { return [page] }
        return [RelativePath(unchecked: Array(first)).appending("404.html"), page]
    }
}
