import Templates
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Renders the pages of `Tests/TemplatesTests/benchmark.py` as often as it is told, and prints nanoseconds for each.
///
///     TemplatesBenchmark post|list COUNT [lent|recording]
///     TemplatesBenchmark check
///
/// `check` prints what both pages render to, for comparison with Jinja2. With `lent`, pages and site are host
/// objects; with `recording`, each read of them is written down as well, and what that costs is the difference.
/// Nanoseconds are of processor time.
@main
enum TemplatesBenchmark {
    static func main() {
        let arguments = CommandLine.arguments
        let page = arguments.count > 1 ? arguments[1] : "post"
        let count = arguments.count > 2 ? Int(arguments[2]) ?? 1 : 1
        let bench = BenchmarkPages(lends: arguments.count > 3, isRecording: arguments.last == "recording")
        if page == "check" {
            put(bench.render("post.html").bytes + [0x0A] + bench.render("list.html").bytes)
            return
        }
        let name = page + ".html"
        var checksum = bench.render(name).bytes.count
        var best = Int.max
        for _ in 0..<5 {
            let start = nanoseconds()
            for _ in 0..<max(1, count / 5) { checksum &+= bench.render(name).bytes.count }
            best = min(best, (nanoseconds() - start) / max(1, count / 5))
        }
        put(Array("\(page) \(best) ns, checksum \(checksum)\n".utf8))
    }

    private static func nanoseconds() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    private static func put(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(1, $0.baseAddress, $0.count) }
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }
}
