extension DataValue {
    /// The value of a name in a map; `nil` where there is none or it is no map. O(log n).
    public subscript(key: some Collection<UInt8>) -> DataValue? {
        entries[key]?.value
    }

    /// The value of a name in a map; `nil` where there is none or it is no map. O(log n).
    public subscript(key: String) -> DataValue? {
        entries[key.utf8]?.value
    }

    /// The value at the end of a path of names; a number also stands for the position in a list.
    ///
    /// The empty path is the value itself.
    public func value(at path: [String]) -> DataValue? {
        var value = self
        for step in path {
            guard let next = value.value(atStep: step) else { return nil }
            value = next
        }
        return value
    }

    /// The value at the end of a path written with points: `params.author.name`, `menu.main.0`.
    public func value(at path: String) -> DataValue? {
        if !path.utf8.contains(UInt8(ascii: ".")) { return path.isEmpty ? self : value(atStep: path) }
        return value(at: DataPath.steps(path))
    }

    private func value(atStep step: String) -> DataValue? {
        switch kind {
        case .map: return self[step]
        case .list:
            guard let index = Int(step), index >= 0, index < count else { return nil }
            return elements[index]
        default: return nil
        }
    }
}

/// Paths of names as people write them.
public enum DataPath {
    /// The names of a path written with points; none for the empty path.
    public static func steps(_ path: String) -> [String] {
        path.isEmpty ? [] : path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }
}

extension DataValue {
    /// A copy in which the value at a path is another; maps on the way are made where they are missing.
    public func replacing(_ path: [String], with value: DataValue) -> DataValue {
        var builder = DataBuilder(expectedBytes: tree.heap.count + value.tree.heap.count)
        let root = replaced(path[...], value, &builder)
        return builder.finish(root)
    }

    /// A copy with the entries of another map laid over those of this one, maps within maps likewise.
    ///
    /// Where either is no map the other wins; null wins as well, so that an override can take a value away.
    public func overlaid(with other: DataValue) -> DataValue {
        var builder = DataBuilder(expectedBytes: tree.heap.count + other.tree.heap.count)
        let root = overlay(other, &builder)
        return builder.finish(root)
    }

    private func replaced(
        _ path: ArraySlice<String>, _ value: DataValue, _ builder: inout DataBuilder
    ) -> DataBuilder.Node {
        guard let step = path.first else { return builder.copy(value) }
        var copies: [DataBuilder.Entry] = []
        var isFound = false
        for entry in entries {
            let node: DataBuilder.Node
            if entry.key.elementsEqual(step.utf8) {
                isFound = true
                node = entry.value.replaced(path.dropFirst(), value, &builder)
            } else {
                node = builder.copy(entry.value)
            }
            copies.append(builder.entry(entry.key, node, keyRange: entry.keyRange))
        }
        if !isFound {
            let node = DataValue.null.replaced(path.dropFirst(), value, &builder)
            copies.append(builder.entry(step, node))
        }
        return builder.map(copies, at: range)
    }

    private func overlay(_ other: DataValue, _ builder: inout DataBuilder) -> DataBuilder.Node {
        guard kind == .map, other.kind == .map else { return builder.copy(other) }
        var copies: [DataBuilder.Entry] = []
        for entry in entries {
            let over = other.entries[entry.key]
            let node = over.map { entry.value.overlay($0.value, &builder) } ?? builder.copy(entry.value)
            copies.append(builder.entry(entry.key, node, keyRange: over?.keyRange ?? entry.keyRange))
        }
        for entry in other.entries where entries[entry.key] == nil {
            let node = builder.copy(entry.value)
            copies.append(builder.entry(entry.key, node, keyRange: entry.keyRange))
        }
        return builder.map(copies, at: other.range)
    }
}
