extension Sequence {
    /// What a closure gives for the first element for which it gives anything.
    ///
    /// Each element is asked about once. `lazy.compactMap(_:).first` asks about the one that it finds again, and ends the
    /// process where the answer is nothing by then.
    ///
    /// - Complexity: O(n), up to that element.
    @inlinable
    public func firstResult<Result, Failure>(
        _ body: (Element) throws(Failure) -> Result?
    ) throws(Failure) -> Result? {
        for element in self {
            if let result = try body(element) { return result }
        }
        return nil
    }
}
