import Engine
import Formats
import Templates
import Text

/// A map or list out of a data file, the configuration or a page's `params`, whose reads are recorded by path.
///
/// Going down a path records nothing; what is found at its end does: a scalar, or the lack of one. Going through
/// a map or list, or asking for its length, depends on all that is below it.
final class RecordedData: HostObject {
    /// Where the data come from.
    enum Root: Hashable, Sendable {
        /// The head of a page: everything the product does not know itself.
        case params(Symbol)
        /// The site's `params`, and what its theme says where they say nothing.
        case configuration
        /// The same in a language of a site that says something of its languages.
        case language(Symbol)
        /// The data file of that key.
        case data(Symbol)
        /// Nothing at all.
        case nothing
    }

    private let root: Root
    private let path: [UInt8]
    private let data: DataValue?
    /// What holds where `data` has no such key; a map, or `nil` where there is none.
    private let defaults: DataValue?

    init(root: Root, path: [UInt8] = [], data: DataValue? = nil, defaults: DataValue? = nil) {
        self.root = root
        self.path = path
        self.data = data
        self.defaults = defaults
    }

    /// What is in a data file, as templates see it: one that holds one scalar is that scalar. Whether it is a map or a list
    /// is read; what is in it is not yet.
    static func value(ofFile file: Symbol, _ rendering: Rendering) -> Value {
        let pulled = rendering.context.pull(DataFileRule.self, file)
        let data = pulled.unrecorded.data
        if data.kind != .map && data.kind != .list { return pulled.read(DataFile.whole).templateValue }
        pulled.record(DataFile.shape)
        return .object(RecordedData(root: .data(file), data: data))
    }

    /// A map with nothing in it.
    static let empty = RecordedData(root: .nothing)

    var typeName: String { data?.kind == .list ? "list" : "dict" }
    var traits: HostTraits { data?.kind == .list ? [.sequence, .iterable] : [.mapping, .iterable] }

    func attribute(_ name: Symbol, in render: inout RenderContext) throws(TemplateError) -> Value? {
        child(name.bytes, render.rendering)
    }

    func item(_ key: Value, in render: inout RenderContext) throws(TemplateError) -> Value? {
        switch key {
        case .string(let name): return child(name.bytes, render.rendering)
        case .int(let position):
            guard let list = resolved(render.rendering), list.kind == .list else {
                return child(Array(String(position).utf8), render.rendering)
            }
            record(render.rendering)
            let index = position < 0 ? position + list.count : position
            guard index >= 0, index < list.count else { return nil }
            return list.elements[index].templateValue
        default: return nil
        }
    }

    func elements(in render: inout RenderContext) throws(TemplateError) -> [Value]? {
        record(render.rendering)
        guard let data = resolved(render.rendering) else { return [] }
        if data.kind == .list { return data.elements.map(\.templateValue) }
        return data.entries.map { .safeless(Array($0.key)) }
    }

    func count(in render: inout RenderContext) throws(TemplateError) -> Int? {
        record(render.rendering)
        return resolved(render.rendering)?.count ?? 0
    }

    func plainValue(in render: inout RenderContext) throws(TemplateError) -> Value? {
        record(render.rendering)
        return plain(render.rendering)
    }

    func text(in render: inout RenderContext) throws(TemplateError) -> StringValue {
        record(render.rendering)
        return try render.string(of: plain(render.rendering))
    }

    /// All of it as a value of the template language; a head without such keys is an empty map.
    private func plain(_ rendering: Rendering) -> Value {
        guard let data = resolved(rendering), data.kind != .null else { return .frozen([(String, Value)]()) }
        return data.templateValue
    }

    /// The value at one step further down.
    private func child(_ name: [UInt8], _ rendering: Rendering) -> Value? {
        // A name with a mark of paths in it cannot be a step of one: all of the container is read. Nor can the first step be
        // no name at all: the path of nothing is the root.
        if !Configuration.isStep(name) || (path.isEmpty && name.isEmpty) {
            record(rendering)
            return resolved(rendering)?.entries[name]?.value.templateValue
        }
        let childPath = path.isEmpty ? name : path + [UInt8(ascii: ".")] + name
        guard let found = own(rendering)?.entries[name]?.value else {
            guard let found = fallback(rendering)?.entries[name]?.value else {
                record(childPath, rendering)
                return nil
            }
            // There is nothing of it but the theme's: below here, that alone is read.
            let isContainer = found.kind == .map || found.kind == .list
            record(isContainer ? childPath + [0] : childPath, rendering)
            return isContainer
                ? .object(RecordedData(root: root, path: childPath, data: found)) : found.templateValue
        }
        if found.kind == .map || found.kind == .list {
            // That there is a map or list is read; what is in it is not yet.
            record(childPath + [0], rendering)
            let below = found.kind == .map ? fallback(rendering)?.entries[name]?.value : nil
            return .object(
                RecordedData(
                    root: root, path: childPath, data: found, defaults: below?.kind == .map ? below : nil))
        }
        recordOwn(childPath, rendering)
        return found.templateValue
    }

    /// All of it, the defaults among it.
    private func resolved(_ rendering: Rendering) -> DataValue? {
        let own = own(rendering)
        guard let fallback = fallback(rendering), own == nil || own?.kind == .map || own?.kind == .null else {
            return own
        }
        guard let own, own.kind == .map else { return fallback }
        return fallback.overlaid(with: own)
    }

    private var isOfSite: Bool {
        switch root {
        case .configuration, .language: true
        default: false
        }
    }

    private func fallback(_ rendering: Rendering) -> DataValue? {
        if let defaults { return defaults }
        guard path.isEmpty, isOfSite else { return nil }
        return rendering.unrecordedThemeParams
    }

    private func own(_ rendering: Rendering) -> DataValue? {
        if let data { return data }
        guard path.isEmpty else { return nil }
        switch root {
        case .params(let source): return rendering.pulledMeta(source).unrecorded.params
        case .configuration: return rendering.pulledConfiguration.unrecorded.params
        case .language(let code): return rendering.pulledConfiguration.unrecorded.params(in: code)
        case .data(let file): return rendering.context.pull(DataFileRule.self, file).unrecorded.data
        case .nothing: return nil
        }
    }

    private func record(_ rendering: Rendering) {
        record(path, rendering)
    }

    private func record(_ path: [UInt8], _ rendering: Rendering) {
        // One name for both: below `params`, the theme's file is laid out as `site.json` is.
        if isOfSite { rendering.recordThemeParams(Configuration.paramProjection(path)) }
        recordOwn(path, rendering)
    }

    private func recordOwn(_ path: [UInt8], _ rendering: Rendering) {
        switch root {
        case .params(let source):
            rendering.pulledMeta(source).record(PageMeta.paramProjection(path))
        case .configuration:
            rendering.pulledConfiguration.record(Configuration.paramProjection(path))
        case .language(let code):
            rendering.pulledConfiguration.record(Configuration.paramProjection(path))
            rendering.pulledConfiguration.record(Configuration.paramProjection(path, in: code))
        case .data(let file):
            rendering.context.record(DataFileRule.self, file, Projection(Symbol(path)))
        case .nothing: break
        }
    }
}

extension DataValue {
    /// The same as a value of the template language, without recording: for parts that have been recorded whole.
    var templateValue: Value {
        switch kind {
        case .null: .none
        case .boolean: .bool(boolean ?? false)
        case .integer: .int(integer ?? 0)
        case .double: .double(double ?? 0)
        case .string: .safeless(Array(text))
        case .date: date.map { .object(DateValue(Instant($0, in: .utc))) } ?? .none
        case .list: .frozen(elements.map(\.templateValue))
        case .map:
            .dict(DictValue(frozen: entries.map { (.safeless(Array($0.key)), $0.value.templateValue) }))
        }
    }
}
