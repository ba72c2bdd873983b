import NIOCore
import NIOPosix

/// Where the site is asked: threads that may block.
enum Workers: Sendable {
    /// Threads beside the event loops.
    case pool(NIOThreadPool)
    /// The calling thread, for tests that have only one.
    case inPlace

    /// Runs work that may block, then `done` on an event loop. When the pool is shutting down, neither
    /// happens.
    func run<Value: Sendable>(
        on loop: any EventLoop, _ work: @escaping @Sendable () -> Value,
        then done: @escaping @Sendable (Value) -> Void
    ) {
        switch self {
        case .inPlace: done(work())
        case .pool(let pool):
            pool.submit { state in
                guard case .active = state else { return }
                let value = work()
                loop.execute { done(value) }
            }
        }
    }
}

/// What all connections of a server share.
struct ConnectionServices: Sendable {
    /// Requests to answers.
    let responder: Responder
    /// Who may ask.
    let requestGuard: RequestGuard
    /// The event streams.
    let live: LiveReload
    /// Where the site is asked.
    let workers: Workers
    /// What is allowed.
    let limits: RequestLimits
    /// See ``PreviewOptions/onRefusal``.
    let onRefusal: (@Sendable (String) -> Void)?
}
