import NIOCore
import NIOHTTP1
import Synchronization
import Text

/// Answers as they were last written, for as long as the site says that nothing changed.
///
/// This is what makes an unchanged page cheap: the event loop finds it here and need not ask the site, which
/// may block. It never decides that something is fresh: an answer counts only under the revision it was
/// obtained under.
final class OutputCache: Sendable {
    /// A body with its fields.
    struct Entry: Sendable {
        /// The revision of the site that it was obtained under, or confirmed.
        var revision: UInt64
        /// What stands for it.
        let identity: PageIdentity
        /// See ``PreviewOutput/badge``.
        let badge: String?
        /// The whole answer.
        let response: Response
        /// Its entity tag.
        let tag: String
    }

    private struct State {
        var entries: [RelativePath: Entry] = [:]
        var byteCount = 0
    }

    private let state = Mutex(State())
    /// Bodies of more than this are not kept: the site has them anyway.
    private static let largestBody = 1 << 20
    private static let capacity = 16 << 20

    /// What is kept of an output under a revision.
    func entry(at path: RelativePath, revision: UInt64) -> Entry? {
        state.withLock { state in
            guard let entry = state.entries[path], entry.revision == revision else { return nil }
            return entry
        }
    }

    /// What was kept of an output if its bytes are still the same; it counts under the new revision from now.
    func confirm(at path: RelativePath, identity: PageIdentity, badge: String?, revision: UInt64) -> Entry? {
        state.withLock { state in
            guard var entry = state.entries[path], entry.identity == identity, entry.badge == badge else {
                return nil
            }
            // Two workers may come in any order; the newer revision stays.
            entry.revision = max(entry.revision, revision)
            state.entries[path] = entry
            return entry
        }
    }

    /// Keeps an answer, and forgets all others when there are too many: they come back on demand.
    func keep(_ entry: Entry, at path: RelativePath) {
        let size = entry.response.body.readableBytes + 1024
        // An open file would keep the disk from giving it up.
        if size > Self.largestBody || entry.response.file != nil { return }
        state.withLock { state in
            if let old = state.entries[path] {
                if old.revision > entry.revision { return }
                state.byteCount -= old.response.body.readableBytes + 1024
            }
            if state.byteCount + size > Self.capacity {
                state.entries.removeAll()
                state.byteCount = 0
            }
            state.entries[path] = entry
            state.byteCount += size
        }
    }
}
