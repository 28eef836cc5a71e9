// swift-tools-version: 6.2
import PackageDescription

/// Benchmarks are a package of their own, so that nobody who builds wxtop has to build the harness.
let package = Package(
  name: "Benchmarks",
  dependencies: [
    .package(name: "wxtop", path: "../.."),
    // Without traits: the interposers that they add are built for a benchmark's malloc counts only.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "Wxtop",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "WeixinCore", package: "wxtop"),
        .product(name: "WxtopDashboard", package: "wxtop"),
      ],
      path: "Wxtop",
      swiftSettings: [.treatAllWarnings(as: .error)],
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ],
  swiftLanguageModes: [.v6])
