import Formats
import TestSupport
import Testing
import Text

/// The front matter of real sites reads without a finding.
@Suite struct CorpusTests {
    @Test func smoke() {
        let file = SourceFile(path: "a.md", text: "---\ntitle: Hé: x\ntags: [a, 2, no]\ndate: 2015-12-03 12:01:01\nm: &a {b: 1}\nc:\n  <<: *a\n  d: >-\n    text\n    more\ntitle: again\n---\nBody")
        let split = FrontMatterSplitter.split(file)
        let read = DataReader.read(file, range: split.head, as: split.format ?? .yaml)
        print(split, String(decoding: read.value.json(), as: UTF8.self), read.diagnostics)
        let toml = SourceFile(path: "a.md", text: "+++\ntitle = \"Hé\"\nb = 1.50\nd = 2024-02-03T04:05:06+01:00\n[extra.é]\nx = [1, {a = 2}]\n[[arr]]\nq=1\n+++\n")
        let s2 = FrontMatterSplitter.split(toml)
        let r2 = DataReader.read(toml, range: s2.head, as: s2.format ?? .toml)
        print(String(decoding: r2.value.json(), as: UTF8.self), r2.diagnostics)
        for e in r2.value.entries { print(e.keyText, String(decoding: toml.bytes[Int(e.keyRange.start)..<Int(e.keyRange.end)], as: UTF8.self), "|",  String(decoding: toml.bytes[Int(e.value.range.start)..<Int(e.value.range.end)], as: UTF8.self)) }
        for t in ["a = 1\na = 2\n", "a = \n", "[a]\nb = 2024-02-30\n", "a = 'x\n", "[a]\n[a]\n", "x = é"] {
            let f = SourceFile(path: "t.toml", text: t)
            for d in DataReader.read(f, as: .toml).diagnostics { print(d.code.name, d.message, d.location?.line ?? 0, d.location?.column ?? 0, d.location?.length ?? 0) }
        }
        for t in ["a: b: c", "a:\n\tb: c", "a: \"x", "a: *b", "- a\nb: c\n", "a: @x", "a: [1, 2", "a\nb: 1", "a: 1\n b: 2"] {
            let f = SourceFile(path: "t.yaml", text: t)
            let doc = DataReader.read(f, as: .yaml)
            for d in doc.diagnostics { print(d.code.name, d.message, d.hint ?? "-", d.location?.line ?? 0, d.location?.column ?? 0, d.location?.length ?? 0, d.notes.map(\.message),  String(decoding: doc.value.json(), as: UTF8.self)) }
        }
    }
}
