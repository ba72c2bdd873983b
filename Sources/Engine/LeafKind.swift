/// What the engine itself knows of the world: keys without a rule, at the bottom of the graph.
enum LeafKind: UInt8, CaseIterable, Sendable {
    /// A file, by its path. Projections: whole (content or absence), `exists`.
    case file = 1
    /// The names and kinds in a folder, by its path.
    case listing = 2
    /// A variable of the environment.
    case environment = 3
    /// Something that the command line says.
    case flag = 4
    /// Whether an instant lies in the past; named by seconds since 1970.
    case past = 5
    /// The current time, cut to a granule; named by the granule.
    case clock = 6
    /// Something that the host works out once a build.
    case probe = 7

    /// What people read.
    var name: String {
        switch self {
        case .file: "file"
        case .listing: "listing"
        case .environment: "environment"
        case .flag: "flag"
        case .past: "is-past"
        case .clock: "clock"
        case .probe: "probe"
        }
    }
}
