// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Else a generic type is made by its name when it is first used, for which the runtime looks through every conformance of
/// the program, before the first frame. Functions and variables have sections of their own, for the linker to put in order.
/// Not where the package is checked out as another one's dependency: one with such flags would be refused, and the core is a
/// library.
let startsQuickly: [SwiftSetting] =
  Context.packageDirectory.contains("/checkouts/")
  ? []
  : [
    .unsafeFlags(
      [
        "-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors", "-Xfrontend", "-function-sections",
        "-Xllvm", "-data-sections",
      ], .when(configuration: .release))
  ]

/// Of everything that is in the program.
let program: [SwiftSetting] = strict + startsQuickly

/// ncurses wants mutual exclusion, so the rooms that touch the screen live on the main actor.
let onMainActor: [SwiftSetting] = program + [.defaultIsolation(MainActor.self)]

/// A release is linked for a fixed address. Else the loader writes a hundred thousand pointers before the first line of
/// code runs: a millisecond or two of the start, and megabytes that no other process can share.
/// By lld, which the toolchain brings: it takes a third of the time, and lays side by side what a start needs before its first
/// frame, which would lie on a hundred pages more. The list is of `.ci/start_order.py`; names that are no more do no harm.
let fixedAddress: LinkerSetting = .unsafeFlags(
  ["-use-ld=lld"]
    + [
      "--no-pie", "--no-export-dynamic", "--no-warn-symbol-ordering",
      "--symbol-ordering-file=" + Context.packageDirectory + "/.static/start.order",
    ].flatMap { ["-Xlinker", $0] },
  .when(configuration: .release))

/// A release holds the libraries that it needs, but for the C library: to find, map and bind them takes another millisecond or
/// two, and they need not be installed where it runs. Empty files in `.static` keep the linker from the shared ones.
let ownLibraries: LinkerSetting = .unsafeFlags(
  ["-L", Context.packageDirectory + "/.static", "-Xclang-linker", "-static-libgcc"]
    + ["sqlite3", "ncursesw", "tinfo", "z", "stdc++"].flatMap { ["-Xlinker", "-l:lib\($0).a"] } + ["-Xlinker", "-lm"],
  .when(configuration: .release))

/// Swift's library too, whether or not the build was told so by `--static-swift-stdlib`. From a fixed address the loader would
/// complain of each function that it finds in the shared one, on the terminal and in the middle of a screen.
let ownRuntime: LinkerSetting = .unsafeFlags(
  ["-static-stdlib", "-Xlinker", "--start-group"]
    + [
      "Foundation", "FoundationInternationalization", "FoundationEssentials", "CoreFoundation", "_FoundationICU",
      "_FoundationCShims", "_FoundationCollections",
    ].map { "-l\($0)" } + ["-Xlinker", "--end-group"],
  .when(configuration: .release))

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let heap: Target.Dependency = .product(name: "HeapModule", package: "swift-collections")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
  name: "wxtop",
  products: [
    .executable(name: "wxtop", targets: ["wxtop"]),
    .library(name: "WeixinCore", targets: ["WeixinModel", "WeixinAPI", "MessageArchive", "Monitor"]),
    // The front end without a terminal, for Tests/Benchmarks: a package of its own sees products only.
    .library(name: "WxtopDashboard", targets: ["Dashboard", "TerminalScreen"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    // Without the trait it needs no Foundation.
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    .target(name: "WeixinModel", swiftSettings: program),
    .target(
      name: "WeixinAPI", dependencies: ["WeixinModel", asyncHTTPClient, heap, nioCore, nioHTTP1, nioPosix, nioSSL],
      swiftSettings: program),
    .target(name: "MessageArchive", dependencies: ["WeixinModel", grdb], swiftSettings: program),
    .target(
      name: "Monitor", dependencies: ["WeixinModel", "WeixinAPI", "MessageArchive", logging], swiftSettings: program),

    .target(name: "ChartLayout", swiftSettings: program),
    .target(name: "TerminalScreen", swiftSettings: program),
    .target(
      name: "Dashboard", dependencies: ["WeixinModel", "ChartLayout", "TerminalScreen"], swiftSettings: program),
    .target(
      name: "DashboardRuntime", dependencies: ["Dashboard", "Monitor", "WeixinModel", "TerminalScreen"],
      swiftSettings: onMainActor),

    .target(
      name: "CNcurses",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(
      name: "CursesTerminal", dependencies: ["CNcurses", "TerminalScreen"], swiftSettings: onMainActor),

    // Opens libmicrohttpd when a port is first opened, so there is nothing to link.
    .target(name: "CMicrohttpd"),
    .target(name: "LoopbackServer", dependencies: ["CMicrohttpd"], swiftSettings: program),
    .target(name: "WeixinSimulator", dependencies: ["WeixinModel", "LoopbackServer"], swiftSettings: program),
    .target(name: "CMemory"),
    .executableTarget(
      name: "wxtop",
      dependencies: [
        "CMemory",
        "WeixinModel", "WeixinAPI", "MessageArchive", "Monitor", "Dashboard", "DashboardRuntime", "TerminalScreen",
        "CursesTerminal", "LoopbackServer", "WeixinSimulator", argumentParser, yams, logging, subprocess, systemPackage,
        unixSignals,
      ],
      swiftSettings: program,
      linkerSettings: [fixedAddress, ownLibraries, ownRuntime]),

    .testTarget(name: "WeixinModelTests", dependencies: ["WeixinModel"], swiftSettings: strict),
    .testTarget(
      name: "WeixinAPITests",
      dependencies: [
        "WeixinAPI", "WeixinModel", "WeixinSimulator", asyncHTTPClient, nioCore, nioHTTP1, nioPosix, nioSSL,
      ],
      exclude: ["Fixtures"], swiftSettings: strict),
    // For tests of servers; shares no code with them.
    .target(name: "LoopbackClient", path: "Tests/LoopbackClient", swiftSettings: strict),
    .testTarget(
      name: "LoopbackServerTests", dependencies: ["LoopbackServer", "LoopbackClient"], swiftSettings: strict),
    .testTarget(
      name: "WeixinSimulatorTests",
      dependencies: ["WeixinSimulator", "WeixinModel", "LoopbackServer", "LoopbackClient"], swiftSettings: strict),
    .testTarget(
      name: "MessageArchiveTests", dependencies: ["MessageArchive", "WeixinModel", grdb], swiftSettings: strict),
    .testTarget(
      name: "MonitorTests", dependencies: ["Monitor", "WeixinModel", "WeixinAPI", "MessageArchive", "WeixinSimulator"],
      swiftSettings: strict),
    .testTarget(name: "ChartLayoutTests", dependencies: ["ChartLayout"], swiftSettings: strict),
    .testTarget(name: "TerminalScreenTests", dependencies: ["TerminalScreen"], swiftSettings: strict),
    .testTarget(
      name: "DashboardTests", dependencies: ["Dashboard", "WeixinModel", "TerminalScreen", "ChartLayout"],
      swiftSettings: strict),
    .testTarget(
      name: "DashboardRuntimeTests",
      dependencies: ["DashboardRuntime", "Dashboard", "Monitor", "WeixinModel", "TerminalScreen"], swiftSettings: strict
    ),
    .testTarget(
      name: "CursesTerminalTests", dependencies: ["CursesTerminal", "CNcurses", "TerminalScreen"], swiftSettings: strict
    ),
    .testTarget(
      name: "WxtopTests",
      dependencies: [
        "wxtop", "WeixinModel", "WeixinAPI", "MessageArchive", "Dashboard", "TerminalScreen", "WeixinSimulator",
        "LoopbackServer",
      ],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6])
