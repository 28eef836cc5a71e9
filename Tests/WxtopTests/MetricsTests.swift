import Glibc
import LoopbackClient
import Testing
import WeixinModel
import WeixinSimulator

/// `wxtop metrics`: what it says, to whom, and how it ends.
@Suite(.processes)
struct MetricsTests {
  private static let wantsOpenMetrics =
    "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"

  @Test func `the numbers of the account, in both formats`() async throws {
    try await withSimulator { simulator, place in
      await simulator.setSpeed(level: 3, realspeed: 15)
      try await withEndpoint(place, simulator) { endpoint in
        let metrics = try await endpoint.settled()
        let account = ["account": Simulator.Account().appID]
        #expect(metrics.value("wxtop_mass_send_speed_level", account) == 3)
        #expect(metrics.value("wxtop_mass_send_speed_messages_per_minute", account) == 150_000)
        #expect(metrics.value("wxtop_mass_send_speed_nominal_messages_per_minute", account) == 300_000)
        let start = try #require(metrics.value("wxtop_newest_day_timestamp_seconds"))
        let day = Timestamp(seconds: Int(start)).beijingDay
        #expect(day.start.seconds == Int(start))
        let hours = try await Wxtop.run("hours", "\(day)", "--format", "csv", in: place, simulator)
        let rows = hours.lines.dropFirst().map { $0.split(separator: ",") }
        #expect(rows.count > 24)
        for row in rows {
          let hour = row[1].count == 1 ? "0\(row[1])" : "\(row[1])"
          let labels = ["msg_type": String(row[2]), "type": String(row[3]), "hour": hour]
          #expect(metrics.value("wxtop_upstream_users", labels) == Double(row[4]))
          #expect(metrics.value("wxtop_upstream_messages", labels) == Double(row[5]))
        }
        let total = rows.compactMap { Double($0[5]) }.reduce(0, +)
        #expect(metrics.all("wxtop_upstream_messages").map(\.value).reduce(0, +) == total)
        #expect(metrics.value("wxtop_newest_day_final") == (rows[0][6] == "final" ? 1 : 0))
        #expect(metrics.all("wxtop_day_state").map(\.value).reduce(0, +) == 14)
        #expect((0..<(2 * 86_400)).contains(try #require(metrics.value("wxtop_data_age_seconds"))))
        #expect(metrics.value("wxtop_quota_limit", ["endpoint": "hourly"]) == 10_000)
        let calls = await simulator.calls
        for (endpoint, count) in calls where endpoint != .hourly {
          #expect(metrics.value("wxtop_api_calls_total", ["endpoint": endpoint.rawValue]) == Double(count))
        }
        let open = try endpoint.metrics(accept: Self.wantsOpenMetrics)
        #expect(open.types["wxtop_api_calls"] == "counter" && open.types["wxtop_build"] == "info")
        #expect(open.names == metrics.names)
      }
    }
  }

  @Test func `promtool finds nothing to say`() async throws {
    try await withSimulator { simulator, place in
      await simulator.setFaults([Fault("errcode=45009:quota")].compactMap(\.self))
      try await withEndpoint(place, simulator) { endpoint in
        let metrics = try await endpoint.metrics("an error") { !$0.all("wxtop_api_errors_total").isEmpty }
        #expect(metrics.all("wxtop_api_errors_total", ["endpoint": "quota", "code": "45009"]).count == 1)
        try place.write(try endpoint.ask("/metrics").text, to: "page")
        if Prometheus.has("promtool") { try await Prometheus.expectAccepted("check metrics <page", in: place) }
      }
    }
  }

  @Test(
    arguments: [
      ("", false), ("*/*", false), ("text/plain", false), ("application/openmetrics-text", true),
      ("application/openmetrics-text; version=1.0.0; charset=utf-8", true), (wantsOpenMetrics, true),
      ("application/openmetrics-text;q=0.1,text/plain", false), ("application/openmetrics-text;q=0", false),
      ("application/openmetrics-text;version=2.0.0", false), ("application/openmetrics-textual;;;q=,,", false),
    ])
  func `the format that is asked for`(accept: String, isOpenMetrics: Bool) async throws {
    try await withSimulator { simulator, place in
      try await withEndpoint(place, simulator) { endpoint in
        let reply = try endpoint.ask("/metrics", accept: accept)
        #expect(
          reply.headers["content-type"]
            == (isOpenMetrics
              ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
              : "text/plain; version=0.0.4; charset=utf-8"))
        _ = try Exposition(reply.text, isOpenMetrics: isOpenMetrics)
      }
    }
  }

  @Test func `health, readiness and nothing else`() async throws {
    try await withSimulator { simulator, place in
      try await withEndpoint(place, simulator) { endpoint in
        #expect(try endpoint.ask("/-/healthy").status == 200)
        _ = try await until("readiness") { try endpoint.ask("/-/ready").status == 200 ? true : nil }
        for path in ["/", "/metrics/", "/metrics/../-/ready", "/favicon.ico", "/-/reload", "/%2e%2e/etc/passwd"] {
          #expect(try endpoint.ask(path).status == 404, "\(path)")
        }
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
          let reply = try endpoint.ask("/metrics", method: method)
          #expect(reply.status == 405 && reply.headers["allow"] == "GET, HEAD", "\(method)")
        }
        let head = try endpoint.ask("/metrics", method: "HEAD")
        #expect(head.status == 200 && head.body.isEmpty && (Int(head.headers["content-length"] ?? "") ?? 0) > 100)
        #expect(try endpoint.ask("/metrics?name=x").status == 200)
        // A name that somebody has pointed here, as a page in a browser may.
        let lured = try LoopbackClient(port: endpoint.port)
        lured.send("GET /metrics HTTP/1.1\r\nHost: evil.example:\(endpoint.port)\r\n\r\n")
        #expect(try lured.reply()?.status == 421)
      }
    }
  }

  @Test func `headers without end and garbage are cut off, and the next scrape is answered`() async throws {
    try await withSimulator { simulator, place in
      try await withEndpoint(place, simulator) { endpoint in
        for request in [
          "GET /metrics HTTP/1.1\r\nX: \(String(repeating: "x", count: 40_000))\r\n\r\n",
          "GET /metrics HTTP/1.1\r\n" + String(repeating: "X: y\r\n", count: 500) + "\r\n", "\u{1}\u{2}\r\n\r\n",
        ] {
          let connection = try LoopbackClient(port: endpoint.port)
          connection.send(request)
          let reply = String(decoding: (try? connection.rest()) ?? [], as: UTF8.self)
          #expect(reply.isEmpty || reply.hasPrefix("HTTP/1.1 4"), "\(reply.prefix(60))")
        }
        // More than all connections, none of which ever asks: they are dropped when their time is over.
        let idle = try (0..<70).map { _ in try LoopbackClient(port: endpoint.port) }
        for connection in idle { connection.send("GET /met") }
        #expect(try endpoint.ask("/metrics").status == 200)
        for connection in idle { connection.hangUp() }
      }
    }
  }
}
