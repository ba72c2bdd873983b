import Text

/// What a build says of itself when it ends, as bytes: in the journal and in the snapshot alike.
extension Journal {
    static func encode(_ summary: Summary, to encoder: inout Encoder) {
        encoder.number(summary.isClean ? 1 : 0 as UInt64)
        encoder.number(summary.liveCount)
        encoder.number(summary.nextFlip == nil ? 0 : 1 as UInt64)
        encoder.signed(summary.nextFlip ?? 0)
        encoder.number(summary.reporting.count)
        for node in summary.reporting { encoder.number(node) }
    }

    static func decodeSummary(_ decoder: inout Decoder) -> Summary {
        var summary = Summary()
        summary.isClean = decoder.number() == 1
        summary.liveCount = decoder.index()
        let hasFlip = decoder.number() == 1
        let flip = decoder.signed()
        summary.nextFlip = hasFlip ? flip : nil
        for _ in 0..<decoder.count() { summary.reporting.append(decoder.identifier()) }
        return summary
    }

    static func encode(_ event: HistoryEvent, to encoder: inout Encoder) {
        encoder.number(event.session)
        encoder.number(event.node)
        encoder.number(UInt64(event.reason.rawValue))
        encoder.number(event.cause == none ? 0 : UInt64(event.cause) + 1)
        encoder.optional(event.old)
        encoder.optional(event.new)
    }

    static func decodeEvent(_ decoder: inout Decoder) -> HistoryEvent {
        let session = decoder.identifier()
        let node = decoder.identifier()
        let reason = Reason(rawValue: UInt8(truncatingIfNeeded: decoder.number())) ?? .new
        let cause = decoder.index()
        let old = decoder.optionalText()
        return HistoryEvent(
            session: session, node: node, reason: reason,
            cause: cause == 0 ? none : CellID(truncatingIfNeeded: cause - 1), old: old,
            new: decoder.optionalText())
    }
}
