import Subprocess

/// `openssl s_server` on a port of its own, which answers each request of one connection after the other.
enum SecureServer {
  static func run(
    _ text: String, options: [String] = [], _ body: @escaping @Sendable (_ port: Int) async throws -> Void
  ) async throws {
    let arguments = [
      "s_server", "-accept", "127.0.0.1:0", "-cert", CannedServer.pemPath("server"), "-key",
      CannedServer.pemPath("server-key"),
    ]
    let outcome = try await Subprocess.run(
      .name("openssl"), arguments: Arguments(arguments + options), input: .inputWriter, output: .sequence,
      error: .discarded
    ) { server in
      var seen = ""
      var call: Task<Void, any Error>?
      for try await line in server.standardOutput.strings() {
        seen += line + "\n"
        if call == nil, let port = seen.firstMatch(of: /ACCEPT [^\n]*:(\d+)/).flatMap({ Int($0.1) }) {
          call = Task {
            defer { try? server.send(signal: .kill) }
            try await body(port)
          }
        }
        if line.contains(" HTTP/1.1") { _ = try await server.standardInputWriter.write(CannedServer.reply(text)) }
      }
      try await call?.value
      return call != nil
    }
    guard outcome.closureResult else { throw Failure() }
  }

  /// It did not begin.
  private struct Failure: Error {}
}
