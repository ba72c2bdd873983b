import Engine
import Text

/// The lists of pages, each in its order.
extension CatalogBuilder {
    mutating func listPages(
        _ structures: [SharedStructure], _ entries: [Entry], _ sectionEntries: [RelativePath: Entry]
    ) {
        let listed = (0..<entries.count).filter {
            pages[$0].unrecorded.isListed && pages[$0].unrecorded.isRendered
        }
        let byDate = listed.sorted { newestFirst($0, $1) }
        lists[CatalogName.posts] = byDate.filter { pages[$0].unrecorded.isPost }.map { Int32($0) }
        lists[CatalogName.pages] = listed.map { Int32($0) }
        var members = [[Int]](repeating: [], count: sections.count)
        for page in listed {
            var section = Int(pages[page].unrecorded.section)
            members[section].append(page)
            // Pages of a transparent section are listed by the section around it as well (Zola's meaning).
            while sections[section].parent >= 0,
                sectionEntries[sections[section].folder]?.structure.isTransparent == true
            {
                section = Int(sections[section].parent)
                members[section].append(page)
            }
        }
        for (index, section) in sections.enumerated() {
            let order = sectionEntries[section.folder]?.structure.sortBy
            let sorted = members[index].sorted { left, right in
                switch order.map({ String(decoding: $0, as: UTF8.self) }) {
                case "title":
                    let a = entries[left].title ?? []
                    let b = entries[right].title ?? []
                    if a != b { return a.lexicographicallyPrecedes(b) }
                    return entries[left].source.path < entries[right].source.path
                case "path", "slug":
                    return entries[left].source.path < entries[right].source.path
                case "date", "publish_date", "update_date": return newestFirst(left, right)
                default:
                    // Hugo's default order: weight with 0 last, then newest first, then path.
                    let a = structures[left].weight == 0 ? Int.max : structures[left].weight
                    let b = structures[right].weight == 0 ? Int.max : structures[right].weight
                    if a != b { return a < b }
                    return newestFirst(left, right)
                }
            }
            lists[CatalogName.section(section.folder)] = sorted.map { Int32($0) }
            lists[CatalogName.postsOfSection(section.folder)] = sorted.filter { pages[$0].unrecorded.isPost }
                .map {
                    Int32($0)
                }
            if index == 0 {
                lists[CatalogName.topPages] = sorted.filter { pages[$0].unrecordedDate == nil }.map {
                    Int32($0)
                }
            }
        }
        var series: [[UInt8]: [Int]] = [:]
        for page in listed {
            if let name = structures[page].series { series[name, default: []].append(page) }
        }
        for (name, members) in series {
            lists[CatalogName.series(name)] = members.sorted { newestFirst($1, $0) }.map { Int32($0) }
        }
    }

    /// Newest first, undated last, then by path: a total order.
    func newestFirst(_ left: Int, _ right: Int) -> Bool {
        switch (pages[left].unrecordedDate, pages[right].unrecordedDate) {
        case (.some(let a), .some(let b)) where a != b: return a > b
        case (.some, nil): return true
        case (nil, .some): return false
        default: return left < right
        }
    }
}
