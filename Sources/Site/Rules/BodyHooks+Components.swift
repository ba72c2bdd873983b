import Engine
import Formats
import Markup
import Templates
import Text

/// Components, and those that Hugo has without a template.
extension BodyHooks {
    mutating func component(_ call: ComponentCall) -> ComponentResult {
        let name = Array("components/".utf8) + call.name + Array(".html".utf8)
        guard let program = rendering.program(name) else {
            if call.name.elementsEqual("ref".utf8) || call.name.elementsEqual("relref".utf8) {
                return .html(HTMLBytes.escaped(reference(call)))
            }
            if call.name.elementsEqual("param".utf8) {
                if let value = parameter(call) { return .html(HTMLBytes.escaped(value)) }
                guard case .string(let key)? = call.positional.first else {
                    return .refused("\"param\" is given no key", hint: "write {{< param \"name\" >}}")
                }
                return .refused(
                    "neither the head of the page nor \"params\" in site.json has a text for \"\(String(decoding: key, as: UTF8.self))\"",
                    hint: nil)
            }
            if let near = nearestComponent(to: call.name) { return .unknownSuggesting(near) }
            let name = String(decoding: call.name, as: UTF8.self)
            return .unknownHinting("a component is a template: write templates/components/\(name).html")
        }
        guard rendering.componentDepth < 16 else { return .html([]) }
        // In the midst of a line it is one of those that may have a body, and a list of them is told once.
        if call.isLeftOpen, !call.isInline || beginsItsLine(call.range),
            !componentsLeftOpen.contains(call.name), program.needs(Self.bodyNames)
        {
            componentsLeftOpen.append(call.name)
            let name = String(decoding: call.name, as: UTF8.self)
            note(
                Diagnostic(
                    .unclosedComponent, "\"\(name)\" shows what stands in it, and is not closed",
                    at: call.range,
                    in: file,
                    hint: "write {{< /\(name) >}} where it ends, or {{< \(name) />}} if it has no body"))
        }
        var named: [(Value, Value)] = []
        for argument in call.named { named.append((.safeless(argument.name), argument.value.templateValue)) }
        var variables = Variables([
            ("args", .frozen(call.positional.map(\.templateValue))),
            ("kwargs", .dict(DictValue(frozen: named))),
            ("body", .safe(call.bodyHTML)),
            ("raw_body", .safeless(call.rawBody ?? [])),
            ("inline", .bool(call.isInline)),
            ("ordinal", .int(call.ordinal)),
        ])
        if let view = pageView { variables[Symbol("page")] = view }
        rendering.componentDepth += 1
        defer { rendering.componentDepth -= 1 }
        let (html, findings) = SiteRenderer.renderWithoutReporting(program, variables, rendering: rendering)
        for finding in findings { note(finding, in: call) }
        if call.name.elementsEqual("figure".utf8), findings.isEmpty, Self.showsNothing(html),
            !rendering.context.read(
                TemplateProgramRule.self, "components/figure.html", TemplateProgram.isOwn)
        {
            reportEmptyFigure(call)
        }
        return .html(html)
    }

    /// Whether nothing but blanks stands before a range in its line.
    private func beginsItsLine(_ range: SourceRange) -> Bool {
        let before = file.bytes.prefix(Int(range.start)).reversed().drop { $0 == UInt8(ascii: " ") }
        return before.first.map { $0 == UInt8(ascii: "\n") } ?? true
    }

    /// Says that a figure has nothing to show: its picture was given by another name, or not at all.
    private mutating func reportEmptyFigure(_ call: ComponentCall) {
        let slip = call.named.map(\.name).first {
            Spelling.nearest(to: $0, among: [Array("src".utf8)]) != nil
        }
        note(
            Diagnostic(
                .brokenImage, "this figure shows nothing", at: call.range, in: file,
                hint: slip.map {
                    "did you mean \"src\" by \"\(String(decoding: $0, as: UTF8.self))\"?"
                } ?? "name its picture: {{< figure src=\"bridge.jpg\" alt=\"A bridge\" >}}"))
    }

    /// Whether HTML is tags of figures and links alone.
    private static func showsNothing(_ html: [UInt8]) -> Bool {
        guard HTMLText.plain(html).isEmpty else { return false }
        var at = html[...]
        while let open = at.firstIndex(of: UInt8(ascii: "<")) {
            at = at[(open + 1)...]
            let name = at.drop { $0 == UInt8(ascii: "/") }.prefix { $0.isASCIILetter || $0.isASCIIDigit }
            if !["figure", "figcaption", "a", "p", "div", "span"].contains(where: {
                name.elementsEqual($0.utf8)
            }) {
                return false
            }
        }
        return true
    }

    private static let bodyNames: [Symbol] = ["body", "raw_body"]

    /// A finding of the text itself.
    private mutating func note(_ finding: Diagnostic) {
        findings.append(finding)
        times.append(1)
    }

    /// A finding of a component's template, told once for all calls of the text.
    struct FoundInCall: Hashable {
        let place: SourceLocation?
        let code: String
        let message: String
    }

    /// Keeps a finding of a component with the place of the call; of the same in later calls, that there are more.
    mutating func note(_ finding: Diagnostic, in call: ComponentCall) {
        let key = FoundInCall(
            place: finding.location, code: finding.code.name, message: finding.message)
        if let index = known[key] {
            times[index] += 1
            return
        }
        known[key] = findings.count
        var finding = finding
        finding.notes.append(
            DiagnosticNote(
                "in the component \"\(String(decoding: call.name, as: UTF8.self))\", called here",
                at: SourceLocation(call.range, in: file)))
        findings.append(finding)
        times.append(1)
    }

    /// What the components of the text found, once the text is written.
    var allFindings: [Diagnostic] {
        zip(findings, times).map { finding, times in
            if times == 1 { return finding }
            var finding = finding
            finding.notes.append(
                DiagnosticNote("and in \(times - 1) more call\(times == 2 ? "" : "s") of this text"))
            return finding
        }
    }

    /// The address that Hugo's `ref` and `relref` stand for. One that is not found stays a reference, which the check
    /// of links then reports.
    func reference(_ call: ComponentCall) -> [UInt8] {
        let argument = call.positional.first ?? call.named.first { $0.name.elementsEqual("path".utf8) }?.value
        guard case .string(let written)? = argument else { return [] }
        let (path, fragment) = Addresses.splitFragment(Array(written))
        if path.isEmpty { return fragment }
        if let language = call.named.first(where: { $0.name.elementsEqual("lang".utf8) })?.value,
            case .string(let code) = language, !code.elementsEqual(rendering.language.bytes)
        {
            return reference(path, fragment, inLanguage: code)
        }
        if let found = References.locate(path, from: source, rendering: rendering) {
            return rendering.entry(of: found.page, in: found.catalog).url + fragment
        }
        let catalog = rendering.catalog
        // Hugo looks for a name in the whole site where it is not found beside the page.
        let name = Normalization.composed(Array(RelativePath(unchecked: path).name))
        let named = rendering.positions(called: name, in: catalog)
        guard named.count == 1 else {
            return Array("@/".utf8) + path.drop { $0 == UInt8(ascii: "/") } + fragment
        }
        return rendering.entry(of: catalog.page(at: Int(named[0])), in: catalog).url + fragment
    }

    /// The address of a page of another language; one that is not found stays a reference.
    func reference(_ path: [UInt8], _ fragment: [UInt8], inLanguage code: some Collection<UInt8>)
        -> [UInt8]
    {
        let languages = rendering.configuration(Configuration.languages)
        let unknown = Array("@/".utf8) + path.drop { $0 == UInt8(ascii: "/") } + fragment
        guard let language = languages.all.first(where: { SiteLanguages.isSame($0.code, code) }) else {
            return unknown
        }
        let place = Rendering(context: rendering.context, language: Symbol(language.code))
        let beside = languages.translated(
            source, from: rendering.language.bytes, to: language)
        guard let index = References.find(path, from: beside, rendering: place) else { return unknown }
        return place.entry(of: place.catalog.page(at: index), in: place.catalog).url + fragment
    }

    /// The value that Hugo's `param` stands for: of the page's head, else of the site's `params`; `nil` when neither
    /// has it.
    private func parameter(_ call: ComponentCall) -> [UInt8]? {
        guard case .string(let written)? = call.positional.first else { return nil }
        let path = Array(written)
        let meta = rendering.pulledMeta(Symbol(source.bytes))
        var value: DataValue?
        if let field = FrontMatter.Field(spelled: String(decoding: path, as: UTF8.self)) {
            value = meta.read(PageMeta.written(field))
            if let list = value, list.kind == .list, list.count == 1 { value = list.elements[0] }
        }
        if value == nil { value = meta.read(PageMeta.param(at: path)) }
        if value == nil {
            let ofSite =
                rendering.configuration(Configuration.languages).areNamed
                ? Configuration.param(at: path, in: rendering.language) : Configuration.param(at: path)
            value = rendering.configuration(ofSite)
        }
        if value == nil { value = rendering.themeParam(at: path) }
        guard let value, value.isScalar else { return nil }
        return Array(value.text)
    }

    /// The component that was probably meant, of the site or its theme.
    private func nearestComponent(to name: [UInt8]) -> String? {
        let folder = RelativePath(unchecked: Array("components".utf8))
        var names: [[UInt8]] = []
        for file in ThemeFiles.all(.templates, below: folder, in: rendering.context)
        where file.fileExtension.elementsEqual("html".utf8) {
            names.append(Array(file.bytes.dropLast(".html".utf8.count)))
        }
        return Spelling.nearest(to: name, among: names).map { String(decoding: $0, as: UTF8.self) }
    }
}
