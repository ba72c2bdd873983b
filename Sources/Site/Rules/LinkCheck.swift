import Engine
import Markup
import Templates
import Text

/// That the links of one page lead somewhere: nothing but findings.
final class LinkCheck: RuleValue {
    func fingerprint(of projection: Projection) -> Fingerprint { Fingerprint(low: 1, high: 0) }

    /// What a relative address means on a page, as the path of an output.
    static func address(_ address: [UInt8], on page: CatalogPage.Entry) -> RelativePath? {
        LinkCheckRule.resolve(address, against: Percent.decoded(page.url)).flatMap { RelativePath($0) }
    }
}

/// Checks every internal link, anchor and image of one page's text.
///
/// It depends on the page's links, on the presence of what they name, and, for a link to a part of a page, on
/// the ids of that page.
struct LinkCheckRule: Rule {
    static let kind = RuleKind.linkCheck
    static let stratum = Stratum.checks

    func placeholder(for name: Symbol) -> LinkCheck { LinkCheck() }

    /// The key is the page's id.
    func run(_ name: Symbol, in context: RuleContext) -> LinkCheck {
        let id = PageID(symbol: name)
        let rendering = Rendering(context: context, language: Symbol(id.language))
        let catalog = rendering.catalog
        guard let position = rendering.position(of: id, in: catalog) else { return LinkCheck() }
        let page = rendering.entry(of: catalog.page(at: position), in: catalog)
        guard let source = page.source else { return LinkCheck() }
        let path = RelativePath(unchecked: source.bytes)
        if let redirect = page.redirect {
            checkRedirect(redirect, in: path, rendering)
            return LinkCheck()
        }
        let ignored = context.read(ConfigurationRule.self, .empty, Configuration.ignoredLinks)
        var reported: Set<Reported> = []
        // Read for the first link that leads nowhere: what is wrong with a thousand is in the same file.
        var head: (start: Int, file: SourceFile?)?
        for link in rendering.body(source, PageBody.links) {
            if ignored.contains(link.destination) || ignored.contains(link.url) { continue }
            guard var problem = problem(of: link, on: page, path, rendering) else { continue }
            // Several links by one definition have its place, and are one slip.
            if !reported.insert(Reported(range: link.range, url: link.url)).inserted { continue }
            let known = head ?? Self.head(of: source, rendering)
            head = known
            guard let file = known.file else { continue }
            let range = link.range.moved(by: known.start)
            // Hugo's `ref` stands for a link from the content folder; its author wrote no mark of one.
            if link.destination.starts(with: "@/".utf8),
                !file.bytes[Int(range.start)..<Int(range.end)].contains(UInt8(ascii: "@"))
            {
                problem.message = problem.message.replacing("\"@/", with: "\"")
            }
            context.find(
                Diagnostic(
                    problem.code, problem.message, at: range, in: file,
                    hint: problem.hint))
        }
        return LinkCheck()
    }

    /// A page that leads on has no text that anybody sees.
    private func checkRedirect(_ target: [UInt8], in source: RelativePath, _ rendering: Rendering) {
        let context = rendering.context
        if context.read(ConfigurationRule.self, .empty, Configuration.ignoredLinks).contains(target) {
            return
        }
        guard let problem = MenuAddress.problem(target, rendering) else { return }
        let shown = String(decoding: target, as: UTF8.self)
        context.find(
            Diagnostic(
                .brokenLink,
                "\"redirect_to: \(shown)\" leads nowhere" + (problem.reason.map { ": \($0)" } ?? ""),
                at: HeadPlaces.location(in: source, [.redirectTo], context) { $0 == target },
                hint: problem.hint))
    }

    private static func head(
        of source: Symbol, _ rendering: Rendering
    ) -> (start: Int, file: SourceFile?) {
        let meta = rendering.pulledMeta(source)
        return (meta.read(PageMeta.bodyStart), PageMeta.wholeFile(meta, in: rendering.context))
    }

    private struct Reported: Hashable {
        let range: SourceRange
        let url: [UInt8]
    }

    private struct Problem {
        var code: DiagnosticCode
        var message: String
        var hint: String?
    }

    private func problem(
        of link: BodyLink, on page: CatalogPage.Entry, _ path: RelativePath, _ rendering: Rendering
    ) -> Problem? {
        // Most links are right: what one reads as is made for a finding alone.
        var shown: String { String(decoding: link.destination, as: UTF8.self) }
        if link.destination.isEmpty || Addresses.isAbsolute(link.destination) { return nil }
        let (target, fragment) = Addresses.splitFragment(link.url)
        let address = Percent.decoded(Addresses.withoutQuery(target))
        if address.isEmpty { return anchorProblem(fragment, in: page, link, rendering) }
        let (written, _) = Addresses.splitFragment(link.destination)
        let isSource =
            written.starts(with: "@/".utf8) || MarkdownName.ends(written)
            || PelicanLinks.parts(of: written) != nil
        if isSource, link.url == link.destination {
            if let problem = termProblem(written, rendering) { return problem }
            // A file that is published as it is may be called so: /LICENSE.md.
            if let file = Self.resolve(address, against: Percent.decoded(page.url)),
                case .file? = SiteAddresses.find(file, rendering)
            {
                return nil
            }
            let plain = Percent.decoded(Addresses.withoutQuery(written))
            let meant = PelicanLinks.parts(of: plain)?.rest ?? plain
            return Problem(
                code: .brokenLink, message: "there is no page \"\(shown)\"",
                hint: References.unpublished(meant, from: path, rendering: rendering)
                    ?? References.folderHint(meant, from: path, rendering: rendering)
                    ?? References.nearest(to: meant, from: path, rendering: rendering))
        }
        guard let resolved = Self.resolve(address, against: Percent.decoded(page.url)) else {
            return Problem(code: .brokenLink, message: "the link \"\(shown)\" leaves the site")
        }
        if let found = SiteAddresses.find(resolved, rendering) {
            guard case .page(let other, let index) = found else { return nil }
            if let page = UnrenderedPage(other.page(at: index), in: other, rendering) {
                return Problem(
                    code: .brokenLink, message: "\"\(shown)\": \(page.problem)", hint: page.hint)
            }
            if fragment.isEmpty { return nil }
            return anchorProblem(
                fragment, in: rendering.entry(of: other.page(at: index), in: other), link, rendering)
        }
        return Problem(
            code: link.isImage ? .brokenImage : .brokenLink,
            message: link.isImage ? "there is no image \"\(shown)\"" : "the link \"\(shown)\" leads nowhere",
            hint: Self.quoteHint(Percent.decoded(link.destination))
                ?? SiteAddresses.assetHint(resolved, rendering)
                ?? References.folderHint(
                    Percent.decoded(Addresses.withoutQuery(written)), from: path, rendering: rendering)
                ?? SiteAddresses.nearest(to: resolved, isFile: link.isImage, rendering))
    }

    /// Editors for prose make quotation marks round, and what stands between such is no quoted text.
    private static func quoteHint(_ destination: [UInt8]) -> String? {
        ["\u{201C}", "\u{201D}", "\u{2018}", "\u{201E}"].contains { destination.starts(with: $0.utf8) }
            ? "write straight quotation marks: \"…\"" : nil
    }

    /// A link of Pelican's to a term that no page bears.
    private func termProblem(_ written: [UInt8], _ rendering: Rendering) -> Problem? {
        guard let (place, name) = PelicanLinks.parts(of: written),
            let taxonomy = PelicanLinks.taxonomy(of: place)
        else { return nil }
        let terms = rendering.termNames(of: taxonomy, in: rendering.catalog)
        return Problem(
            code: .brokenLink,
            message: "no page has the \(place) \"\(String(decoding: name, as: UTF8.self))\"",
            hint: Spelling.nearest(to: name, among: terms).map {
                "did you mean \"\(String(decoding: $0, as: UTF8.self))\"?"
            })
    }

    private func anchorProblem(
        _ fragment: [UInt8], in page: CatalogPage.Entry, _ link: BodyLink, _ rendering: Rendering
    ) -> Problem? {
        let wanted = Percent.decoded(Array(fragment.dropFirst()))
        // The top of a page needs no id (HTML, "find a potential indicated element").
        if wanted.isEmpty || wanted == Array("top".utf8) { return nil }
        guard let source = page.source else { return nil }
        let anchors = rendering.body(source, PageBody.anchors)
        if anchors.contains(wanted) { return nil }
        // A heading that says the title again at the start is left out of the text: its part is the top of the page.
        if let title = rendering.meta(source, PageMeta.title),
            Slug.make(title.bytes, style: .unicode) == Slug.make(wanted, style: .unicode)
        {
            return nil
        }
        return Problem(
            code: .brokenAnchor,
            message:
                "\"\(String(decoding: link.destination, as: UTF8.self))\": \(source.text) has no part \"#\(String(decoding: wanted, as: UTF8.self))\"",
            hint: Spelling.nearest(to: wanted, among: anchors).map {
                "did you mean \"#\(String(decoding: $0, as: UTF8.self))\"?"
            })
    }

    /// A relative address seen from a page, as a root-relative one; RFC 3986, section 5.2.
    static func resolve(_ address: [UInt8], against page: [UInt8]) -> [UInt8]? {
        var joined: [UInt8]
        if address.first == UInt8(ascii: "/") {
            joined = address
        } else {
            joined = Array(page[...(page.lastIndex(of: UInt8(ascii: "/")) ?? page.startIndex)]) + address
        }
        let endsInSlash =
            joined.last == UInt8(ascii: "/") || joined.hasSuffix("/.") || joined.hasSuffix("/..")
        guard let path = RelativePath(joined) else { return nil }
        joined = [UInt8(ascii: "/")] + path.bytes
        if endsInSlash, !path.isRoot { joined.append(UInt8(ascii: "/")) }
        return joined
    }
}
