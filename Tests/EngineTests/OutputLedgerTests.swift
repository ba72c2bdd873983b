@testable import Engine
import Files
import Testing
import Text

/// The list of our outputs outlives every other file of the store, upgrades of the program included.
@Suite("The list of outputs") struct OutputLedgerTests {
    /// The file as the first version of its format wrote it for a site of one post.
    private static let first = """
        6f757470757473010000000000000000be02000001083430342e68746d6c75220f76a8311f840068f85fbd5989b201fa
        c2e307b30aa088aca3858ac6ea31a088aca3858ac6ea31a483020c612f696e6465782e68746d6c0bf40577b8a9440681
        1340902cb8b479019ac3e307f50ec2a3d5a7858ac6ea31c2a3d5a7858ac6ea31a4830212617263686976652f696e6465
        782e68746d6c3a0acab921c1b70ece6e16e097c2ca2701ffc2e307d10c90b9b2a4858ac6ea3190b9b2a4858ac6ea31a4
        83021c6173736574732f736974652e6265633832373330303662322e637373227c3dbc164bd2f7287cca7769bf5d8501
        87c3e307986adaaac4a4858ac6ea31daaac4a4858ac6ea31a483020861746f6d2e786d6c728b68b15ffe834e2d71b930
        a8708cc30189c3e307a70588f599a5858ac6ea3188f599a5858ac6ea31a483020b66617669636f6e2e737667dfde2491
        ce51111d53704eef75445d2c018ac3e307d501f684a1a5858ac6ea31f684a1a5858ac6ea31a483020a696e6465782e68
        746d6cb574e11e03b7379cf114089aad6676af018bc3e307850c8a92e1a5858ac6ea318a92e1a5858ac6ea31a483020a
        726f626f74732e7478742c87b8ae5e66426048eed041a1d115f5018cc3e3072e8afaeba5858ac6ea318afaeba5858ac6
        ea31a483020b736974656d61702e786d6ca1320d2e5638d0f5f24ca4903bace36e018dc3e307df02c2b2fda5858ac6ea
        31c2b2fda5858ac6ea31a483020f746167732f696e6465782e68746d6c83ec94002a07e8cb27b5c7c8005bfb8f018ec3
        e307e30be4f1b7a6858ac6ea31e4f1b7a6858ac6ea31a483020f746167732f782f61746f6d2e786d6cebd00401757f1c
        e5b4605b0824f526f60190c3e307c40592d8d0a6858ac6ea3192d8d0a6858ac6ea31a4830211746167732f782f696e64
        65782e68746d6c0eda3d0af308b6bb1718f08e73be28a80199c3e307f60dbccc9aa7858ac6ea31bccc9aa7858ac6ea31
        a4830219b828a15ae56751
        """

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.utf8.filter { $0 > 0x20 }
        return stride(from: 0, to: digits.count, by: 2).compactMap { index in
            UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16)
        }
    }

    @Test("a file that the first version wrote is read")
    func firstVersion() {
        let ledger = OutputLedger(Self.bytes(Self.first))
        #expect(!ledger.isDoubtful)
        #expect(ledger.records.count == 12)
        #expect(ledger.records.contains { $0.path.text == "a/index.html" })
        // Fingerprints were made otherwise then: what is in the files is to be looked at.
        #expect(ledger.records.allSatisfy { $0.fingerprint == .absent && $0.stamp == nil })
    }

    @Test("a file with a header alone, and one that is damaged, are written anew")
    func added() throws {
        let path = Laboratory.path("outputs")
        for bytes in [[], Array(Self.bytes(Self.first).prefix(16)), Self.bytes(Self.first).map { $0 ^ 1 }] {
            let disk = MemoryFileSystem()
            disk.put(path.text, bytes: bytes)
            var ledger = OutputLedger(bytes)
            let record = OutputLedger.Record(
                path: Laboratory.path("a.html"), fingerprint: Fingerprint(of: "a"))
            try ledger.update(put: [record], removed: [], at: path, on: disk)
            let read = OutputLedger(disk.bytes(of: path.text) ?? [])
            #expect(!read.isDoubtful && read.records.map(\.path) == [record.path], "\(bytes.count)")
        }
    }

    @Test("a file cut anywhere never gives a path that was not written")
    func truncation() {
        let bytes = Self.bytes(Self.first)
        let paths = Set(OutputLedger(bytes).records.map(\.path))
        for count in bytes.indices {
            #expect(OutputLedger(Array(bytes[..<count])).records.allSatisfy { paths.contains($0.path) })
        }
    }
}
