import Engine
import Formats
import Markup
import Templates
import Text

/// Functions that look at the world, each through the recorder, and filters over text.
extension SiteLanguage {
    static let worldFunctions: [Entry] = [
        function(
            "load_data", "path", "What is in a YAML, TOML, JSON or CSV file of the site, or `none`.",
            example: "{{ load_data(\"data/team.yml\").lead }}"
        ) { arguments, render throws(TemplateError) in
            let written = try (arguments[0] ?? .none).textBytes(for: "load_data()")
            guard let path = RelativePath(written) else {
                throw TemplateError(.value, "load_data() takes a path inside the site")
            }
            let file = render.rendering.context.pull(DataFileRule.self, Symbol(path.bytes))
            guard file.read(DataFile.exists) else { return .none }
            let data = file.value.data
            if data.kind != .map && data.kind != .list { return file.read(DataFile.whole).templateValue }
            return .object(RecordedData(root: .data(Symbol(path.bytes)), data: data))
        },
        function(
            "now", "granule='second'",
            "The time of the build. Name the coarsest granule that will do (`minute`, `hour`, `day`, `month`, `year`): "
                + "the page is rebuilt when it passes.",
            example: "{{ now(\"year\").year }}"
        ) { arguments, render throws(TemplateError) in
            let rendering = render.rendering
            let name = try arguments[0].map { value throws(TemplateError) in try value.textBytes(for: "now()") } ?? Array("second".utf8)
            let zone = rendering.configuration(Configuration.timeZone)
            let offset = offset(of: zone, rendering.context)
            let granule: ClockGranule
            switch String(decoding: name, as: UTF8.self) {
            case "second": granule = .second
            case "minute": granule = .minute
            case "hour": granule = .hour(offset: offset)
            case "day": granule = .day(offset: offset)
            case "month": granule = .month(offset: offset)
            case "year": granule = .year(offset: offset)
            default:
                throw TemplateError(
                    .value, "now() has no granule \"\(String(decoding: name, as: UTF8.self))\"",
                    hint: "one of second, minute, hour, day, month, year")
            }
            let instant = rendering.context.now(granule)
            return .object(DateValue(Instant(seconds: Int(instant)).told(in: zone)))
        },
        function(
            "env", "name, default=''",
            "A variable of the environment that `site.json` allows by name in `environment`.",
            example: "{{ env(\"DEPLOY_BRANCH\", \"none\") }}"
        ) { arguments, render throws(TemplateError) in
            let name = String(decoding: try (arguments[0] ?? .none).textBytes(for: "env()"), as: UTF8.self)
            let allowed = render.rendering.configuration(Configuration.allowedEnvironment)
            guard allowed.contains(name) else {
                render.report(
                    .environmentNotAllowed, "templates may not read the environment variable \"\(name)\"",
                    hint: "add \"\(name)\" to \"environment\" in site.json")
                return arguments[1] ?? .none
            }
            if let value = render.rendering.context.environment(name) { return .text(value) }
            return arguments[1] ?? .none
        },
        function(
            "t", "key, count=none, **", "A string of the interface in the page's language, from `i18n/`.",
            example: "{{ t(\"read_more\") }}"
        ) { arguments, render throws(TemplateError) in
            let key = try (arguments[0] ?? .none).textBytes(for: "t()")
            return Translations.text(
                key, count: arguments[1], keywords: arguments.keywords, rendering: render.rendering)
        },
        function(
            "image", "path, width=none, height=none", "The address of an image of the page's bundle, of `assets/` or `static/`.",
            example: "{{ image(page.image) }}"
        ) { arguments, render throws(TemplateError) in
            let path = try (arguments[0] ?? .none).textBytes(for: "image()")
            if Addresses.isAbsolute(path) { return .safeless(path) }
            if path.first == UInt8(ascii: "/") { return .safeless(render.rendering.basePath + path) }
            if let asset = Assets.find(path, render.rendering) { return .safeless(render.rendering.basePath + asset.url) }
            return .safeless(path)
        },
    ]

    /// The offset of a zone now, which decides where a day begins; read as coarsely as the zone allows, so that a
    /// page that prints the year is not made again every hour.
    private static func offset(of zone: TimeZoneRules, _ context: RuleContext) -> Int {
        let day = 86_400
        for (granule, length) in [(ClockGranule.year(offset: 0), 366), (.month(offset: 0), 31), (.day(offset: 0), 1)] {
            let start = Int(context.now(granule))
            // No zone has kept another offset for less than five days.
            let offset = zone.offset(at: start).seconds
            let isSteady = stride(from: start, to: start + length * day, by: 5 * day).allSatisfy { zone.offset(at: $0).seconds == offset }
            if isSteady, zone.offset(at: start + length * day).seconds == offset { return offset }
        }
        // Zones change on the hour.
        return zone.offset(at: Int(context.now(.hour(offset: 0)))).seconds
    }

    static let textFilters: [Entry] = [
        filter(
            "markdownify", "inline=true", "Markdown as HTML; one paragraph loses its `p`.",
            example: "{{ \"*so*\" | markdownify }}"
        ) { arguments, render throws(TemplateError) in
            let text = try arguments.input.textBytes(for: "markdownify")
            var options = render.rendering.configuration(Configuration.markdown).options
            options.headingIDs = .none
            let body = Markdown.render(SourceFile(path: .root, bytes: text), options: options)
            let html = body.content.html(at: URLPlacement(basePath: render.rendering.basePath))
            if case .bool(false)? = arguments[0] { return .safe(html) }
            return .safe(HTMLBytes.withoutSingleParagraph(html))
        },
        filter("slugify", "", "Text as a part of a URL.", example: "{{ \"Hello, world\" | slugify }}") {
            arguments, render throws(TemplateError) in
            let text = try arguments.input.textBytes(for: "slugify")
            return .safeless(Slug.make(text, style: render.rendering.configuration(Configuration.slugs)))
        },
        filter(
            "truncate_html", "words=50, end='…'", "HTML cut after some words, elements closed.",
            example: "{{ page.content | truncate_html(30) }}"
        ) { arguments, render throws(TemplateError) in
            let html = try arguments.input.textBytes(for: "truncate_html")
            var words = 50
            if case .int(let given)? = arguments[0] { words = max(0, given) }
            let ending = try arguments[1].map { value throws(TemplateError) in try value.textBytes(for: "truncate_html") } ?? Array("…".utf8)
            return .safe(HTMLText.truncated(html, words: words, ending: ending))
        },
        filter(
            "plainify", "", "The text of HTML, spaces collapsed.", example: "{{ page.summary | plainify }}"
        ) { arguments, render throws(TemplateError) in
            .safeless(HTMLText.plain(try arguments.input.textBytes(for: "plainify")))
        },
        filter(
            "reading_time", "words_per_minute=200", "How many minutes it takes to read HTML or text, at least 1.",
            example: "{{ page.content | reading_time }}"
        ) { arguments, render throws(TemplateError) in
            let words = HTMLText.wordCount(try arguments.input.textBytes(for: "reading_time"))
            var speed = 200
            if case .int(let given)? = arguments[0], given > 0 { speed = given }
            return .int(max(1, (words - 1) / speed + 1))
        },
        filter(
            "jsonify", "indent=none", "The value as JSON, safe in a script.", example: "{{ page.tags | jsonify }}"
        ) { arguments, render throws(TemplateError) in
            var writer = JSONWriter(arguments[0].map { $0.isNone } ?? true ? .compact : .pretty)
            try TemplateJSON.write(arguments.input, to: &writer, in: &render, depth: 0)
            return .safe(TemplateJSON.safeInScript(writer.finish()))
        },
    ]
}
