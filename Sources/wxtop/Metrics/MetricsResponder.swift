import LoopbackServer
import WeixinModel

/// The answers of `wxtop metrics`: the metrics, whether it lives, whether it is ready, and nothing else.
struct MetricsResponder: Sendable {
  private typealias Response = LoopbackServer.Response

  /// What is known of the accounts at this moment; must wait for neither network nor disk.
  let accounts: @Sendable () async -> [MetricsPage.Watched]
  /// How many accounts have no first status yet.
  let unready: @Sendable () async -> Int
  let now: @Sendable () -> Timestamp

  func response(to request: LoopbackServer.Request) async -> LoopbackServer.Response {
    var response = await answer(request)
    response.headers.append(.init("Cache-Control", "no-store"))
    return response
  }

  private func answer(_ request: LoopbackServer.Request) async -> Response {
    guard ["GET", "HEAD"].contains(request.method) else {
      var refusal = Self.plain("Only GET and HEAD are answered.", 405)
      refusal.headers.append(.init("Allow", "GET, HEAD"))
      return refusal
    }
    guard Self.isAddress(request.values(of: "Host").first) else {
      return Self.plain("Ask by an address, or by localhost.", 421)
    }
    switch request.path {
    case "/metrics":
      let format = ExpositionFormat(accept: request.values(of: "Accept").joined(separator: ","))
      let page = format.text(of: MetricsPage(await accounts(), at: now()).families)
      return Response(headers: [.init("Content-Type", format.contentType)], text: page)
    case "/-/healthy": return Self.plain("wxtop runs.")
    case "/-/ready":
      let unready = await unready()
      return unready == 0
        ? Self.plain("Every account has a status.")
        : Self.plain("\(unready) of the accounts have no status yet.", 503)
    default: return Self.plain("There are /metrics, /-/healthy and /-/ready.", 404)
    }
  }

  /// Whether the host that was asked for is numeric or `localhost`: any other name may be one that a page in a browser on this
  /// machine has made to point here, to read what it should not.
  private static func isAddress(_ authority: String?) -> Bool {
    guard let authority else { return true }
    return ListenAddress(authority) != nil || ListenAddress(authority + ":80") != nil
  }

  private static func plain(_ text: String, _ status: Int = 200) -> Response {
    Response(status: status, headers: [.init("Content-Type", "text/plain; charset=utf-8")], text: text + "\n")
  }
}
