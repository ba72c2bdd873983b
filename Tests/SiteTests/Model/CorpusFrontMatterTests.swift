import Files
import Formats
import Site
import TestSupport
import Testing
import Text

/// The front matter of real sites is understood as it is; the counts are what this reader finds, so that a change shows.
@Suite(.enabled(if: Repository.shared != nil)) struct CorpusFrontMatterTests {
    private struct Corpus {
        var readings: [(path: RelativePath, reading: FrontMatterReading)] = []

        init(_ name: String) throws {
            let root = try #require(Repository.shared) + "/corpora/" + name
            let disk = DiskFileSystem(root: root)
            var folders: [RelativePath] = [.root]
            while let folder = folders.popLast() {
                for entry in try disk.list(folder) ?? [] {
                    let path = folder.appending(entry.name)
                    if entry.kind == .folder {
                        folders.append(path)
                    } else if path.fileExtension.elementsEqual("md".utf8), let contents = try disk.read(path)
                    {
                        let file = SourceFile(path: path, bytes: contents.bytes)
                        readings.append((path, FrontMatterReader.read(file)))
                    }
                }
            }
            readings.sort { $0.path < $1.path }
        }

        func count(_ isCounted: (FrontMatter) -> Bool) -> Int {
            readings.count { isCounted($0.reading.frontMatter) }
        }

        /// The findings, one line each.
        var findings: [String] {
            readings.flatMap { path, reading in
                reading.diagnostics.map {
                    "\(path):\($0.location?.line ?? 0) \($0.code.name) \($0.message) \($0.hint ?? "")"
                }
            }
        }
    }

    @Test func theSwiftBlogIsUnderstood() throws {
        let corpus = try Corpus("swift-blog/_posts")
        #expect(corpus.readings.count == 172)
        #expect(
            corpus.findings == [
                "2022-03-14-swift-5.6-released.md:5 repeated-key the key \"published\" is given twice, with the same value ",
                "2024-02-13-summer-of-code-2023-summary.md:8 repeated-key the key \"category\" is given twice, with the same value ",
            ])
        #expect(corpus.count { $0.title != nil && $0.date != nil && $0.template != nil } == 172)
        #expect(corpus.count { $0.categories.count == 1 } == 172)
        #expect(corpus.count { !$0.authors.isEmpty } == 169)
        #expect(corpus.count { $0.isDraft } == 0)
        #expect(corpus.count { $0.params["featured-image"]?["url"] != nil } == 7)
    }

    @Test func theRustBlogIsUnderstood() throws {
        let corpus = try Corpus("rust-blog/content")
        #expect(corpus.readings.count == 748)
        #expect(corpus.findings == [])
        #expect(corpus.count { $0.title != nil } == 747)
        #expect(corpus.count { $0.url != nil } == 744)
        #expect(corpus.count { !$0.authors.isEmpty } == 744)
        #expect(corpus.count { !$0.aliases.isEmpty } == 618)
        #expect(corpus.count { $0[.aliases] != nil } == 622)
        #expect(corpus.count { $0.params["team"] != nil } == 438)
        #expect(corpus.count { $0.date != nil } == 0)
        #expect(corpus.count { ContentName.date(inAddress: $0.url ?? []) != nil } == 744)
        #expect(corpus.count { $0[.sortBy] != nil } == 2)
    }

    @Test func theOpenTelemetrySiteIsUnderstood() throws {
        let corpus = try Corpus("otel-site/content")
        #expect(corpus.readings.count == 425)
        #expect(corpus.findings == [])
        #expect(corpus.readings.count { $0.reading.hasFrontMatter } == 425)
        #expect(corpus.count { $0.title != nil } == 413)
        #expect(corpus.count { $0.linkTitle != nil } == 292)
        #expect(corpus.count { $0.date != nil } == 271)
        #expect(corpus.count { $0.expires != nil } == 12)
        #expect(corpus.count { $0.weight != nil } == 121)
        #expect(corpus.count { !$0.authors.isEmpty } == 249)
        #expect(corpus.count { $0[.canonical] != nil } == 43)
        #expect(corpus.count { $0[.cascade]?["type"] != nil } == 6)
        #expect(corpus.count { $0.params["cSpell:ignore"] != nil } == 230)
    }

    @Test func everyFieldSurvivesTheStore() throws {
        for name in ["swift-blog/_posts", "rust-blog/content", "otel-site/content"] {
            for (path, reading) in try Corpus(name).readings {
                let bytes = reading.frontMatter.encoded()
                let decoded = try #require(FrontMatter(decoding: bytes[...]), "\(path)")
                #expect(decoded.fingerprint == reading.frontMatter.fingerprint, "\(path)")
                for (field, value) in reading.frontMatter.fields {
                    let kept = decoded[field]
                    #expect(kept == value && kept?.range == value.range, "\(path) \(field)")
                }
            }
        }
    }
}
