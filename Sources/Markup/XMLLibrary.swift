import CXML2

/// libxml2 as a whole.
enum XMLLibrary {
    /// Makes what all threads share, once; every other call of the library comes after this one.
    ///
    /// Without it the first writers make it as they go, and no lock is held (`xmlInitCharEncodingHandlers` of 2.9):
    /// where two come in the same microsecond, the table of encodings that the second allocates replaces the one that
    /// the first has begun to fill, and what was counted is not in it. The process ends. "Call once before processing
    /// in case of multithreaded programs" says the manual of `xmlInitParser`.
    ///
    /// From then on the library frees its tables at the end of the process: who ends it while others may still
    /// write uses `_exit`.
    static func start() { _ = isStarted }

    private static let isStarted: Bool = {
        xmlInitParser()
        return true
    }()
}
