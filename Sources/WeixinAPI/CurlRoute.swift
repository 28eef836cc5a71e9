import CCurl
import FoundationEssentials
import WeixinModel

/// How calls get to a server.
struct CurlRoute: Sendable {
  let target: CurlTarget
  let proxy: Proxy?
  let roots: TrustedRoots
  let connectTimeout: Duration
}

/// Scheme and host of an address that ``ServerAddress`` has let pass.
struct CurlTarget: Sendable {
  let scheme: String
  let host: String

  /// Throws `APIError.notAllowed` for an address without them.
  init(_ address: String) throws(APIError) {
    guard let url = URL(string: address), let scheme = url.scheme?.lowercased(), let host = url.host(), !host.isEmpty
    else {
      throw .notAllowed(address: address.redacted(limit: 80))
    }
    self.scheme = scheme
    self.host = host
  }
}

/// The certificates that a server's may be signed with: the system's, and those of the configuration besides.
struct TrustedRoots: Sendable {
  /// `SSL_CERT_FILE`, instead of the system's file; nil leaves the choice to libcurl.
  let file: String?
  /// `SSL_CERT_DIR`, instead of the system's folder; nil leaves the choice to libcurl.
  let folder: String?
  private let certificates: String?

  /// - Parameters:
  ///   - certificates: PEM certificates besides the system's.
  ///   - environment: the process's variables.
  init(certificates: String?, environment: [String: String]) {
    self.certificates = certificates
    let variable = { (name: String) in environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    file = variable("SSL_CERT_FILE")
    folder = variable("SSL_CERT_DIR")
  }

  /// The system's certificates and the others in one piece, since libcurl takes the others instead of the system's; nil without others.
  ///
  /// Only after libcurl was opened. Where there are no system's certificates, the others are enough.
  var all: Data? {
    guard let certificates else { return nil }
    let system = file ?? ccurl_version()?.pointee.cainfo.map { String(cString: $0) }
    let usual = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem"]
    let found = ([system].compactMap(\.self) + usual).lazy.compactMap { try? Data(contentsOf: URL(filePath: $0)) }.first
    return (found ?? Data()) + Data("\n".utf8) + Data(certificates.utf8)
  }
}
