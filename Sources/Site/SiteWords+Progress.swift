public import Engine

/// What a build is doing, in words for who waits for it.
extension SiteWords {
    /// What is being done and how far it is: "making pages: 4,213 of 13,703"; `nil` before there is anything to say.
    ///
    /// - Complexity: a few reads of counters.
    public static func text(of progress: BuildProgress) -> String? {
        switch progress.phase {
        case .waiting: nil
        case .looking: text("looking at files", progress.count(of: .looking))
        case .planning: planning(progress)
        case .making: making(progress)
        case .checking: text("checking links", progress.count(of: .linkCheck))
        case .publishing: text("publishing", progress.count(of: .publishing))
        case .removing: text("removing files", progress.count(of: .removing))
        case .recording: "writing down what was done"
        case .comparing: text("comparing", progress.count(of: .comparing))
        }
    }

    /// Heads come first; once they are known, texts are made while the lists of pages are put together.
    private static func planning(_ progress: BuildProgress) -> String {
        let heads = progress.count(of: .pageMeta)
        if heads.done < heads.wanted { return text("reading heads", heads) }
        let texts = progress.count(of: .pageBody)
        if texts.done < texts.wanted { return text("making lists and texts", texts) }
        return "making lists"
    }

    /// Most outputs are pages, and most others are copies.
    private static func making(_ progress: BuildProgress) -> String {
        let pages = progress.count(of: .pageOutput)
        if pages.done < pages.wanted { return text("making pages", pages) }
        return text("making files", progress.count(of: .making))
    }

    private static func text(_ what: String, _ count: BuildProgress.Count) -> String {
        // Of a few nobody wants to know how many they are.
        count.wanted < 2 ? what : "\(what): \(grouped(count.done)) of \(grouped(count.wanted))"
    }

    /// A number with its thousands apart: "13,703".
    private static func grouped(_ number: Int) -> String {
        var text = ""
        for (place, digit) in String(number).reversed().enumerated() {
            if place > 0, place % 3 == 0 { text.insert(",", at: text.startIndex) }
            text.insert(digit, at: text.startIndex)
        }
        return text
    }
}
