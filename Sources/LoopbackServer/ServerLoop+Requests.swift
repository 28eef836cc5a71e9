import CMicrohttpd
import Glibc

/// The way of a request, from the library's calls to the response.
extension ServerLoop {
  static func setCallbacks(_ settings: inout cmhd_settings) {
    settings.target = { context, target, handle in
      if let target, let handle { ServerLoop.at(context)?.connection(handle)?.target = String(cString: target) }
      return nil
    }
    settings.answer = { context, handle, _, method, version, bytes, count, _ in
      guard let handle, let method, let count, let loop = ServerLoop.at(context),
        let connection = loop.connection(handle)
      else {
        return cmhd_no
      }
      connection.isChunking = version.map { String(cString: $0) } != "HTTP/1.0"
      let body = UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : count.pointee)
      count.pointee = 0
      return loop.goOn(connection, method: method, body) ? cmhd_yes : cmhd_no
    }
    settings.connection = { context, handle, _, event in
      guard let handle, let loop = ServerLoop.at(context) else { return }
      if event == cmhd_started { loop.opened(handle) } else { loop.closed(handle) }
    }
    settings.completed = { context, handle, _, _ in
      guard let handle, let connection = ServerLoop.at(context)?.connection(handle) else { return }
      connection.completed()
    }
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> ServerLoop? {
    context.map { Unmanaged<ServerLoop>.fromOpaque($0).takeUnretainedValue() }
  }

  /// The library calls this when a header has come, with each part of a body, at the end of the request, and when it was
  /// resumed. False ends the connection.
  private func goOn(_ connection: Connection, method: UnsafePointer<CChar>, _ part: UnsafeRawBufferPointer) -> Bool {
    switch connection.phase {
    case .idle:
      var request = LoopbackServer.Request(method: String(cString: method), target: connection.target)
      request.headers = Self.headers(of: connection.handle)
      if let complaint = limits.complaint(about: request.headers) { return refuse(connection, 431, complaint) }
      if let length = request.values(of: "Content-Length").first.flatMap({ Int($0) }), length > limits.bodyBytes {
        return refuse(connection, 413, "A body of more than \(limits.bodyBytes) bytes.")
      }
      connection.phase = .receiving(request)
      return true
    case .receiving(var request) where !part.isEmpty:
      // Nothing can be said in the middle of a body.
      guard request.body.count + part.count <= limits.bodyBytes else {
        connection.end()
        return true
      }
      connection.phase = .idle
      request.body += part
      connection.phase = .receiving(request)
      return true
    case .receiving(let request):
      begin(request, on: connection)
      return true
    case .answered(let response): return send(response, on: connection)
    case .computing, .silent, .sending: return true
    case .over: return !part.isEmpty
    }
  }

  private static func headers(of handle: OpaquePointer) -> [LoopbackServer.Header] {
    var headers: [LoopbackServer.Header] = []
    withUnsafeMutablePointer(to: &headers) { list in
      cmhd_headers(
        handle,
        { list, _, name, value in
          guard let list, let name else { return cmhd_yes }
          let header = LoopbackServer.Header(String(cString: name), value.map { String(cString: $0) } ?? "")
          list.assumingMemoryBound(to: [LoopbackServer.Header].self).pointee.append(header)
          return cmhd_yes
        }, list)
    }
    return headers
  }

  private func refuse(_ connection: Connection, _ status: Int, _ text: String) -> Bool {
    let headers = [LoopbackServer.Header("Content-Type", "text/plain; charset=utf-8")]
    return send(.init(status: status, headers: headers, text: text + "\n"), on: connection, isLast: true)
  }

  private func send(_ response: LoopbackServer.Response, on connection: Connection, isLast: Bool = false) -> Bool {
    connection.phase = .sending
    guard let made = Self.made(response.body, on: connection) else { return false }
    for header in response.headers { cmhd_add_header(made, header.name, header.value) }
    if isLast || isStopping || !limits.keepsAlive { cmhd_add_header(made, "Connection", "close") }
    if case .pieces = response.body { connection.isInPieces = true }
    return cmhd_queue(connection.handle, UInt32(response.status), made) == cmhd_yes
  }

  private static func made(_ body: LoopbackServer.Response.Body, on connection: Connection) -> OpaquePointer? {
    switch body {
    case .bytes(let bytes): bytes.withUnsafeBytes { cmhd_copied($0.baseAddress, $0.count) }
    case .shared(let bytes): bytes.response
    case .pieces(let pieces): PieceReader.response(pieces, on: connection)
    case .cutShort(let bytes, let promised):
      PieceReader.response(
        .init(first: bytes, next: [], times: 0, pause: .zero), on: connection, promised: promised)
    }
  }
}
