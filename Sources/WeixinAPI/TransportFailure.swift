import AsyncHTTPClient
import Glibc
import NIOCore
import NIOPosix
import WeixinModel

/// Turns what async-http-client and NIO throw into an `APIError` that names the host and the cause, and never an address
/// with its query.
struct TransportFailure {
  let host: String
  let deadline: Duration
  let connectTimeout: Duration
  /// Host and port of the proxy in use: what could not be reached is then the proxy.
  let proxy: String?

  func apiError(of error: any Error) -> any Error {
    switch error {
    case let error as APIError: return error
    case is CancellationError: return error
    case let error as HTTPClientError where error == .connectTimeout:
      return APIError.timedOut(seconds: min(connectTimeout, deadline).wholeSeconds)
    case let error as HTTPClientError where Self.timeouts.contains(error):
      return APIError.timedOut(seconds: deadline.wholeSeconds)
    case let error as HTTPClientError:
      return APIError.unreachable(host: host, cause: error.shortDescription.cleaned(limit: 120))
    case let error as NIOConnectionError:
      return APIError.unreachable(host: host, cause: (proxy.map { "proxy \($0): " } ?? "") + Self.cause(of: error))
    case let error as IOError:
      return APIError.unreachable(host: host, cause: Self.words(for: error))
    case let error as ChannelError:
      if case .connectTimeout = error { return APIError.timedOut(seconds: min(connectTimeout, deadline).wholeSeconds) }
      return APIError.unreachable(host: host, cause: "connection closed")
    default:
      // NIOSSL throws half a dozen types, some of them not public, so they are known by their module's name.
      let type = String(reflecting: Swift.type(of: error))
      let text = String(describing: error)
      if type.hasPrefix("NIOSSL") {
        let reason = Self.tlsReason(in: text)
        // A connection that ends during the handshake is the network's doing and passes; a refused certificate stays.
        let isEnd = ["eof", "EOF", "uncleanShutdown"].contains { text.contains($0) }
        return isEnd ? APIError.unreachable(host: host, cause: reason) : APIError.tls(host: host, cause: reason)
      }
      return APIError.unreachable(host: host, cause: text.cleaned(limit: 120))
    }
  }

  private static let timeouts: [HTTPClientError] = [
    .deadlineExceeded, .readTimeout, .writeTimeout, .tlsHandshakeTimeout, .socksHandshakeTimeout,
    .httpProxyHandshakeTimeout, .getConnectionFromPoolTimeout,
  ]

  private static func cause(of error: NIOConnectionError) -> String {
    if let attempt = error.connectionErrors.first {
      if let io = attempt.error as? IOError { return words(for: io) }
      return String(describing: attempt.error).cleaned(limit: 120)
    }
    return error.dnsAError != nil || error.dnsAAAAError != nil ? "name not found" : "no address"
  }

  /// BoringSSL's own word for it: of `… routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED at …`, the end in small letters.
  static func tlsReason(in text: String) -> String {
    guard let marker = text.firstRange(of: "OPENSSL_internal:") else { return text.cleaned(limit: 120) }
    let name = text[marker.upperBound...].prefix { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
    return name.isEmpty ? text.cleaned(limit: 120) : name.lowercased().replacing("_", with: " ")
  }

  private static func words(for error: IOError) -> String {
    String(cString: strerror(error.errnoCode)).cleaned(limit: 120)
  }
}

extension Duration {
  /// Whole seconds, rounded up.
  var wholeSeconds: Int { Int(components.seconds) + (components.attoseconds > 0 ? 1 : 0) }
}
