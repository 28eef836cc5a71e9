import Glibc
import LoopbackClient
import LoopbackServer
import Synchronization
import Testing

/// A door that opens once; whoever comes before waits.
final class Gate: Sendable {
  private let state = Mutex<(isOpen: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))

  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for one in waiting { one.resume() }
  }

  func wait() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiting.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }
}

/// A server that is stopped whatever happens.
func withServer(
  _ limits: LoopbackServer.Limits = .init(bodyBytes: 1_000), _ handler: @escaping LoopbackServer.Handler = hello,
  _ body: (LoopbackServer) async throws -> Void
) async throws {
  let server = try await LoopbackServer.start(limits: limits, handler: handler)
  let result: Result<Void, any Error>
  do { result = .success(try await body(server)) } catch { result = .failure(error) }
  await server.stop()
  try result.get()
}

@Sendable func hello(_ request: LoopbackServer.Request) async throws -> LoopbackServer.Answer {
  .response(.init(text: "hello"))
}

/// A connection that has asked, and whose answer nobody has read.
func asked(_ server: LoopbackServer, _ path: String = "/", buffer: Int32? = nil) throws -> LoopbackClient {
  let client = try LoopbackClient(port: server.port, buffer: buffer)
  client.send(LoopbackClient.request(path))
  return client
}

/// Asks until there is an answer: on a busy machine the short life of a connection may end before it.
func untilAnswered(_ server: LoopbackServer, _ path: String = "/") async throws {
  while (try? await LoopbackClient.ask(server.port, path))??.status != 200 {}
}

/// Waits until nobody listens on a port.
func untilClosed(_ port: Int) async throws {
  try await LoopbackClient.run {
    while (try? LoopbackClient(port: port)) != nil { sched_yield() }
  }
}

/// Waits until the thread of a server is gone: it says that it has ended a moment before.
func untilThreadIsGone(_ port: Int) async {
  while threadNames().contains("loopback-\(port)") { await Task.yield() }
}

func threadNames() -> [String] {
  guard let folder = opendir("/proc/self/task") else { return [] }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    guard let file = fopen("/proc/self/task/\(name)/comm", "re") else { continue }
    var line = [CChar](repeating: 0, count: 32)
    if fgets(&line, 32, file) != nil {
      names.append(String(decoding: line.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    fclose(file)
  }
  return names
}
