// swift-tools-version: 6.2
import PackageDescription

// One list of settings for every target, so that no room is laxer than another.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableExperimentalFeature("Lifetimes"),
]

// Debug builds, and so the tests, check that no two accesses overlap. In release that check is a twentieth of a build,
// since what belongs to one rendering or one build is in classes. (Not in `Serve`: this compiler then refuses a
// noncopyable value there.)
let unchecked: [SwiftSetting] = [
    .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))
]

/// A room: one target, and the rooms and libraries that it may use.
func room(
    _ name: String, uses: [Target.Dependency] = [], settings: [SwiftSetting] = unchecked,
    linker: [LinkerSetting] = []
) -> Target {
    .target(name: name, dependencies: uses, swiftSettings: house + settings, linkerSettings: linker)
}

/// The tests of a room.
func tests(of name: String, uses: [Target.Dependency] = [], data: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.init(stringLiteral: name), "TestSupport"] + uses, exclude: data,
        swiftSettings: house)
}

let package = Package(
    name: "site",
    platforms: [.macOS(.v26)],
    products: [.executable(name: "site", targets: ["CLI"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        // The rooms, from the ground up; each may use only what it names.
        room("Text"),
        room("Files", uses: ["Text"]),
        room("Formats", uses: ["Text", "CYAML", "CTOML"], linker: [.linkedLibrary(":libyaml.a")]),
        room("Engine", uses: ["Text", "Files"]),
        room("Templates", uses: ["Text"]),
        room(
            "Markup", uses: ["Text", "CCMark", "CXML2"],
            linker: [
                .linkedLibrary(":libcmark-gfm-extensions.a"), .linkedLibrary(":libcmark-gfm.a"),
                // Parsing with extensions switches a table of the whole process on and off, and joins texts slowly; see CCMark.
                .unsafeFlags([
                    "-Xlinker", "--wrap=cmark_inlines_remove_special_character",
                    "-Xlinker", "--wrap=cmark_consolidate_text_nodes",
                ]),
            ]),
        room(
            "Site",
            uses: ["Text", "Files", "Formats", "Engine", "Templates", "Markup", "CResources", "CTheme"]),
        room(
            "Serve",
            uses: [
                "Text", "Files",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ], settings: []),
        .executableTarget(
            name: "CLI",
            dependencies: [
                "Text", "Files", "Engine", "Templates", "Site", "Serve",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: house),

        // C libraries: a module map and a shim each, seen by one room alone.
        .target(name: "CCMark"),
        .target(name: "CTOML", cxxSettings: [.unsafeFlags(["-std=c++17"])]),
        .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        // What the program carries: time zones and month names; the default theme.
        .target(name: "CResources", exclude: ["Data"]),
        .target(name: "CTheme", cSettings: [.unsafeFlags(["-Wno-c23-extensions"])]),

        // Measures the template engine; `Tests/TemplatesTests/benchmark.py` runs it beside Jinja2 and minijinja.
        .executableTarget(
            name: "TemplatesBenchmark", dependencies: ["Text", "Templates"], swiftSettings: house + unchecked),

        .target(
            name: "TestSupport", dependencies: ["Text", "Files"], path: "Tests/TestSupport",
            swiftSettings: house),
        tests(of: "Text"),
        tests(of: "Files", uses: ["Text"]),
        tests(of: "Formats", uses: ["Text"], data: ["Cases"]),
        tests(of: "Engine", uses: ["Text", "Files"]),
        .testTarget(
            name: "TemplatesTests", dependencies: ["Templates", "TestSupport", "Text"],
            exclude: ["generate_random_cases.py", "update_cases.py", "benchmark.py", "Cases"],
            swiftSettings: house),
        tests(of: "Markup", uses: ["Text"]),
        tests(
            of: "Site", uses: ["Text", "Files", "Formats", "Engine", "Templates", "Markup"],
            data: ["Model/Cases", "Cases"]),
        tests(
            of: "Serve",
            uses: [
                "Text", "Files",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                // Connections in memory, with a clock that tests turn.
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ]),
        tests(of: "CLI", uses: ["Text", "Files", "Engine", "Site"], data: ["Corpora"]),
        .testTarget(name: "HouseTests", dependencies: ["Text", "TestSupport"], swiftSettings: house),
    ]
)
