import Hummingbird
import HummingbirdCore
import NIOCore
import WeixinModel

/// The answers of `wxtop metrics`: the metrics, whether it lives, whether it is ready, and nothing else.
struct MetricsResponder: Sendable {
  /// What is known of the accounts at this moment; must wait for neither network nor disk.
  let accounts: @Sendable () async -> [MetricsPage.Watched]
  /// How many accounts have no first status yet.
  let unready: @Sendable () async -> Int
  let now: @Sendable () -> Timestamp

  func response(to request: Request) async -> Response {
    var response = await answer(request)
    // The connection is good for one answer; see ``MetricsServer``.
    response.headers[.connection] = "close"
    response.headers[.cacheControl] = "no-store"
    return request.method == .head ? response.createHeadResponse() : response
  }

  private func answer(_ request: Request) async -> Response {
    guard request.method == .get || request.method == .head else {
      var refusal = Self.plain("Only GET and HEAD are answered.", .methodNotAllowed)
      refusal.headers[.allow] = "GET, HEAD"
      return refusal
    }
    guard Self.isAddress(request.head.authority) else {
      return Self.plain("Ask by an address, or by localhost.", .misdirectedRequest)
    }
    switch request.uri.path {
    case "/metrics":
      let format = ExpositionFormat(accept: request.headers[values: .accept].joined(separator: ","))
      let page = format.text(of: MetricsPage(await accounts(), at: now()).families)
      return Self.response(page, type: format.contentType)
    case "/-/healthy": return Self.plain("wxtop runs.")
    case "/-/ready":
      let unready = await unready()
      return unready == 0
        ? Self.plain("Every account has a status.")
        : Self.plain("\(unready) of the accounts have no status yet.", .serviceUnavailable)
    default: return Self.plain("There are /metrics, /-/healthy and /-/ready.", .notFound)
    }
  }

  /// Whether the host that was asked for is numeric or `localhost`: any other name may be one that a page in a browser on this
  /// machine has made to point here, to read what it should not.
  private static func isAddress(_ authority: String?) -> Bool {
    guard let authority else { return true }
    return ListenAddress(authority) != nil || ListenAddress(authority + ":80") != nil
  }

  private static func plain(_ text: String, _ status: HTTPResponse.Status = .ok) -> Response {
    response(text + "\n", status, type: "text/plain; charset=utf-8")
  }

  private static func response(_ text: String, _ status: HTTPResponse.Status = .ok, type: String) -> Response {
    Response(status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}
