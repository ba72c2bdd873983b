import NIOCore
import NIOHTTP1
import Text

/// A request to its answer: which output, which status, which part of it.
///
/// A path is looked up in the set of outputs: as it is, then as a folder with an `index.html`. A folder
/// without its slash is redirected to the one with it; where there is nothing, the site's own `404.html` is
/// the answer.
final class Responder: Sendable {
    private let site: any PreviewSite
    private let base: RelativePath
    private let cache = OutputCache()
    private let live: LiveReload
    private let dashboard: Dashboard

    /// A responder for a site.
    init(_ site: any PreviewSite, options: PreviewOptions, live: LiveReload) {
        self.site = site
        self.live = live
        base = SitePaths(options).base
        dashboard = Dashboard(site: site, options: options)
    }

    /// The answer, if it can be had without asking the site: for event loops.
    func immediate(_ request: Request) -> Response? {
        if request.target.isOurs {
            guard let file = ClientFile.named(request.target.path) else { return nil }
            return Self.conditional(file.response, tag: file.tag, request)
        }
        guard let path = request.target.path.relative(to: base),
            let entry = cache.entry(
                at: request.target.isFolder ? path.appending("index.html") : path, revision: site.revision)
        else { return nil }
        return Self.conditional(entry.response, tag: entry.tag, request)
    }

    /// The answer; it may block for as long as the site takes.
    func answer(_ request: Request) -> Response {
        if request.target.isOurs { return ownAnswer(request) }
        let finding = find(request.target)
        if case .entry(let entry) = finding { live.note(entry.identity, at: request.target) }
        switch finding {
        case .entry(let entry) where entry.response.status == .ok:
            return Self.conditional(entry.response, tag: entry.tag, request)
        case .entry(let entry): return entry.response
        case .folder(let path):
            return Self.redirect(to: SitePaths.url(of: path, isFolder: true), request.target)
        }
    }

    /// Sends a browser on with the query that it came with: a search page finds its words there.
    private static func redirect(to url: String, _ target: RequestTarget) -> Response {
        // Of a target only visible ASCII is let through.
        let query = target.query.isEmpty ? "" : "?" + String(decoding: target.query, as: UTF8.self)
        return Response(redirectTo: url + query)
    }

    /// What stands for what a browser is shown at an address of the site now.
    func identity(of target: RequestTarget) -> PageIdentity? {
        guard case .entry(let entry) = find(target) else { return nil }
        return entry.identity
    }

    private enum Finding {
        case entry(OutputCache.Entry)
        /// A folder that was asked for without its slash.
        case folder(RelativePath)
    }

    private func find(_ target: RequestTarget) -> Finding {
        guard let path = target.path.relative(to: base) else {
            // A base path shows its site at once to whoever only typed the port.
            if target.path.isRoot { return .folder(base) }
            return .entry(notFound())
        }
        if path.isRoot && !target.isFolder { return .folder(base) }
        if target.isFolder {
            return .entry(entry(at: path.appending("index.html")) ?? notFound(path))
        }
        if let entry = entry(at: path) { return .entry(entry) }
        switch site.output(at: path.appending("index.html")) {
        case .output, .failed: return .folder(target.path)
        case .missing: return .entry(notFound(path))
        }
    }

    /// An output as an answer, or `nil` when there is none.
    private func entry(at path: RelativePath) -> OutputCache.Entry? {
        // Before the site is asked: what changes while it works makes the answer out of date, not fresh.
        let revision = site.revision
        if let entry = cache.entry(at: path, revision: revision) { return entry }
        switch site.output(at: path) {
        case .missing: return nil
        case .failed:
            let page = PageInjection.injected(FailedPage.html, identity: .failed, badge: nil)
            return OutputCache.Entry(
                revision: revision, identity: .failed, badge: nil,
                response: Response(
                    .internalServerError, type: "text/html; charset=utf-8", body: ByteBuffer(bytes: page)),
                tag: "")
        case .output(let output):
            let identity = PageIdentity.page(output.fingerprint)
            if let same = cache.confirm(at: path, identity: identity, badge: output.badge, revision: revision)
            {
                return same
            }
            let entry = Self.entry(output, at: path, identity: identity, status: .ok, revision: revision)
            cache.keep(entry, at: path)
            return entry
        }
    }

    private static func entry(
        _ output: PreviewOutput, at path: RelativePath, identity: PageIdentity, status: HTTPResponseStatus,
        revision: UInt64
    ) -> OutputCache.Entry {
        let type = MediaType.of(path)
        var bytes = output.bytes
        var tag = "\"" + PageIdentity.hexadecimal(output.fingerprint)
        if type.hasPrefix("text/html"), output.file == nil {
            bytes = PageInjection.injected(bytes, identity: identity, badge: output.badge)
            // These are other bytes than the site's, and with another badge others again.
            tag += "-" + (output.badge.map { String(Fingerprint(of: $0).low, radix: 36) } ?? "live")
        }
        tag += "\""
        let more = status == .ok ? [("ETag", tag), ("Accept-Ranges", "bytes")] : []
        let response =
            output.file.map { Response(status, type: type, file: $0, more: more) }
            ?? Response(status, type: type, body: ByteBuffer(bytes: bytes), more: more)
        return OutputCache.Entry(
            revision: revision, identity: identity, badge: output.badge, response: response, tag: tag)
    }

    /// The site's page for what is not there: of the language whose folder it is in, else the site's.
    private func notFound(_ path: RelativePath = .root) -> OutputCache.Entry {
        let revision = site.revision
        for page in SitePaths.notFoundPages(for: path) {
            if case .output(let output) = site.output(at: page) {
                return Self.entry(
                    output, at: page, identity: .missing(output.fingerprint), status: .notFound,
                    revision: revision)
            }
        }
        let output = PreviewOutput(bytes: NotFoundPage.html, fingerprint: .absent)
        return Self.entry(
            output, at: RelativePath(unchecked: Array("404.html".utf8)), identity: .missing(.absent),
            status: .notFound, revision: revision)
    }

    private func ownAnswer(_ request: Request) -> Response {
        switch request.target.path.bytes.dropFirst(6) {
        case let name where name.elementsEqual("events".utf8):
            guard let stream = EventStreamRequest(request.target) else {
                return Response(Refusal(400, "the page of an event stream must be named"))
            }
            return Response(stream)
        case let name where name.elementsEqual("findings.json".utf8):
            return Response(
                .ok, type: "application/json; charset=utf-8", body: ByteBuffer(bytes: live.findings))
        default:
            if request.target.path.bytes.count == 5 && !request.target.isFolder {
                return Self.redirect(to: "/_site/", request.target)
            }
            return dashboard.answer(request)
        }
    }

    /// The whole answer, a part of it, or that the browser has it already; RFC 9110 §13.2.2.
    static func conditional(_ whole: Response, tag: String, _ request: Request) -> Response {
        if let list = request.ifMatch, !EntityTag.isListed(tag, in: list, isStrong: true) {
            return Response(Refusal(412, "this is no longer what it was"))
        }
        if let list = request.ifNoneMatch, EntityTag.isListed(tag, in: list) { return .notModified(tag: tag) }
        // A range is only for GET, and counts only if what the browser has a part of is what we have.
        guard let range = request.range, !request.isHead, request.ifRange == nil || request.ifRange == tag
        else {
            return whole
        }
        switch ByteRange(range, length: whole.length) {
        case .whole: return whole
        case .unsatisfiable:
            var response = Response(Refusal(416, "there is no such part"))
            response.fields.add(name: "Content-Range", value: "bytes */\(whole.length)")
            return response
        case .part(let part): return whole.part(part) ?? whole
        }
    }
}
