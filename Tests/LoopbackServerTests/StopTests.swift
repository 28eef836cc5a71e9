import Glibc
import LoopbackClient
import LoopbackServer
import Synchronization
import Testing

/// How a server begins and ends.
@Suite struct StopTests {
  @Test func `a port that is taken is said with its errno`() async throws {
    try await withServer { server async throws in
      await #expect(throws: LoopbackServer.Failure.system(EADDRINUSE)) {
        try await LoopbackServer.start(port: server.port, limits: .init(bodyBytes: 0), handler: hello)
      }
      #expect(LoopbackServer.Failure.system(EADDRINUSE).description == "Address already in use")
    }
  }

  @Test(arguments: [("192.0.2.1", EADDRNOTAVAIL), ("example.org", EINVAL), ("", EINVAL)])
  func `an address that is not here is said with its errno`(host: String, code: Int32) async throws {
    await #expect(throws: LoopbackServer.Failure.system(code)) {
      try await LoopbackServer.start(host: host, limits: .init(bodyBytes: 0), handler: hello)
    }
  }

  @Test func `IPv6 is listened on where the machine has it`() async throws {
    do throws(LoopbackServer.Failure) {
      let server = try await LoopbackServer.start(host: "::1", limits: .init(bodyBytes: 0), handler: hello)
      #expect(server.port > 0)
      await server.stop()
    } catch {
      #expect([.system(EADDRNOTAVAIL), .system(EAFNOSUPPORT)].contains(error))
    }
  }

  @Test func `a library that is missing is said with the name of its package`() {
    let text = LoopbackServer.Failure.library("no such file").description
    #expect(text.contains("no such file") && text.contains("libmicrohttpd12"))
    #expect(
      LoopbackServer.libraryVersion?.hasPrefix("0.9.") == true || LoopbackServer.libraryVersion?.hasPrefix("1.") == true
    )
  }

  @Test func `after the stop the port is free and the thread gone`() async throws {
    let server = try await LoopbackServer.start(limits: .init(bodyBytes: 0), handler: hello)
    let port = server.port
    #expect(try await LoopbackClient.ask(port, "/")?.status == 200)
    #expect(threadNames().contains("loopback-\(port)"))
    await server.stop()
    await server.stop()
    await server.untilStopped()
    // Refused, or reset by whoever has got the port since.
    await #expect(throws: LoopbackClient.Problem.self) { try await LoopbackClient.ask(port, "/") }
    await untilThreadIsGone(port)
    let next = try await LoopbackServer.start(port: port, limits: .init(bodyBytes: 0), handler: hello)
    await next.stop()
  }

  @Test func `a stop finishes the answer under way and takes no other`() async throws {
    let (begun, gate) = (Gate(), Gate())
    let handler: LoopbackServer.Handler = { request in
      begun.open()
      await gate.wait()
      return try await hello(request)
    }
    try await withServer(.init(bodyBytes: 0), handler) { server async throws in
      let client = try asked(server)
      await begun.wait()
      async let stop: Void = server.stop(within: .seconds(600))
      try await untilClosed(server.port)
      gate.open()
      let reply = try await LoopbackClient.run { try client.reply() }
      #expect(reply?.text == "hello" && reply?.headers["connection"] == "close")
      await stop
    }
  }

  @Test func `a slow reader gets the rest of its answer during the stop`() async throws {
    let page = [UInt8](repeating: 65, count: 8_000_000)
    let handler: LoopbackServer.Handler = { _ in .response(.init(body: .bytes(page))) }
    try await withServer(.init(bodyBytes: 0), handler) { server async throws in
      let client = try asked(server, buffer: 4_096)
      let first = try await LoopbackClient.run { try client.read() }
      async let stop: Void = server.stop(within: .seconds(600))
      try await untilClosed(server.port)
      let rest = try await LoopbackClient.run { try client.rest() }
      #expect(first.count + rest.count > page.count)
      await stop
    }
  }

  @Test func `what is not finished in time is cut off`() async throws {
    let (begun, gate) = (Gate(), Gate())
    let handler: LoopbackServer.Handler = { request in
      begun.open()
      await gate.wait()
      return try await hello(request)
    }
    let server = try await LoopbackServer.start(limits: .init(bodyBytes: 0), handler: handler)
    let client = try asked(server)
    await begun.wait()
    await server.stop(within: .milliseconds(50))
    #expect(try await LoopbackClient.run { try client.reply() } == nil)
    // What it says now is heard by nobody.
    gate.open()
  }

  @Test(arguments: ["/silence", "/drip", "/late", "/header", "/kept"])
  func `whoever hangs does not hold up a stop that would wait for long`(path: String) async throws {
    let drip = LoopbackServer.Response.Pieces(first: [65], next: [65], times: .max, pause: .milliseconds(1))
    let begun = Gate()
    let handler: LoopbackServer.Handler = { request in
      begun.open()
      if request.path == "/late" { try await Task.sleep(for: .seconds(86_400)) }
      if request.path == "/kept" { return try await hello(request) }
      return request.path == "/silence" ? .silence : .response(.init(body: .pieces(drip)))
    }
    let server = try await LoopbackServer.start(limits: .init(bodyBytes: 0), handler: handler)
    let client = try LoopbackClient(port: server.port)
    let other = try LoopbackClient(port: server.port)
    client.send(path == "/header" ? "GET / HTTP/1.1\r\nX:" : LoopbackClient.request(path))
    if path != "/header" { await begun.wait() }
    if path == "/drip" || path == "/kept" { _ = try await LoopbackClient.run { try client.read() } }
    let begin = ContinuousClock.now
    // A handler that sleeps may yet answer, so that one is not waited for.
    await server.stop(within: path == "/late" ? .zero : .seconds(600))
    #expect(ContinuousClock.now - begin < .seconds(300))
    _ = try? await LoopbackClient.run { (try client.rest(), try other.rest()) }
  }

  @Test func `a body in pieces ends with the stop however fast it goes`() async throws {
    let endless = LoopbackServer.Response.Pieces(
      first: [65], next: [UInt8](repeating: 65, count: 65_536), times: .max, pause: .zero)
    let server = try await LoopbackServer.start(limits: .init(bodyBytes: 0)) { _ in
      .response(.init(body: .pieces(endless)))
    }
    let (reads, idle) = (try asked(server), try asked(server))
    let reading = Task { try await LoopbackClient.run { while !(try reads.read().isEmpty) {} } }
    _ = try await LoopbackClient.run { try idle.read() }
    await server.stop(within: .seconds(600))
    _ = try? await reading.value
  }

  @Test func `whoever is cancelled while he waits stops the server`() async throws {
    let server = try await LoopbackServer.start(limits: .init(bodyBytes: 0), handler: hello)
    let waiting = Task { await server.untilStopped(within: .seconds(1)) }
    waiting.cancel()
    await waiting.value
    await untilThreadIsGone(server.port)
  }

  @Test func `a second stop may be in more of a hurry`() async throws {
    let begun = Gate()
    let handler: LoopbackServer.Handler = { _ in
      begun.open()
      try await Task.sleep(for: .seconds(86_400))
      return .silence
    }
    let server = try await LoopbackServer.start(limits: .init(bodyBytes: 0), handler: handler)
    let client = try asked(server)
    await begun.wait()
    async let patient: Void = server.stop(within: .seconds(600))
    try await untilClosed(server.port)
    await server.stop()
    await patient
    #expect(try await LoopbackClient.run { try client.reply() } == nil)
  }

  @Test func `starts and stops under fire neither trap nor leave a descriptor`() async throws {
    for round in 0..<60 {
      let server = try await LoopbackServer.start(limits: .init(bodyBytes: 0), handler: hello)
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<8 { group.addTask { _ = try? await LoopbackClient.ask(server.port, "/") } }
        for _ in 0..<round { await Task.yield() }
        await server.stop(within: round % 2 == 0 ? .zero : .seconds(600))
      }
      await untilThreadIsGone(server.port)
    }
  }
}
