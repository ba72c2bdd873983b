import Engine
import Files
import TestSupport
import Text

/// What is done at random: to the sources, to the outputs, to the store.
extension History {
    mutating func edit() {
        let kind = random.below(24)
        switch kind {
        case 0...6:
            let name = random.pick(Self.cells)
            let text = script(for: name)
            tell("\(name) := \(text)")
            set(name + ".txt", text)
        case 7:
            let name = random.pick(Self.cells)
            tell("delete \(name)")
            laboratory.delete(name + ".txt")
        case 8, 9:
            let text = random.pick(["x=1 y=2", "y=2 x=1", "x=3 y=2", "x=1", "x=1 y=2 z=4", "", "y=9"])
            tell("p := \(text)")
            set("p.txt", text)
        case 10, 11, 12:
            let text = outputList()
            tell("outputs := \(text)")
            set("outputs.txt", text)
        case 13:
            let path = random.pick(["f/one", "f/two", "f/sub/deep", "f"])
            tell("delete \(path)")
            laboratory.delete(path)
        case 14:
            let path = random.pick(["f/one", "f/two", "f/sub/deep"])
            let text = random.pick(["1", "22", "2"])
            tell("\(path) := \(text)")
            set(path, text)
        case 15:
            laboratory.inputs.environment["V"] = random.pick([nil, "1", "2"])
            tell("env V := \(laboratory.inputs.environment["V"] ?? "nil")")
        case 16:
            laboratory.inputs.flags["drafts"] = random.pick([nil, "1", "2"])
            tell("flag drafts := \(laboratory.inputs.flags["drafts"] ?? "nil")")
        case 17:
            laboratory.inputs.now = random.pick([500, 1500, 2000, 2500, 1999, 90000, 3000])
            tell("now := \(laboratory.inputs.now)")
        case 18:
            let answer: [UInt8]? = random.pick([nil, [1], [1, 2]])
            laboratory.inputs.probes = { _ in answer }
            tell("probe := \(answer.map { String($0.count) } ?? "nil")")
        case 19:
            tell("touch everything")
            for (path, text) in sources { set(path, text) }
        case 20, 21:
            guard let old = past.randomElement(using: &random) else { return }
            tell("go back to an earlier state")
            for path in sources.keys where old[path] == nil { laboratory.delete(path) }
            for (path, text) in old.sorted(by: { $0.key < $1.key }) where sources[path] != text {
                set(path, text)
            }
        default:
            // As an editor that writes in place within the same tick of the clock, with the same size.
            let name = random.pick(Self.cells) + ".txt"
            guard let text = sources[name], let last = text.last, last.isNumber else { return }
            let changed = text.dropLast() + String((last.wholeNumberValue ?? 0) == 1 ? 2 : 1)
            tell("\(name) := \(changed) in place")
            let before = (try? laboratory.disk.stamp(Laboratory.path("in/" + name))) ?? nil
            laboratory.disk.put("in/" + name, bytes: Array(String(changed).utf8), inPlace: true)
            if random.below(3) == 0, let before {
                tell("with its old time of modification")
                laboratory.disk.setModified("in/" + name, to: before.modified)
            }
        }
    }

    mutating func tamper() {
        let files = laboratory.disk.files.map(\.path.text)
        let outputs = files.filter { $0.hasPrefix("out/") }
        let stored = files.filter { $0.hasPrefix("store/") && !$0.hasPrefix("store/staging") }
        switch random.below(10) {
        case 9:
            restart()
            tell("delete the store")
            laboratory.disk.delete("store")
            deleteEmptyFolders()
        case 7, 8:
            guard let path = stored.first(where: { $0.contains("values.") }),
                var bytes = laboratory.disk.bytes(of: path)
            else { return }
            restart()
            tell("every value of the pack is another")
            for index in bytes.indices { bytes[index] ^= 1 }
            // So that the values are asked for.
            laboratory.disk.delete("out")
            laboratory.disk.put(path, bytes: bytes)
        case 0:
            guard let path = outputs.randomElement(using: &random) else { return }
            tell("delete \(path)")
            laboratory.disk.delete(path)
        case 1:
            guard let path = outputs.randomElement(using: &random) else { return }
            tell("alter \(path)")
            // In place, as people do: a file that is put there anew would be somebody else's, were the store lost.
            laboratory.disk.put(path, bytes: Array("altered".utf8), inPlace: true)
        case 2:
            tell("delete the output folder")
            laboratory.disk.delete("out")
        case 3, 4:
            // The log is the file that is most often damaged: it is the one that grows.
            let log = stored.first { $0.hasPrefix("store/log.") && random.below(2) == 0 }
            guard
                let path = log ?? stored.randomElement(using: &random),
                var bytes = laboratory.disk.bytes(of: path), !bytes.isEmpty
            else { return }
            restart()
            if random.below(2) == 0 {
                bytes.removeLast(1 + random.below(bytes.count))
                tell("cut \(path) to \(bytes.count)")
            } else {
                for _ in 0...random.below(4) {
                    let place = random.below(bytes.count)
                    bytes[place] ^= UInt8(1 << random.below(8))
                    tell("flip a bit of \(path) at \(place)")
                }
            }
            laboratory.disk.put(path, bytes: bytes)
        case 5:
            tell("another tool")
            laboratory.tool = 1 + random.below(3)
            restart()
        default:
            guard let path = stored.randomElement(using: &random) else { return }
            restart()
            tell("delete \(path)")
            laboratory.disk.delete(path)
            deleteEmptyFolders()
        }
    }

    /// A folder that is empty since someone deleted the file in it, while builds failed, is known to the store alone.
    private func deleteEmptyFolders() {
        for folder in laboratory.disk.folders
        where folder.isInside(Laboratory.path("out"))
            && !laboratory.disk.files.contains(where: { $0.path.isInside(folder) })
        {
            laboratory.disk.delete(folder.text)
        }
    }

    mutating func restart() {
        tell("restart")
        laboratory.restart()
    }

    private mutating func cell(below name: String) -> String {
        // Only later names, so that no cell depends on itself.
        let later = Self.cells.filter { allowsCycles || $0 > name }
        return later.isEmpty || random.below(4) == 0 ? String(random.below(5)) : random.pick(later)
    }

    mutating func script(for name: String) -> String {
        // What stands for a cell while it depends on itself, so that a ring may break without anyone seeing it.
        if allowsCycles, random.below(8) == 0 { return "-999" }
        return switch random.below(24) {
        case 23: "tool"
        case 0, 1: String(random.below(10))
        case 2, 3, 4: "+ \(cell(below: name)) \(cell(below: name))"
        case 5: "parity \(cell(below: name))"
        case 6, 7: "part p \(random.pick(["x", "y", "z"]))"
        case 8: "keys p"
        case 9, 10: "if \(cell(below: name)) \(cell(below: name)) \(cell(below: name))"
        case 11: "exists \(random.pick(["f/one", "f/two", "f"]))"
        case 12: "size \(random.pick(["f/one", "f/two", "p.txt"]))"
        case 13: "count \(random.pick(["f", "f/sub"]))"
        case 14: "tree f"
        case 15: "env V"
        case 16: "flag drafts"
        case 17: "past \(random.pick([1000, 2000, 3000]))"
        case 18: "day"
        case 19: "probe git"
        case 21: "both p"
        case 20: "\(random.pick(["prepare", "begin"])) \(cell(below: name)) \(cell(below: name))"
        default: random.below(3) == 0 ? "fail \(cell(below: name))" : "warn \(cell(below: name))"
        }
    }

    mutating func outputList() -> String {
        var list = Self.outputs.filter { _ in random.below(5) < 3 }
        // A path may not be a file and a folder at once.
        if list.contains("o") { list.removeAll { $0.hasPrefix("o/") } }
        return list.map { "\($0):\(random.pick(Self.cells))" }.joined(separator: " ")
    }

    func set(_ path: String, _ text: String) { laboratory.put(path, text) }
}
