import Engine
import Text

/// Where a redirect leads: what it says means what it means in a menu, a page by the name of its source or an address
/// counted from the root of the site.
enum RedirectTarget {
    /// The address without the base path; one that leads out of the site as it is written.
    static func address(_ written: [UInt8], _ rendering: Rendering) -> [UInt8] {
        MenuAddress.resolved(written, rendering) ?? written
    }

    /// The outputs that may stand at the address of a target, likeliest first; none where it is of another site.
    static func outputs(of target: [UInt8], baseURLs: () -> [[UInt8]]) -> [RelativePath] {
        guard let own = HeadCheck.path(ofURL: target, baseURLs) else { return [] }
        let path = Addresses.withoutQuery(Addresses.splitFragment(own).path)
        guard !Addresses.isAbsolute(path), case .success(let route) = OutputRoute.make(path) else {
            return []
        }
        return [route.path, RelativePath(unchecked: route.path.parent.bytes + Array(".html".utf8))]
    }
}
