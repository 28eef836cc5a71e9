import Benchmark
import Dashboard
import MessageArchive
import TerminalScreen
import WeixinAPI
import WeixinModel

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuTotal, .throughput, .peakMemoryResident], warmupIterations: 3, maxDuration: .seconds(3))
  decoding()
  drawing()
  reading()
}

/// From the bytes of a reply to the model: the whole way through the client, without a network.
private func decoding() {
  Benchmark("Decode a day") { benchmark, client in
    for _ in benchmark.scaledIterations {
      blackHole(try await client.hourlyMessages(on: Samples.newest))
    }
  } setup: {
    try Samples.client()
  }
}

/// From a state to the cells, and from a key to the next cells.
private func drawing() {
  for size in [Size(width: 80, height: 24), Size(width: 200, height: 60)] {
    let state = State(status: Samples.status, size: size, now: Samples.noon)
    Benchmark("View to frame at \(size.width)×\(size.height)") { benchmark in
      for _ in benchmark.scaledIterations { blackHole(view(state)) }
    }
    Benchmark("Day step to frame at \(size.width)×\(size.height)") { benchmark in
      var state = state
      var key = Key.left
      for _ in benchmark.scaledIterations {
        blackHole(update(&state, .key(key), at: Samples.noon))
        blackHole(view(state))
        key = state.day < Samples.newest - 40 ? .right : state.day == Samples.newest ? .left : key
      }
    }
  }
}

/// From the file to the model.
private func reading() {
  Benchmark("Archive, read a day") { benchmark, archive in
    for _ in benchmark.scaledIterations {
      blackHole(try archive.record(Samples.account, day: Samples.newest - 1_000))
    }
  } setup: {
    try await Scratch.archive()
  }
  let all = (Samples.newest - (Scratch.days - 1))...Samples.newest
  Benchmark("Archive, read \(Scratch.days) days") { benchmark, archive in
    for _ in benchmark.scaledIterations {
      let records = try archive.records(Samples.account, days: all)
      precondition(records.count == Scratch.days)
      blackHole(records)
    }
  } setup: {
    try await Scratch.archive()
  }
}
