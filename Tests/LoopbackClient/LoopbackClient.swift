import Foundation
import Glibc

/// A client by hand for tests of servers on loopback: it shows every byte, sends what no library would, and shares no code
/// with what it tests. Its calls block, but never without end.
package final class LoopbackClient: Sendable {
  package struct Problem: Error, Equatable {
    package let call: String
    package let code: Int32

    package init(call: String, code: Int32) {
      self.call = call
      self.code = code
    }
  }

  package struct Reply: Equatable, Sendable {
    package var status = 0
    /// By name in small letters.
    package var headers: [String: String] = [:]
    package var body: [UInt8] = []
    /// Whether the body is as long as it was promised.
    package var isWhole = false

    package var text: String { String(decoding: body, as: UTF8.self) }
  }

  private let descriptor: Int32

  /// Opens a connection; with a small buffer the other side cannot be rid of its answer before somebody reads it.
  package init(port: Int, seconds: Int = 60, buffer: Int32? = nil) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    if var buffer { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, socklen_t(MemoryLayout<Int32>.size)) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    if !isConnected { throw Problem(call: "connect", code: errno) }
  }

  deinit { close(descriptor) }

  /// Whether all of it could be sent.
  @discardableResult
  package func send(_ text: String) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return false }
      bytes = bytes.dropFirst(count)
    }
    return true
  }

  /// Says that nothing more will be sent.
  package func sendEnd() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Closes the connection for both sides.
  package func hangUp() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Some bytes, none at the end of the connection.
  package func read() throws -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count >= 0 else { throw Problem(call: "recv", code: errno) }
    return Array(buffer[..<count])
  }

  /// Everything up to the end of the connection.
  package func rest() throws -> [UInt8] {
    var bytes: [UInt8] = []
    while case let some = try read(), !some.isEmpty { bytes += some }
    return bytes
  }

  /// The next answer; nil when the connection ends without one. What was sent of a body counts, also when the end is missing.
  package func reply(hasBody: Bool = true) throws -> Reply? {
    var bytes: [UInt8] = []
    func line() throws -> String? {
      while true {
        if let end = bytes.firstIndex(of: 10) {
          defer { bytes.removeFirst(end + 1) }
          return String(decoding: bytes[..<end].filter { $0 != 13 }, as: UTF8.self)
        }
        let some = try read()
        if some.isEmpty { return nil }
        bytes += some
      }
    }
    func take(_ count: Int) throws -> [UInt8] {
      while bytes.count < count, case let some = try read(), !some.isEmpty { bytes += some }
      defer { bytes.removeFirst(min(count, bytes.count)) }
      return Array(bytes.prefix(count))
    }
    guard let first = try line() else { return nil }
    var reply = Reply(status: first.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0)
    while let field = try line(), !field.isEmpty {
      let parts = field.split(separator: ":", maxSplits: 1)
      reply.headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
    }
    guard hasBody else { return reply }
    if let length = reply.headers["content-length"].flatMap({ Int($0) }) {
      reply.body = try take(length)
      reply.isWhole = reply.body.count == length
    } else if reply.headers["transfer-encoding"] == "chunked" {
      while let size = try line().flatMap({ Int($0, radix: 16) }) {
        reply.body += try take(size)
        guard try line() != nil else { break }
        if size == 0 { reply.isWhole = true }
        if size == 0 { break }
      }
    } else {
      reply.body = bytes + (try rest())
      reply.isWhole = true
    }
    return reply
  }

  /// Runs what blocks where it holds up nobody.
  package static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
    }
  }

  /// Asks once, on a connection of its own; nil when it ends without an answer.
  package static func ask(
    _ port: Int, _ path: String, method: String = "GET", headers: [String] = [], body: String = ""
  ) async throws -> Reply? {
    try await run { try answer(port, path, method: method, headers: headers, body: body) }
  }

  /// The same, for whoever may wait.
  package static func answer(
    _ port: Int, _ path: String, method: String = "GET", headers: [String] = [], body: String = ""
  ) throws -> Reply? {
    let client = try LoopbackClient(port: port)
    client.send(request(path, method: method, headers: headers, body: body))
    return try client.reply(hasBody: method != "HEAD")
  }

  package static func request(
    _ path: String, method: String = "GET", headers: [String] = [], body: String = ""
  ) -> String {
    let length = body.isEmpty && method != "POST" ? [] : ["Content-Length: \(body.utf8.count)"]
    let lines = ["\(method) \(path) HTTP/1.1", "Host: localhost"] + headers + length
    return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
  }
}
