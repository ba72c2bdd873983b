extension HouseRule {
    /// Every rule that is kept by reading the sources.
    static let all: [HouseRule] = [
        imports, foundation, printing, printingText, traps, unwrapping, uncheckedConcurrency, doors,
        rulesAreBlind, readingIsRecording, askingOnce,
        fileLength,
        packageAccess, fileNames,
    ]

    /// What each room may import, besides the modules of the platform.
    static let mayImport: [String: Set<String>] = [
        "Text": [],
        "Files": ["Text"],
        "Formats": ["Text", "CYAML", "CTOML"],
        "Engine": ["Text", "Files"],
        "Templates": ["Text"],
        "Markup": ["Text", "CCMark", "CXML2"],
        "Site": ["Text", "Files", "Formats", "Engine", "Templates", "Markup", "CResources", "CTheme"],
        "Serve": ["Text", "Files", "NIOCore", "NIOPosix", "NIOHTTP1"],
        "CLI": [
            "Text", "Files", "Engine", "Templates", "Site", "Serve", "ArgumentParser", "Foundation",
            "Dispatch",
        ],
        "TemplatesBenchmark": ["Text", "Templates"],
    ]
    /// `CKqueue` is libkqueue, by which the watcher for macOS runs on Linux where somebody has it.
    private static let platform: Set<String> = [
        "Swift", "Glibc", "Musl", "Darwin", "MachO", "CKqueue", "Synchronization",
    ]

    private static let imports = HouseRule(
        sentence: "a room imports only what the table of rooms allows",
        guilty: ("Sources/Templates/X.swift", "public import Engine\n"),
        innocent: ("Sources/Engine/X.swift", "public import Files\nprivate import Glibc\n// import Site\n")
    ) { file in
        guard let room = file.room else { return [] }
        guard let allowed = mayImport[room] else {
            return [Offence(path: file.path, line: 1, reason: "no room named \(room) in the table")]
        }
        return file.imports.filter { !allowed.contains($0.module) && !platform.contains($0.module) }
            .map { Offence(path: file.path, line: $0.line, reason: "\(room) may not import \($0.module)") }
    }

    private static let foundation = HouseRule(
        sentence: "Foundation is for the command line only",
        guilty: ("Sources/Text/X.swift", "import FoundationEssentials\n"),
        innocent: ("Sources/CLI/X.swift", "import Foundation\n")
    ) { file in
        guard file.room != nil, file.room != "CLI" else { return [] }
        return file.imports.filter { $0.module.hasPrefix("Foundation") }
            .map { Offence(path: file.path, line: $0.line, reason: "imports \($0.module)") }
    }

    private static let printing = HouseRule.forbidding(
        "only the console prints",
        words: [#"(?<![\w.])(?<!func )(debugPrint|print|dump)\("#, #"\bSwift\.print\("#, #"\bputs\("#],
        in: { isOutsideTheConsole($0) && !roomsWithAPrintOfTheirOwn.contains($0.room ?? "") },
        guilty: ("Sources/Text/X.swift", "func f() { print(1) }\n"),
        innocent: ("Sources/Text/X.swift", "func f() { console.print(1); reprint(2) } // print(3)\n"))

    private static let printingText = HouseRule.forbidding(
        "nobody prints a text but the console, whatever else is called print in that room",
        words: [
            #"(?<![\w.])(debugPrint|dump)\("#, #"(?<![\w.])print\(\s*""#, #"\bSwift\.print\("#, #"\bputs\("#,
        ],
        in: isOutsideTheConsole,
        guilty: ("Sources/Site/X.swift", "func f() { print(\"here\") }\n"),
        innocent: ("Sources/Site/X.swift", "func f() { print(1) }\n"))

    private static let askingOnce = HouseRule.forbidding(
        "who looks for the first answer asks each element once",
        words: [#"\.lazy\s*\.(compactMap|map)\b"#],
        in: { $0.room != nil },
        guilty: ("Sources/CLI/X.swift", "let first = pages.lazy.compactMap { output(of: $0) }.first\n"),
        innocent: ("Sources/CLI/X.swift", "let first = pages.firstResult { output(of: $0) } // .lazy.map\n"))

    private static let isOutsideTheConsole: @Sendable (SwiftText) -> Bool = { file in
        file.room != nil && !file.path.hasPrefix("Sources/CLI/Console")
    }

    /// In a room where a type has a method named `print`, a call of it looks like one of Swift's.
    private static let roomsWithAPrintOfTheirOwn = Set(
        SourceTree.sources.filter { $0.code.contains { $0.contains("func print(") } }.compactMap(\.room))

    private static let traps = HouseRule.forbidding(
        "nothing is force-tried, and nothing dies but by a precondition",
        words: [
            #"\btry!"#, #"\bas!"#, #"\bfatalError\("#, #"\bpreconditionFailure\(\)"#,
            #"\bassertionFailure\(\)"#,
        ],
        in: { $0.room != nil },
        guilty: ("Sources/Site/X.swift", "let a = try! f()\n"),
        innocent: ("Sources/Site/X.swift", "let a = try f()\nlet b = \"try! fatalError()\"\n"))

    private static let unwrapping = HouseRule.forbidding(
        "nothing is force-unwrapped", words: [#"[\w)\]}?]!(?!=)"#], in: { $0.room != nil },
        guilty: ("Sources/Site/X.swift", "let a = b!.c\n"),
        innocent: ("Sources/Site/X.swift", "let a = !b && c != d\n"))

    private static let uncheckedConcurrency = HouseRule(
        sentence: "unchecked concurrency says in a comment which lock or phase makes it true",
        guilty: ("Sources/Site/X.swift", "\nfinal class X: @unchecked Sendable {}\n"),
        innocent: ("Sources/Site/X.swift", "// The lock beside it.\nfinal class X: @unchecked Sendable {}\n")
    ) { file in
        guard file.room != nil else { return [] }
        return file.code.indices.filter { index in
            let line = file.code[index]
            guard line.contains("@unchecked Sendable") || line.contains("nonisolated(unsafe)") else {
                return false
            }
            // Attributes may stand between the comment and the declaration.
            var above = index - 1
            while above >= 0, file.code[above].trimmed.hasPrefix("@") { above -= 1 }
            return above < 0 || !file.lines[above].trimmed.hasPrefix("//")
        }.map { Offence(path: file.path, line: $0 + 1, reason: "no comment above: \(file.code[$0].trimmed)") }
    }

    private static let doors = HouseRule.forbidding(
        "the clock, the environment, the locale and the folder one stands in are read by the command line alone",
        words: [
            #"\bFileManager\b"#, #"\bDate\(\)"#, #"\bProcessInfo\b"#, #"\b(secure_)?getenv\("#,
            #"\benviron\b"#,
            #"\bsetenv\("#, #"\bLocale\.(current|autoupdating)"#, #"\bTimeZone\.(current|autoupdating)"#,
            #"\bgetcwd\("#,
            #"\blocaltime(_r)?\("#, #"\bsetlocale\("#, #"\bCommandLine\.arguments\b"#,
            #"(?<![\w.])time\((nil|&)"#,
        ],
        in: { $0.room != nil && $0.room != "CLI" && $0.room != "TemplatesBenchmark" },
        guilty: ("Sources/Site/X.swift", "let zone = TimeZone.current\n"),
        innocent: ("Sources/CLI/X.swift", "let zone = TimeZone.current\n"))

    private static let rulesAreBlind = HouseRule.forbidding(
        "a rule of the site learns only through its context: no files, clock or system calls",
        words: [
            #"\b(Disk|Memory)?FileSystem\b"#, #"\b(Continuous|Suspending)Clock\b"#, #"\bclock_gettime\("#,
            #"\bimport (Glibc|Musl|Darwin)\b"#, #"\b(Random|SystemRandomNumberGenerator)\b"#, #"\.random\("#,
            #"\.shuffled\("#,
        ],
        in: { file in
            ["Rules", "Model", "Context"].contains { file.path.hasPrefix("Sources/Site/\($0)/") }
        },
        guilty: ("Sources/Site/Rules/X.swift", "func f(_ files: any FileSystem) {}\n"),
        innocent: ("Sources/Site/Project.swift", "func f(_ files: any FileSystem) {}\n"))

    private static let readingIsRecording = HouseRule.forbidding(
        "what leaves no edge is called unrecorded, and is touched only by the readings that write one",
        words: [#"(?i)unrecorded"#],
        in: { $0.room == "Site" && !readings.contains($0.baseName) },
        guilty: ("Sources/Site/Rules/X.swift", "let url = page.unrecorded.url\n"),
        innocent: ("Sources/Site/Rules/CatalogContents.swift", "let url = page.unrecorded.url\n"))

    /// Where a catalogue is made, stored and read from, and the values that record what is taken from them.
    private static let readings: Set<String> = [
        "Catalog", "Catalog+Coding", "Catalog+Parts", "StoredCatalog", "CatalogContents", "CatalogPage",
        "CatalogSection", "CatalogRule",
        "CatalogBuilder", "CatalogBuilder+Lists", "CatalogBuilder+Sections", "CatalogBuilder+Taxonomies",
        "Rendering", "Rendering+Catalog", "RecordedData", "PageView", "PageMeta", "Project+Pages",
    ]

    private static let fileLength = HouseRule(
        sentence:
            "no file is longer than 300 lines, but for the loop that runs templates, which is one function",
        guilty: ("Sources/Site/X.swift", String(repeating: "\n", count: 302)),
        innocent: ("Sources/Site/X.swift", String(repeating: "\n", count: 299))
    ) { file in
        let limit = file.path == "Sources/Templates/Runtime/Interpreter.swift" ? 450 : 300
        guard file.room != nil, file.lines.count > limit + 1 else { return [] }
        return [Offence(path: file.path, line: file.lines.count, reason: "\(file.lines.count) lines")]
    }

    private static let packageAccess = HouseRule.forbidding(
        "nothing is declared package: it is neither inlined nor specialised by its callers",
        words: [#"^\s*(@\w+ )*package (?!import)\w"#], in: { $0.room != nil },
        guilty: ("Sources/Text/X.swift", "package func f() {}\n"),
        innocent: ("Sources/Text/X.swift", "let package = 1\n"))

    private static let fileNames = HouseRule(
        sentence: "a file is named after its main type, or after the type it extends and the aspect",
        guilty: ("Sources/Text/Things.swift", "public struct Thing {}\n"),
        innocent: ("Sources/Text/Thing.swift", "public struct Thing {}\npublic struct Part {}\n")
    ) { file in
        guard file.room != nil else { return [] }
        let declared = file.code.compactMap(\.declaredType)
        guard declared.contains(where: \.isPublicType) else { return [] }
        let owner = file.baseName.split(separator: "+").first.map(String.init) ?? file.baseName
        guard !declared.contains(where: { $0.name.hasPrefix(owner) || $0.name.hasSuffix(owner) }) else {
            return []
        }
        return [
            Offence(
                path: file.path, line: 1, reason: "declares \(declared.map(\.name).joined(separator: ", "))")
        ]
    }
}

extension String {
    /// The type that a line at the file's top level declares or extends.
    fileprivate var declaredType: (name: String, isPublicType: Bool)? {
        guard let first, first.isLetter || first == "@" else { return nil }
        let words = split(whereSeparator: { !($0.isLetter || $0.isNumber || "_@.()".contains($0)) }).map(
            String.init)
        let kinds: Set<String> = ["struct", "class", "enum", "protocol", "actor", "extension", "typealias"]
        guard let kind = words.firstIndex(where: { kinds.contains($0) }), kind + 1 < words.count else {
            return nil
        }
        let name = words[kind + 1].split(separator: ".").last.map(String.init) ?? words[kind + 1]
        return (name, words[..<kind].contains("public") && words[kind] != "extension")
    }
}
