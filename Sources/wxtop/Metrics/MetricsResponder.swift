import LoopbackServer
import WeixinModel

/// The answers of `wxtop metrics`: the metrics, whether it lives, whether it is ready, and nothing else.
struct MetricsResponder: Sendable {
  private typealias Response = LoopbackServer.Response

  /// What is known of the accounts at this moment; must wait for neither network nor disk.
  private let pages: MetricsPages
  /// Names of this machine that whoever asks may use.
  private let hosts: Set<String>
  /// How many accounts have no first status yet.
  let unready: @Sendable () async -> Int

  init(
    hosts: [String] = [], accounts: @escaping @Sendable () async -> [MetricsPage.Watched],
    unready: @escaping @Sendable () async -> Int, now: @escaping @Sendable () -> Timestamp
  ) {
    self.hosts = Set(hosts.compactMap { HostName($0)?.text } + ["localhost"])
    self.unready = unready
    pages = MetricsPages { format in
      let page = MetricsPage(await accounts(), at: now())
      return SharedBytes(limit: MetricsPages.pageLimit) { sink in
        format.write(page.families) { sink.append($0) }
      }
    }
  }

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
    guard isOwn(request.values(of: "Host").first) else {
      return Self.plain("Ask by an address, by localhost, or by a name that was given with --host.", 421)
    }
    switch request.path {
    case "/metrics":
      let format = ExpositionFormat(accept: request.values(of: "Accept").joined(separator: ","))
      guard let page = await pages.page(format) else {
        var refusal = Self.plain("Too many read too slowly.", 503)
        refusal.headers.append(.init("Retry-After", "5"))
        return refusal
      }
      return Response(headers: [.init("Content-Type", format.contentType)], body: .shared(page))
    case "/-/healthy": return Self.plain("wxtop runs.")
    case "/-/ready":
      let unready = await unready()
      return unready == 0
        ? Self.plain("Every account has a status.")
        : Self.plain("\(unready) of the accounts have no status yet.", 503)
    default: return Self.plain("There are /metrics, /-/healthy and /-/ready.", 404)
    }
  }

  /// Whether the host that was asked for is numeric, `localhost` or a name that was given: any other may be one that a page in a
  /// browser on this machine has made to point here, to read what it should not.
  private func isOwn(_ authority: String?) -> Bool {
    guard let authority else { return true }
    if ListenAddress(authority) != nil || ListenAddress(authority + ":80") != nil { return true }
    let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.count == 1 || UInt16(digits: parts[1]) != nil else { return false }
    return HostName(String(parts[0])).map { hosts.contains($0.text) } ?? false
  }

  private static func plain(_ text: String, _ status: Int = 200) -> Response {
    Response(status: status, headers: [.init("Content-Type", "text/plain; charset=utf-8")], text: text + "\n")
  }
}
