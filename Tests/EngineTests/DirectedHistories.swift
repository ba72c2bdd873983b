@testable import Engine
import Files
import Text

extension DirectedHistory {
    /// Every directed history: all pass, and together they notice every planted fault.
    static let all =
        [
            DirectedHistory(
                name: "what is looked for in vain appears",
                files: [
                    "outputs.txt": "a b c d e", "a.txt": "part p z", "b.txt": "env V", "c.txt": "size f/two",
                    "d.txt": "count f/sub", "e.txt": "flag drafts", "p.txt": "x=1",
                ],
                edits: [
                    .put("p.txt", "x=1 z=5"),
                    .change("env V := 1") { $0.inputs.environment["V"] = "1" },
                    .put("f/two", "22"), .put("f/sub/deep", "1"),
                    .change("drafts := 1") { $0.inputs.flags["drafts"] = "1" },
                    .put("f/two", nil), .put("f/sub", nil), .put("p.txt", "x=1"),
                ]),
            DirectedHistory(
                name: "outputs change places",
                files: ["outputs.txt": "x:a y:b", "a.txt": "1", "b.txt": "2"],
                edits: [.put("outputs.txt", "x:b y:a"), .restart, .put("outputs.txt", "x:b y:b")]),
            DirectedHistory(
                name: "a folder gets another file",
                files: ["outputs.txt": "a b", "a.txt": "count f", "b.txt": "tree f", "f/one": "1"],
                edits: [.put("f/two", "1"), .put("f/two", "22"), .put("f/one", nil)]),
            DirectedHistory(
                name: "one part of several changes",
                files: [
                    "outputs.txt": "a b c d", "a.txt": "both p", "b.txt": "part p x", "c.txt": "part p y",
                    "d.txt": "keys p", "p.txt": "x=1 y=2",
                ],
                edits: [
                    .put("p.txt", "x=1 y=3"), .put("p.txt", "y=3 x=1"), .put("p.txt", "x=4 y=3"), .restart,
                    .put("p.txt", "x=4 y=3 z=1"), .put("p.txt", "y=3"),
                ]),
            DirectedHistory(
                name: "what is no longer read changes",
                files: [
                    "outputs.txt": "a", "a.txt": "if c x y", "c.txt": "1", "x.txt": "10", "y.txt": "20",
                ],
                edits: [.put("c.txt", "0"), .put("x.txt", "11"), .put("c.txt", "1"), .put("y.txt", "21")]),
            DirectedHistory(
                name: "only its presence is asked for",
                files: ["outputs.txt": "a", "a.txt": "exists f/one", "f/one": "1"],
                edits: [.put("f/one", "22"), .put("f/one", nil), .put("f/one", "1")]),
            DirectedHistory(
                name: "values change one after the other",
                files: ["outputs.txt": "a b:a c", "a.txt": "+ x 1", "c.txt": "3", "x.txt": "1"],
                edits: (2...12).map { .put("x.txt", String($0)) }),
            DirectedHistory(
                name: "a chain of cells, and an equal result in its midst",
                files: [
                    "outputs.txt": "a b", "a.txt": "+ x c", "b.txt": "parity c", "c.txt": "+ d 1",
                    "d.txt": "4", "x.txt": "1",
                ],
                edits: [
                    .put("d.txt", "+ 2 2"), .put("d.txt", "6"), .put("d.txt", "7"), .restart,
                    .put("d.txt", "9"), .put("d.txt", nil),
                ]),
            DirectedHistory(
                name: "the clock, the environment, the command line, a probe",
                files: [
                    "outputs.txt": "a b c d e", "a.txt": "past 2000", "b.txt": "day", "c.txt": "env V",
                    "d.txt": "flag drafts", "e.txt": "probe git",
                ],
                edits: [
                    .change("V, drafts, probe") { laboratory in
                        laboratory.inputs.environment["V"] = "1"
                        laboratory.inputs.flags["drafts"] = "1"
                        laboratory.inputs.probes = { _ in [1] }
                    },
                    .change("later") { $0.inputs.now = 2500 },
                    .change("tomorrow") { $0.inputs.now = 90_000 },
                    .change("earlier") { $0.inputs.now = 1999 },
                    .change("V") { $0.inputs.environment["V"] = "2" },
                    .change("drafts") { $0.inputs.flags["drafts"] = nil },
                    .change("probe") { $0.inputs.probes = { _ in [1, 2] } },
                ]),
            DirectedHistory(
                name: "an edit that no stamp shows",
                files: ["outputs.txt": "a", "a.txt": "+ x 1", "x.txt": "1"],
                edits: [
                    .change("x := 2, build, x := 3 in the same tick") { laboratory in
                        laboratory.disk.clockStep = 0
                        laboratory.put("x.txt", "2")
                        _ = laboratory.engine.build(laboratory.inputs)
                        laboratory.disk.put("in/x.txt", bytes: Array("3".utf8), inPlace: true)
                        laboratory.disk.clockStep = 1_000_000
                    },
                    .change("x := 4 in place, with its old time") { laboratory in
                        let before = (try? laboratory.disk.stamp(Laboratory.path("in/x.txt"))) ?? nil
                        laboratory.disk.put("in/x.txt", bytes: Array("4".utf8), inPlace: true)
                        if let before { laboratory.disk.setModified("in/x.txt", to: before.modified) }
                    },
                ]),
            DirectedHistory(
                name: "outputs come, go and are tampered with",
                files: ["outputs.txt": "a b/c/d:b", "a.txt": "1", "b.txt": "2"],
                edits: [
                    .put("outputs.txt", "a"), .put("outputs.txt", "a b/c/d:b e:a"),
                    .put("outputs.txt", "a b:b"), .put("outputs.txt", "a b/c:b"),
                    .change("alter a") { $0.disk.put("out/a", "altered") },
                    .change("delete b") { $0.disk.delete("out/b") },
                    .change("delete all") { $0.disk.delete("out") },
                    .put("a.txt", "1 "),
                ]),
            DirectedHistory(
                name: "findings stay as long as what they are about",
                files: ["outputs.txt": "a b", "a.txt": "warn c", "b.txt": "1", "c.txt": "1"],
                edits: [
                    .restart, .put("b.txt", "2"), .put("outputs.txt", "b"), .restart,
                    .put("outputs.txt", "a b"),
                    .put("c.txt", "fail 1"), .restart, .put("b.txt", "3"), .put("c.txt", "1"),
                ]),
            DirectedHistory(
                name: "another program builds",
                files: ["outputs.txt": "a b", "a.txt": "+ t 1", "b.txt": "2", "t.txt": "tool"],
                edits: [
                    .change("program 1") { laboratory in
                        laboratory.tool = 1
                        laboratory.restart()
                    },
                    .put("b.txt", "3"),
                    .change("program 2, and an output less") { laboratory in
                        laboratory.tool = 2
                        laboratory.restart()
                        laboratory.put("outputs.txt", "a")
                    },
                ]),
            DirectedHistory(
                name: "a ring is broken, and nothing seen in it changes",
                files: ["outputs.txt": "a", "a.txt": "+ b 1", "b.txt": "+ c 1", "c.txt": "+ a 1"],
                allowsCycles: true,
                edits: [
                    .put("c.txt", "-999"), .put("c.txt", "+ a 1"), .restart, .put("b.txt", "-999"),
                    .put("a.txt", "4"),
                ]),
            DirectedHistory(
                name: "the list of outputs is lost, a build with errors has fewer, one is deleted by hand",
                files: site,
                edits: [
                    .put("outputs.txt", "a q/r/s:d b"),
                    .change("the list is lost, outputs := a b, c := fail 1") { laboratory in
                        laboratory.put("outputs.txt", "a b")
                        laboratory.put("c.txt", "fail 1")
                        laboratory.disk.delete("store/outputs")
                        laboratory.restart()
                    },
                    .change("q/r/s is deleted, c := 4") { laboratory in
                        laboratory.disk.delete("out/q/r/s")
                        laboratory.put("c.txt", "4")
                        laboratory.restart()
                    },
                ]),
            DirectedHistory(
                name: "stored values are damaged",
                files: ["outputs.txt": "a b", "a.txt": "+ c 1", "b.txt": "+ c 2", "c.txt": "4"],
                edits: [
                    .change("every value is another, and they are asked for") { laboratory in
                        laboratory.restart()
                        for file in laboratory.disk.files where file.path.text.hasPrefix("store/values.") {
                            laboratory.disk.put(file.path.text, bytes: file.bytes.map { $0 ^ 1 })
                        }
                        laboratory.disk.delete("out")
                    }
                ]),
            DirectedHistory(
                name: "the text of a finding is damaged in the log",
                files: ["outputs.txt": "a", "a.txt": "warn b", "b.txt": "1"],
                edits: [
                    .change("a letter is another") { laboratory in
                        laboratory.restart()
                        for file in laboratory.disk.files where file.path.text.hasPrefix("store/log.") {
                            var bytes = file.bytes
                            let text = Array("warns".utf8)
                            for place in bytes.indices where bytes[place...].starts(with: text) {
                                bytes[place] ^= 1
                            }
                            laboratory.disk.put(file.path.text, bytes: bytes)
                        }
                    }
                ]),
        ] + killed

    /// Builds that die, each at all of its effects.
    private static let killed = [
        DirectedHistory(
            name: "a first build is killed",
            files: ["outputs.txt": "a b/c:b", "a.txt": "+ c 1", "b.txt": "warn c", "c.txt": "4"],
            edits: [.nothing, .put("c.txt", "5")], killed: 0, tornBytes: [1, 40, 300]),
        DirectedHistory(
            name: "a first build is killed, and the next has fewer outputs",
            files: ["outputs.txt": "a b/c:b", "a.txt": "+ c 1", "b.txt": "warn c", "c.txt": "4"],
            edits: [.put("outputs.txt", "a"), .put("outputs.txt", "a b/c/d:b")], killed: 0, tornBytes: [30]),
        DirectedHistory(
            name: "a build is killed, and the edit goes on", files: site,
            edits: [edit, .put("d.txt", "2")], killed: 1, tornBytes: [1, 16, 60, 150]),
        DirectedHistory(
            name: "a build is killed, and the edit is taken back", files: site,
            edits: [edit, takenBack, .put("c.txt", "6")], killed: 1, tornBytes: [20, 100]),
        DirectedHistory(
            name: "a build that only adds an output is killed, and the edit is taken back",
            files: ["outputs.txt": "a", "a.txt": "1", "b.txt": "2"],
            edits: [.put("outputs.txt", "a b"), .put("outputs.txt", "a")], killed: 1),
        DirectedHistory(
            name: "a build is killed, and another program goes on", files: site,
            edits: [
                edit,
                .change("another program, edit taken back") { laboratory in
                    laboratory.tool = 1
                    laboratory.restart()
                    takenBack.body(laboratory)
                },
            ], killed: 1, tornBytes: [20]),
        DirectedHistory(
            name: "a build that heals outputs is killed", files: site,
            edits: [
                .change("alter a, delete b, c := 5") { laboratory in
                    laboratory.disk.put("out/a", "altered")
                    laboratory.disk.delete("out/b")
                    laboratory.put("c.txt", "5")
                },
                .put("c.txt", "4"),
            ], killed: 1),
        DirectedHistory(
            name: "a build is killed in which files become folders", files: site,
            edits: [
                .put("outputs.txt", "a/1:a a/2:b b d/x/y:d"), .put("outputs.txt", "a b/z:b d/x:d"),
                .put("outputs.txt", "a b d"),
            ], killed: 1),
        DirectedHistory(
            name: "a build with a young edit is killed", files: site,
            edits: [
                .change("c := 5, all in one tick") { laboratory in
                    laboratory.disk.clockStep = 0
                    laboratory.put("c.txt", "5")
                },
                .change("c := 6 in place") { laboratory in
                    laboratory.disk.put("in/c.txt", bytes: Array("6".utf8), inPlace: true)
                    laboratory.disk.clockStep = 1_000_000
                },
            ], killed: 1),
        DirectedHistory(
            name: "the list of outputs is lost, a build has errors, and the next that removes one is killed",
            files: site,
            edits: [
                .change("outputs := a q/r/s b") { $0.put("outputs.txt", "a q/r/s:d b") },
                .change("the store is deleted, d := fail 1") { laboratory in
                    laboratory.put("d.txt", "fail 1")
                    for file in laboratory.disk.files where file.path.text.hasPrefix("store/") {
                        laboratory.disk.delete(file.path.text)
                    }
                    laboratory.restart()
                },
                .change("outputs := a b, d := 2") { laboratory in
                    laboratory.put("outputs.txt", "a b")
                    laboratory.put("d.txt", "2")
                },
                .put("c.txt", "6"),
            ], killed: 3),
        DirectedHistory(
            name: "a compaction is killed", files: longNames,
            edits: [.put("c.txt", "5"), .put("c.txt", "6")], killed: 1, tornBytes: [1000]),
    ]

    private static let site = [
        "outputs.txt": "a b d", "a.txt": "+ c 1", "b.txt": "parity c", "c.txt": "4", "d.txt": "1",
    ]

    private static let edit = Edit.change("c := 5, outputs := a b/x e") { laboratory in
        laboratory.put("c.txt", "5")
        laboratory.put("outputs.txt", "a b/x:b e:c")
    }

    private static let takenBack = Edit.change("c := 4, outputs := a b d") { laboratory in
        laboratory.put("c.txt", "4")
        laboratory.put("outputs.txt", "a b d")
    }

    /// So much to write down that the second build makes the log long enough for a snapshot.
    private static let longNames: [String: String] = {
        let filler = String(repeating: "long", count: 200)
        var files = ["outputs.txt": "a c", "c.txt": "4"]
        var all: [String] = []
        for index in 0..<36 {
            all.append("x\(index)\(filler)")
            files["x\(index)\(filler).txt"] = "+ c \(index)"
        }
        files["a.txt"] = "+ " + all.joined(separator: " ")
        return files
    }()
}
