import Dashboard
import Glibc
import Testing
import WeixinAPI
import WeixinModel

@testable import wxtop

/// Token sources at first hand: what a whole run of the binary would need too much time for.
@Suite(.processes)
struct TokenSourceTests {
  @Test func `a command that hangs is killed with all that it started`() async throws {
    let place = try Place()
    let program = try place.write(
      "#!/bin/sh\nsleep 1000 &\necho $! > \(place.file("child"))\necho $$ > \(place.file("own"))\nwait\n",
      to: "hang", mode: 0o700)
    let command = OutsideCommand(key: "token_command", words: [program])
    let error = await #expect(throws: CommandFault.self) {
      // Long enough for a shell to begin on a busy machine.
      try await command.firstLine(environment: Environment(variables: ["PATH": "/usr/bin:/bin"]), deadline: .seconds(2))
    }
    #expect(error?.words(.en) == "token_command \(program) took longer than 2 s and was killed")
    for file in ["own", "child"] {
      let pid = try #require(pid_t(place.text(of: file).withoutSpaceAround))
      _ = try await until("the end of \(file)") { isRunning(pid) ? nil : true }
    }
  }

  @Test func `a token file is read anew when it has changed`() async throws {
    let place = try Place()
    let path = try place.write("first\n", to: "token")
    let source = TokenFile(path: path)
    let first = try await source.token()
    #expect(first.value?.revealed == "first")
    // Written in place.
    try place.write("another\n", to: "token")
    #expect(try await source.token().value?.revealed == "another")
    // Replaced, as careful programs do it.
    try place.write("third\n", to: "token.new")
    rename(place.file("token.new"), path)
    let third = try await source.token()
    #expect(third.value?.revealed == "third")
    #expect(try await source.replacement(for: third) == nil)
    #expect(try await source.replacement(for: first) == third)
    // Empty for the moment in which it is written.
    try place.write("", to: "token")
    #expect(try await source.token() == third)
    unlink(path)
    await #expect(throws: APIError.tokenSource(cause: "\(path): the token file does not exist")) {
      try await source.token()
    }
  }

  @Test func `a secret that Weixin refused is asked for again`() async throws {
    let place = try Place()
    let program = try place.write(
      "#!/bin/sh\necho x >> \(place.file("runs"))\necho secret\n", to: "print", mode: 0o700)
    let refused = APIError.weixin(WeixinFault(endpoint: .token, code: 40_125, message: ""))
    let source = SecretCommand(OutsideCommand(key: "secret_command", words: [program]), language: .en) { secret in
      OutsideToken {
        #expect(secret.revealed == "secret")
        throw refused
      }
    }
    for runs in 1...2 {
      await #expect(throws: refused) { try await source.token() }
      #expect(place.text(of: "runs").count == runs * 2)
    }
  }
}
