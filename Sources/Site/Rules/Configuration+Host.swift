import Engine
import Formats
import Text

/// What a site says to its host: where old addresses lead, and which fields go with answers.
extension Configuration {
    static let redirects = Reading<Configuration, [(from: DataEntry, to: DataValue)]>("redirects") {
        $0.site.redirects
    }
    /// The outputs from which `redirects` leads on.
    static let redirectedPaths = Reading<Configuration, Set<RelativePath>>("redirects") {
        $0.knownRedirectedPaths
    }
    /// Whether the host reads `_headers` and `_redirects`.
    static let writesHostFiles = Reading<Configuration, Bool>("headers") { $0.site.writesHostFiles }
    /// `headers`: fields by the path they are for.
    static let headers = Reading<Configuration, DataValue>("headers") {
        $0.site.value(at: "headers") ?? .null
    }
}
