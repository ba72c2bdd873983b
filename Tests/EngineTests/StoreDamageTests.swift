import Engine
import Files
import TestSupport
import Text
import Testing

@Suite("Damage to the store costs a rebuild, never a wrong byte")
struct StoreDamageTests {
    /// A store with a snapshot, a log and a pack, an edit that was not built yet, and an output that must go.
    private func prepared() -> Laboratory {
        let laboratory = Laboratory(
            [
                "outputs.txt": "a b c", "a.txt": "+ x p", "b.txt": "parity x", "c.txt": "warn 1",
                "x.txt": "4",
                "p.txt": "3",
            ], publishes: true)
        _ = laboratory.build()
        laboratory.put("p.txt", "5")
        _ = laboratory.build()
        laboratory.put("x.txt", "7")
        laboratory.put("outputs.txt", "a b")
        return laboratory
    }

    private func copy(_ laboratory: Laboratory) -> Laboratory {
        let disk = MemoryFileSystem()
        disk.advanceClock(nanoseconds: 1_000_000_000)
        for file in laboratory.disk.files { disk.put(file.path.text, bytes: file.bytes) }
        return Laboratory([:], publishes: true, disk: disk)
    }

    private func expectSound(
        _ laboratory: Laboratory, _ what: String, _ location: Testing.SourceLocation = #_sourceLocation
    ) {
        let report = laboratory.build()
        #expect(!report.failed, "\(what): \(report.diagnostics.map(\.message))", sourceLocation: location)
        #expect(laboratory.tree() == ["a: a = 12", "b: b = 1"], "\(what)", sourceLocation: location)
        laboratory.restart()
        let again = laboratory.build()
        #expect(again.ran == [] && again.written == [], "\(what)", sourceLocation: location)
    }

    private func storeFiles(_ laboratory: Laboratory) -> [(path: RelativePath, bytes: [UInt8])] {
        laboratory.disk.files.filter { $0.path.isInside(Laboratory.path("store")) }
    }

    @Test("a list of outputs that ends anywhere, between two frames, too")
    func truncatedLedger() throws {
        let original = prepared()
        let file = try #require(storeFiles(original).first { $0.path.name.elementsEqual("outputs".utf8) })
        for length in file.bytes.indices {
            let laboratory = copy(original)
            laboratory.disk.put(file.path.text, bytes: Array(file.bytes[..<length]))
            expectSound(laboratory, "\(file.path) cut to \(length)")
        }
    }

    @Test("a file that ends anywhere")
    func truncation() {
        let original = prepared()
        for file in storeFiles(original) {
            // Every length at night.
            let step = FuzzTests.number("FUZZ_STEP", file.bytes.count / 60 + 1)
            for length in stride(from: 0, to: file.bytes.count, by: step) {
                let laboratory = copy(original)
                laboratory.disk.put(file.path.text, bytes: Array(file.bytes[..<length]))
                expectSound(laboratory, "\(file.path) cut to \(length)")
            }
        }
    }

    @Test("a bit that flips anywhere")
    func flips() {
        let original = prepared()
        var random = RandomSource(seed: 7)
        for file in storeFiles(original) where !file.bytes.isEmpty {
            for _ in 0..<FuzzTests.number("FUZZ_FLIPS", 40) {
                let laboratory = copy(original)
                var bytes = file.bytes
                let place = random.below(bytes.count)
                bytes[place] ^= UInt8(1 << random.below(8))
                laboratory.disk.put(file.path.text, bytes: bytes)
                expectSound(laboratory, "\(file.path) with a bit flipped at \(place)")
            }
        }
    }

    @Test("any of the files is missing, or of another site")
    func missing() {
        let original = prepared()
        for file in storeFiles(original) {
            let laboratory = copy(original)
            laboratory.disk.delete(file.path.text)
            expectSound(laboratory, "\(file.path) missing")
            for other in storeFiles(original) where other.path != file.path {
                let mixed = copy(original)
                mixed.disk.put(file.path.text, bytes: other.bytes)
                expectSound(mixed, "\(other.path) as \(file.path)")
            }
        }
    }
}
