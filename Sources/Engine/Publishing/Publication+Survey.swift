import Files
import Text

/// What lies in the output folder beside the files that the ledger lists.
///
/// A mark on each file is the last witness of what is ours: it names the output folder and the path in it, so that files
/// of other outputs, of other sites, and those that an author has moved are not taken for ours. To ask for marks all folders
/// have to be listed, which a build in which nothing is done has no other reason to do. So the folder bears a number,
/// its seal, which the ledger knows and which changes with the set of files: while the two agree, there is nothing to find.
extension Publication {
    /// What was found on a walk through the output folder.
    struct Survey {
        /// Files that bear our mark for where they lie.
        var ours: [RelativePath] = []
        /// Files that bear our mark for another place.
        var strays: [RelativePath] = []
        /// All other files.
        var others: [RelativePath] = []
    }

    /// Whether the ledger and the folder may be of different times: one of them is lost, damaged, or was put back from a copy,
    /// or somebody has been at the files.
    ///
    /// - Parameter known: how many outputs the graph knows that were published.
    /// - Returns: whether it is so.
    func needsSurvey(_ known: Int) -> Bool {
        lacksRecords(known) || !isClean || ledger.seal != sealOfFolder
    }

    /// Whether records are lost, or may be: a ledger that is cut between two frames looks whole.
    private func lacksRecords(_ known: Int) -> Bool {
        !isLedgerKnown && (ledger.isDoubtful || ledger.records.count < known)
    }

    /// Takes files that bear our mark for ours, and the outputs that the graph knows as well if records are lost.
    ///
    /// - Parameters:
    ///   - known: how many outputs the graph knows that were published.
    ///   - paths: their paths.
    /// - Returns: whether there is something new to be looked at.
    func addWitnesses(_ known: Int, _ paths: @autoclosure () -> [RelativePath]) -> Bool {
        dropOvertaken()
        let count = ledger.records.count
        var survey = Survey()
        look(below: .root, into: &survey, depth: 0)
        let remembered = lacksRecords(known) ? paths() : []
        if ledger.isNew, remembered.isEmpty, survey.ours.isEmpty { neighbours = survey.others }
        isLedgerKnown = true
        ledger.addUnknown(remembered + survey.ours)
        ledger.setStrays(survey.strays)
        return hasDropped || ledger.records.count > count
    }

    /// Where the ledger is of another time than the folder, somebody may have put a file of theirs where one of ours was once.
    /// In a folder that bears a seal, all that is ours bears a mark, at least that of another place.
    private func dropOvertaken() {
        guard sealOfFolder != 0, ledger.seal != sealOfFolder else { return }
        let overtaken = found.indices.filter { index in
            guard found[index] == .altered else { return false }
            let path = ledger.records[index].path
            return
                switch mark(of: path).map({ place.fileSystem.fit($0, place.folder.appending(path.bytes)) })
            {
            case .fitting, .strayed, .aged, nil: false
            case .others, .none?: true
            }
        }
        if overtaken.isEmpty { return }
        ledger.drop(Set(overtaken))
        hasDropped = true
    }

    /// Writes down what witnesses say to be ours. The graph, which is one of them, says something else as soon as this build
    /// has gone on, though it may have errors and publish nothing; a file may lose its mark with itself, and leave a folder.
    func keepWitnesses() {
        guard let store else { return }
        do throws(FileError) {
            try ledger.rewriteIfNeeded(at: Self.ledgerPath(store), on: store.fileSystem)
            if !ledger.records.isEmpty, ledger.seal != sealOfFolder || isSealedAmiss { try sealFolder() }
        } catch {
            // Whoever publishes tries again, and says what stands in the way.
        }
    }

    /// `isAnother` in what is the output of another site, or another output of this one: there only what bears our mark counts.
    private func look(
        below folder: RelativePath, into survey: inout Survey, depth: Int, isAnother: Bool = false
    ) {
        let entries = try? place.fileSystem.listUnlinked(place.folder.appending(folder.bytes))
        guard depth < 200, let entries else { return }
        for entry in entries {
            let path = folder.appending(entry.name)
            let inner = place.folder.appending(path.bytes)
            // What is on its way may wait in the output folder itself.
            if inner == place.staging { continue }
            switch entry.kind {
            case .folder:
                // One that bears a seal is such an output, or was.
                let isAnother = isAnother || place.fileSystem.seal(of: inner) != nil
                look(below: path, into: &survey, depth: depth + 1, isAnother: isAnother)
            case .file where ledger.record(of: path) == nil:
                switch mark(of: path).map({ place.fileSystem.fit($0, inner) }) {
                case .fitting: survey.ours.append(path)
                case .strayed, .aged: if !isAnother { survey.strays.append(path) }
                case .others, .none?, nil: if !isAnother { survey.others.append(path) }
                }
            case .other, .outside, .dead:
                if place.fileSystem.isLink(inner) { hasLinks = true }
            case .file: break
            }
        }
    }

    /// The mark of the file at a path of the output; `nil` while it is not known which folder the output will be.
    func mark(of path: RelativePath) -> FileMark? {
        guard let folderNumber else { return nil }
        var builder = FingerprintBuilder()
        builder.combine(folderNumber)
        builder.combine(path.bytes)
        return FileMark(owner: place.owner, place: builder.finish().low)
    }

    // MARK: Seals

    /// Gives the folder, or the tree that will be the folder, another seal, and writes it down before.
    ///
    /// - Parameters:
    ///   - folder: which has it; the output folder without it.
    ///   - paths: those that come and those that go. Two ledgers with one seal list the same files.
    /// - Throws: what the system refuses to write down.
    func sealFolder(_ folder: RelativePath? = nil, changing paths: [[RelativePath]] = []) throws(FileError) {
        guard let store else {
            // What is not written down is to be found by the next build that can.
            if sealOfFolder != 0, folder == nil { breakSeal() }
            return
        }
        // Once it is broken, each build looks.
        if hasLinks, sealOfFolder == 0, ledger.seal ?? 0 != 0 { return }
        var builder = FingerprintBuilder()
        builder.combine(ledger.seal ?? 0)
        for list in paths.isEmpty ? [ledger.records.map(\.path)] : paths {
            builder.combine(list.count)
            for path in list { builder.combine(path.bytes) }
        }
        // None at all is told by 0.
        let seal = builder.finish().low | 1
        let ledgerPath = Self.ledgerPath(store)
        try ledger.write(seal: seal, at: ledgerPath, on: store.fileSystem)
        if hasLinks { return breakSeal() }
        place.fileSystem.setSeal(seal, of: folder ?? place.folder)
        sealOfFolder = place.fileSystem.seal(of: folder ?? place.folder) ?? 0
        // Where there are no seals the ledger must not wait for one.
        if sealOfFolder != seal {
            try ledger.write(seal: sealOfFolder, at: ledgerPath, on: store.fileSystem)
        }
    }

    /// Whether the folder bears a seal though it must be looked through each time: behind a link that somebody has put in the
    /// place of a folder, files of ours may come back.
    var isSealedAmiss: Bool { hasLinks && sealOfFolder != 0 }

    private func breakSeal() {
        place.fileSystem.setSeal(nil, of: place.folder)
        sealOfFolder = 0
    }

    /// Tells of files that we wrote for another place, which may be stale and may be the author's.
    var strayFinding: Diagnostic? {
        let strays = ledger.strays.filter { path in
            guard ledger.record(of: path) == nil, let mark = mark(of: path) else { return false }
            return [.strayed, .aged].contains(
                place.fileSystem.fit(mark, place.folder.appending(path.bytes)))
        }
        guard let first = strays.first else { return nil }
        let isOne = strays.count == 1
        return Diagnostic(
            .strayOutput,
            isOne
                ? "this file was written by this program for another place, and is left alone"
                : "\(strays.count) files in the output folder, of which this is the first, were written by this program for other places, and are left alone",
            at: SourceLocation(path: place.folder.appending(first.bytes)),
            hint: "remove \(isOne ? "it if it is" : "them if they are") stale: moved or put back from a copy")
    }

    /// Tells, when a folder is first built into, that there are files of others in it.
    func neighbourFinding(_ isUnknown: Bool) -> Diagnostic? {
        let wanted = Set(paths)
        // A repository, and what a host wants to find beside the pages, are there on purpose.
        let others = neighbours.filter { $0.bytes.first != UInt8(ascii: ".") && !wanted.contains($0) }
        guard isUnknown, let first = others.first else { return nil }
        return Diagnostic(
            .sharedOutput,
            others.count == 1
                ? "the output folder holds a file that this program did not write, and keeps it"
                : "the output folder holds \(others.count) files that this program did not write, of which this is the first, and keeps them",
            at: SourceLocation(path: place.folder.appending(first.bytes)),
            hint: place.advice() ?? "if it is for something else, build into another folder with --output")
    }
}
