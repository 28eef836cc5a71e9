import CCurl
import Glibc
import WeixinModel

/// Turns a code of libcurl into an `APIError` that names the host and the cause, and never an address with its query.
struct CurlFailure {
  let code: CURLcode
  /// libcurl's own words, or none.
  let text: String
  /// The system's error below it, or zero.
  let errno: CInt
  /// Whether there was a connection, TLS and all.
  let isConnected: Bool
  let deadline: Duration
  let route: CurlRoute

  var apiError: APIError {
    let host = route.target.host
    switch code {
    case CURLE_OPERATION_TIMEDOUT:
      return .timedOut(seconds: (isConnected ? deadline : min(route.connectTimeout, deadline)).wholeSeconds)
    case CURLE_COULDNT_RESOLVE_HOST: return .unreachable(host: host, cause: "name not found")
    case CURLE_COULDNT_RESOLVE_PROXY: return .unreachable(host: host, cause: "\(proxyWords)name not found")
    case CURLE_SSL_CONNECT_ERROR:
      // A connection that ends during the handshake is the network's doing and passes; what TLS refuses stays.
      let isRefused = text.contains("SSL routines") && !text.contains("unexpected eof")
      if isRefused { return .tls(host: host, cause: tlsCause) }
      return .unreachable(host: host, cause: errno == 0 ? "the connection ended during the TLS handshake" : cause)
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_CLIENTCERT,
      CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CRL_BADFILE:
      return .tls(host: host, cause: tlsCause)
    case CURLE_SSL_CACERT_BADFILE:
      let isOwn = route.roots.all != nil
      return .tls(host: host, cause: isOwn ? "the file of certificates holds none that can be used" : cause)
    case CURLE_PARTIAL_FILE: return .unreachable(host: host, cause: "the connection ended before the reply did")
    case CURLE_GOT_NOTHING: return .unreachable(host: host, cause: "the connection ended without a reply")
    case CURLE_OUT_OF_MEMORY where isConnected:
      // So libcurl calls a line that is longer than it takes.
      return .unreachable(host: host, cause: "the reply's header is too long")
    case CURLE_BAD_CONTENT_ENCODING: return .notJSON(start: "(compressed, and damaged)")
    case CURLE_URL_MALFORMAT:
      return .notAllowed(address: "\(route.target.scheme)://\(host)".cleaned(limit: 120))
    default: return .unreachable(host: host, cause: cause)
    }
  }

  private var cause: String {
    let words =
      errno != 0 && Self.ofSystem.contains(code)
      ? String(cString: strerror(errno))
      : text.isEmpty ? ccurl_words(code).map { String(cString: $0) } ?? "code \(code.rawValue)" : text
    return (isOfProxy ? proxyWords : "") + words.redacted(limit: 120)
  }

  private static let ofSystem = [
    CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR, CURLE_SEND_ERROR, CURLE_RECV_ERROR,
  ]

  private var isOfProxy: Bool {
    guard let proxy = route.proxy else { return false }
    return code == CURLE_PROXY || text.contains("CONNECT")
      || text.contains("to \(proxy.host.filter { !"[]".contains($0) }) port \(proxy.port)")
  }

  private var proxyWords: String { route.proxy.map { "proxy \($0.name): " } ?? "" }

  /// The end of `SSL certificate problem: certificate has expired`, or of `error:0A00010B:SSL routines::wrong version number`.
  private var tlsCause: String {
    let parts = text.split(separator: text.contains("routines:") ? ":" : ": ", maxSplits: 8)
    return (parts.last.map(String.init) ?? cause).redacted(limit: 120)
  }
}

extension Duration {
  /// Whole seconds, rounded up.
  var wholeSeconds: Int { Int(components.seconds) + (components.attoseconds > 0 ? 1 : 0) }
}
