extension Schema {
    /// What of a value is as the schema has it: entries that ``findings(in:of:named:)`` would complain about
    /// are left out, nulls too, so that what is wrong leaves its default in force.
    ///
    /// - Complexity: O(size).
    public func accepted(of value: DataValue) -> DataValue {
        var builder = DataBuilder(expectedBytes: 256)
        let root = accepted(of: value, &builder)
        return builder.finish(root)
    }

    private func accepted(of value: DataValue, _ builder: inout DataBuilder) -> DataBuilder.Node {
        var entries: [DataBuilder.Entry] = []
        switch shape {
        case .object(let properties, let others):
            for entry in value.entries where !entry.value.isNull {
                let property = properties.first { $0.isNamed(entry.key) }
                guard let schema = property?.schema ?? others, schema.accepts(entry.value) else { continue }
                let node = schema.accepted(of: entry.value, &builder)
                entries.append(builder.entry(property?.name ?? entry.keyText, node, keyRange: entry.keyRange))
            }
            return builder.map(entries, at: value.range)
        case .map(let item):
            for entry in value.entries where !entry.value.isNull && item.accepts(entry.value) {
                let node = item.accepted(of: entry.value, &builder)
                entries.append(builder.entry(entry.key, node, keyRange: entry.keyRange))
            }
            return builder.map(entries, at: value.range)
        case .list(let item):
            var elements: [DataBuilder.Node] = []
            for element in value.elements where item.accepts(element) {
                elements.append(item.accepted(of: element, &builder))
            }
            return builder.list(elements, at: value.range)
        case .oneOf(let schemas):
            guard let schema = schemas.first(where: { $0.accepts(value) }) else { return builder.copy(value) }
            return schema.accepted(of: value, &builder)
        default: return builder.copy(value)
        }
    }
}
