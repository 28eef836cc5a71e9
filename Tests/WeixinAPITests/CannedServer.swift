import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// A server on this machine that gives every request the same answer, with TLS or without, and opens no tunnel.
final class CannedServer: Sendable {
  let port: Int
  private let requests: Requests

  /// What was asked for, as it stood in the requests' first lines.
  var asked: [String] { requests.seen }

  /// A certificate that `ca` has signed, valid for a hundred years.
  static func pem(_ name: String, file: String = #filePath) throws -> String {
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    return String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/Fixtures/tls/\(name).pem")), as: UTF8.self)
  }

  static func run(
    host: String = "127.0.0.1", hasTLS: Bool = false, date: String? = nil, _ text: String,
    _ body: (CannedServer) async throws -> Void
  ) async throws {
    let asked = Requests()
    let context = hasTLS ? try Self.context() : nil
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let context { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context)) }
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(Answer(text: text, date: date, requests: asked))
        }
      }
      .bind(host: host, port: 0).get()
    let server = CannedServer(port: channel.localAddress?.port ?? 0, requests: asked)
    let result: Result<Void, any Error>
    do {
      result = .success(try await body(server))
    } catch {
      result = .failure(error)
    }
    try await channel.close()
    try result.get()
  }

  private static func context() throws -> NIOSSLContext {
    let certificate = try NIOSSLCertificate(bytes: Array(pem("server").utf8), format: .pem)
    let key = try NIOSSLPrivateKey(bytes: Array(pem("server-key").utf8), format: .pem)
    return try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: [.certificate(certificate)], privateKey: .privateKey(key)))
  }

  private init(port: Int, requests: Requests) {
    self.port = port
    self.requests = requests
  }

  fileprivate final class Requests: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var seen: [String] { lines.withLock(\.self) }
  }
}

private final class Answer: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let text: String
  private let date: String?
  private let requests: CannedServer.Requests
  private var status = HTTPResponseStatus.ok

  init(text: String, date: String?, requests: CannedServer.Requests) {
    self.text = text
    self.date = date
    self.requests = requests
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      requests.add("\(head.method) \(head.uri)")
      // It is no proxy.
      status = head.method == .CONNECT ? .forbidden : .ok
    case .body: break
    case .end:
      var headers = HTTPHeaders([("Content-Length", "\(text.utf8.count)")])
      if let date { headers.add(name: "Date", value: date) }
      context.write(
        wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
  }
}
