/// Objects of the host that are dictionaries or lists have the methods of those.
extension RenderContext {
    /// Calls a method of dictionaries or lists on an object of the host that is one; `nil` if there is none.
    ///
    /// `get` asks for the one item, so that nothing else is read; all others go through the whole of it.
    mutating func callContainerMethod(
        _ name: Program.Name, of object: any HostObject, _ arguments: borrowing CallArguments
    ) throws(TemplateError) -> Value? {
        let isMapping = object.traits.contains(.mapping)
        guard isMapping || object.traits.contains(.sequence),
            let method = isMapping ? name.methods.dict : name.methods.list
        else { return nil }
        let count = arguments.positional.count
        if isMapping, name.symbol == Methods.get, arguments.keywords.isEmpty, count == 1 || count == 2 {
            return try object.item(arguments.positional[0], in: &self)
                ?? (count == 2 ? arguments.positional[1] : .none)
        }
        if let plain = try object.plainValue(in: &self) {
            switch plain {
            case .dict where isMapping: return try call(method, input: plain, arguments)
            case .list where !isMapping: return try call(method, input: plain, arguments)
            default: return nil
            }
        }
        guard let elements = try object.elements(in: &self) else { return nil }
        if !isMapping { return try call(method, input: .list(ListValue(frozen: elements)), arguments) }
        var entries: [(Value, Value)] = []
        for key in elements { entries.append((key, try object.item(key, in: &self) ?? .none)) }
        return try call(method, input: .dict(DictValue(frozen: entries)), arguments)
    }
}
