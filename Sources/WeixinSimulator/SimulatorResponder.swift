import Hummingbird
import HummingbirdCore
import NIOCore
import WeixinModel

/// The HTTP side of the simulator: reads requests, writes answers, and does what goes wrong below JSON.
struct SimulatorResponder: Sendable {
  let weixin: SimulatedWeixin
  let stopFlag: StopFlag

  /// The answer to a request, or an error that closes the connection without one.
  func response(to request: Request, on channel: any Channel) async throws -> Response {
    await weixin.arrived(path: request.uri.path)
    let body = try await request.body.collect(upTo: 1 << 20)
    let query = Dictionary(
      request.uri.queryParameters.map { (String($0.key), String($0.value)) }, uniquingKeysWith: { first, _ in first })
    if weixin.delay > .zero { try await stopFlag.pause(for: weixin.delay) }
    let answer = await weixin.answer(
      isPost: request.method == .post, path: request.uri.path, query: query, body: Array(body.readableBytesView))
    var response =
      switch answer.content {
      case .json(let text): Self.response(text)
      case .broken(let kind): try await broken(kind, channel)
      }
    response.headers[.date] = (Simulator.systemTime() + answer.skew).httpDate
    return response
  }

  private func broken(_ kind: Fault.Kind, _ channel: any Channel) async throws -> Response {
    let page = "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body>nginx</body></html>"
    switch kind {
    case .http(let status): return Self.response(page, status: .init(code: status), type: "text/html")
    case .html: return Self.response(page, type: "text/html; charset=gbk")
    case .redirect:
      var response = Self.response("", status: .found)
      response.headers[.location] = "/elsewhere"
      return response
    case .truncated: return Self.response(#"{"list":[{"ref_date":"2026-03-09","ref_ho"#)
    case .garbage:
      return Response(
        status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(bytes: [0xC3, 0x28, 0x00, 0xFF, 0x1B, 0x5B])))
    case .silent:
      try await stopFlag.pause(for: .seconds(86_400))
    case .slow: return drip(ByteBuffer(string: " "), first: #"{"list":["#, every: .milliseconds(20), times: .max)
    case .huge:
      let chunk = ByteBuffer(string: String(repeating: #"{"ref_date":"2026-03-09"},"#, count: 2_500))
      return drip(chunk, first: #"{"list":["#, every: .zero, times: 1_024)
    case .reset: try await reset(channel)
    default: break
    }
    return Self.response("")
  }

  private func drip(_ chunk: ByteBuffer, first: String, every pause: Duration, times: Int) -> Response {
    Response(
      status: .ok,
      body: ResponseBody { writer in
        try await writer.write(ByteBuffer(string: first))
        for _ in 0..<times {
          try await stopFlag.pause(for: pause)
          try await writer.write(chunk)
        }
        try await writer.finish(nil)
      })
  }

  /// With a linger of zero, closing sends a reset instead of an orderly end.
  private func reset(_ channel: any Channel) async throws {
    if let options = channel as? any SocketOptionProvider {
      try await options.unsafeSetSocketOption(level: .socket, name: .so_linger, value: Linger()).get()
    }
    try await channel.close()
  }

  private static func response(
    _ text: String, status: HTTPResponse.Status = .ok, type: String = "application/json; encoding=utf-8"
  ) -> Response {
    Response(status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}

/// The kernel's `struct linger`: no other module here declares it in a form that may be imported.
private struct Linger {
  var isOn: CInt = 1
  var seconds: CInt = 0
}
