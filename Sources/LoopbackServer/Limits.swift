import Glibc

extension LoopbackServer {
  /// What one client, or many, may take of a server.
  public struct Limits: Sendable {
    /// Connections at a time. Others wait in the kernel's queue until one ends.
    public var connections = 1_000
    /// Fields of a request's header.
    public var headerFields = 100
    /// Bytes of one field, with its name.
    public var fieldBytes = 8_192
    /// Bytes of all fields.
    public var headerBytes = 16_384
    /// Bytes of a request's body.
    public var bodyBytes: Int
    /// How long a connection lives, whatever it is doing; nil for ever.
    public var lifetime: Duration?
    /// Whether a connection serves for more than one answer.
    public var keepsAlive: Bool

    /// Limits; the rest as usual.
    public init(bodyBytes: Int, lifetime: Duration? = nil, keepsAlive: Bool = true) {
      self.bodyBytes = bodyBytes
      self.lifetime = lifetime
      self.keepsAlive = keepsAlive
    }

    /// What a connection may hold of memory: the target and the fields of a request twice, once as bytes and once as where
    /// they are, and the header of the response.
    var memory: Int { 2 * headerBytes + 8_192 }

    /// Why fields are too many or too long; nil when they are not.
    func complaint(about headers: [Header]) -> String? {
      if headers.count > headerFields { return "More than \(headerFields) header fields." }
      let sizes = headers.map { $0.name.utf8.count + $0.value.utf8.count }
      if sizes.contains(where: { $0 > fieldBytes }) { return "A header field of more than \(fieldBytes) bytes." }
      return sizes.reduce(0, +) > headerBytes ? "A header of more than \(headerBytes) bytes." : nil
    }
  }

  /// Why a server cannot start.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// libmicrohttpd is not there, or not as it should be.
    case library(String)
    /// What the system says, by its number: `EADDRINUSE` for a port that is taken.
    case system(Int32)

    /// The cause, as it stands within a sentence.
    public var description: String {
      switch self {
      case .library(let cause):
        "libmicrohttpd cannot be opened (\(cause)); install Debian's package libmicrohttpd12 or its like"
      case .system(let code): String(cString: strerror(code))
      }
    }
  }
}
