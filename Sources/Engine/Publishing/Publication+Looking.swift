import Files
import Text

/// What lies in the output folder, compared with what we left there.
extension Publication {
    /// Whether every file is as we left it.
    var isClean: Bool { !hasDropped && found.allSatisfy { $0 == .intact } }

    /// Compares the files on disk with the ledger: by stamp, and by content where the stamp differs.
    func verify() {
        let records = ledger.records
        let chunk = 256
        let chunks = (records.count + chunk - 1) / chunk
        let results = ResultBox<[Look]>(count: chunks, filler: [])
        progress?.want(records.count, in: .looking)
        Parallel.forEach(chunks, jobs: jobs) { [self, progress] index in
            let part = (index * chunk)..<Swift.min((index + 1) * chunk, records.count)
            results.set(self.look(at: records, part), at: index)
            progress?.advance(part.count, in: .looking)
        }
        found = Array(repeating: .intact, count: records.count)
        restamped = []
        alterations = [:]
        links = [:]
        var dropped: Set<Int> = []
        for look in results.take().joined() {
            found[look.index] = look.found
            let isBehindLink = link(above: records[look.index].path) != nil
            if look.found == .foreign || isBehindLink {
                if isBehindLink { hasLinks = true }
                dropped.insert(look.index)
                continue
            }
            guard let stamp = look.stamp else { continue }
            var record = records[look.index]
            record.stamp = stamp
            if let fingerprint = look.fingerprint { record.fingerprint = fingerprint }
            if look.found == .altered {
                alterations[look.index] = record
            } else {
                ledger.set(record, at: look.index)
                restamped.append(record)
            }
        }
        if dropped.isEmpty { return }
        // Those are nobody's but the author's from now on.
        ledger.drop(dropped)
        hasDropped = true
        verify()
    }

    /// What was found at the path of a record, where it is not just as we left it.
    private struct Look: Sendable {
        var index: Int
        var found: Found
        /// The stamp, where it is not the one that the ledger knows though the content is.
        var stamp: FileStamp?
        /// The content, where the ledger did not know it or knew another.
        var fingerprint: Fingerprint?
    }

    /// Looks at neighbours in the ledger.
    private func look(at records: [OutputLedger.Record], _ part: Range<Int>) -> [Look] {
        let stamps = place.fileSystem.stamps(records[part].map(\.path), below: place.folder)
        var looks: [Look] = []
        for (index, stamp) in zip(part, stamps) {
            switch stamp {
            case .success(nil): looks.append(Look(index: index, found: .missing))
            case .success(let stamp) where stamp == records[index].stamp: continue
            case .success: looks.append(lookInto(records[index], index))
            case .failure: looks.append(Look(index: index, found: .altered))
            }
        }
        return looks
    }

    /// Looks at what is in a file whose stamp is not as we left it.
    private func lookInto(_ record: OutputLedger.Record, _ index: Int) -> Look {
        do throws(FileError) {
            let path = place.folder.appending(record.path.bytes)
            guard let contents = try place.fileSystem.examine(path, keeping: 0) else {
                return Look(index: index, found: .missing)
            }
            // What was announced may never have been put there; then what lies there is somebody else's. In a folder that
            // bears a seal, all that is ours bears a mark.
            if record.stamp == nil, sealOfFolder != 0, let mark = mark(of: record.path),
                ![.fitting, .aged].contains(place.fileSystem.fit(mark, path))
            {
                return Look(index: index, found: .foreign)
            }
            // What was only known to be ours may have been altered since: it is as it should be if it is equal.
            let fingerprint = contents.fingerprint
            // What is published would not be this file, or nobody else could read it. Who takes the rights of others alone,
            // and leaves the group's, knows which server reads.
            let isUsable = contents.stamp.mode & 0o044 != 0 && !place.fileSystem.isLink(path)
            if !isUsable { return Look(index: index, found: .altered) }
            if fingerprint == record.fingerprint {
                return Look(index: index, found: .intact, stamp: contents.stamp)
            }
            return Look(index: index, found: .altered, stamp: contents.stamp, fingerprint: fingerprint)
        } catch {
            return Look(index: index, found: .altered)
        }
    }

    /// Believes the ledger without looking.
    func trust() {
        found = Array(repeating: .intact, count: ledger.records.count)
    }
}
