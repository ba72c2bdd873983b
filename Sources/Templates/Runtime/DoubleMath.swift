#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What needs the C library's mathematics.
enum DoubleMath {
    static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
}
