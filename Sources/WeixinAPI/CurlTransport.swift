import CCurl
import Synchronization
public import WeixinModel

/// HTTP over libcurl: one thread and one pool of connections for all transports of the process.
///
/// Make one at start, keep it, and await ``shutdown()`` at the end. The library is opened and the thread begins with the first
/// request: both take longer than a dashboard may take to its first frame.
public final class CurlTransport: HTTPTransport {
  private let proxies: ProxyChoice
  private let roots: TrustedRoots
  private let connectTimeout: Duration
  private let calls = Mutex(Calls())

  private struct Calls {
    var isShutDown = false
    /// The calls under way, and who waits for their end.
    var open: Set<CurlThread.CallID> = []
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  /// A transport; opens no connection yet.
  ///
  /// - Parameters:
  ///   - environment: the process's variables, read for `https_proxy`, `http_proxy` and `no_proxy` in both cases, and for
  ///     `SSL_CERT_FILE` and `SSL_CERT_DIR`.
  ///   - proxy: a proxy for every host but this machine, instead of the environment's.
  ///   - certificates: PEM certificates to trust besides the system's, as of a proxy that opens TLS.
  ///   - connectTimeout: the longest time for one connection to come about.
  public init(
    environment: [String: String] = [:], proxy: String? = nil, certificates: String? = nil,
    connectTimeout: Duration = .seconds(5)
  ) {
    proxies = ProxyChoice(environment: environment, setting: proxy)
    roots = TrustedRoots(certificates: certificates, environment: environment)
    self.connectTimeout = connectTimeout
  }

  /// The proxy for calls to an address, for a person: host, port, and what goes past it. Nil without one.
  ///
  /// Throws `APIError.notAllowed`, without the password, for a proxy that is none.
  public func proxyName(for address: String) throws(APIError) -> String? {
    let target = try CurlTarget(address)
    guard let proxy = try proxies.proxy(for: target) else { return nil }
    return proxy.exceptions.isEmpty ? proxy.name : "\(proxy.name) (no_proxy: \(proxy.exceptions))"
  }

  /// Closes what is under way: those calls fail, and later ones too.
  public func shutdown() async {
    let open = calls.withLock { calls in
      calls.isShutDown = true
      return calls.open
    }
    for call in open { CurlThread.shared.cancel(call) }
    await withCheckedContinuation { continuation in
      let isIdle = calls.withLock { calls in
        if !calls.open.isEmpty { calls.waiting.append(continuation) }
        return calls.open.isEmpty
      }
      if isIdle { continuation.resume() }
    }
  }

  /// Sends a request; see ``HTTPTransport``.
  @concurrent public func send(_ request: HTTPCall) async throws -> HTTPReply {
    let target = try CurlTarget(request.address)
    let route = CurlRoute(
      target: target, proxy: try proxies.proxy(for: target), roots: roots, connectTimeout: connectTimeout)
    let call = CurlThread.shared.newCall()
    try begin(call)
    defer { end(call) }
    return try await CurlThread.shared.send(request, by: route, as: call)
  }

  private func begin(_ call: CurlThread.CallID) throws {
    try calls.withLock { calls in
      if calls.isShutDown { throw CancellationError() }
      calls.open.insert(call)
    }
  }

  private func end(_ call: CurlThread.CallID) {
    let waiting = calls.withLock { calls in
      calls.open.remove(call)
      guard calls.open.isEmpty else { return [CheckedContinuation<Void, Never>]() }
      defer { calls.waiting = [] }
      return calls.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}

/// libcurl as it is on this machine.
public enum CurlLibrary {
  /// `libcurl 7.88.1, OpenSSL/3.0.17`: the library and what does its TLS.
  ///
  /// Throws `APIError.noLibrary` where it cannot be used.
  public static func version() throws(APIError) -> String {
    try open()
    guard let version = ccurl_version()?.pointee else { return "libcurl" }
    let parts =
      ["libcurl " + (version.version.map { String(cString: $0) } ?? "")]
      + [
        version.ssl_version.map { String(cString: $0) }
      ].compactMap(\.self)
    return parts.joined(separator: ", ").cleaned(limit: 120)
  }

  static func open() throws(APIError) {
    guard let problem = ccurl_open() else { return }
    throw .noLibrary(name: "libcurl", cause: String(cString: problem).cleaned(limit: 200))
  }
}
