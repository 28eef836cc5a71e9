import LoopbackServer
import WeixinModel

/// The HTTP side of the simulator: reads requests, writes answers, and says what goes wrong below JSON.
struct SimulatorResponder: Sendable {
  private typealias Response = LoopbackServer.Response

  let weixin: SimulatedWeixin

  /// The answer to a request, or an error that closes the connection without one.
  func answer(to request: LoopbackServer.Request) async throws -> LoopbackServer.Answer {
    await weixin.arrived(path: request.path)
    if weixin.delay > .zero { try await Task.sleep(for: weixin.delay) }
    let answer = await weixin.answer(
      isPost: request.method == "POST", path: request.path, query: request.query, body: request.body)
    var response: Response
    switch answer.content {
    case .json(let text): response = Self.response(text)
    case .broken(.silent): return .silence
    case .broken(.reset): return .reset
    case .broken(let kind): response = Self.broken(kind)
    }
    response.headers.append(.init("Date", (Simulator.systemTime() + answer.skew).httpDate))
    return .response(response)
  }

  private static func broken(_ kind: Fault.Kind) -> Response {
    let page = "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body>nginx</body></html>"
    switch kind {
    case .http(let status): return response(page, status: status, type: "text/html")
    case .html: return response(page, type: "text/html; charset=gbk")
    case .redirect:
      var response = response("", status: 302)
      response.headers.append(.init("Location", "/elsewhere"))
      return response
    case .truncated: return response(#"{"list":[{"ref_date":"2026-03-09","ref_ho"#)
    case .garbage: return Response(body: .bytes([0xC3, 0x28, 0x00, 0xFF, 0x1B, 0x5B]))
    case .slow: return pieces(" ", every: .milliseconds(20), times: .max)
    case .huge:
      return pieces(String(repeating: #"{"ref_date":"2026-03-09"},"#, count: 2_500), every: .zero, times: 1_024)
    default: return response("")
    }
  }

  private static func pieces(_ text: String, every pause: Duration, times: Int) -> Response {
    Response(
      body: .pieces(.init(first: Array(#"{"list":["#.utf8), next: Array(text.utf8), times: times, pause: pause)))
  }

  private static func response(
    _ text: String, status: Int = 200, type: String = "application/json; encoding=utf-8"
  ) -> Response {
    Response(status: status, headers: [.init("Content-Type", type)], text: text)
  }
}
