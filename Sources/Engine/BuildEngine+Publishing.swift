import Files
import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The end of a build without errors: its outputs come in place, or a finding says why they cannot.
extension BuildEngine {
    /// Puts the outputs in place.
    ///
    /// - Returns: findings that forbade it.
    func publish(
        _ table: [OutputTable.Entry], _ publication: Publication, _ isRoutine: Bool, _ inputs: BuildInputs,
        _ report: inout BuildReport
    ) -> [Diagnostic] {
        produce(table, publication, onlyNew: false, isRoutine: isRoutine)
        inputs.progress?.begin(.publishing)
        if let error = evaluator.stagingRefusal { return [finding(error)] }
        let links = publication.linksInTheWay()
        if !links.isEmpty { return links.prefix(10).map { finding(link: $0) } }
        if !inputs.force {
            let foreign = publication.foreignFiles()
            if !foreign.isEmpty {
                let wanted = Set(publication.staged.values.map(\.path))
                return foreign.prefix(10).map {
                    finding(foreign: $0, of: foreign.count, isInTheWay: !wanted.contains($0))
                }
                    + [publication.neighbourFinding(true)].compactMap { $0 }
            }
        }
        // From here on the output may be ahead of what is remembered: a build that dies in between must not leave a
        // store that calls itself up to date with sources that are as they were before.
        evaluator.monitor.locked {
            evaluator.store?.commit(evaluator.image, session: nil)
            evaluator.flushNow()
            // Where one may look at a site, but not write beside it, it is built all the same. What is published then must
            // not be known to the list of outputs either: the store still calls the sources before these up to date.
            if evaluator.store?.refusal != nil { publication.forgetStore() }
        }
        do throws(FileError) {
            let result = try publication.publish()
            report.written = result.written
            report.removed = result.removed
            return [publication.neighbourFinding(publication.adopted.isEmpty)].compactMap { $0 }
        } catch {
            report.written = publication.placedBeforeRefusal
            return [finding(error)]
        }
    }

    private func finding(_ error: FileError) -> Diagnostic {
        if error.operation == Publication.stagingOperation {
            return Diagnostic(
                .unwritableOutput,
                error.code == ELOOP
                    ? "outputs would wait in this folder, and it is a symbolic link"
                    : "outputs would wait in this folder, and it holds files of others",
                at: SourceLocation(path: error.path), hint: "move it away")
        }
        if error.code == EEXIST, let outputPlace, let path = error.path.relative(to: outputPlace.folder) {
            return finding(foreign: path, of: 1)
        }
        // Nobody knows where outputs wait; what is wrong is that the folder they are for takes none.
        if let outputPlace, error.path == outputPlace.staging || error.path.isInside(outputPlace.staging) {
            return Diagnostic(
                .unwritableOutput, "cannot write into the output folder: \(error.reason)",
                at: SourceLocation(path: outputPlace.folder))
        }
        return Diagnostic(
            .unwritableOutput, "cannot \(error.operation) this: \(error.reason)",
            at: SourceLocation(path: error.path),
            hint: error.code == EISDIR
                ? "a folder stands where a file should be; move it away: it may hold files of others" : nil)
    }

    /// `isInTheWay` for what is no output's own place: a file where a folder goes, or one in a folder where a file goes.
    /// Nothing would be written over that.
    private func finding(foreign path: RelativePath, of count: Int, isInTheWay: Bool = false) -> Diagnostic {
        let folder = outputPlace?.folder ?? .root
        let advice = outputPlace?.advice() ?? "move it away, or build into another folder with --output"
        return Diagnostic(
            .foreignOutput,
            isInTheWay
                ? "this file was not written by this program, and stands in the way of an output"
                : "an output would overwrite a file that was not written by this program",
            at: SourceLocation(path: folder.appending(path.bytes)),
            hint: advice
                + (isInTheWay
                    ? ""
                    : count > 10 ? "; --force overwrites all \(count) of them" : "; --force overwrites it")
        )
    }

    private func finding(link path: RelativePath) -> Diagnostic {
        Diagnostic(
            .foreignOutput, "an output would be written through a symbolic link to another folder",
            at: SourceLocation(path: (outputPlace?.folder ?? .root).appending(path.bytes)),
            hint: "remove the link, or build into another folder with --output")
    }
}

extension Publication {
    /// Writes the bytes of a source where they wait; from any thread. Of a large file only parts are held.
    ///
    /// - Returns: `nil` when there is no such file.
    func stage(
        _ index: Int, copyOf path: RelativePath, in files: any FileSystem
    ) throws(FileError) -> Staged? {
        try openStaging()
        let source = stagingPath(index)
        guard
            let copy = try place.fileSystem.create(
                source, copyOf: path, in: files, mark: mark(of: paths[index]))
        else { return nil }
        return Staged(path: paths[index], source: source, fingerprint: copy.fingerprint, stamp: copy.stamp)
    }
}
