import Engine
import Templates
import Text

/// `site.languages`: what each is called and where it begins, in their order.
///
/// Most sites have one, and most pages only ask how many there are: what they are called is looked up, and depended on, by
/// those who go through them.
final class LanguagesView: HostObject {
    static let shared = LanguagesView()

    var typeName: String { "list" }
    var traits: HostTraits { [.sequence, .iterable] }

    func count(in render: inout RenderContext) throws(TemplateError) -> Int? {
        render.rendering.configuration(Configuration.languages).all.count
    }

    func elements(in render: inout RenderContext) throws(TemplateError) -> [Value]? {
        let rendering = render.rendering
        return rendering.configuration(Configuration.languages).all.map { language in
            Value.frozen([
                ("code", .safeless(language.code)),
                ("name", .safeless(rendering.configuration(Configuration.name(of: Symbol(language.code))))),
                (
                    "title",
                    rendering.configuration(Configuration.title(in: Symbol(language.code))).map {
                        .safeless($0)
                    } ?? .none
                ),
                (
                    "url",
                    .safeless(
                        rendering.basePath + [UInt8(ascii: "/")] + language.urlPrefix.bytes
                            + (language.urlPrefix.isRoot ? [] : [UInt8(ascii: "/")]))
                ),
            ])
        }
    }

    func item(_ key: Value, in render: inout RenderContext) throws(TemplateError) -> Value? {
        guard case .int(let position) = key, let languages = try elements(in: &render) else { return nil }
        let index = position < 0 ? position &+ languages.count : position
        return languages.indices.contains(index) ? languages[index] : nil
    }

    func plainValue(in render: inout RenderContext) throws(TemplateError) -> Value? {
        try elements(in: &render).map { .frozen($0) }
    }
}
