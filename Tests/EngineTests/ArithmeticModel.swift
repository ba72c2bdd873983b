import Text

/// The answer key: what each cell is worth, worked out directly from the files, without any engine.
struct ArithmeticModel {
    var files: [String: String] = [:]
    /// Folders, empty ones included.
    var folders: Set<String> = []
    var environment: [String: String] = [:]
    var flags: [String: String] = [:]
    var now: Int64 = 0
    var probe: [UInt8]?
    var tool = 0

    /// A cell depends on itself, or reports an error: the model does not say what happens then.
    struct Undefined: Error {}

    private func words(_ name: String) -> [Substring] {
        files[name + ".txt"].map { $0.split(separator: " ") } ?? ["0"]
    }

    private func parts(_ name: String) -> [String: Int] {
        var parts: [String: Int] = [:]
        for word in words(name) {
            let pair = word.split(separator: "=")
            if pair.count == 2 { parts[String(pair[0])] = Int(pair[1]) }
        }
        return parts
    }

    private func names(in folder: String) -> Set<Substring>? {
        guard folders.contains(folder) else { return nil }
        let inside = (Array(files.keys) + folders).filter { $0.hasPrefix(folder + "/") }.map {
            $0.dropFirst(folder.count + 1)
        }
        return Set(inside.map { $0.prefix { $0 != "/" } })
    }

    /// What a cell is worth.
    func value(_ name: String, path: [String] = []) throws -> Int {
        if path.contains(name) { throw Undefined() }
        let words = words(name)
        var index = 0
        func next() -> String {
            defer { index += 1 }
            return index < words.count ? String(words[index]) : "0"
        }
        func cell(_ word: String) throws -> Int { try Int(word) ?? value(word, path: path + [name]) }
        let verb = next()
        switch verb {
        case "+", "prepare", "begin":
            var sum = 0
            while index < words.count { sum &+= try cell(next()) }
            return sum
        case "parity": return try abs(cell(next()) % 2)
        case "part":
            let parts = parts(next())
            return parts[next()] ?? -1
        case "both":
            let parts = parts(next())
            return (parts["x"] ?? 0) + (parts["y"] ?? 0)
        case "keys": return parts(next()).count
        case "if":
            return try cell(next()) != 0
                ? cell(next())
                : cell(
                    {
                        index += 1; return next()
                    }())
        case "exists": return files[next()] != nil ? 1 : 0
        case "size": return files[next()]?.utf8.count ?? -1
        case "count": return names(in: next())?.count ?? -1
        case "tree":
            let folder = next()
            return files.keys.count { $0.hasPrefix(folder + "/") }
        case "env": return environment[next()].flatMap { Int($0) } ?? -1
        case "flag": return flags[next()].flatMap { Int($0) } ?? -1
        case "past": return (Int64(next()) ?? 0) <= now ? 1 : 0
        case "day": return Int(now - now % 86400)
        case "tool": return tool
        case "probe": return probe?.count ?? -1
        case "warn": return try cell(next())
        case "fail": throw Undefined()
        default: return try cell(verb)
        }
    }

    /// The output folder as it should be: "path: content", sorted.
    func outputs() throws -> [String] {
        var result: [String: String] = [:]
        for word in words("outputs") {
            let parts = word.split(separator: ":").map(String.init)
            guard let path = parts.first, let cell = parts.last, path != "0" else { continue }
            let text = "\(cell) = \(try value(cell))"
            // Of two producers of one path, the first by name wins.
            if let other = result[path], other < text { continue }
            result[path] = text
        }
        return result.sorted { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) }
            .map { "\($0.key): \($0.value)" }
    }
}
