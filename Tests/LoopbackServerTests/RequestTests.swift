import Glibc
import LoopbackClient
import LoopbackServer
import Testing

/// Requests in, answers out.
@Suite struct RequestTests {
  @Test func `a handler sees method, path, query, header and body`() async throws {
    let handler: LoopbackServer.Handler = { request in
      let query = request.query.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: ",")
      let fields = request.values(of: "x-ASKED").joined(separator: ",")
      let body = String(decoding: request.body, as: UTF8.self)
      return .response(.init(text: "\(request.method) \(request.path) \(query) \(fields) \(body)"))
    }
    try await withServer(.init(bodyBytes: 1_000), handler) { server async throws in
      let reply = try await LoopbackClient.ask(
        server.port, "/a%2fb/../c?token=a%2Bb+c&token=second&empty=&bare&half=%4&%E5%8F%B7=1&sign=%+1", method: "POST",
        headers: ["X-Asked: one", "x-asked: two"], body: "the body")
      #expect(
        reply?.text
          == "POST /a%2fb/../c bare=,empty=,half=%4,sign=%+1,token=a+b+c,号=1 one,two the body")
    }
  }

  @Test func `status and header are the handler's, without a date of the library's`() async throws {
    let handler: LoopbackServer.Handler = { _ in
      .response(.init(status: 421, headers: [.init("Date", "then"), .init("X", "1")], text: "no"))
    }
    try await withServer(.init(bodyBytes: 0), handler) { server async throws in
      let reply = try #require(try await LoopbackClient.ask(server.port, "/"))
      #expect(reply.status == 421 && reply.text == "no")
      #expect(reply.headers["date"] == "then" && reply.headers["x"] == "1")
    }
    try await withServer { server async throws in
      #expect(try await LoopbackClient.ask(server.port, "/")?.headers["date"] == nil)
    }
  }

  @Test func `an answer to HEAD has the length of the body and no body`() async throws {
    try await withServer { server async throws in
      try await LoopbackClient.run { [port = server.port] in
        let client = try LoopbackClient(port: port)
        client.send(LoopbackClient.request("/", method: "HEAD", headers: ["Connection: close"]))
        #expect(try client.reply(hasBody: false)?.headers["content-length"] == "5")
        #expect(try client.rest().isEmpty)
      }
    }
  }

  @Test func `a connection is kept for one answer after another`() async throws {
    try await withServer { server async throws in
      try await LoopbackClient.run { [port = server.port] in
        let client = try LoopbackClient(port: port)
        for _ in 0..<3 {
          client.send(LoopbackClient.request("/", method: "POST", body: "x"))
          #expect(try client.reply()?.text == "hello")
        }
      }
    }
  }

  @Test func `requests that come at once are answered in turn`() async throws {
    try await withServer { server async throws in
      try await LoopbackClient.run { [port = server.port] in
        let client = try LoopbackClient(port: port)
        let one = LoopbackClient.request("/")
        client.send(one + one + LoopbackClient.request("/", headers: ["Connection: close"]))
        let text = String(decoding: try client.rest(), as: UTF8.self)
        #expect(text.split(separator: "hello", omittingEmptySubsequences: false).count == 4)
      }
    }
  }

  @Test func `where connections are not kept each ends with its answer`() async throws {
    try await withServer(.init(bodyBytes: 0, keepsAlive: false)) { server async throws in
      try await LoopbackClient.run { [port = server.port] in
        let client = try LoopbackClient(port: port)
        client.send(LoopbackClient.request("/"))
        let reply = try client.reply()
        #expect(reply?.text == "hello" && reply?.headers["connection"] == "close")
        #expect(try client.read().isEmpty)
      }
    }
  }

  @Test func `a client that says it has done gets its answer all the same`() async throws {
    try await withServer { server async throws in
      try await LoopbackClient.run { [port = server.port] in
        let client = try LoopbackClient(port: port)
        client.send(LoopbackClient.request("/"))
        client.sendEnd()
        #expect(try client.reply()?.text == "hello")
      }
    }
  }

  @Test func `a body that is made in pieces comes whole`() async throws {
    let pieces = LoopbackServer.Response.Pieces(
      first: Array("first".utf8), next: Array(repeating: UInt8(ascii: "x"), count: 100_000), times: 30,
      pause: .milliseconds(1))
    let handler: LoopbackServer.Handler = { _ in .response(.init(body: .pieces(pieces))) }
    try await withServer(.init(bodyBytes: 0), handler) { server async throws in
      let reply = try #require(try await LoopbackClient.ask(server.port, "/"))
      #expect(reply.isWhole && reply.body.count == 3_000_005 && reply.body.starts(with: Array("firstx".utf8)))
    }
  }

  @Test func `for a client of HTTP 1.0 a body in pieces ends with the connection`() async throws {
    let pieces = LoopbackServer.Response.Pieces(first: [65], next: [66], times: 3, pause: .milliseconds(1))
    let handler: LoopbackServer.Handler = { _ in .response(.init(body: .pieces(pieces))) }
    try await withServer(.init(bodyBytes: 0), handler) { server async throws in
      let reply = try await LoopbackClient.run { [port = server.port] in
        let client = try LoopbackClient(port: port)
        client.send("GET / HTTP/1.0\r\n\r\n")
        return try client.reply()
      }
      #expect(reply?.text == "ABBB" && reply?.headers["transfer-encoding"] == nil)
    }
  }

  @Test func `a body that is cut short ends before what it promised`() async throws {
    let body = LoopbackServer.Response.Body.cutShort(Array("half".utf8), promised: 8)
    let handler: LoopbackServer.Handler = { _ in .response(.init(body: body)) }
    try await withServer(.init(bodyBytes: 0), handler) { server async throws in
      let reply = try #require(try await LoopbackClient.ask(server.port, "/"))
      #expect(reply.headers["content-length"] == "8" && reply.text == "half" && !reply.isWhole)
    }
  }

  @Test func `a reset is one`() async throws {
    let handler: LoopbackServer.Handler = { _ in .reset }
    try await withServer(.init(bodyBytes: 0), handler) { server async throws in
      await #expect(throws: LoopbackClient.Problem(call: "recv", code: ECONNRESET)) {
        try await LoopbackClient.ask(server.port, "/")
      }
    }
  }

  @Test func `where a handler throws the connection ends without an answer`() async throws {
    let handler: LoopbackServer.Handler = { _ in throw CancellationError() }
    try await withServer(.init(bodyBytes: 0), handler) { server async throws in
      #expect(try await LoopbackClient.ask(server.port, "/") == nil)
    }
  }

  @Test func `many clients at once are all answered`() async throws {
    let handler: LoopbackServer.Handler = { .response(.init(text: $0.path)) }
    try await withServer(.init(bodyBytes: 1_000), handler) { server async throws in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<100 {
          group.addTask {
            let reply = try await LoopbackClient.ask(server.port, "/\(number)", method: "POST", body: "x")
            #expect(reply?.text == "/\(number)")
          }
        }
        try await group.waitForAll()
      }
    }
  }
}
