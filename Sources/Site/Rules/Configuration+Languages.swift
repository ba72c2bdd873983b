import Engine
import Formats
import Text

/// What a site says in each of its languages, one by one: a word in a menu of one concerns nobody but who shows it.
extension Configuration {
    /// The name of a language as people read it.
    static func name(of language: Symbol) -> Reading<Configuration, [UInt8]> {
        Reading(projection(language, "name")) { configuration in
            configuration.languageWords[language].map { Array($0.name.utf8) } ?? language.bytes
        }
    }

    /// The site's title in a language that has its own.
    static func title(in language: Symbol) -> Reading<Configuration, [UInt8]?> {
        Reading(projection(language, "title")) { $0.languageWords[language]?.title.map { Array($0.utf8) } }
    }

    /// The site's description in a language that has its own.
    static func description(in language: Symbol) -> Reading<Configuration, [UInt8]?> {
        Reading(projection(language, "description")) {
            $0.languageWords[language]?.description.map { Array($0.utf8) }
        }
    }

    /// The entries of a menu that differs in a language.
    static func menu(_ name: Symbol, in language: Symbol) -> Reading<Configuration, [DataValue]?> {
        Reading(projection(language, isStep(name.bytes) ? "menus.\(name.text)" : "menus")) {
            $0.languageWords[language]?.menus?.entries[name.bytes].map { $0.value.elements.map { $0 } }
        }
    }

    /// What the menus are called that differ in a language.
    static func menuNames(in language: Symbol) -> Reading<Configuration, [[UInt8]]?> {
        Reading(projection(language, "menus")) {
            $0.languageWords[language]?.menus?.entries.map { Array($0.key) }
        }
    }

    /// The site's `params` with what differs in a language laid over them. No edge: see ``RecordedData``.
    func params(in language: Symbol) -> DataValue { languageWords.params[language] ?? params }

    /// The value at a path below `params` in a language, or `nil`. What of them differs in it is laid over the others, so
    /// that a value may come and go with one above it: all of both is depended on.
    static func param(at path: [UInt8], in language: Symbol) -> Reading<Configuration, DataValue?> {
        Reading(Projection(Symbol("params|languages.\(language.text).params"))) {
            $0.params(in: language).value(at: String(decoding: path, as: UTF8.self))
        }
    }

    /// The projection of a path below what of `params` differs in a language.
    static func paramProjection(_ path: [UInt8], in language: Symbol) -> Projection {
        let whole = Array("languages.".utf8) + language.bytes + Array(".".utf8)
        return Projection(Symbol(whole + paramProjection(path).name.bytes))
    }

    // Codes of languages have no points in them.
    private static func projection(_ language: Symbol, _ path: String) -> Projection {
        Projection(Symbol("languages.\(language.text).\(path)"))
    }
}

/// The languages of a configuration by code.
struct LanguageWords: Sendable {
    private let settings: [Symbol: LanguageSettings]
    /// The site's `params` with those of a language laid over them, where it has some.
    let params: [Symbol: DataValue]

    init(_ site: SiteConfiguration) {
        let common = site.value(at: "params") ?? .null
        var settings: [Symbol: LanguageSettings] = [:]
        var params: [Symbol: DataValue] = [:]
        for language in site.languages {
            let code = Symbol(language.code)
            settings[code] = language
            params[code] = language.params.map { common.overlaid(with: $0) }
        }
        self.settings = settings
        self.params = params
    }

    subscript(language: Symbol) -> LanguageSettings? { settings[language] }
}
