import NIOCore
import Synchronization

/// All open connections: how many there may be, and which gives way to a new one.
final class ConnectionLedger: Sendable {
    private struct Entry {
        let channel: any Channel
        /// Since when it has not been asked anything whole, or `nil` while it is answering.
        var idleSince: UInt64?
    }

    private struct State {
        var entries: [Int: Entry] = [:]
        var nextID = 0
        /// Grows with each change: an order without a clock.
        var moment: UInt64 = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let limit: Int

    /// A ledger with room for some connections.
    init(limit: Int) {
        self.limit = limit
    }

    /// A connection's entry in the ledger.
    struct Ticket: Sendable {
        fileprivate let ledger: ConnectionLedger
        fileprivate let id: Int

        /// The connection waits for a request.
        func becameIdle() { ledger.mark(id, isIdle: true) }
        /// The connection is being answered.
        func becameBusy() { ledger.mark(id, isIdle: false) }
        /// The connection is gone.
        func returned() { ledger.remove(id) }
    }

    /// How many connections there are.
    var count: Int { state.withLock { $0.entries.count } }

    /// Lets a connection in. When there is no room, the one that has been idle longest is closed for it.
    ///
    /// - Returns: `nil` when all are busy.
    func admit(_ channel: any Channel) -> Ticket? {
        let (ticket, evicted): (Ticket?, (any Channel)?) = state.withLock { state in
            if state.isClosed { return (nil, nil) }
            var evicted: (any Channel)?
            if state.entries.count >= limit {
                let idle = state.entries.filter { $0.value.idleSince != nil }
                guard let oldest = idle.min(by: { ($0.value.idleSince ?? 0) < ($1.value.idleSince ?? 0) })
                else {
                    return (nil, nil)
                }
                evicted = oldest.value.channel
                state.entries[oldest.key] = nil
            }
            let id = state.nextID
            state.nextID += 1
            state.moment += 1
            state.entries[id] = Entry(channel: channel, idleSince: state.moment)
            return (Ticket(ledger: self, id: id), evicted)
        }
        evicted?.close(promise: nil)
        return ticket
    }

    /// Closes all connections, and lets none in from now on.
    func closeAll() {
        let channels = state.withLock { state in
            state.isClosed = true
            return state.entries.values.map(\.channel)
        }
        for channel in channels { channel.close(promise: nil) }
    }

    private func mark(_ id: Int, isIdle: Bool) {
        state.withLock { state in
            state.moment += 1
            state.entries[id]?.idleSince = isIdle ? state.moment : nil
        }
    }

    private func remove(_ id: Int) {
        state.withLock { _ = $0.entries.removeValue(forKey: id) }
    }
}
