extension LoopbackServer {
  /// What a client gets.
  public enum Answer: Sendable {
    /// A response, well-formed or broken on purpose.
    case response(Response)
    /// Nothing, until the client leaves, its time is up or the server stops.
    case silence
    /// A connection that is reset.
    case reset
  }

  /// A response as it goes out. To a `HEAD` it goes without its body.
  public struct Response: Sendable {
    /// What follows the header.
    public enum Body: Sendable {
      /// So many bytes, announced by their count.
      case bytes([UInt8])
      /// Bytes that other responses send too.
      case shared(SharedBytes)
      /// Pieces of unknown count, made as the client takes them.
      case pieces(Pieces)
      /// A body that promises more bytes than it has, and ends.
      case cutShort([UInt8], promised: Int)
    }

    /// A body that is made while it goes out, and is never whole in memory.
    public struct Pieces: Sendable {
      /// Comes at once.
      public var first: [UInt8]
      /// Comes again and again.
      public var next: [UInt8]
      /// How often ``next`` comes.
      public var times: Int
      /// The time before each ``next``.
      public var pause: Duration

      /// A body in pieces.
      public init(first: [UInt8], next: [UInt8], times: Int, pause: Duration) {
        self.first = first
        self.next = next
        self.times = times
        self.pause = pause
      }
    }

    /// The status, such as 200.
    public var status: Int
    /// The header's fields, but for those that say how the body is sent.
    public var headers: [Header]
    /// The body.
    public var body: Body

    /// A response.
    public init(status: Int = 200, headers: [Header] = [], body: Body) {
      self.status = status
      self.headers = headers
      self.body = body
    }

    /// A response with text.
    public init(status: Int = 200, headers: [Header] = [], text: String) {
      self.init(status: status, headers: headers, body: .bytes(Array(text.utf8)))
    }
  }
}
