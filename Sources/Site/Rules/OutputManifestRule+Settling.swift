import Engine
import Formats
import Text

/// Which of the wishes for one output is granted, and what is wrong with others.
extension OutputManifestRule {
    /// The claims that stand; findings for those that cannot.
    func settled(_ claims: [Claim], in context: RuleContext) -> [ManifestValue.Entry] {
        // By their numbers: a claim has a dozen parts.
        let sorted = claims.indices.sorted { left, right in
            if claims[left].path != claims[right].path { return claims[left].path < claims[right].path }
            if claims[left].yields != claims[right].yields { return claims[right].yields }
            if claims[left].isFile != claims[right].isFile { return claims[left].isFile }
            return left < right
        }
        var entries: [ManifestValue.Entry] = []
        entries.reserveCapacity(sorted.count)
        var files = Files(claims)
        for index in sorted {
            let path = claims[index].path
            guard let clean = RelativePath(path.bytes), clean == path, !clean.isRoot else {
                context.find(
                    Diagnostic(
                        .pathLeavesOutput, "the output \"\(path.text)\" leads out of the output folder",
                        at: claims[index].source.map { SourceLocation(path: $0) }))
                continue
            }
            guard let first = files.add(index) else { continue }
            let claim = claims[index]
            let other = claims[first]
            let gives =
                (claim.yields && !other.yields && !other.isRedirect && (!other.isPage || claim.yieldsToFiles))
                || (claim.yieldsToFiles && other.isFile)
            if other.producer != claim.producer, !gives {
                context.find(Self.collision(other, claim, in: context))
            } else if claim.yieldsToFiles, other.isPage {
                reportOtherLanguage(claim, other, in: context)
            }
        }
        for finding in files.caseCollisions() { context.find(finding) }
        for index in sorted
        where files[claims[index].path].map({ claims[$0].producer }) == claims[index].producer {
            let path = claims[index].path
            // Of the same wish twice the first is taken.
            if entries.last?.path == path { continue }
            if let above = files.fileAbove(path) {
                let (claim, file) = (claims[index], claims[above])
                context.find(
                    Diagnostic(
                        .outputCollision,
                        "/\(file.path.text) would be a file (\(file.what)) and a folder (\(claim.what))",
                        at: (claim.source ?? file.source).map { SourceLocation(path: $0) }))
                continue
            }
            if claims[index].isLine { continue }
            entries.append(ManifestValue.Entry(path: path, producer: claims[index].producer))
        }
        return entries
    }

    /// Says that a page stands where a list of another language would be: `url: /` counts from the root of the site. In its own
    /// language, that is what its author wants, or is told with the catalogue.
    private func reportOtherLanguage(_ list: Claim, _ page: Claim, in context: RuleContext) {
        guard
            PagePart(symbol: list.producer.name).page.language
                != PagePart(symbol: page.producer.name).page.language
        else { return }
        context.find(
            Diagnostic(
                .replacedList,
                "this page stands where \(list.what) of another language would be, which is not made",
                at: page.source.map { HeadPlaces.location(in: $0, [.url], context) { _ in true } },
                hint: "an address without a slash at its start counts from the root of the page's language"))
    }

    /// The claim that is granted for each path, by its number.
    private struct Files {
        private let claims: [Claim]
        private var numbers: [RelativePath: Int] = [:]
        /// What was found last: neighbours lie in one folder.
        private var last: (folder: RelativePath, file: Int?) = (.root, nil)

        init(_ claims: [Claim]) {
            self.claims = claims
            numbers.reserveCapacity(claims.count)
        }

        subscript(path: RelativePath) -> Int? { numbers[path] }

        /// Grants a claim, unless its path is another's.
        ///
        /// - Returns: the number of the other one.
        mutating func add(_ number: Int) -> Int? {
            if let other = numbers[claims[number].path] { return other }
            numbers[claims[number].path] = number
            return nil
        }

        /// Outputs that are one on a disk or host that does not tell upper from lower case. Only those with an upper-case
        /// letter of ASCII are looked at.
        func caseCollisions() -> [Diagnostic] {
            func isUpper(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }
            func source(_ path: RelativePath) -> RelativePath? { numbers[path].flatMap { claims[$0].source } }
            var firsts: [RelativePath: RelativePath] = [:]
            var findings: [Diagnostic] = []
            for path in numbers.keys.filter({ $0.bytes.contains(where: isUpper) }).sorted() {
                let lower = RelativePath(unchecked: path.bytes.map { isUpper($0) ? $0 | 0x20 : $0 })
                let other = numbers[lower] != nil ? lower : firsts[lower]
                guard let other else {
                    firsts[lower] = path
                    continue
                }
                findings.append(
                    Diagnostic(
                        .caseCollision,
                        "/\(path.text) and /\(other.text) differ only in upper and lower case",
                        at: (source(path) ?? source(other)).map { SourceLocation(path: $0) },
                        hint: "give one of them another slug or URL"))
            }
            return findings
        }

        /// The claim that makes a file of a folder in which a path lies.
        mutating func fileAbove(_ path: RelativePath) -> Int? {
            let folder = path.parent
            if folder == last.folder { return last.file }
            var above = folder
            var file: Int?
            while !above.isRoot, file == nil {
                file = numbers[above]
                above = above.parent
            }
            last = (folder, file)
            return file
        }
    }

    private static func collision(_ first: Claim, _ second: Claim, in context: RuleContext) -> Diagnostic {
        func place(_ claim: Claim) -> SourceLocation? {
            guard let source = claim.source else { return nil }
            if let redirect = claim.redirect {
                return context.read(ConfigurationRule.self, .empty, Configuration.places).finding(
                    .outputCollision, "", at: ["redirects", redirect]
                ).location
            }
            return HeadPlaces.location(in: source, [.url, .aliases, .slug], context) { text in
                guard case .success(let route) = OutputRoute.make(RoutePlanner.path(of: text)) else {
                    return false
                }
                return route.path == first.path || route.path.appending("index.html") == first.path
                    || first.path.parent.name.elementsEqual(text)
            }
        }
        func words(_ claim: Claim) -> String {
            claim.source.map { "\($0.text) (\(claim.what))" }
                ?? claim.folder.map { "\(claim.what) of the folder \($0.text)/" } ?? claim.what
        }
        // Of an address of today and one that leads on, the latter is what somebody can take away.
        let isFirst = second.source == nil || (first.isRedirect && !second.isRedirect)
        let (own, other) = isFirst ? (first, second) : (second, first)
        // `blog.md` beside `blog/` is most often meant as the text of the section.
        let isSection = [first, second].contains { $0.yieldsToFiles && $0.what.hasPrefix("the section page") }
        let hint: String
        if first.folder != nil, second.folder != nil, first.folder != second.folder {
            let folders = [first.folder, second.folder].compactMap { $0 }.sorted()
            return Diagnostic(
                .outputCollision,
                "two sources want /\(first.path.text): \(words(first)) and \(words(second))",
                at: place(own) ?? place(other) ?? folders.last.map { SourceLocation(path: $0) },
                hint: "call one of the folders otherwise, or give it an _index.md with another slug",
                notes: (own.source == nil ? nil : place(other)).map {
                    [DiagnosticNote("the other one is here", at: $0)]
                } ?? [])
        }
        if own.isRedirect {
            hint =
                other.source != nil
                ? "take it out"
                : "the product makes that itself: take this address out"
                    + (own.path.name.elementsEqual("index.html".utf8)
                        ? ", or write an _index.md there with redirect_to: …" : "")
        } else if own.isPage, other.source == nil, !other.yieldsToFiles {
            hint =
                "the product makes that itself: give the page another address, or put a file of your own into static/"
        } else if isSection {
            hint = "move the page to _index.md in the folder of the section, or give it another slug or URL"
        } else {
            hint = "give one of them another slug or URL"
        }
        return Diagnostic(
            .outputCollision, "two sources want /\(first.path.text): \(words(first)) and \(words(second))",
            at: place(own), hint: hint,
            notes: place(other).map { [DiagnosticNote("the other one is here", at: $0)] } ?? [])
    }
}
