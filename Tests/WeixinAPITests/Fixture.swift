import FoundationEssentials
import Testing
import WeixinModel

@testable import WeixinAPI

/// Replies of Weixin kept beside the tests, and ways to have them come from a server.
enum Fixture {
  static func bytes(_ name: String, file: String = #filePath) throws -> [UInt8] {
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    return Array(try Data(contentsOf: URL(filePath: "\(folder)/Fixtures/\(name).json")))
  }

  static func names(prefix: String, file: String = #filePath) throws -> [String] {
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    return try FileManager.default.contentsOfDirectory(atPath: "\(folder)/Fixtures")
      .filter { $0.hasPrefix(prefix) && $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }
}

/// Answers every request with the same bytes.
struct CannedTransport: HTTPTransport {
  var reply: HTTPReply

  init(_ text: String, status: Int = 200) {
    reply = HTTPReply(status: status, body: Array(text.utf8))
  }

  init(bytes: [UInt8], status: Int = 200) {
    reply = HTTPReply(status: status, body: bytes)
  }

  func send(_ request: HTTPCall) async throws -> HTTPReply { reply }

  /// A client that gets these bytes for each of its calls, with a ready token.
  func client(token: String = "TOKEN") throws -> WeixinClient {
    WeixinClient(server: try WeixinServer(transport: self), tokens: ReadyToken(Secret(token)))
  }
}

/// What an operation throws, as an `APIError`; nil when it succeeds or throws something else.
func apiError(_ operation: () async throws -> some Any) async -> APIError? {
  do {
    _ = try await operation()
    return nil
  } catch {
    return error as? APIError
  }
}

func day(_ text: String) throws -> BeijingDay { try #require(BeijingDay(text)) }
