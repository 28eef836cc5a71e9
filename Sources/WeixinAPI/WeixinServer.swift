import FoundationEssentials
public import WeixinModel

/// One address under which Weixin's API answers, and the way to it. Accounts may share one.
public struct WeixinServer: Sendable {
  /// Weixin's own address, nearest to the caller.
  public static let officialAddress = "https://api.weixin.qq.com"

  /// Scheme, host, port and an optional path prefix, without a slash at the end.
  public let address: String
  private let transport: any HTTPTransport
  private let userAgent: String
  private let deadline: Duration
  private let replyLimit: Int
  private let onCall: @Sendable (WeixinFault.Endpoint) async -> Void
  private let onEnd: @Sendable (WeixinFault.Endpoint, Duration, APIError?) -> Void
  /// How far this machine's clock is from the server's.
  public let clockSkew: ClockSkew

  /// A server.
  ///
  /// - Parameters:
  ///   - address: `https://host[:port][/prefix]`; `http` only for a loopback host.
  ///   - transport: what sends the requests.
  ///   - userAgent: `wxtop/VERSION`.
  ///   - deadline: the longest time from the call to the last byte of the reply.
  ///   - replyLimit: the largest reply that is read, in bytes.
  ///   - clockSkew: told of each reply's date.
  ///   - onCall: told of each HTTP request, token requests too, and awaited before it is sent: the call ledger.
  ///   - onEnd: told of each HTTP request once its reply has been read or it has failed: how long it took, and what failed.
  ///     One that was cancelled ends without.
  /// - Throws: ``WeixinModel/APIError/notAllowed(address:)`` for any other address.
  public init(
    address: String = Self.officialAddress, transport: any HTTPTransport, userAgent: String = "wxtop",
    deadline: Duration = .seconds(10), replyLimit: Int = 1 << 20, clockSkew: ClockSkew = ClockSkew(),
    onCall: @escaping @Sendable (WeixinFault.Endpoint) async -> Void = { _ in },
    onEnd: @escaping @Sendable (WeixinFault.Endpoint, Duration, APIError?) -> Void = { _, _, _ in }
  ) throws {
    self.address = try ServerAddress(address).text
    self.transport = transport
    self.userAgent = userAgent
    self.deadline = deadline
    self.replyLimit = replyLimit
    self.clockSkew = clockSkew
    self.onCall = onCall
    self.onEnd = onEnd
  }

  /// The full address of a call, without the token.
  public func url(of endpoint: WeixinFault.Endpoint) -> String { address + endpoint.path }

  /// Posts a JSON body and decodes the reply, off the caller's actor. Throws an `APIError` or `CancellationError`.
  @concurrent func post<Body: ReplyBody>(
    _ endpoint: WeixinFault.Endpoint, token: Secret? = nil, body: some Encodable & Sendable,
    hiding secret: Secret? = nil, as type: Body.Type
  ) async throws -> Body {
    guard let bytes = try? JSONEncoder().encode(body) else { throw APIError.unexpected(key: "body") }
    let query = token.map { [("access_token", $0)] } ?? []
    return try await send(endpoint, query, Array(bytes), hiding: [token, secret].compactMap(\.self), as: type)
  }

  /// Gets with a query and decodes the reply, off the caller's actor. Throws an `APIError` or `CancellationError`.
  @concurrent func get<Body: ReplyBody>(
    _ endpoint: WeixinFault.Endpoint, _ query: [(name: String, value: Secret)], as type: Body.Type
  ) async throws -> Body {
    try await send(endpoint, query, nil, hiding: query.map(\.value), as: type)
  }

  @concurrent private func send<Body: ReplyBody>(
    _ endpoint: WeixinFault.Endpoint, _ query: [(name: String, value: Secret)], _ body: [UInt8]?,
    hiding secrets: [Secret], as type: Body.Type
  ) async throws -> Body {
    try Task.checkCancellation()
    // Only what holds no secret may go over plain HTTP.
    guard secrets.isEmpty || address != CloudCall.address else { throw APIError.notAllowed(address: address) }
    let pairs = query.map { $0.name + "=" + $0.value.revealed.percentEncoded }
    let request = HTTPCall(
      address: url(of: endpoint), query: pairs.isEmpty ? nil : pairs.joined(separator: "&"), body: body,
      userAgent: userAgent, deadline: deadline, replyLimit: replyLimit)
    await onCall(endpoint)
    let begun = ContinuousClock.now
    do {
      let reply = try await transport.send(request)
      if let date = reply.date { clockSkew.note(serverDate: date) }
      let body = try Envelope(endpoint: endpoint, redaction: Redaction(of: secrets)).decode(type, from: reply)
      onEnd(endpoint, begun.duration(to: .now), nil)
      return body
    } catch let error as APIError {
      onEnd(endpoint, begun.duration(to: .now), error)
      throw error
    }
  }
}

extension String {
  /// Every byte but the unreserved ones as `%XX`.
  package var percentEncoded: String {
    let hex = Array("0123456789ABCDEF".unicodeScalars)
    var scalars = UnicodeScalarView()
    for byte in utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: scalars.append(Unicode.Scalar(byte))
      default: scalars.append(contentsOf: ["%", hex[Int(byte >> 4)], hex[Int(byte & 15)]])
      }
    }
    return String(scalars)
  }
}
