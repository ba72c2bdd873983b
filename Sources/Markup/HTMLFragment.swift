/// HTML with the places of its URLs and ids, so that addresses can be put in without reading it again.
public struct HTMLFragment: Hashable, Sendable {
    /// The HTML. URLs that start with `/` are relative to the site's root, without a base path.
    public var html: [UInt8]
    /// Where the values of URL attributes lie, in ascending order, never overlapping.
    public var urls: [URLPlace]
    /// Where ids lie, in ascending order.
    public var ids: [IDPlace]

    /// A fragment from its parts.
    public init(html: [UInt8] = [], urls: [URLPlace] = [], ids: [IDPlace] = []) {
        self.html = html
        self.urls = urls
        self.ids = ids
    }

    /// A fragment from HTML that somebody else wrote, whose URLs and ids are looked for.
    ///
    /// - Complexity: O(n) in bytes: the HTML is read once, tag by tag.
    public init(scanning html: [UInt8]) {
        var output = HTMLOutput()
        output.bytes = html
        _ = HTMLScanner.scan(&output, from: 0, gathersText: false)
        self.init(html: html, urls: output.urls, ids: output.ids)
    }
}

/// The place of a URL in HTML: the value of an attribute, or one candidate of a `srcset`.
public struct URLPlace: Hashable, Sendable {
    /// Which attribute.
    public enum Attribute: UInt8, Hashable, Sendable {
        /// `href` of `a` and `area`.
        case href = 0
        /// `src` of an image.
        case imageSource = 1
        /// One candidate of `srcset`.
        case imageCandidate = 2
        /// `src` of `iframe`, `embed`, `script` and others.
        case source = 3
        /// `src` of `video`, `audio`, `source`, `track`.
        case mediaSource = 4
        /// `poster` of `video`.
        case poster = 5
        /// `cite`, `action`, `data`, and `href` of `link` and SVG's `use`.
        case other = 6
    }
    /// The first byte of the URL.
    public var offset: Int
    /// How many bytes; escaped for HTML.
    public var count: Int
    /// Which attribute.
    public var attribute: Attribute

    /// A place.
    public init(offset: Int, count: Int, attribute: Attribute) {
        self.offset = offset
        self.count = count
        self.attribute = attribute
    }

    /// Whether it is the picture of an image.
    public var isImage: Bool { attribute == .imageSource || attribute == .imageCandidate }
}

/// The place of an id in HTML.
public struct IDPlace: Hashable, Sendable {
    /// Where the attribute starts, with the space before it: drop from here to the end of the value and its quote.
    public var attributeOffset: Int
    /// The first byte of the value.
    public var offset: Int
    /// How many bytes; escaped for HTML.
    public var count: Int
    /// The byte after the attribute, its quote included.
    public var attributeEnd: Int

    /// A place.
    public init(attributeOffset: Int, offset: Int, count: Int, attributeEnd: Int) {
        self.attributeOffset = attributeOffset
        self.offset = offset
        self.count = count
        self.attributeEnd = attributeEnd
    }
}

/// Where HTML will be read, and so how its URLs must be written.
public struct URLPlacement: Hashable, Sendable {
    /// What happens to ids, and to links within the page.
    public enum IDs: Hashable, Sendable {
        /// They stay.
        case keep
        /// They are removed; links to them lead to the page.
        case drop
        /// They get this before them; links within the fragment follow.
        case prefixed([UInt8])
    }
    /// Scheme and host without a final slash, `https://example.org`; empty to stay root-relative.
    public var origin: [UInt8]
    /// The path of the site, `/blog`, without a final slash; empty at the root of a host.
    public var basePath: [UInt8]
    /// The page that the HTML belongs to, `/posts/x/`, without base path, when it is read elsewhere: relative
    /// URLs and `#fragments` are resolved against it. `nil` when it is read on its own page.
    public var page: [UInt8]?
    /// What happens to ids.
    public var ids: IDs

    /// On the page itself, below a base path.
    public init(basePath: [UInt8]) {
        origin = []
        self.basePath = basePath
        page = nil
        ids = .keep
    }

    /// On another page of the site: lists and summaries.
    public init(basePath: [UInt8], page: [UInt8], ids: IDs = .drop) {
        origin = []
        self.basePath = basePath
        self.page = page
        self.ids = ids
    }

    /// Away from the site: feeds.
    public init(origin: [UInt8], basePath: [UInt8], page: [UInt8], ids: IDs = .drop) {
        self.origin = origin
        self.basePath = basePath
        self.page = page
        self.ids = ids
    }
}
