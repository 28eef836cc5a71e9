import FoundationEssentials
import Glibc
import LoopbackClient
import Testing

/// A real Prometheus on a free port, and its promtool. The README's test command installs them; where they are missing the
/// strict parser of ``Exposition`` stands in, and the test says so.
struct Prometheus {
  let child: Child
  let port: Int

  /// Whether a program of it is there; says so where it is not.
  static func has(_ program: String) -> Bool {
    if access("/usr/bin/\(program)", X_OK) == 0 { return true }
    print("\(program) is not installed (Debian's package prometheus): the strict parser of the tests stands in for it")
    return false
  }

  /// Runs promtool in a place; expects success and silence on stderr.
  static func expectAccepted(_ arguments: String, in place: Place, within limit: Duration = .seconds(120)) async throws
  {
    let run = try await Wxtop.run(
      "sh", ["-c", "cd '\(place.path)' && exec promtool \(arguments)"], in: place, environment: place.environment(),
      within: limit)
    #expect(run.status == 0 && run.error.isEmpty, "promtool \(arguments): \(run.error.prefix(2_000))")
  }

  /// Starts it on a folder of data.
  static func start(in place: Place, data: String, target: Int? = nil) async throws -> Prometheus {
    let configuration = """
      global: {scrape_interval: 1s, scrape_timeout: 1s}
      scrape_configs: [\(target.map { "{job_name: wxtop, static_configs: [{targets: ['127.0.0.1:\($0)']}]}" } ?? "")]

      """
    let file = try place.write(configuration, to: "prometheus.yml")
    let port = try freePort()
    let child = try Child.start(
      "/usr/bin/prometheus",
      [
        "--config.file=\(file)", "--storage.tsdb.path=\(place.file(data))", "--storage.tsdb.retention.time=100y",
        "--web.listen-address=127.0.0.1:\(port)",
      ], environment: place.environment(), output: place.file("prometheus-out"), error: place.file("prometheus-err"))
    let prometheus = Prometheus(child: child, port: port)
    do {
      _ = try await until("the start of Prometheus") {
        (try? LoopbackClient.answer(port, "/-/ready"))?.status == 200 ? true : nil
      }
    } catch {
      await prometheus.stop()
      throw error
    }
    return prometheus
  }

  func stop() async {
    child.signal(SIGTERM)
    _ = try? await child.ended()
  }

  private struct Answer: Decodable {
    struct Result: Decodable {
      struct Value: Decodable {
        var number: Double

        init(from decoder: any Decoder) throws {
          var pair = try decoder.unkeyedContainer()
          _ = try pair.decode(Double.self)
          number = Double(try pair.decode(String.self)) ?? .nan
        }
      }

      var metric: [String: String]
      var value: Value
    }

    struct Data: Decodable { var result: [Result] }

    var data: Data
  }

  /// What an instant query gives, by a label; the empty name where there is no such label.
  func query(_ expression: String, at seconds: Int? = nil, by label: String = "") throws -> [String: Double] {
    let hex = Array("0123456789ABCDEF")
    let encoded = expression.utf8.map { "%\(hex[Int($0 >> 4)])\(hex[Int($0 & 15)])" }.joined()
    let reply = try LoopbackClient.answer(
      port, "/api/v1/query?query=\(encoded)" + (seconds.map { "&time=\($0)" } ?? ""),
      headers: ["Accept-Encoding: identity"])
    guard let reply, reply.status == 200 else {
      throw TimedOut(what: "an answer of \(expression)", seen: reply?.text ?? "")
    }
    let answer = try JSONDecoder().decode(Answer.self, from: Data(reply.body))
    return Dictionary(
      answer.data.result.map { ($0.metric[label] ?? "", $0.value.number) }, uniquingKeysWith: { $1 })
  }

  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let done = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard done else { throw SystemError(call: "bind", code: errno) }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
