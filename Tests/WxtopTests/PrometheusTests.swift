import FoundationEssentials
import Glibc
import Testing
import WeixinModel
import WeixinSimulator

@testable import MessageArchive

/// What wxtop gives to Prometheus, Grafana and systemd, taken by them.
@Suite(.processes)
struct PrometheusTests {
  @Test func `Prometheus scrapes the speed and the sums of the newest day`() async throws {
    try await withSimulator { simulator, place in
      await simulator.setSpeed(level: 4, realspeed: 10)
      try await withEndpoint(place, simulator) { endpoint in
        let metrics = try await endpoint.settled()
        let start = try #require(metrics.value("wxtop_newest_day_timestamp_seconds"))
        let sums = try archivedSums(place, Timestamp(seconds: Int(start)).beijingDay)
        guard Prometheus.has("prometheus") else {
          for (type, sum) in sums {
            let messages = metrics.all("wxtop_upstream_messages", ["type": type]).map(\.value).reduce(0, +)
            #expect(messages == sum)
          }
          return
        }
        let prometheus = try await Prometheus.start(in: place, data: "tsdb", target: endpoint.port)
        let result: Result<Void, any Error>
        do {
          let level = try await until("a scrape") { () -> [String: Double]? in
            let level = try prometheus.query("wxtop_mass_send_speed_level", by: "account")
            return level.isEmpty ? nil : level
          }
          #expect(level == [Simulator.Account().appID: 4])
          #expect(try prometheus.query("wxtop_mass_send_speed_messages_per_minute") == ["": 100_000])
          #expect(try prometheus.query("sum by (type) (wxtop_upstream_messages) > 0", by: "type") == sums)
          #expect(try prometheus.query("wxtop_newest_day_timestamp_seconds") == ["": start])
          #expect(try prometheus.query("up", by: "job") == ["wxtop": 1])
          result = .success(())
        } catch {
          result = .failure(error)
        }
        await prometheus.stop()
        try result.get()
      }
    }
  }

  /// The messages of a day by type, where there are any.
  private func archivedSums(_ place: Place, _ day: BeijingDay) throws -> [String: Double] {
    let archive = try MessageArchive.open(at: place.file("data/wxtop/archive.sqlite")).archive
    defer { try? archive.close() }
    let record = try #require(try archive.record(Simulator.Account().appID, day: day))
    return Dictionary(
      uniqueKeysWithValues: record.messages.typeTotals.filter { $0.value > 0 }.map {
        ($0.key.reportName, Double($0.value))
      })
  }

  @Test func `Prometheus answers over the imported history with the archive's numbers`() async throws {
    try await withSimulator { simulator, place in
      let newest = Publication.newestOpen(at: Timestamp(seconds: time(nil))) - 2
      let days = (newest - 59)...newest
      let backfill = try await Wxtop.run(
        "backfill", "--from", "\(days.lowerBound)", "--to", "\(newest)", "--rate", "1000", in: place, simulator)
      #expect(backfill.status == 0)
      let export = try await Wxtop.run("export", "--format", "openmetrics", in: place, simulator)
      #expect(export.status == 0)
      let history = try Exposition(export.output, isOpenMetrics: true)
      for day in days {
        let hours = (0..<24).map { day.start(ofHour: $0).seconds }
        let sums = Dictionary(grouping: history.samples.filter { hours.contains($0.at ?? 0) }) {
          $0.labels["type"] ?? ""
        }
        let archived = try archivedSums(place, day)
        #expect(sums.mapValues { $0.map(\.value).reduce(0, +) } == archived)
      }
      guard Prometheus.has("promtool"), Prometheus.has("prometheus") else { return }
      try place.write(export.output, to: "history")
      try await Prometheus.expectAccepted("tsdb create-blocks-from openmetrics -q history tsdb", in: place)
      let prometheus = try await Prometheus.start(in: place, data: "tsdb")
      let result: Result<Void, any Error>
      do {
        for day in [days.lowerBound, days.lowerBound + 7, newest] {
          // From the last hour back over all of the day's, and none of the day before.
          let answer = try prometheus.query(
            "sum by (type) (sum_over_time(weixin_upstream_messages[23h30m]))", at: day.start(ofHour: 23).seconds,
            by: "type")
          let archived = try archivedSums(place, day)
          #expect(answer == archived, "\(day)")
        }
        let hour = newest.start(ofHour: 20).seconds
        let samples = history.samples.filter { $0.at == hour }
        let answer = try prometheus.query("weixin_upstream_messages", at: hour, by: "msg_type")
        #expect(
          answer == Dictionary(uniqueKeysWithValues: samples.map { ($0.labels["msg_type"] ?? "", $0.value) }))
        result = .success(())
      } catch {
        result = .failure(error)
      }
      await prometheus.stop()
      try result.get()
    }
  }

  @Test func `the rules are accepted, and name only metrics that there are`() async throws {
    let place = try Place()
    let run = try await Wxtop.run("metrics", "--prometheus-rules", in: place)
    #expect(run.status == 0)
    try await expectServed(run.output)
    try place.write(run.output, to: "rules.yml")
    for alert in ["AccountDown", "SlowerThanNominal", "SpeedLevelChanged", "DataOld", "QuotaNearlyUsed", "ApiErrors"] {
      #expect(run.output.contains("- alert: Wxtop\(alert)\n"))
    }
    if Prometheus.has("promtool") { try await Prometheus.expectAccepted("check rules rules.yml", in: place) }
  }

  @Test func `the dashboard is JSON, and names only metrics that there are`() async throws {
    struct Dashboard: Decodable {
      struct Panel: Decodable {
        struct Place: Decodable { var x: Int, y: Int, w: Int, h: Int }
        struct Target: Decodable { var expr: String }
        var id: Int
        var title: String
        var gridPos: Place
        var targets: [Target]
      }

      struct Templating: Decodable {
        struct Variable: Decodable { var name: String, type: String, query: String }
        var list: [Variable]
      }

      var title: String
      var panels: [Panel]
      var templating: Templating
    }

    let run = try await Wxtop.run("metrics", "--grafana-dashboard", in: try Place())
    #expect(run.status == 0)
    let dashboard = try JSONDecoder().decode(Dashboard.self, from: Data(run.output.utf8))
    #expect(dashboard.panels.count > 10 && Set(dashboard.panels.map(\.id)).count == dashboard.panels.count)
    #expect(dashboard.templating.list.map(\.name) == ["datasource", "account"])
    #expect(dashboard.templating.list.first?.type == "datasource")
    var cells: Set<[Int]> = []
    for panel in dashboard.panels {
      #expect(!panel.targets.isEmpty)
      for x in panel.gridPos.x..<(panel.gridPos.x + panel.gridPos.w) {
        for y in panel.gridPos.y..<(panel.gridPos.y + panel.gridPos.h) {
          #expect(x < 24 && cells.insert([x, y]).inserted, "\(panel.title) lies on another panel")
        }
      }
    }
    let expressions = dashboard.panels.flatMap { $0.targets.map(\.expr) } + dashboard.templating.list.map(\.query)
    try await expectServed(expressions.joined(separator: "\n"))
    guard Prometheus.has("promtool") else { return }
    let place = try Place()
    let rules = expressions.filter { !$0.hasPrefix("label_values") && $0 != "prometheus" }.enumerated().map {
      "      - {record: 'panel:\($0)', expr: '\($1.replacing("$account", with: ".*"))'}\n"
    }
    try place.write("groups:\n  - name: panels\n    rules:\n" + rules.joined(), to: "panels.yml")
    try await Prometheus.expectAccepted("check rules panels.yml", in: place)
  }

  /// Expects of every name of a metric in a text that the endpoint serves it.
  private func expectServed(_ text: String) async throws {
    try await withSimulator { simulator, place in
      await simulator.setFaults([Fault("errcode=-1*1:hourly")].compactMap(\.self))
      try await withEndpoint(place, simulator) { endpoint in
        _ = try await endpoint.settled()
        let served = try await endpoint.metrics("an error") { !$0.all("wxtop_api_errors_total").isEmpty }.names
        // Recorded names have colons, and are none of the endpoint's.
        let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || "_:".contains($0))) }
        let used = Set(words.filter { $0.hasPrefix("wxtop_") }.map(String.init))
        #expect(used.count > 5)
        #expect(used.subtracting(served).isEmpty)
      }
    }
  }

  @Test func `the systemd unit is hardened, and systemd accepts it`() async throws {
    let place = try Place()
    let run = try await Wxtop.run("metrics", "--systemd-unit", in: place)
    #expect(run.status == 0)
    for line in [
      "DynamicUser=yes", "ProtectSystem=strict", "PrivateTmp=yes", "NoNewPrivileges=yes", "StateDirectory=wxtop",
      "Restart=on-failure", "SystemCallFilter=@system-service", "MemoryMax=256M",
      "#LoadCredential=acme:/etc/wxtop/acme.secret",
      "ExecStart=/usr/local/bin/wxtop metrics --listen 127.0.0.1:9414",
    ] {
      #expect(run.output.contains("\(line)\n"), "\(line)")
    }
    #expect(run.output.split(separator: "\n").allSatisfy { $0.hasPrefix("#") || $0.hasPrefix("[") || $0.contains("=") })
    guard access("/usr/bin/systemd-analyze", X_OK) == 0 else {
      print("systemd-analyze is not installed: the unit's lines alone were looked at")
      return
    }
    // It wants the program of ExecStart to be there.
    let unit = run.output.replacing("/usr/local/bin/wxtop", with: Wxtop.path)
    try place.write(unit, to: "wxtop-metrics.service", mode: 0o644)
    let verify = try await Wxtop.run(
      "systemd-analyze", ["verify", "--man=no", place.file("wxtop-metrics.service")], in: place,
      environment: place.environment())
    #expect(verify.status == 0 && !verify.error.contains("wxtop-metrics.service"), "\(verify.error)")
  }
}
