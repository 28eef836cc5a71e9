import FoundationEssentials
import Glibc
import Synchronization

/// A server on this machine that answers each request with given bytes, over plain sockets, so that replies may be as broken as a
/// test wants them. It opens no tunnel.
final class CannedServer: Sendable {
  let port: Int
  private let state = Mutex(State())

  private struct State {
    var asked: [String] = []
    var requests: [String] = []
    var sockets: Set<CInt> = []
    var isOver = false
  }

  /// What was asked for, as it stood in the requests' first lines.
  var asked: [String] { state.withLock(\.asked) }
  /// The requests' heads, whole.
  var requests: [String] { state.withLock(\.requests) }

  /// A certificate that `ca` has signed, valid for a hundred years.
  static func pem(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: pemPath(name))), as: UTF8.self)
  }

  static func pemPath(_ name: String, file: String = #filePath) -> String {
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    return "\(folder)/Fixtures/tls/\(name).pem"
  }

  /// An answer with a body, whole and well-formed.
  static func reply(_ text: String, status: String = "200 OK", headers: [String] = []) -> [UInt8] {
    reply(Array(text.utf8), status: status, headers: headers)
  }

  static func reply(_ body: [UInt8], status: String = "200 OK", headers: [String] = []) -> [UInt8] {
    let head = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers
    return Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
  }

  static func run(
    host: String = "127.0.0.1", date: String? = nil, _ text: String, _ body: (CannedServer) async throws -> Void
  ) async throws {
    try await run(host: host, bytes: reply(text, headers: date.map { ["Date: \($0)"] } ?? []), body)
  }

  /// Answers each request but CONNECT with these bytes; `closes` ends the connection after an answer, and `greets` sends it at once,
  /// whatever comes.
  static func run(
    host: String = "127.0.0.1", bytes: [UInt8], closes: Bool = false, greets: Bool = false,
    _ body: (CannedServer) async throws -> Void
  ) async throws {
    let (listener, port) = try listen(on: host)
    let server = CannedServer(port: port)
    thread {
      while case let socket = accept(listener, nil, nil), socket >= 0 {
        thread { server.serve(socket, bytes, closes: closes, greets: greets) }
      }
    }
    let result: Result<Void, any Error>
    do {
      result = .success(try await body(server))
    } catch {
      result = .failure(error)
    }
    shutdown(listener, CInt(SHUT_RDWR))
    server.end()
    close(listener)
    try result.get()
  }

  private init(port: Int) { self.port = port }

  private func serve(_ socket: CInt, _ bytes: [UInt8], closes: Bool, greets: Bool) {
    let isOpen = state.withLock { state in
      if !state.isOver { state.sockets.insert(socket) }
      return !state.isOver
    }
    defer {
      state.withLock { _ = $0.sockets.remove(socket) }
      close(socket)
    }
    guard isOpen else { return }
    if greets { Self.write(socket, bytes) }
    var received: [UInt8] = []
    while let head = Self.readHead(socket, &received) {
      let line = String(head.prefix { $0 != "\r\n" }).split(separator: " ").prefix(2).joined(separator: " ")
      state.withLock { state in
        state.asked.append(line)
        state.requests.append(head)
      }
      Self.write(socket, line.hasPrefix("CONNECT") ? Self.reply("", status: "403 Forbidden") : bytes)
      if closes { return }
    }
  }

  private func end() {
    state.withLock { state in
      state.isOver = true
      for socket in state.sockets { shutdown(socket, CInt(SHUT_RDWR)) }
    }
  }

  /// The next request's head; its body is taken and dropped.
  private static func readHead(_ socket: CInt, _ received: inout [UInt8]) -> String? {
    let end = Array("\r\n\r\n".utf8)
    while true {
      if let blank = received.firstRange(of: end) {
        let head = String(decoding: received[..<blank.lowerBound], as: UTF8.self)
        let length = head.lowercased().firstMatch(of: /content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
        if received.count >= blank.upperBound + length {
          received.removeFirst(blank.upperBound + length)
          return head
        }
      }
      var buffer = [UInt8](repeating: 0, count: 4_096)
      let count = recv(socket, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      received += buffer[..<count]
    }
  }

  private static func write(_ socket: CInt, _ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  private static func listen(on host: String) throws -> (socket: CInt, port: Int) {
    var hints = addrinfo()
    hints.ai_flags = AI_NUMERICHOST
    hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, "0", &hints, &found) == 0, let address = found?.pointee else { throw Failure() }
    defer { freeaddrinfo(found) }
    let listener = socket(address.ai_family, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard listener >= 0, bind(listener, address.ai_addr, address.ai_addrlen) == 0, Glibc.listen(listener, 16) == 0
    else {
      throw Failure()
    }
    var name = sockaddr_in6()
    var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
    let status = withUnsafeMutablePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &size) }
    }
    guard status == 0 else { throw Failure() }
    // The port stands at the same place in both families.
    return (listener, Int(UInt16(bigEndian: name.sin6_port)))
  }

  private struct Failure: Error {}

  /// A thread of its own, since what runs in it blocks.
  private static func thread(_ work: @escaping @Sendable () -> Void) {
    final class Work: Sendable {
      let run: @Sendable () -> Void
      init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
    var thread = pthread_t()
    let started = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, Unmanaged.passRetained(Work(work)).toOpaque())
    if started == 0 { pthread_detach(thread) }
  }
}
