import Engine
import Formats
import Markup
import Templates
import Text

/// Functions that look at the world, each through the recorder, and filters over text.
extension SiteLanguage {
    static let worldFunctions: [Entry] = [
        function(
            "load_data", "path, required=true",
            "What is in a YAML, TOML, JSON or CSV file of the site. One that is not there is `none`, and a finding unless it is not `required`.",
            example: "{{ load_data(\"data/team.yml\").lead }}"
        ) { arguments, render throws(TemplateError) in
            let written = try (arguments[0] ?? .none).textBytes(for: "load_data()")
            guard let path = RelativePath(written) else {
                throw TemplateError(.value, "load_data() takes a path inside the site")
            }
            let file = render.rendering.context.pull(DataFileRule.self, Symbol(path.bytes))
            guard file.read(DataFile.exists) else {
                if case .bool(false)? = arguments[1] { return .none }
                let isAddress = Addresses.isAbsolute(written)
                let shown = isAddress ? String(decoding: written, as: UTF8.self) : path.text
                render.report(
                    .missingFile, "there is no data file \"\(shown)\"",
                    hint: isAddress
                        ? "a build fetches nothing: keep a copy in data/"
                        : "paths count from the folder of the site; if it need not be there: required=false")
                return .none
            }
            return RecordedData.value(ofFile: Symbol(path.bytes), render.rendering)
        },
        function(
            "now", "granule='second'",
            "The time of the build. Name the coarsest granule that will do (`minute`, `hour`, `day`, `month`, `year`): "
                + "the page is rebuilt when it passes.",
            example: "{{ now(\"year\").year }}"
        ) { arguments, render throws(TemplateError) in
            let rendering = render.rendering
            let name =
                try arguments[0].map { value throws(TemplateError) in try value.textBytes(for: "now()") }
                ?? Array("second".utf8)
            let zone = rendering.configuration(Configuration.timeZone)
            let granule: ClockGranule
            var known = 0
            func offset() -> Int {
                known = ZoneOffset.now(zone, rendering.context)
                return known
            }
            switch String(decoding: name, as: UTF8.self) {
            case "second", "minute":
                granule = name.first == UInt8(ascii: "s") ? .second : .minute
                let begin = Instant(seconds: Int(rendering.context.now(granule)))
                return .object(DateValue(begin.told(in: zone)))
            case "hour": granule = .hour(offset: offset())
            case "day": granule = .day(offset: offset())
            case "month": granule = .month(offset: offset())
            case "year": granule = .year(offset: offset())
            default:
                throw TemplateError(
                    .value, "now() has no granule \"\(String(decoding: name, as: UTF8.self))\"",
                    hint: "one of second, minute, hour, day, month, year")
            }
            let begin = Int(rendering.context.now(granule))
            return .object(DateValue(ZoneOffset.told(begin, by: known, in: zone)))
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
                return arguments[1] ?? .safeless([])
            }
            if let value = render.rendering.context.environment(name) { return .text(value) }
            return arguments[1] ?? .safeless([])
        },
        function(
            "t", "key, count=none, **", "A string of the interface in the page's language, from `i18n/`.",
            example: "{{ t(\"read_more\") }}"
        ) { arguments, render throws(TemplateError) in
            let key = try (arguments[0] ?? .none).textBytes(for: "t()")
            let rendering = render.rendering
            let called = String(decoding: key, as: UTF8.self)
            var unfit: (file: RelativePath, kind: DataValue.Kind)?
            let text = Translations.text(
                key, count: arguments[1], keywords: arguments.keywords, rendering: rendering
            ) { file, kind in
                unfit = unfit ?? (file, kind)
            }
            if let unfit {
                render.report(
                    .missingTranslation,
                    unfit.kind == .map
                        ? "the text \"\(called)\" in \(unfit.file.text) has no form for this call"
                        : "the text \"\(called)\" in \(unfit.file.text) is neither text nor a map of forms",
                    hint: unfit.kind == .map ? "add the form \"other\", which holds where no other does" : nil
                )
                if text == nil { return .safeless(key) }
            }
            if let text {
                if let name = text.missing.first {
                    let wanted = String(decoding: name, as: UTF8.self)
                    render.report(
                        .missingTranslation,
                        "the text \"\(called)\" has a {\(wanted)}, which the call does not give",
                        hint: "write t(\"\(called)\", \(wanted)=…)")
                }
                return .safeless(text.bytes)
            }
            render.report(
                .missingTranslation,
                "there is no text \"\(called)\" in i18n/ for \"\(rendering.language.text)\"",
                hint: "add it to i18n/\(rendering.language.text).yml")
            return .safeless(key)
        },
        function(
            "image", "path, width=none, height=none, page=none",
            "The address of an image of the page's bundle, of `assets/` or `static/`; with `page`, of that page's bundle. "
                + "It is the picture as it is: `width` and `height` do nothing, and say so.",
            example: "{{ image(page.image) }}"
        ) { arguments, render throws(TemplateError) in
            let path = try (arguments[0] ?? .none).textBytes(for: "image()")
            if !(arguments[1] ?? .none).isNone || !(arguments[2] ?? .none).isNone {
                render.report(
                    .argumentWithoutEffect,
                    "image() makes no picture of another size: width and height do nothing",
                    hint: "write them as attributes of the img element, or lay a smaller picture beside it")
            }
            switch arguments[3] ?? .none {
            case .none: return .safeless(PictureAddress.here(path, &render))
            case .object(let object):
                guard let view = object as? PageView else { fallthrough }
                return .safeless(PictureAddress.on(view, path, &render))
            default:
                throw TemplateError(
                    .type, "the page of image() is no page", hint: "write image(\"a.jpg\", page=item)")
            }
        },
        function(
            "image_size", "path",
            "The `width` and `height` in pixels of an image that the site publishes, by its address, or `none`.",
            example: "{% set size = image_size(\"/img/bridge.png\") %}"
        ) { arguments, render throws(TemplateError) in
            let rendering = render.rendering
            var path = try (arguments[0] ?? .none).textBytes(for: "image_size()")
            let base = rendering.basePath
            if !base.isEmpty, path.starts(with: base + [UInt8(ascii: "/")]) { path.removeFirst(base.count) }
            guard let size = Pictures.size(of: path, on: rendering.shownPage, rendering) else { return .none }
            return .frozen([("width", .int(size.width)), ("height", .int(size.height))])
        },
    ]

    static let textFilters: [Entry] = [
        filter(
            "markdownify", "inline=true", "Markdown as HTML; one paragraph loses its `p`.",
            example: "{{ \"*so*\" | markdownify }}"
        ) { arguments, render throws(TemplateError) in
            let text = try arguments.input.textBytes(for: "markdownify")
            var options = render.rendering.configuration(Configuration.markdown).options
            options.headingIDs = .none
            InterfaceWords.take(of: text, from: 0, into: &options.words, render.rendering)
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
            if let given = arguments[0] { words = max(0, try given.wholeNumber(for: "truncate_html")) }
            let ending =
                try arguments[1].map { value throws(TemplateError) in
                    try value.textBytes(for: "truncate_html")
                } ?? Array("…".utf8)
            return .safe(HTMLText.truncated(html, words: words, ending: ending))
        },
        filter(
            "plainify", "", "The text of HTML, spaces collapsed.", example: "{{ page.summary | plainify }}"
        ) { arguments, render throws(TemplateError) in
            .safeless(HTMLText.plain(try arguments.input.textBytes(for: "plainify")))
        },
        filter(
            "reading_time", "words_per_minute=200",
            "How many minutes it takes to read HTML or text, at least 1.",
            example: "{{ page.content | reading_time }}"
        ) { arguments, render throws(TemplateError) in
            let words = HTMLText.wordCount(try arguments.input.textBytes(for: "reading_time"))
            var speed = 200
            if let given = try arguments[0]?.wholeNumber(for: "reading_time"), given > 0 { speed = given }
            return .int(max(1, (words - 1) / speed + 1))
        },
        filter(
            "jsonify", "indent=none",
            "The value as JSON, safe in a script and between single quotes; of a term its name. Of a page, name what is wanted: "
                + "`{\"title\": page.title, \"url\": page.url} | jsonify`.",
            example: "{{ page.tags | jsonify }}"
        ) { arguments, render throws(TemplateError) in
            var writer = JSONWriter(arguments[0].map { $0.isNone } ?? true ? .compact : .pretty)
            try TemplateJSON.write(arguments.input, to: &writer, in: &render, depth: 0)
            return .safe(TemplateJSON.safeInScript(writer.finish()))
        },
    ]
}

/// The offset of a zone from UTC now, by edges that last: the year, and whether its changes of the clocks are past.
///
/// Reading the hour instead would make every page with the year in its footer again each hour.
enum ZoneOffset {
    /// The beginning of a granule that was reckoned by the offset of now, as the clocks of that time showed it: the year
    /// began in winter, whatever they show in July.
    static func told(_ begin: Int, by offset: Int, in zone: TimeZoneRules) -> Instant {
        let told = Instant(seconds: begin).told(in: zone)
        if told.offsetSeconds == offset { return told }
        let civil = begin + offset
        let found = Instant(seconds: zone.seconds(ofLocal: civil)).told(in: zone)
        if found.seconds + found.offsetSeconds == civil { return found }
        // No clock showed that time: they were put forward over it, and it began when they were.
        return Instant(seconds: change(after: begin, upTo: found.seconds, zone)).told(in: zone)
    }

    /// When the clocks are changed between two times, of which the later has another offset: the first second of it.
    private static func change(after early: Int, upTo late: Int, _ zone: TimeZoneRules) -> Int {
        let offset = zone.offset(at: late).seconds
        var before = early
        var after = late
        while after - before > 1 {
            let middle = (before + after) / 2
            if zone.offset(at: middle).seconds == offset { after = middle } else { before = middle }
        }
        return after
    }

    static func now(_ zone: TimeZoneRules, _ context: RuleContext) -> Int {
        var low = Int(context.now(.year(offset: 0)))
        var offset = zone.offset(at: low).seconds
        // The weeks of the year and one more: the year of UTC and that of the zone differ by less than a day.
        for _ in 0..<54 {
            let high = low + 604_800
            let next = zone.offset(at: high).seconds
            if next != offset {
                if !context.isPast(Int64(change(after: low, upTo: high, zone))) { return offset }
                offset = next
            }
            low = high
        }
        return offset
    }
}
