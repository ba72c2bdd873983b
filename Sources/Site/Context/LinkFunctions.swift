import Engine
import Markup
import Templates
import Text

/// Functions and filters that make addresses.
extension SiteLanguage {
    static let linkFunctions: [Entry] = [
        function(
            "url_for", "page", "The address of a page, root-relative.",
            example: "{{ url_for(page) }}"
        ) { arguments, render throws(TemplateError) in
            switch arguments[0] ?? .none {
            case .object(let object):
                guard let view = object as? PageView else {
                    throw TemplateError(.type, "url_for() takes a page or a path")
                }
                return try view.attribute("url", in: &render) ?? .none
            case .string(let text):
                return try reference(text.bytes, &render)
            default: throw TemplateError(.type, "url_for() takes a page or a path")
            }
        },
        function(
            "ref", "target", "The address of a source file, `other.md#part`; a wrong one is a finding.",
            example: "{{ ref(\"docs/start.md#install\") }}"
        ) { arguments, render throws(TemplateError) in
            try reference(try (arguments[0] ?? .none).textBytes(for: "ref()"), &render)
        },
        function(
            "get_page", "path", "The page of a source file, or `none`.",
            example: "{{ get_page(\"about.md\").title }}"
        ) { arguments, render throws(TemplateError) in
            let rendering = render.rendering
            let target = try (arguments[0] ?? .none).textBytes(for: "get_page()")
            guard let index = References.find(target, from: nil, rendering: rendering) else { return .none }
            return rendering.catalog.view(at: index)
        },
        function(
            "asset", "path", "The address of a file in `assets/`, its content's fingerprint in the name.",
            example: "{{ asset(\"logo.svg\") }}"
        ) { arguments, render throws(TemplateError) in
            .safeless(try assetURL(try (arguments[0] ?? .none).textBytes(for: "asset()"), &render))
        },
        function(
            "stylesheet", "path", "A `link` to a style sheet in `assets/`, with its integrity.",
            example: "{{ stylesheet(\"site.css\") }}"
        ) { arguments, render throws(TemplateError) in
            let path = try (arguments[0] ?? .none).textBytes(for: "stylesheet()")
            guard let asset = Assets.find(path, render.rendering) else {
                return try missingAsset(path, &render)
            }
            reportUnread(path, ["scss", "sass", "less", "styl"], "style sheets", &render)
            let url = HTMLBytes.escaped(render.rendering.basePath + asset.url)
            return .safe(
                Array("<link rel=\"stylesheet\" href=\"".utf8) + url
                    + Array("\"\(integrity(of: asset))>".utf8))
        },
        function(
            "script", "path, module=false", "A deferred `script` from `assets/`, with its integrity.",
            example: "{{ script(\"site.js\") }}"
        ) { arguments, render throws(TemplateError) in
            let path = try (arguments[0] ?? .none).textBytes(for: "script()")
            guard let asset = Assets.find(path, render.rendering) else {
                return try missingAsset(path, &render)
            }
            reportUnread(path, ["ts", "tsx", "jsx", "coffee"], "scripts", &render)
            let url = HTMLBytes.escaped(render.rendering.basePath + asset.url)
            var kind = "defer"
            if case .bool(true)? = arguments[1] { kind = "type=\"module\"" }
            return .safe(
                Array("<script src=\"".utf8) + url
                    + Array("\"\(integrity(of: asset)) \(kind)></script>".utf8))
        },
    ]

    static let linkFilters: [Entry] = [
        filter(
            "absolute_url", "", "The address with scheme and host.",
            example: "{{ \"/about/\" | absolute_url }}"
        ) { arguments, render throws(TemplateError) in
            let path = try arguments.input.textBytes(for: "absolute_url")
            if Addresses.isAbsolute(path) { return .safeless(path) }
            let base = render.rendering.baseURL
            let basePath = render.rendering.basePath
            // What has the base path already gets scheme and host alone.
            if !basePath.isEmpty, path.starts(with: basePath),
                path.count == basePath.count || path[basePath.count] == UInt8(ascii: "/")
            {
                return .safeless(base.dropLast(basePath.count) + path)
            }
            return .safeless(base + (path.first == UInt8(ascii: "/") ? path : [UInt8(ascii: "/")] + path))
        },
        filter(
            "absolute_urls", "page=none",
            "HTML whose addresses have scheme and host, for feeds and mail. With the page that it is of, ids are left out, and "
                + "what is relative or within that page (`#part`) leads to it.",
            example: "{{ page.content | absolute_urls(page) }}"
        ) { arguments, render throws(TemplateError) in
            let html = try arguments.input.textBytes(for: "absolute_urls")
            let rendering = render.rendering
            // What templates print has the base path already.
            var place = URLPlacement(basePath: [])
            place.origin = Array(rendering.baseURL.dropLast(rendering.basePath.count))
            switch arguments[0] ?? .none {
            case .none: break
            case .object(let object):
                guard let view = object as? PageView else { fallthrough }
                place.page =
                    PageFacts(catalog: view.catalog, page: view.page, rendering: rendering).url
                place.ids = .drop
            default: throw TemplateError(.type, "absolute_urls() takes a page")
            }
            return .safe(HTMLFragment(scanning: html).html(at: place))
        },
        filter(
            "file_url", "", "The address of a file that lies beside the page's source; any other as it is.",
            example: "{{ kwargs.src | file_url }}"
        ) { arguments, render throws(TemplateError) in
            let written = try arguments.input.textBytes(for: "file_url")
            let rendering = render.rendering
            let path = Addresses.withoutQuery(Addresses.splitFragment(written).path)
            var source = rendering.source
            if source == nil, let page = rendering.shownPage {
                source = rendering.source(of: page, in: rendering.catalog).map {
                    RelativePath(unchecked: $0.bytes)
                }
            }
            guard let source, !path.isEmpty, !Addresses.isAbsolute(written),
                let address = SourceFiles.address(of: Percent.decoded(path), beside: source, rendering)
            else { return .safeless(written) }
            return .safeless(rendering.basePath + address + written[path.count...])
        },
        filter(
            "relative_url", "", "The address with the path of the base URL before it.",
            example: "{{ \"/about/\" | relative_url }}"
        ) { arguments, render throws(TemplateError) in
            let path = try arguments.input.textBytes(for: "relative_url")
            if Addresses.isAbsolute(path) { return .safeless(path) }
            let base = render.rendering.basePath
            // What has the base path already stays as it is: `page.url | relative_url` is a habit of Jekyll's.
            if !base.isEmpty, path.starts(with: base),
                path.count == base.count || path[base.count] == UInt8(ascii: "/")
            {
                return .safeless(path)
            }
            return .safeless(
                render.rendering.basePath
                    + (path.first == UInt8(ascii: "/") ? path : [UInt8(ascii: "/")] + path))
        },
    ]

    private static func reference(
        _ target: [UInt8], _ render: inout RenderContext
    ) throws(TemplateError) -> Value {
        let rendering = render.rendering
        let (path, fragment) = Addresses.splitFragment(target)
        guard let found = References.locate(path, from: nil, rendering: rendering) else {
            render.report(
                .brokenReference, "there is no page \"\(String(decoding: path, as: UTF8.self))\"",
                hint: References.nearest(to: path, rendering: rendering))
            return .safeless([UInt8(ascii: "#")])
        }
        let facts = PageFacts(catalog: found.catalog, page: found.page, rendering: rendering)
        if let page = UnrenderedPage(found.page, in: found.catalog, rendering) {
            render.report(
                .brokenReference, "\"\(String(decoding: path, as: UTF8.self))\": \(page.problem)",
                hint: page.hint)
        }
        return .safeless(facts.url + fragment)
    }

    private static func integrity(of asset: Asset) -> String {
        asset.integrity.isEmpty ? "" : " integrity=\"\(asset.integrity)\""
    }

    private static func assetURL(_ path: [UInt8], _ render: inout RenderContext) throws(TemplateError)
        -> [UInt8]
    {
        guard let asset = Assets.find(path, render.rendering) else {
            _ = try missingAsset(path, &render)
            return []
        }
        return render.rendering.basePath + asset.url
    }

    private static func missingAsset(_ path: [UInt8], _ render: inout RenderContext) throws(TemplateError)
        -> Value
    {
        render.report(
            .missingAsset,
            "there is no \"\(String(decoding: path, as: UTF8.self))\" in assets/ of the site or its theme",
            hint: missingAssetHint(path, render.rendering))
        return .safe([])
    }

    private static func missingAssetHint(_ path: [UInt8], _ rendering: Rendering) -> String? {
        let plain = path.first == UInt8(ascii: "/") ? path[1...] : path[...]
        let prefix = Array("assets/".utf8)
        if plain.starts(with: prefix), case let rest = Array(plain.dropFirst(prefix.count)),
            Assets.find(rest, rendering) != nil
        {
            return "paths count from assets/: write \"\(String(decoding: rest, as: UTF8.self))\""
        }
        if let output = RelativePath(Array(plain)),
            rendering.context.read(OutputFilesRule.self, .empty, OutputFiles.contains(output))
        {
            return
                "that file is published as it is: write {{ \"/\(output.text)\" | relative_url }}, or move it to assets/"
        }
        return Assets.nearest(to: path, rendering)
    }

    /// Says that a file is asked for which no browser reads: other generators translate it.
    private static func reportUnread(
        _ path: [UInt8], _ endings: [String], _ what: String, _ render: inout RenderContext
    ) {
        let ending = RelativePath(unchecked: path).fileExtension
        guard endings.contains(where: { ending.elementsEqual($0.utf8) }) else { return }
        let name = String(decoding: ending, as: UTF8.self)
        render.report(
            .unprocessedFile,
            "\"\(String(decoding: path, as: UTF8.self))\" is published as it is, and no browser reads \(what) in .\(name)",
            hint: "translate it before the build, and ask for what comes out")
    }
}
