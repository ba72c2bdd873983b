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
            let order = Order(sectionEntries[section.folder]?.structure.sortBy)
            let sorted = members[index].sorted {
                precedes(
                    $0, $1, order, weight: { structures[$0].weight }, title: { entries[$0].title ?? [] },
                    path: { entries[$0].source.path }, isSection: { _ in false })
            }
            lists[CatalogName.section(section.folder)] = sorted.map { Int32($0) }
            lists[CatalogName.postsOfSection(section.folder)] = sorted.filter { pages[$0].unrecorded.isPost }
                .map {
                    Int32($0)
                }
            listChildren(of: section, sorted, order, structures, entries, sectionEntries)
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

    /// The pages of a section and the sections in it, in one order; a section without sections has its pages for that.
    private mutating func listChildren(
        of section: CatalogSection, _ sorted: [Int], _ order: Order, _ structures: [SharedStructure],
        _ entries: [Entry], _ sectionEntries: [RelativePath: Entry]
    ) {
        let subsections = (lists[CatalogName.subsections(section.folder)] ?? []).map { Int($0) }
        if subsections.isEmpty { return }
        func entry(_ page: Int) -> Entry? {
            if page < entries.count { return entries[page] }
            return sectionEntries[sections[Int(pages[page].unrecorded.section)].folder]
        }
        let children = (subsections + sorted).sorted {
            precedes(
                $0, $1, order, weight: { entry($0)?.structure.weight ?? 0 },
                title: { entry($0)?.title ?? [] },
                path: { entry($0)?.source.path ?? sections[Int(pages[$0].unrecorded.section)].folder },
                isSection: { $0 >= entries.count })
        }
        lists[CatalogName.children(section.folder)] = children.map { Int32($0) }
    }

    /// By what a section is sorted.
    private enum Order {
        case weight
        case date
        case title
        case path

        init(_ sortBy: [UInt8]?) {
            switch sortBy.map({ String(decoding: $0, as: UTF8.self) }) {
            case "title": self = .title
            case "path", "slug": self = .path
            case "date", "publish_date", "update_date": self = .date
            default: self = .weight
            }
        }
    }

    /// The order of a section.
    @inline(__always)
    private func precedes(
        _ left: Int, _ right: Int, _ order: Order, weight: (Int) -> Int, title: (Int) -> [UInt8],
        path: (Int) -> RelativePath, isSection: (Int) -> Bool
    ) -> Bool {
        switch order {
        case .title:
            let a = title(left)
            let b = title(right)
            return a != b ? a.lexicographicallyPrecedes(b) : path(left) < path(right)
        case .path: return path(left) < path(right)
        case .date: break
        case .weight:
            // Hugo's default order: weight with 0 last, then newest first, then path.
            let a = weight(left)
            let b = weight(right)
            if a != b { return (a == 0 ? Int.max : a) < (b == 0 ? Int.max : b) }
        }
        if isSection(left) != isSection(right) { return isSection(left) }
        return newestFirst(left, right)
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
