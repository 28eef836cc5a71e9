import LoopbackClient
import LoopbackServer
import Synchronization
import Testing

/// What clients may not take.
@Suite struct LimitTests {
  @Test func `a client beyond the last connection waits until one ends`() async throws {
    let paths = Mutex<[String]>([])
    var limits = LoopbackServer.Limits(bodyBytes: 0)
    limits.connections = 2
    let handler: LoopbackServer.Handler = { request in
      paths.withLock { $0.append(request.path) }
      return .response(.init(text: "hello"))
    }
    try await withServer(limits, handler) { server async throws in
      try await LoopbackClient.run { [port = server.port] in
        let first = try LoopbackClient(port: port)
        let second = try LoopbackClient(port: port)
        for client in [first, second] {
          client.send(LoopbackClient.request("/kept"))
          #expect(try client.reply()?.status == 200)
        }
        let third = try LoopbackClient(port: port)
        third.send(LoopbackClient.request("/waits"))
        // Whatever the server took on before is answered by the time that this is.
        second.send(LoopbackClient.request("/kept"))
        #expect(try second.reply()?.status == 200)
        #expect(paths.withLock { !$0.contains("/waits") })
        first.hangUp()
        #expect(try third.reply()?.status == 200)
      }
    }
  }

  @Test(arguments: [
    ("one that is long", 1, 8_150, true), ("one that is too long", 1, 8_200, false),
    ("two that are long", 2, 8_000, true), ("three that are long", 3, 8_000, false),
    ("one without end", 1, 200_000, false), ("many", 90, 10, true), ("too many", 101, 10, false),
    ("very many", 10_000, 10, false),
  ])
  func `header fields have their limits`(_: String, count: Int, length: Int, isAnswered: Bool) async throws {
    try await withServer { server async throws in
      let fields = Array(repeating: "X: \(String(repeating: "x", count: length))", count: count)
      let status = try? await LoopbackClient.ask(server.port, "/", headers: fields)?.status
      if isAnswered { #expect(status == 200) } else { #expect(status == nil || status == 431) }
      #expect(try await LoopbackClient.ask(server.port, "/")?.status == 200)
    }
  }

  @Test func `a header that is too large is refused in words`() async throws {
    try await withServer { server async throws in
      let fields = Array(repeating: "X: y", count: 101)
      let reply = try #require(try await LoopbackClient.ask(server.port, "/", headers: fields))
      #expect(reply.status == 431 && reply.text == "More than 100 header fields.\n")
      #expect(reply.headers["connection"] == "close")
    }
  }

  @Test(arguments: ["\u{1}\u{2}\r\n\r\n", "GET\r\n\r\n", "GET / a HTTP/1.1\r\n\r\n", "GET /\r\n\u{0}\r\n"])
  func `garbage is cut off or refused`(text: String) async throws {
    try await withServer(.init(bodyBytes: 0, lifetime: .milliseconds(500))) { server async throws in
      let reply = try? await LoopbackClient.run { [port = server.port] in
        let client = try LoopbackClient(port: port)
        client.send(text)
        return try client.rest()
      }
      #expect(reply.map { $0.isEmpty || $0.starts(with: Array("HTTP/1.1 4".utf8)) } ?? true)
      try await untilAnswered(server)
    }
  }

  @Test func `a body may be as long as the limit and no longer`() async throws {
    let handler: LoopbackServer.Handler = { .response(.init(text: "\($0.body.count)")) }
    try await withServer(.init(bodyBytes: 100_000), handler) { server async throws in
      let most = String(repeating: "x", count: 100_000)
      #expect(try await LoopbackClient.ask(server.port, "/", method: "POST", body: most)?.text == "100000")
      let announced = try await LoopbackClient.run { [port = server.port] in
        let client = try LoopbackClient(port: port)
        client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100001\r\n\r\n")
        return try client.reply()
      }
      #expect(announced?.status == 413 && announced?.headers["connection"] == "close")
    }
  }

  @Test func `a body of unknown length is read up to the limit`() async throws {
    let handler: LoopbackServer.Handler = { .response(.init(text: "\($0.body.count)")) }
    try await withServer(.init(bodyBytes: 10), handler) { server async throws in
      for (size, answer) in [(10, "10"), (11, nil)] {
        let reply = try? await LoopbackClient.run { [port = server.port] in
          let client = try LoopbackClient(port: port)
          let chunk = String(size, radix: 16) + "\r\n" + String(repeating: "x", count: size) + "\r\n0\r\n\r\n"
          client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk)
          return try client.reply()
        }
        #expect(reply?.text == answer)
      }
    }
  }

  @Test(arguments: ["GET / HTTP/1.1\r\nX: ", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n"])
  func `a request that drips in ends when its time is up`(beginning: String) async throws {
    try await withServer(.init(bodyBytes: 1_000, lifetime: .milliseconds(200))) { server async throws in
      let begun = ContinuousClock.now
      let reply = try? await LoopbackClient.run { [port = server.port] in
        let client = try LoopbackClient(port: port)
        client.send(beginning)
        let dripping = Dripping(client)
        defer { dripping.end() }
        return try client.rest()
      }
      #expect(reply ?? [] == [])
      #expect(ContinuousClock.now - begun >= .milliseconds(200))
    }
  }

  @Test func `an answer that drips, or never comes, ends when its time is up`() async throws {
    let drip = LoopbackServer.Response.Pieces(first: [65], next: [65], times: .max, pause: .milliseconds(1))
    let handler: LoopbackServer.Handler = { request in
      if request.path == "/late" { try await Task.sleep(for: .seconds(86_400)) }
      return request.path == "/silence" ? .silence : .response(.init(body: .pieces(drip)))
    }
    try await withServer(.init(bodyBytes: 0, lifetime: .milliseconds(100)), handler) { server async throws in
      for path in ["/silence", "/late"] { #expect(try await LoopbackClient.ask(server.port, path) == nil) }
      #expect(try await LoopbackClient.ask(server.port, "/drip")?.isWhole != true)
    }
  }

  @Test func `a slow reader gets the whole answer of a connection that ends with it`() async throws {
    let page = [UInt8](repeating: 65, count: 8_000_000)
    let handler: LoopbackServer.Handler = { _ in .response(.init(body: .bytes(page))) }
    try await withServer(.init(bodyBytes: 0, keepsAlive: false), handler) { server async throws in
      let reply = try await LoopbackClient.run {
        let client = try asked(server, buffer: 4_096)
        return try client.reply()
      }
      #expect(reply?.body.count == page.count && reply?.isWhole == true)
    }
  }

  @Test func `a reader that never reads is cut off when its time is up`() async throws {
    let page = [UInt8](repeating: 65, count: 32_000_000)
    var limits = LoopbackServer.Limits(bodyBytes: 0, lifetime: .milliseconds(300))
    limits.connections = 1
    let handler: LoopbackServer.Handler = {
      $0.path == "/" ? .response(.init(body: .bytes(page))) : try await hello($0)
    }
    try await withServer(limits, handler) { server async throws in
      let idle = try asked(server, buffer: 4_096)
      // Its only place is taken until then.
      try await untilAnswered(server, "/next")
      let read = try? await LoopbackClient.run { try idle.reply() }
      #expect(read?.isWhole != true)
    }
  }

  @Test func `a handler is cancelled when its client has gone`() async throws {
    let cancelled = Gate()
    let begun = Gate()
    let handler: LoopbackServer.Handler = { _ in
      begun.open()
      try? await Task.sleep(for: .seconds(86_400))
      cancelled.open()
      return .silence
    }
    try await withServer(.init(bodyBytes: 0), handler) { server async throws in
      let client = try asked(server)
      await begun.wait()
      client.hangUp()
      await cancelled.wait()
    }
  }

  /// Sends a byte now and then, until it cannot.
  private final class Dripping: Sendable {
    private let isOver = Mutex(false)

    init(_ client: LoopbackClient) {
      Task {
        while !isOver.withLock(\.self), client.send("x") { try? await Task.sleep(for: .milliseconds(10)) }
      }
    }

    func end() { isOver.withLock { $0 = true } }
  }
}
