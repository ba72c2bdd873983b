import Formats
import Site
import TestSupport
import Testing
import Text

@Suite struct FrontMatterTests {
    private func read(_ text: String, at path: String = "a.md") -> FrontMatterReading {
        FrontMatterReader.read(SourceFile(path: path, text: text))
    }

    /// The fields as JSON, and no finding.
    private func expectFields(
        _ head: String, _ expected: String, at path: String = "a.md",
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
        let fence = head.hasPrefix("{") ? "" : head.contains(" = ") || head.hasPrefix("[") ? "+++\n" : "---\n"
        let reading = read(fence + head + "\n" + fence + "Body", at: path)
        #expect(reading.diagnostics.map(\.message) == [], sourceLocation: sourceLocation)
        let fields = DataValue(reading.frontMatter.fields.map { ($0.field.name, $0.value) })
        #expect(String(decoding: fields.json(), as: UTF8.self) == expected, sourceLocation: sourceLocation)
    }

    private func expectFinding(
        _ marked: String, _ code: DiagnosticCode, hint: String? = nil,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
        let text = MarkedText("---\n" + marked + "\n---\n")
        let file = text.file("a.md")
        let findings = FrontMatterReader.read(file).diagnostics
        #expect(findings.map(\.code) == [code], sourceLocation: sourceLocation)
        #expect(
            findings.first?.location == text.ranges.first.map { file.location(of: $0) },
            sourceLocation: sourceLocation)
        if let hint { #expect(findings.first?.hint == hint, sourceLocation: sourceLocation) }
    }

    @Test func jekyllsKeysAreUnderstood() {
        expectFields(
            "layout: post\ntitle: Hi\ncategories: a b\ntags: x y\nlast_modified_at: 2026-01-02\nredirect_from: /old\npermalink: /:year/\nexcerpt_separator: <!--x-->\nauthor: me",
            #"{"title":"Hi","updated":"2026-01-02","url":"/:year/","aliases":["/old"],"template":"post","tags":["x","y"],"categories":["a","b"],"authors":["me"],"excerptSeparator":"<!--x-->"}"#,
            at: "_posts/a.md")
        // Elsewhere a blank is a part of a name.
        expectFields(
            "tags: Web Development\ncategories: a b", #"{"tags":["Web Development"],"categories":["a b"]}"#
        )
        expectFields("published: false", #"{"draft":true}"#)
        expectFields("published: no", #"{"draft":true}"#)
        expectFields("category: Two Words", #"{"categories":["Two Words"]}"#)
        expectFields("author: [a, b]", #"{"authors":["a","b"]}"#)
    }

    @Test func hugosKeysAreUnderstood() {
        expectFields(
            "title: T\nlinkTitle: L\nlastmod: 2026-01-02\npublishDate: 2026-01-03\nexpiryDate: 2026-01-04\nslug: 404\nurl: /x/\naliases: [/a, /b]\nweight: 10\nkeywords: [k]\nmenu: {main: {weight: 50}}\nparams: {x: 1}\ny: 2",
            #"{"title":"T","linkTitle":"L","updated":"2026-01-02","publishDate":"2026-01-03","expires":"2026-01-04","keywords":["k"],"slug":"404","url":"/x/","aliases":["/a","/b"],"weight":10,"params":{"keywords":["k"],"x":1,"y":2},"menu":{"main":{"weight":50}}}"#
        )
        expectFields("published: 2026-01-02", #"{"publishDate":"2026-01-02"}"#)
        expectFields("build: {render: never, list: false}", #"{"render":false,"list":false}"#)
        expectFields("headless: true", #"{"render":false,"list":false}"#)
        #expect(read("---\npublishDate: 2026-01-03\n---\n").frontMatter.date?.day == 3)
    }

    @Test func zolasKeysAreUnderstood() {
        expectFields(
            "title = \"T\"\ndate = 2026-01-02T03:04:05Z\npath = \"2018/07/27/x\"\nsort_by = \"date\"\npaginate_by = 5\ntransparent = true\npage_template = \"p.html\"\ngenerate_feeds = true\nin_search_index = false\n[taxonomies]\ntags = [\"a\"]\nauthors = [\"b\"]\n[extra]\nx = 1",
            #"{"title":"T","date":"2026-01-02T03:04:05Z","url":"/2018/07/27/x","taxonomies":{"tags":["a"],"authors":["b"]},"params":{"generate_feeds":true,"in_search_index":false,"x":1},"sortBy":"date","paginateBy":5,"transparent":true,"pageTemplate":"p.html"}"#
        )
        let matter = read("+++\n[taxonomies]\ntags = [\"a\"]\ncats = [\"b\"]\n+++\n").frontMatter
        #expect(matter.terms(of: "tags").map { Array($0) } == [Array("a".utf8)])
        #expect(matter.terms(of: "cats").count == 1)
    }

    @Test func pelicansAndEleventysKeysAreUnderstood() {
        expectFields(
            "Title: T\nTags: a b, c\nStatus: hidden\nModified: 2026-01-02 03:04\nSummary: S",
            #"{"title":"T","updated":"2026-01-02T03:04:00","summary":"S","tags":["a b","c"],"list":false}"#)
        expectFields("tags: a b; c, d", #"{"tags":["a b","c, d"]}"#)
        expectFields("status: skip", #"{"render":false,"list":false}"#)
        expectFields("permalink: false\ntags: post", #"{"tags":["post"],"render":false}"#)
        expectFields(
            "pubDate: 2026-01-02\nupdatedDate: 2026-01-03\nheroImage: x.png",
            #"{"updated":"2026-01-03","publishDate":"2026-01-02","image":"x.png"}"#)
        #expect(read("---\ndate: git Created\n---\n").frontMatter.dateSource == .gitCreated)
        expectFields("{\"title\": \"J\", \"tags\": [\"a\", 1]}", #"{"title":"J","tags":["a","1"]}"#)
    }

    @Test func scalarsOfAnyTypeAreTextWhereTextIsWanted() {
        expectFields(
            "title: 2025\nslug: 007\nsummary: 1.10\ndescription: true\nlang: no",
            #"{"title":"2025","description":"true","summary":"1.10","slug":"007","lang":"no"}"#)
        expectFields("title: 2026-01-02", #"{"title":"2026-01-02"}"#)
        expectFields("title:\ndate:\ntags:\ndraft: ~", "{}")
        expectFields(
            "tags: [1.0, 2024, true, 2026-01-02, null, \"\"]", #"{"tags":["1.0","2024","true","2026-01-02"]}"#
        )
        expectFields("draft: yes\nweight: \"5\"", #"{"draft":true,"weight":5}"#)
        expectFields("authors:\n- name: A\n  url: u\n- B", #"{"authors":[{"name":"A","url":"u"},"B"]}"#)
    }

    /// Hugo's archetypes leave them in every file.
    @Test func emptyTextIsNoAddressNorName() {
        expectFields(
            "url: \"\"\npath: ''\nslug: ' '\naliases: \"\"\nlayout: \"\"\nlang: \"\"\nredirect_to: \"\"\nseries: \"\"\nmenu:\nresources:\ntranslationKey: \"\"",
            "{}")
        expectFields("url: \"\"\npermalink: /x/\nlayout: a\ntemplate: \"\"", #"{"url":"/x/","template":"a"}"#)
        expectFields("aliases: [\"\"]\nauthors: [\"\"]", #"{"aliases":[],"authors":[]}"#)
        // It may be meant to say nothing where a section hands something down.
        expectFields(
            "description: \"\"\nimage: \"\"\nexcerpt_separator: \"\"",
            #"{"description":"","image":"","excerptSeparator":""}"#)
    }

    @Test func namesWithCommasAreDividedBySemicolons() {
        expectFields("author: \"Last, First; Other\"", #"{"authors":["Last, First","Other"]}"#)
        expectFields("author: Last, First", #"{"authors":["Last, First"]}"#)
    }

    @Test func bothSpellingsOfWordsAreTaken() {
        expectFields(
            "publish_date: 2026-01-02\nexcerptSeparator: x\nredirect-from: [a]",
            #"{"publishDate":"2026-01-02","aliases":["a"],"excerptSeparator":"x"}"#)
    }

    @Test func theNewerSpellingWinsOverTheOlder() {
        expectFields("layout: a\ntemplate: b", #"{"template":"b"}"#)
        expectFields("template: b\nlayout: a", #"{"template":"b"}"#)
    }

    @Test func keysOfOneOwnAreKeptAsWritten() {
        expectFields(
            "cSpell:ignore: a b\nfeatured-image: {url: u}\nshow_banner: true\nDate_of_birth: 2026-01-02",
            #"{"params":{"cSpell:ignore":"a b","featured-image":{"url":"u"},"show_banner":true,"Date_of_birth":"2026-01-02"}}"#
        )
        expectFields(
            "toc: {depth: 2}\nsitemap: {priority: 0.8}\nlist: [a]",
            #"{"params":{"toc":{"depth":2},"sitemap":{"priority":0.8},"list":["a"]}}"#)
    }

    @Test func wrongTypesAreFindingsAtTheirPlace() {
        expectFinding("title: «[a]»", .wrongType)
        expectFinding(
            "date: «soon»", .wrongType, hint: "write it like 2026-01-02 or 2026-01-02T15:04:05+01:00")
        expectFinding("date: «2026010203»", .wrongType, hint: "write it like 2026-01-02T03:00")
        expectFinding("date: «\"202601020304\"»", .wrongType, hint: "write it like 2026-01-02T03:04")
        expectFinding("date: «20260102030405»", .wrongType, hint: "write it like 2026-01-02T03:04")
        expectFinding("date: «20260102»", .wrongType, hint: "write it like 2026-01-02")
        expectFinding("updated: «202601020»", .wrongType, hint: "write it like 2026-01-02")
        expectFinding("date: «2026010203045»", .wrongType, hint: "write it like 2026-01-02T03:04")
        // Seconds and milliseconds since 1970.
        expectFields("date: 1712010203", #"{"date":"2024-04-01T22:23:23Z"}"#)
        expectFields("date: 1712010203000", #"{"date":"2024-04-01T22:23:23Z"}"#)
        expectFields("date: 2026013203", #"{"date":"2034-03-15T05:26:43Z"}"#)
        expectFinding("date: «2023-02-30»", .impossibleDate)
        expectFinding("date: «\"2023-02-30 10:00\"»", .impossibleDate)
        expectFinding("draft: «maybe»", .wrongType)
        expectFinding("weight: «heavy»", .wrongType)
        expectFinding("tags: [a, «{b: c}»]", .wrongType)
        expectFinding("extra: «text»", .wrongType)
        expectFinding("«- a\n- b»", .wrongType)
        expectFinding("taxonomies: «[a]»", .wrongType)
    }

    @Test func addressesThatRunScriptsAreRefused() {
        expectFinding("canonical: «\"javascript:x()\"»", .wrongType)
        expectFinding("author: {name: A, url: «\" java\tScript:x\"»}", .wrongType)
        expectFinding("authors: [{name: A, url: «\"data:text/html,x\"»}]", .wrongType)
        let reading = read(
            "---\nauthor: {name: A, url: \"vbscript:x\", email: e}\ncanonical: \"data:,\"\n---\n")
        let fields = DataValue(reading.frontMatter.fields.map { ($0.field.name, $0.value) })
        #expect(String(decoding: fields.json(), as: UTF8.self) == #"{"authors":[{"name":"A","email":"e"}]}"#)
        expectFields(
            "canonical: https://e.org/\nauthor: {name: A, url: \"mailto:a@b.c\"}",
            #"{"authors":[{"name":"A","url":"mailto:a@b.c"}],"canonical":"https://e.org/"}"#)
    }

    @Test func slipsOfTheFingerAreToldFromKeysOfOnesOwn() {
        expectFinding(
            "«titel»: x", .unknownKey, hint: "did you mean \"title\"? A key of your own belongs under params")
        expectFinding("«desciption»: x", .unknownKey)
        expectFinding("«catagories»: [x]", .unknownKey)
        expectFinding("«darft»: true", .unknownKey)
        expectFinding("«tgas»: [x]", .unknownKey)
        for key in [
            "data", "dates", "lists", "sig", "issue", "about", "link", "cover", "subtitle", "rating", "video",
            "body_class", "parent",
        ] {
            #expect(read("---\n\(key): x\n---\n").diagnostics == [], "\(key)")
        }
    }

    @Test func cascadedValuesFillWhatAPageDoesNotSay() throws {
        let file = SourceFile(
            path: "_index.md",
            text: "---\ncascade: {type: docs, weight: 3, banner: b, params: {color: red, size: 1}}\n---\n")
        let cascade = try #require(FrontMatterReader.read(file).frontMatter[.cascade])
        let defaults = FrontMatterReader.uniform(cascade, in: file).frontMatter
        let page = read("---\ntitle: P\nweight: 5\ncolor: blue\n---\n").frontMatter.filled(from: defaults)
        let fields = DataValue(page.fields.map { ($0.field.name, $0.value) })
        #expect(
            String(decoding: fields.json(), as: UTF8.self)
                == #"{"title":"P","weight":5,"params":{"type":"docs","banner":"b","color":"blue","size":1}}"#)
        #expect(FrontMatter.empty.filled(from: defaults).fingerprint == defaults.fingerprint)
        #expect(page.filled(from: .empty).fingerprint == page.fingerprint)
    }

    @Test func aFieldsFingerprintDependsOnItsValueAlone() {
        let one = read("---\ntitle: A\nx: {b: 1, a: 2}\n---\n").frontMatter
        let same = read("# \n---\n")  // no front matter
        let other = read("+++\nweight = 1\ntitle = \"A\"\n[x]\nb = 1\na = 2\n+++\n").frontMatter
        #expect(one.fingerprint(of: .title) == other.fingerprint(of: .title))
        #expect(one.fingerprint(of: .params) == other.fingerprint(of: .params))
        #expect(one.fingerprint(of: .weight) == .absent && other.fingerprint(of: .weight) != .absent)
        #expect(!same.hasFrontMatter && same.frontMatter.fingerprint(of: .title) == .absent)
    }

    @Test func aDamagedStoreGivesNothingOrSomethingButNeverTraps() {
        let matter = read(
            "---\ntitle: A é\ndate: 2026-01-02 03:04:05\ntags: [a, b]\nweight: 7\nx: {y: [1, 2.5, {z: null}]}\n---\n"
        ).frontMatter
        let bytes = matter.encoded()
        #expect(FrontMatter(decoding: bytes[...])?.fingerprint == matter.fingerprint)
        for count in 0..<bytes.count {
            #expect(FrontMatter(decoding: bytes.prefix(count)) == nil || count == bytes.count)
        }
        var random = RandomSource(seed: 3)
        for _ in 0..<2_000 {
            var damaged = bytes
            for _ in 0...random.below(3) { damaged[random.below(damaged.count)] = UInt8(random.below(256)) }
            if let found = FrontMatter(decoding: damaged[...]) {
                _ = found.fingerprint
                _ = found.date
                _ = found.fields.map { $0.value.json() }
            }
        }
    }
}
