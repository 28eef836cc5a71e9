import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization
import Testing
import WeixinModel
import WeixinSimulator

/// A simulator ends quickly and without a trap, whatever is going on.
@Suite(.serialized) struct StopTests {
  private func ask(_ simulator: RunningSimulator, from client: HTTPClient) async {
    var request = HTTPClientRequest(url: simulator.baseURL + "/cgi-bin/message/mass/speed/get?access_token=READY")
    request.method = .POST
    request.body = .bytes(Array("{}".utf8))
    guard let reply = try? await client.execute(request, timeout: .seconds(30)) else { return }
    _ = try? await reply.body.collect(upTo: 1 << 20)
  }

  /// Connections that arrive while the port closes were dropped by the server, which traps.
  @Test func whileClientsConnect() async throws {
    var configuration = HTTPClient.Configuration()
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.idleTimeout = .milliseconds(1)
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
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
      for round in 0..<120 {
        guard let simulator = try? await Simulator.start(.tested()) else { continue }
        await withTaskGroup(of: Void.self) { clients in
          for _ in 0..<24 { clients.addTask { await ask(simulator, from: client) } }
          for _ in 0..<round % 30 { await Task.yield() }
          await simulator.stop()
        }
      }
      end.come()
    }
    try await client.shutdown()
  }

  @Test(arguments: [Fault.Kind.silent, .slow, .huge, .none])
  func whileAnAnswerIsUnderWay(kind: Fault.Kind) async throws {
    let simulator = try await Simulator.start(.tested { $0.fault = Fault(kind) })
    let call = Task { await ask(simulator, from: .shared) }
    while await simulator.calls.isEmpty { await Task.yield() }
    let begin = ContinuousClock.now
    await simulator.stop()
    #expect(ContinuousClock.now - begin < .seconds(2))
    await call.value
  }

  @Test func duringADelay() async throws {
    let simulator = try await Simulator.start(.tested { $0.delay = 600_000 })
    let call = Task { await ask(simulator, from: .shared) }
    while await simulator.calls.isEmpty { await Task.yield() }
    let begin = ContinuousClock.now
    await simulator.stop()
    #expect(ContinuousClock.now - begin < .seconds(2))
    await call.value
  }

  @Test func twice() async throws {
    let simulator = try await Simulator.start(.tested())
    await ask(simulator, from: .shared)
    async let first: Void = simulator.stop()
    async let second: Void = simulator.stop()
    _ = await (first, second)
    await simulator.stop()
    await simulator.untilStopped()
  }

  @Test func byCancellingWhoWaits() async throws {
    let simulator = try await Simulator.start(.tested())
    let waiting = Task { await simulator.untilStopped() }
    waiting.cancel()
    await waiting.value
    var options = Simulator.Options.tested()
    options.port = simulator.port
    let next = try await Simulator.start(options)
    await next.stop()
  }

  @Test func aCancelledStartLeavesNothing() async throws {
    let start = Task { try await Simulator.start(.tested()) }
    start.cancel()
    let result = await start.result
    if case .success(let simulator) = result { await simulator.stop() }
  }

  private final class End: Sendable {
    private let state = Mutex(false)
    var hasCome: Bool { state.withLock(\.self) }
    func come() { state.withLock { $0 = true } }
  }
}
