import Glibc
import LoopbackClient
import LoopbackServer
import Synchronization
import Testing
import WeixinModel
import WeixinSimulator

/// A simulator ends quickly and without a trap, whatever is going on.
@Suite(.serialized) struct StopTests {
  private static let speed = "/cgi-bin/message/mass/speed/get?access_token=READY"

  private func ask(_ simulator: RunningSimulator) async {
    _ = try? await LoopbackClient.ask(simulator.port, Self.speed, method: "POST", body: "{}")
  }

  @Test func `it stops while clients connect and the machine is busy`() async throws {
    let end = End()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        group.addTask {
          // A busy neighbour, as a loaded machine has them, that lets others in from time to time.
          var sum = 1
          while !end.hasCome {
            for number in 1..<20_000 { sum = sum &* 31 &+ number }
            await Task.yield()
          }
          #expect(sum != 0)
        }
      }
      for round in 0..<60 {
        guard let simulator = try? await Simulator.start(.tested()) else { continue }
        await withTaskGroup(of: Void.self) { clients in
          for _ in 0..<24 { clients.addTask { await ask(simulator) } }
          for _ in 0..<round % 30 { await Task.yield() }
          await simulator.stop()
        }
      }
      end.come()
    }
  }

  @Test(arguments: [Fault.Kind.silent, .slow, .huge, .none])
  func `it stops while an answer is under way`(kind: Fault.Kind) async throws {
    let simulator = try await Simulator.start(.tested { $0.fault = Fault(kind) })
    async let call: Void = ask(simulator)
    while await simulator.calls.isEmpty { await Task.yield() }
    await simulator.stop()
    // The answer would have no end.
    await call
  }

  @Test func `it stops during a delay, and the call ends without an answer`() async throws {
    let simulator = try await Simulator.start(.tested { $0.delay = 86_400_000 })
    let call = Task { try await LoopbackClient.ask(simulator.port, Self.speed, method: "POST", body: "{}") }
    while await simulator.calls.isEmpty { await Task.yield() }
    await simulator.stop()
    #expect(try await call.value == nil)
  }

  @Test func `it may be stopped again`() async throws {
    let simulator = try await Simulator.start(.tested())
    await ask(simulator)
    async let first: Void = simulator.stop()
    async let second: Void = simulator.stop()
    _ = await (first, second)
    await simulator.stop()
    await simulator.untilStopped()
  }

  @Test func `it stops when whoever waits is cancelled`() async throws {
    let simulator = try await Simulator.start(.tested())
    let waiting = Task { await simulator.untilStopped() }
    waiting.cancel()
    await waiting.value
    var options = Simulator.Options.tested()
    options.port = simulator.port
    let next = try await Simulator.start(options)
    await next.stop()
  }

  @Test func `a start that is cancelled leaves neither its port nor its thread`() async throws {
    let port = try Self.freePort()
    var options = Simulator.Options.tested()
    options.port = port
    let start = Task { [options] in
      // So that the start is cancelled for certain.
      while !Task.isCancelled { await Task.yield() }
      return try await Simulator.start(options)
    }
    start.cancel()
    await #expect(throws: CancellationError.self) { try await start.value }
    await #expect(throws: LoopbackClient.Problem(call: "connect", code: ECONNREFUSED)) {
      try await LoopbackClient.ask(port, Self.speed)
    }
    #expect(!Self.listeningPorts().contains(port))
    while Self.threadNames().contains("loopback-\(port)") { await Task.yield() }
    let next = try await Simulator.start(options)
    #expect(Self.listeningPorts().contains(port) && Self.threadNames().contains("loopback-\(port)"))
    await next.stop()
  }

  /// One that was free a moment ago.
  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    try #require(isBound)
    return Int(address.sin_port.bigEndian)
  }

  /// The ports at which somebody listens on 127.0.0.1.
  private static func listeningPorts() -> [Int] {
    lines(of: "/proc/net/tcp").compactMap { line in
      let fields = line.split(separator: " ")
      guard fields.count > 3, fields[3] == "0A", fields[1].hasPrefix("0100007F:") else { return nil }
      return Int(fields[1].dropFirst(9), radix: 16)
    }
  }

  private static func threadNames() -> [String] {
    guard let folder = opendir("/proc/self/task") else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      names += lines(of: "/proc/self/task/\(name)/comm")
    }
    return names
  }

  private static func lines(of path: String) -> [String] {
    guard let file = fopen(path, "re") else { return [] }
    defer { fclose(file) }
    var lines: [String] = []
    var buffer = [CChar](repeating: 0, count: 512)
    while fgets(&buffer, Int32(buffer.count), file) != nil {
      lines.append(String(decoding: buffer.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    return lines
  }

  private final class End: Sendable {
    private let state = Mutex(false)
    var hasCome: Bool { state.withLock(\.self) }
    func come() { state.withLock { $0 = true } }
  }
}
