import Engine
import Text
import Testing

@Suite("Many threads do what one does")
struct ParallelTests {
    /// Cells that read each other across, some through `prepare`, some begun by idle threads before they are read.
    private static let files: [String: String] = {
        var files: [String: String] = [:]
        var outputs: [String] = []
        for index in 0..<40 {
            let below = [index * 2 + 1, index * 2 + 2, index + 7].filter { $0 > index && $0 < 40 }.map {
                "c\($0)"
            }
            files["c\(index).txt"] =
                ["prepare ", "begin ", "+ "][index % 3] + below.joined(separator: " ") + " \(index)"
            outputs.append("c\(index)")
        }
        files["c39.txt"] = "warn 39"
        files["c38.txt"] = "+ c36 1"
        files["c36.txt"] = "+ c38 1"
        files["outputs.txt"] = outputs.joined(separator: " ")
        return files
    }()

    @Test("a thousand builds with four threads give one result")
    func thousand() {
        let reference = Laboratory(Self.files, jobs: 1)
        let report = reference.build()
        let contents = reference.engine.outputPaths.map { reference.content($0.text) }
        for _ in 0..<1000 {
            let laboratory = Laboratory(Self.files, jobs: 4)
            let other = laboratory.build()
            #expect(other.diagnostics == report.diagnostics)
            #expect(names(other.ran) == names(report.ran))
            #expect(laboratory.engine.outputPaths.map { laboratory.content($0.text) } == contents)
        }
    }

    @Test("a chain of ten thousand ends well")
    func deep() {
        var files = ["outputs.txt": "c0"]
        for index in 0..<10_000 { files["c\(index).txt"] = "+ c\(index + 1) 1" }
        let laboratory = Laboratory(files, jobs: 2)
        #expect(!laboratory.build().failed)
        #expect(laboratory.content("c0") == "c0 = 10000")
        laboratory.put("c10000.txt", "5")
        #expect(laboratory.build().ran.count == 10_002)
        #expect(laboratory.content("c0") == "c0 = 10005")
    }
}
