// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// ncurses wants mutual exclusion, so the rooms that touch the screen live on the main actor.
let onMainActor: [SwiftSetting] = strict + [.defaultIsolation(MainActor.self)]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let heap: Target.Dependency = .product(name: "HeapModule", package: "swift-collections")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
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
  // Each for the one job that stands above it.
  dependencies: [
    // Options, help, completions and the manual page.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // A heap of moments, for one timer that serves a thousand accounts.
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    // What the core logs goes where the program that uses it wants.
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    // The file paths that Subprocess takes.
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    // The history: SQLite with migrations, several processes at once.
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // The configuration, which is YAML.
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    // Signals as events.
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    // Commands of the user; without the trait it needs no Foundation.
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    .target(name: "WeixinModel", swiftSettings: strict),
    .target(name: "CCurl"),
    .target(name: "WeixinAPI", dependencies: ["WeixinModel", "CCurl", heap], swiftSettings: strict),
    .target(name: "MessageArchive", dependencies: ["WeixinModel", grdb], swiftSettings: strict),
    .target(
      name: "Monitor", dependencies: ["WeixinModel", "WeixinAPI", "MessageArchive", logging], swiftSettings: strict),

    .target(name: "ChartLayout", swiftSettings: strict),
    .target(name: "TerminalScreen", swiftSettings: strict),
    .target(
      name: "Dashboard", dependencies: ["WeixinModel", "ChartLayout", "TerminalScreen"], swiftSettings: strict),
    .target(
      name: "DashboardRuntime", dependencies: ["Dashboard", "Monitor", "WeixinModel", "TerminalScreen"],
      swiftSettings: onMainActor),

    .target(
      name: "CNcurses",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(
      name: "CursesTerminal", dependencies: ["CNcurses", "TerminalScreen"], swiftSettings: onMainActor),

    .target(name: "CProcess"),
    .target(name: "CMicrohttpd"),
    .target(name: "LoopbackServer", dependencies: ["CMicrohttpd"], swiftSettings: strict),
    .target(name: "WeixinSimulator", dependencies: ["WeixinModel", "LoopbackServer"], swiftSettings: strict),
    .executableTarget(
      name: "wxtop",
      dependencies: [
        "WeixinModel", "WeixinAPI", "MessageArchive", "Monitor", "Dashboard", "DashboardRuntime", "TerminalScreen",
        "CursesTerminal", "CProcess", "LoopbackServer", "WeixinSimulator", argumentParser, yams, logging, subprocess,
        systemPackage,
        unixSignals,
      ],
      swiftSettings: strict),

    .testTarget(name: "WeixinModelTests", dependencies: ["WeixinModel"], swiftSettings: strict),
    .testTarget(
      name: "WeixinAPITests", dependencies: ["WeixinAPI", "WeixinModel", "WeixinSimulator", subprocess],
      exclude: ["Fixtures"], swiftSettings: strict),
    // A client that shares no code with what it tests.
    .target(name: "LoopbackClient", path: "Tests/LoopbackClient", swiftSettings: strict),
    .testTarget(
      name: "LoopbackServerTests", dependencies: ["LoopbackServer", "LoopbackClient"], swiftSettings: strict),
    .testTarget(
      name: "WeixinSimulatorTests",
      dependencies: ["WeixinSimulator", "WeixinModel", "LoopbackServer", "LoopbackClient"],
      swiftSettings: strict),
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
        "wxtop", "WeixinModel", "WeixinAPI", "MessageArchive", "Dashboard", "TerminalScreen", "CursesTerminal",
        "WeixinSimulator", "LoopbackServer", "LoopbackClient",
      ],
      swiftSettings: strict),
    // All that reads text from outside, given what nobody would write.
    .testTarget(
      name: "FuzzTests",
      dependencies: [
        "wxtop", "WeixinModel", "WeixinAPI", "MessageArchive", "Dashboard", "TerminalScreen", "CursesTerminal",
        "WeixinSimulator", grdb,
      ],
      path: "Tests/Fuzz", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6])
