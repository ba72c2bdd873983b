import Files
import TestSupport
import Testing
import Text

/// Memory and disk run the same operations and must give the same answers: every test that runs on memory
/// rests on this.
@Suite struct AgreementTests {
    private static let names = ["a", "b", "c"].map { Array($0.utf8) }

    /// The staging folder lies in the root, but no operation comes near it.
    private static let stage = Array(".stage".utf8)

    private func randomPath(_ random: inout RandomSource) -> RelativePath {
        var path = RelativePath.root
        for _ in 0..<random.below(4) { path = path.appending(random.pick(Self.names)) }
        return path
    }

    /// Runs an operation and says in words what came of it, without what may differ: times and inodes.
    private func outcome(
        _ operation: Int, _ one: RelativePath, _ other: RelativePath, _ bytes: [UInt8],
        on files: any FileSystem
    ) -> String {
        func show(_ stamp: FileStamp?) -> String {
            guard let stamp else { return "nothing" }
            return stamp.kind == .file
                ? "file of \(stamp.size), mode \(String(stamp.mode, radix: 8))" : "\(stamp.kind)"
        }
        do throws(FileError) {
            switch operation {
            case 0:
                let contents = try files.read(one)
                return "read \(show(contents?.stamp)) \(contents?.bytes ?? [])"
            case 1:
                return
                    "list \(try files.list(one)?.filter { $0.name != Self.stage }.map { "\($0.name) \($0.kind)" } ?? ["nothing"])"
            case 2:
                let entries = try files.listWithStamps(one)?.filter { $0.entry.name != Self.stage }
                return
                    "list \(entries?.map { "\($0.entry.name) \($0.entry.kind) \(show($0.stamp))" } ?? ["nothing"])"
            case 3: return "stamp \(show(try files.stamp(one)))"
            case 4, 5, 6: return "write \(show(try files.write(one, bytes.span)))"
            case 7:
                try files.append(one, bytes.span)
                return "append"
            case 8: return "copy \(show(try files.copy(one, to: other)))"
            case 9, 10:
                try files.rename(one, to: other)
                return "rename"
            case 11:
                try files.exchange(one, with: other)
                return "exchange"
            case 12:
                try files.remove(one)
                return "remove"
            case 15: return "create \(show(try files.create(one, bytes.span, mark: nil)))"
            case 16:
                // Sorted neighbours, names that are prefixes of others, and what is not there.
                let paths = try (files.list(one) ?? []).flatMap {
                    [one.appending($0.name), one.appending($0.name).appending(Self.names[0])]
                }.filter { !$0.bytes.starts(with: Self.stage) }
                return files.stamps(paths.sorted(), below: .root).map { stamp in
                    switch stamp {
                    case .success(let stamp): return show(stamp)
                    case .failure(let error): return "error \(error.code)"
                    }
                }.joined(separator: ", ")
            case 17: return "rename if absent \(try files.renameIfAbsent(one, to: other))"
            case 18: return "make folder \(try files.makePrivateFolder(one))"
            case 13: return "remove folder \(try files.removeFolderIfEmpty(one))"
            default:
                return
                    "map \(try files.map(one).map { mapped in (0..<mapped.count).map { mapped.span[$0] } } ?? [])"
            }
        } catch {
            return "error \(error.code)"
        }
    }

    private func everything(_ files: any FileSystem, below folder: RelativePath = .root) throws -> [String] {
        var lines: [String] = []
        for item in try files.listWithStamps(folder) ?? [] where item.entry.name != Self.stage {
            let path = folder.appending(item.entry.name)
            if item.entry.kind == .folder {
                lines.append("\(path)/")
                lines += try everything(files, below: path)
            } else {
                lines.append("\(path) \(try files.read(path)?.bytes ?? [])")
            }
        }
        return lines
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>, [nil, ".stage"])
    func `the same operations give the same answers`(seed: UInt64, staging: String?) throws {
        var random = RandomSource(seed: seed)
        let folder = try TemporaryFolder()
        let disk = folder.disk(staging: staging)
        let memory = MemoryFileSystem()
        for step in 0..<120 {
            let operation = random.below(19)
            let one = randomPath(&random)
            let other = randomPath(&random)
            let bytes = random.bytes(count: random.below(4), from: [1, 2, 3])
            let expected = outcome(operation, one, other, bytes, on: memory)
            let found = outcome(operation, one, other, bytes, on: disk)
            let same = expected == found
            #expect(
                same,
                "seed \(seed), step \(step), \(one) and \(other): memory says \(expected), disk \(found)")
            if !same { return }
        }
        #expect(try everything(memory) == everything(disk), "seed \(seed)")
    }
}
