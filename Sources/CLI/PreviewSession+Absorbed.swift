import Engine
import Text

extension PreviewSession {
    /// What was done about edits.
    struct Absorbed: Sendable {
        /// The files and folders that were edited.
        var edited: Set<RelativePath> = []
        /// Whether the watcher could not say what was edited.
        var isAnything = false
        /// Whether something was due by its date.
        var isTimeDue = false
        /// What ran, by key.
        var ran: [Key: Event] = [:]
        /// Outputs that may be others now, with what stood for them before; the first of them if there are many.
        var changed: [RelativePath: UInt64] = [:]
        /// Outputs that were not there before; the first of them if there are many.
        var added: Set<RelativePath> = []
        /// Outputs that are no pages and may be others now, with what stood for them before; the first of them if there
        /// are many.
        var assets: [RelativePath: UInt64] = [:]
        /// Outputs that are no more.
        var removed: Set<RelativePath> = []
        /// Where the sources among the edited files were written before, of pages that someone has looked at.
        var formerOutputs: [RelativePath: RelativePath] = [:]
        /// When the first of the edits was noticed, by ``Clock/monotonicNanoseconds``.
        var since: Int64?

        /// Whether there is nothing to tell.
        var isEmpty: Bool { edited.isEmpty && !isAnything && !isTimeDue }
    }
}
