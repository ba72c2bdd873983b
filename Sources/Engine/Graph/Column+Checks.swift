/// What is asked of whole columns when a store is opened.
///
/// A graph has a million edges, and a build that changes nothing does little else: so these are sums and maxima without
/// a way out in between, for which the compiler uses whole vectors.
extension Column where Element == UInt32 {
    /// Whether all are below a limit.
    func areBelow(_ limit: Int) -> Bool {
        if isEmpty { return true }
        return unsafe span(indices).withUnsafeBufferPointer { numbers in
            var largest: UInt32 = 0
            for index in 0..<numbers.count { largest = Swift.max(largest, unsafe numbers[index]) }
            return Int(largest) < limit
        }
    }

    /// Whether each is `none` or below its own index, so that every list which goes on to its elements comes to an end.
    var leadBack: Bool {
        if UInt64(count) > UInt64(UInt32.max) { return false }
        return unsafe span(indices).withUnsafeBufferPointer { numbers in
            var own: UInt32 = 0
            var wrong: UInt32 = 0
            for index in 0..<numbers.count {
                // `none` and 1 are 0.
                wrong |= unsafe numbers[index] &+ 1 > own ? 1 : 0
                own &+= 1
            }
            return wrong == 0
        }
    }

    /// How many are not `none`; `nil` when one of them is not below a limit.
    func countOfNumbers(below limit: Int) -> Int? {
        if limit >= Int(UInt32.max) { return nil }
        return unsafe span(indices).withUnsafeBufferPointer { numbers in
            var found = 0
            var largest: UInt32 = 0
            for index in 0..<numbers.count {
                let number = unsafe numbers[index] &+ 1
                found += number != 0 ? 1 : 0
                largest = Swift.max(largest, number)
            }
            return Int(largest) <= limit ? found : nil
        }
    }
}
