import Engine
import Text

/// Which folders are sections, and the page of each.
extension CatalogBuilder {
    /// The folders that are sections: the root, each top folder, and deeper ones that have an `_index.md`.
    func sectionFolders(_ entries: [Entry], _ sectionEntries: [RelativePath: Entry]) -> [RelativePath] {
        var folders: Set<RelativePath> = [.root]
        for folder in sectionEntries.keys {
            folders.insert(folder)
            if let top = folder.components.first { folders.insert(RelativePath(unchecked: Array(top))) }
        }
        var last = RelativePath.root
        for entry in entries where entry.source.folder != last {
            last = entry.source.folder
            if let top = last.components.first { folders.insert(RelativePath(unchecked: Array(top))) }
        }
        return folders.sorted()
    }

    func nearestSection(_ folder: RelativePath) -> Int32 {
        var candidate = folder
        while true {
            if let index = sectionByFolder[candidate] { return index }
            if candidate.isRoot { return 0 }
            candidate = candidate.parent
        }
    }

    func hasPosts(_ folder: RelativePath) -> Bool {
        guard let named = settings.postSections else { return true }
        return named.contains { folder.isInside($0) && (!$0.isRoot || folder.isRoot) }
    }

    /// The sections in which a post has a weight.
    func weightedSections(_ structures: [SharedStructure]) -> Set<Int32> {
        Set(
            structures.indices.filter {
                structures[$0].weight != 0 && pages[$0].unrecorded.isListedPost
            }.map { pages[$0].unrecorded.section })
    }

    /// Whether a section's posts stand in the order of their dates.
    private func isByDate(_ order: [UInt8]?, isWeighted: Bool) -> Bool {
        switch order.map({ String(decoding: $0, as: UTF8.self) }) {
        case "title", "path", "slug": false
        case "date", "publish_date", "update_date": true
        default: !isWeighted
        }
    }

    mutating func addSections(
        _ folders: [RelativePath], _ entries: [RelativePath: Entry], weighted: Set<Int32>
    ) {
        var withPosts: Set<Int32> = []
        for page in pages where page.unrecorded.isListedPost { withPosts.insert(page.unrecorded.section) }
        for folder in folders {
            let entry = entries[folder]
            let structure = entry?.structure ?? .empty
            let kind: PageKind = folder.isRoot ? .home : .section
            let route = settings.route(entry?.source, structure, folder)
            let index = Int32(sections.count)
            let list = folder.isRoot ? CatalogName.posts : CatalogName.section(folder)
            let size = structure.paginateBy ?? settings.pageSize
            let paginates = settings.paginates(kind, folder, [], structure.template)
            pages.append(
                CatalogPage(
                    id: kind == .home
                        ? PageID(language: settings.language, invented: "home")
                        : PageID(language: settings.language, invented: "section", folder.bytes),
                    kind: kind, source: entry.map { Symbol($0.source.path.bytes) }, section: index,
                    url: route.url, output: route.output, date: structure.date,
                    isListed: structure.isListed, isRendered: structure.isRendered,
                    isDraft: structure.isDraft, isInSitemap: structure.isInSitemap,
                    redirect: structure.redirectTo, aliases: route.aliases,
                    pageSize: paginates ? Int32(clamping: max(0, size)) : 0, list: list,
                    partsList: partsList(list),
                    listsPosts: folder.isRoot ? !withPosts.isEmpty : withPosts.contains(index),
                    sectionFolder: folder.isRoot ? folder : folders[Int(nearestSection(folder.parent))]))
            sections.append(
                CatalogSection(
                    folder: folder, page: Int32(pages.count - 1),
                    parent: folder.isRoot ? -1 : nearestSection(folder.parent), hasPosts: hasPosts(folder),
                    isByDate: isByDate(structure.sortBy, isWeighted: weighted.contains(index))))
        }
        for section in sections where section.parent >= 0 {
            // As with pages: a list leads to what it lists.
            let page = pages[Int(section.page)].unrecorded
            guard page.isListed, page.isRendered else { continue }
            lists[CatalogName.subsections(sections[Int(section.parent)].folder), default: []].append(
                section.page)
        }
    }
}
