import Glibc

/// HTTP by hand on loopback: a test must see every byte, and send what no client would.
struct RawHTTP {
  let descriptor: Int32

  struct Reply {
    var status: Int
    /// By name in small letters.
    var headers: [String: String]
    var body: String
    /// Whether the body is as long as it was promised.
    var isWhole: Bool
  }

  /// Opens a connection; with a small buffer the other side cannot be rid of its answer before somebody reads it.
  init(port: Int, seconds: Int = 20, buffer: Int32? = nil) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw SystemError(call: "socket", code: errno) }
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    if var buffer { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, socklen_t(MemoryLayout<Int32>.size)) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else {
      let code = errno
      Glibc.close(descriptor)
      throw SystemError(call: "connect", code: code)
    }
  }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// Some bytes, as soon as there are any.
  func first() -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 1_000)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    return Array(buffer.prefix(max(0, count)))
  }

  /// Everything up to the end of the connection.
  func rest() -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 { bytes += buffer[..<count] }
    return bytes
  }

  func close() { Glibc.close(descriptor) }

  /// Asks once and reads to the end.
  static func ask(
    _ path: String, port: Int, method: String = "GET", headers: [String: String] = [:]
  ) throws -> Reply {
    let connection = try RawHTTP(port: port)
    defer { connection.close() }
    let lines = headers.map { "\($0.key): \($0.value)\r\n" }.joined()
    connection.send("\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\(lines)\r\n")
    let text = String(decoding: connection.rest(), as: UTF8.self)
    guard let end = text.firstRange(of: "\r\n\r\n") else { throw TimedOut(what: "an answer of \(path)", seen: text) }
    let head = text[..<end.lowerBound].split(separator: "\r\n")
    let fields = head.dropFirst().map { $0.split(separator: ":", maxSplits: 1) }
    let found = Dictionary(
      fields.map { ($0[0].lowercased(), String($0.last?.drop { $0 == " " } ?? "")) }, uniquingKeysWith: { $1 })
    let body = String(text[end.upperBound...])
    return Reply(
      status: head.first.flatMap { Int($0.split(separator: " ")[1]) } ?? 0, headers: found, body: body,
      isWhole: method == "HEAD" || found["content-length"].flatMap { Int($0) } == body.utf8.count)
  }
}
