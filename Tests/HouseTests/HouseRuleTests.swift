import Testing

/// The house rules that a compiler does not keep, kept by reading the sources.
@Suite struct HouseRuleTests {
    @Test("the house keeps this rule", arguments: HouseRule.all)
    func theHouseKeeps(_ rule: HouseRule) {
        expectNone(SourceTree.sources.flatMap(rule.offences))
    }

    @Test("this rule finds a planted offence, and only that", arguments: HouseRule.all)
    func ruleFindsAPlantedOffence(_ rule: HouseRule) {
        let guilty = SwiftText(path: rule.guilty.path, text: rule.guilty.text)
        let innocent = SwiftText(path: rule.innocent.path, text: rule.innocent.text)
        #expect(!rule.offences(guilty).isEmpty)
        expectNone(rule.offences(innocent))
    }

    @Test(
        "a C library is seen by its own files alone",
        arguments: [
            ("CCMark", 1), ("CYAML", 1), ("CTOML", 1), ("CXML2", 2), ("CResources", 1),
        ])
    func aLibraryIsSeenByItsOwnFilesAlone(library: String, files: Int) {
        let importers = SourceTree.sources.filter { file in file.imports.contains { $0.module == library } }
        #expect(importers.count <= files, "\(library) is imported by \(importers.map(\.path))")
    }

    @Test func thereAreSourcesToRead() {
        #expect(Set(SourceTree.sources.compactMap(\.room)) == Set(HouseRule.mayImport.keys))
    }

    @Test func commentsAndStringsAreNotCode() {
        let text = SwiftText(
            path: "Sources/Text/X.swift",
            text: ##"""
                let a = "x\(b("try!"))y" + c // try!
                /* try! /* try! */ try! */ let d = #"try!"try!"#
                let e = """
                    try! "try!"
                    """
                """##)
        let code = text.code.joined(separator: "\n")
        #expect(!code.contains("try!"))
        #expect(code.contains("+ c") && code.contains("let d =") && code.contains("let e ="))
    }
}

/// Fails with one line for each offence.
func expectNone(_ offences: [Offence], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(
        offences.isEmpty, "\n\(offences.map(\.description).joined(separator: "\n"))",
        sourceLocation: sourceLocation)
}
