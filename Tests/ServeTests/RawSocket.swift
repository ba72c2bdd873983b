import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A TCP connection to loopback that sends exactly the bytes it is given: client libraries tidy what they
/// send.
final class RawSocket {
    private var descriptor: Int32

    /// Connects to a port of 127.0.0.1, or of ::1; waits at most five seconds for anything.
    init(port: UInt16, receiveBuffer: Int32? = nil, isIPv6: Bool = false) throws {
        let family = isIPv6 ? AF_INET6 : AF_INET
        #if canImport(Glibc)
            // Not for programs that other tests start: they would hold the connection open.
            descriptor = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        #else
            descriptor = socket(family, SOCK_STREAM, 0)
        #endif
        try #require(descriptor >= 0)
        var timeout = timeval(tv_sec: 5, tv_usec: 0)
        unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        if var size = receiveBuffer {
            unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        let address = Self.loopback(port, isIPv6)
        let status = unsafe address.withUnsafeBytes { bytes in
            guard let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else {
                return Int32(-1)
            }
            return unsafe connect(descriptor, start, socklen_t(bytes.count))
        }
        try #require(status == 0, "connecting failed with errno \(errno)")
    }

    /// A `sockaddr_in` or `sockaddr_in6` of loopback, byte by byte (ip(7), ipv6(7)): to which module the members of these
    /// structures belong depends on what else the compiler has seen, since SwiftNIO includes the same headers.
    private static func loopback(_ port: UInt16, _ isIPv6: Bool) -> [UInt8] {
        let length = isIPv6 ? 28 : 16
        var bytes = [UInt8](repeating: 0, count: length)
        let family = UInt16(isIPv6 ? AF_INET6 : AF_INET)
        #if canImport(Darwin)
            bytes[0] = UInt8(length)
            bytes[1] = UInt8(family)
        #else
            unsafe withUnsafeBytes(of: family) { unsafe bytes.replaceSubrange(0..<2, with: $0) }
        #endif
        bytes[2] = UInt8(port >> 8)
        bytes[3] = UInt8(port & 0xFF)
        if isIPv6 {
            bytes[23] = 1
        } else {
            bytes[4] = 127
            bytes[7] = 1
        }
        return bytes
    }

    deinit { close() }

    func close() {
        if descriptor >= 0 { _ = closeDescriptor(descriptor) }
        descriptor = -1
    }

    /// Sends bytes; a connection that was closed against us is no failure here.
    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe sendBytes(descriptor, $0) }
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// Says that no more will be sent.
    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Closes so that the other side sees a reset.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    /// What arrives next, at most 64 KB; empty at the end, `nil` when nothing came in time.
    func receive() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = unsafe buffer.withUnsafeMutableBytes {
            unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
        }
        if count < 0 { return errno == EAGAIN ? nil : [] }
        return Array(buffer[..<count])
    }

    /// All that arrives until the other side closes; `nil` when it does not in time.
    func receiveAll() -> [UInt8]? {
        var all: [UInt8] = []
        while true {
            guard let more = receive() else { return nil }
            if more.isEmpty { return all }
            all += more
        }
    }

    /// Reads until some text has arrived; fails the test when it does not in time.
    func receive(until text: String, _ location: Testing.SourceLocation = #_sourceLocation) -> String {
        var all: [UInt8] = []
        while !contains(all, Array(text.utf8)) {
            guard let more = receive(), !more.isEmpty else {
                Issue.record(
                    "\(text) did not come, but: \(String(decoding: all, as: UTF8.self))",
                    sourceLocation: location)
                break
            }
            all += more
        }
        return String(decoding: all, as: UTF8.self)
    }
}

private func closeDescriptor(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
        Glibc.close(descriptor)
    #else
        Darwin.close(descriptor)
    #endif
}

private func sendBytes(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
        unsafe Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    #else
        unsafe Darwin.send(descriptor, bytes.baseAddress, bytes.count, 0)
    #endif
}

func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    if part.isEmpty { return true }
    guard bytes.count >= part.count else { return false }
    for start in 0...(bytes.count - part.count) where bytes[start] == part[0] {
        if bytes[start..<(start + part.count)].elementsEqual(part) { return true }
    }
    return false
}

func pause(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    unsafe nanosleep(&time, nil)
}
