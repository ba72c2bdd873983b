extension RandomAccessCollection {
    /// A place in a sorted list, by halving.
    ///
    /// - Parameter isBefore: whether an element is before what is looked for; true of none that stands behind one of
    ///   which it is not.
    /// - Returns: where the first element stands that is not before it; the end where all are.
    /// - Complexity: O(log n).
    @inlinable
    @inline(__always)
    public func lowerBound(where isBefore: (Element) -> Bool) -> Index {
        var low = startIndex
        var rest = count
        while rest > 0 {
            let half = rest / 2
            let middle = index(low, offsetBy: half)
            if isBefore(self[middle]) {
                low = index(after: middle)
                rest -= half + 1
            } else {
                rest = half
            }
        }
        return low
    }
}
