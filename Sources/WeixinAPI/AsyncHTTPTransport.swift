import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization
import WeixinModel

/// HTTP over async-http-client: one pool of connections, and one event-loop thread for all of the process.
///
/// Make one at start, keep it, and await ``shutdown()`` at the end. The thread starts with the first request: making it
/// takes longer than a dashboard may take to its first frame.
public final class AsyncHTTPTransport: HTTPTransport {
  private let proxies: ProxySettings
  private let connectTimeout: Duration
  private let certificates: String?
  // A proxy is a property of a client, so each proxy in use has its own.
  private let clients = Mutex<Clients>(Clients())

  private struct Clients {
    var byProxy: [String: HTTPClient] = [:]
    var isShutDown = false
    /// The requests under way, and who waits for their end.
    var requests = 0
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  /// A transport; opens no connection yet.
  ///
  /// - Parameters:
  ///   - environment: the process's variables, read for `https_proxy`, `http_proxy` and `no_proxy` in both cases.
  ///   - proxy: a proxy for every host but this machine, instead of the environment's.
  ///   - certificates: PEM certificates to trust besides the system's, as of a proxy that opens TLS.
  ///   - connectTimeout: the longest time for one connection to come about.
  public init(
    environment: [String: String] = [:], proxy: String? = nil, certificates: String? = nil,
    connectTimeout: Duration = .seconds(5)
  ) {
    self.certificates = certificates
    proxies = ProxySettings(environment: environment, setting: proxy)
    self.connectTimeout = connectTimeout
  }

  /// Host and port of the proxy through which calls to an address go; nil when they go there directly.
  ///
  /// Throws `APIError.notAllowed`, without the password, for a proxy that is none.
  public func proxyName(for address: String) throws -> String? {
    let url = URL(string: address)
    return try proxies.address(forHost: url?.host() ?? "", scheme: url?.scheme?.lowercased() ?? "").map {
      let proxy = try HTTPClient.Configuration.Proxy(parsing: $0)
      return "\(proxy.host):\(proxy.port)"
    }
  }

  /// The one thread of all transports, which lives as long as the process: what a request or a connection has left behind may
  /// still turn to its event loop after everything seems over, and must find it.
  private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  /// Closes the connections. Requests under way fail; later ones too.
  public func shutdown() async {
    let open = clients.withLock { clients in
      clients.isShutDown = true
      return clients
    }
    for client in open.byProxy.values { try? await client.shutdown() }
    // A request that nobody waits for any more may not have noticed yet.
    await withCheckedContinuation { continuation in
      let isIdle = clients.withLock { clients in
        if clients.requests > 0 { clients.waiting.append(continuation) }
        return clients.requests == 0
      }
      if isIdle { continuation.resume() }
    }
  }

  private func begin() throws {
    try clients.withLock { clients in
      if clients.isShutDown { throw CancellationError() }
      clients.requests += 1
    }
  }

  private func end() {
    let waiting = clients.withLock { clients in
      clients.requests -= 1
      guard clients.requests == 0 else { return [CheckedContinuation<Void, Never>]() }
      defer { clients.waiting = [] }
      return clients.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Sends a request; see ``HTTPTransport``.
  @concurrent public func send(_ request: HTTPCall) async throws -> HTTPReply {
    try begin()
    defer { end() }
    let url = URL(string: request.address)
    let host = url?.host() ?? ""
    let proxy = try proxies.address(forHost: host, scheme: url?.scheme?.lowercased() ?? "")
      .map { (address: $0, parsed: try HTTPClient.Configuration.Proxy(parsing: $0)) }
    let client = try client(through: proxy?.parsed, key: proxy?.address ?? "", host: host)
    do {
      return try await withThrowingTaskGroup(of: HTTPReply.self) { group in
        group.addTask { try await Self.exchange(request, over: client) }
        // The client's own deadline ends with the reply's head; this one covers a body that drips for ever.
        group.addTask {
          try await BootClock.sleep(for: request.deadline)
          throw HTTPClientError.deadlineExceeded
        }
        defer { group.cancelAll() }
        guard let reply = try await group.next() else { throw CancellationError() }
        return reply
      }
    } catch {
      if Task.isCancelled { throw CancellationError() }
      let through = proxy.map { "\($0.parsed.host):\($0.parsed.port)" }
      throw TransportFailure(
        host: host, deadline: request.deadline, connectTimeout: connectTimeout, proxy: through
      ).apiError(of: error)
    }
  }

  private static func exchange(_ request: HTTPCall, over client: HTTPClient) async throws -> HTTPReply {
    var outgoing = HTTPClientRequest(url: request.address + (request.query.map { "?" + $0 } ?? ""))
    outgoing.headers = ["Accept": "application/json", "User-Agent": request.userAgent]
    if let body = request.body {
      outgoing.method = .POST
      outgoing.headers.add(name: "Content-Type", value: "application/json")
      outgoing.body = .bytes(body)
    }
    let reply = try await client.execute(outgoing, deadline: .now() + TimeAmount(request.deadline))
    var body: [UInt8] = []
    for try await var chunk in reply.body {
      guard body.count + chunk.readableBytes <= request.replyLimit else {
        throw APIError.tooLarge(limit: request.replyLimit)
      }
      body.append(contentsOf: chunk.readBytes(length: chunk.readableBytes) ?? [])
    }
    let date = reply.headers.first(name: "Date").flatMap(HTTPDate.seconds)
    return HTTPReply(status: Int(reply.status.code), body: body, date: date)
  }

  private func client(
    through proxy: HTTPClient.Configuration.Proxy?, key: String, host: String
  ) throws -> HTTPClient {
    try clients.withLock { clients in
      if clients.isShutDown { throw CancellationError() }
      if let client = clients.byProxy[key] { return client }
      var configuration = HTTPClient.Configuration(
        redirectConfiguration: .disallow, timeout: .init(connect: TimeAmount(connectTimeout)), proxy: proxy)
      configuration.connectionPool.retryConnectionEstablishment = false
      configuration.connectionPool.idleTimeout = .seconds(30)
      // More than a fleet has calls under way: a host that hangs for some accounts must not hold up the others.
      configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 32
      configuration.httpVersion = .http1Only
      if let certificates { configuration.tlsConfiguration = try Self.trusting(certificates, host: host) }
      let client = HTTPClient(eventLoopGroupProvider: .shared(Self.group), configuration: configuration)
      clients.byProxy[key] = client
      return client
    }
  }

  /// The client's own settings, and these certificates besides the system's: NIOSSL is a direct dependency for this alone,
  /// since async-http-client takes trust roots only as NIOSSL's types.
  private static func trusting(_ pem: String, host: String) throws -> TLSConfiguration {
    guard let certificates = try? NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)), !certificates.isEmpty else {
      throw APIError.tls(host: host, cause: "the file of certificates holds none that can be used")
    }
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.additionalTrustRoots = [.certificates(certificates)]
    return configuration
  }
}
