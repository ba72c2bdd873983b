import CXML2

/// libxml2 as a whole.
enum XMLLibrary {
    /// Makes what all threads share, once; every other call of the library comes after this one.
    ///
    /// Without it the first writers make it as they go: the table of encodings is seen by a second thread as soon
    /// as it has a place in memory and before anything is in it (`xmlInitCharEncodingHandlers` of 2.9), so that two
    /// feeds begun in the same microsecond end the process. "Call once before processing in case of
    /// multithreaded programs" says the manual of `xmlInitParser`.
    static func start() { _ = isStarted }

    private static let isStarted: Bool = {
        xmlInitParser()
        return true
    }()
}
