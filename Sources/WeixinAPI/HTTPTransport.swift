/// What carries a request to a server and brings the reply: real HTTP, or bytes in a test.
public protocol HTTPTransport: Sendable {
  /// Sends and waits for the whole reply. Follows no redirect.
  ///
  /// Throws the `APIError` for what kept the reply away (`timedOut`, `unreachable`, `tls`, `tooLarge`, `notAllowed`),
  /// or `CancellationError`. A status other than 200 is a reply.
  func send(_ request: HTTPCall) async throws -> HTTPReply
}

/// One request, with a JSON body or none. Printing it shows the address only: query and body hold token and secret.
public struct HTTPCall: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Scheme, host, port and path.
  public var address: String
  /// The query, percent-encoded, without its question mark.
  public var query: String?
  /// The JSON body of a `POST`; nil for a `GET`.
  public var body: [UInt8]?
  /// The `User-Agent` header.
  public var userAgent: String
  /// The longest time to the last byte of the reply.
  public var deadline: Duration
  /// The largest reply to read, in bytes.
  public var replyLimit: Int

  /// A request.
  public init(
    address: String, query: String?, body: [UInt8]?, userAgent: String, deadline: Duration, replyLimit: Int
  ) {
    self.address = address
    self.query = query
    self.body = body
    self.userAgent = userAgent
    self.deadline = deadline
    self.replyLimit = replyLimit
  }

  /// The method and the address.
  public var description: String { "\(body == nil ? "GET" : "POST") \(address)" }
  /// The method and the address.
  public var debugDescription: String { description }
  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A reply. Printing it shows status and size only: the body may hold a token.
public struct HTTPReply: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The HTTP status.
  public var status: Int
  /// The body, whatever its `Content-Type` says.
  public var body: [UInt8]
  /// The `Date` header in seconds since 1970; nil without a readable one.
  public var date: Int?
  /// The seconds in the `Retry-After` header; nil without a readable one.
  public var retryAfter: Int?

  /// A reply.
  public init(status: Int, body: [UInt8], date: Int? = nil, retryAfter: Int? = nil) {
    self.retryAfter = retryAfter
    self.status = status
    self.body = body
    self.date = date
  }

  /// Status and size.
  public var description: String { "HTTP \(status), \(body.count) bytes" }
  /// Status and size.
  public var debugDescription: String { description }
  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
