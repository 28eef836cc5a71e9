import Glibc
import LoopbackClient
import Testing
import WeixinSimulator

/// A running `wxtop metrics` on a free port.
struct MetricsEndpoint {
  let child: Child
  let place: Place
  let port: Int

  static func start(
    _ place: Place, _ simulator: RunningSimulator? = nil, _ arguments: [String] = [],
    adding more: [String: String] = [:]
  ) async throws -> MetricsEndpoint {
    let child = try Child.start(
      Wxtop.path, ["metrics", "--listen", "127.0.0.1:0"] + arguments,
      environment: place.environment(simulator, adding: more), output: place.file("metrics-out"),
      error: place.file("metrics-err"))
    let port = try await until("the endpoint's address") { () -> Int? in
      place.text(of: "metrics-out").firstMatch(of: /http:\/\/127.0.0.1:([0-9]+)\/metrics\n/).flatMap { Int($0.1) }
    }
    return MetricsEndpoint(child: child, place: place, port: port)
  }

  /// What it said on stderr.
  var said: String { place.text(of: "metrics-err") }

  func ask(_ path: String, method: String = "GET", accept: String? = nil) throws -> LoopbackClient.Reply {
    try #require(
      try LoopbackClient.answer(port, path, method: method, headers: accept.map { ["Accept: \($0)"] } ?? []))
  }

  /// The metrics as they stand, read strictly.
  func metrics(accept: String? = nil) throws -> Exposition {
    let reply = try ask("/metrics", accept: accept)
    #expect(reply.status == 200 && reply.isWhole)
    return try Exposition(
      reply.text, isOpenMetrics: reply.headers["content-type"]?.hasPrefix("application/openmetrics-text") == true)
  }

  /// The metrics as soon as they are as wanted.
  @discardableResult
  func metrics(_ what: String, _ isWanted: (Exposition) -> Bool) async throws -> Exposition {
    do {
      return try await until("\(what) in the metrics") {
        let metrics = try metrics()
        return isWanted(metrics) ? metrics : nil
      }
    } catch {
      // The test ends here, and nothing may go on after it.
      child.signal(SIGTERM)
      throw error
    }
  }

  /// The metrics once all that wxtop fetches by itself has come.
  func settled() async throws -> Exposition {
    try await metrics("14 days, speed and quotas") {
      ($0.value("wxtop_day_state", ["state": "never_fetched"]) ?? 1) == 0
        && $0.value("wxtop_account_up") == 1 && $0.all("wxtop_quota_used").count == 2
    }
  }

  /// Stops it as systemd does, and returns the status.
  func stop(_ signal: Int32 = SIGTERM) async throws -> Int32 {
    child.signal(signal)
    return try await child.ended()
  }
}

/// An endpoint for the length of a body; it must end well.
func withEndpoint(
  _ place: Place, _ simulator: RunningSimulator? = nil, _ arguments: [String] = [], adding more: [String: String] = [:],
  _ body: (MetricsEndpoint) async throws -> Void
) async throws {
  let endpoint = try await MetricsEndpoint.start(place, simulator, arguments, adding: more)
  let result: Result<Void, any Error>
  do {
    result = .success(try await body(endpoint))
  } catch {
    result = .failure(error)
  }
  #expect(try await endpoint.stop() == 0)
  try result.get()
}
