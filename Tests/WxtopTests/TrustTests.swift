import Glibc
import Testing
import WeixinModel
import WeixinSimulator

@testable import wxtop

/// What wxtop obeys, and what is data only.
struct TrustTests {
  private static let forbidden = [
    "token_command: [sh, -c, \"id >PWNED; echo aaaaaaaaaaaaaaaaaaaa\"]", "secret_command: [sh, -c, \"id >PWNED\"]",
    "secret_file: /etc/hostname", "token_file: /etc/hostname", "ca_file: /etc/hostname", "secret: demo-secret",
    "proxy: \"http://127.0.0.1:1\"", "api_base: \"http://127.0.0.1:1\"", "token: classic", "token: stable",
    "token: cloud",
    "\"token_command\": [sh, -c, \"id >PWNED\"]", "sekret: x",
  ]

  @Test(arguments: forbidden)
  func `a list is data: it runs nothing, opens nothing, and names no address`(line: String) async throws {
    try await withSimulator { simulator, place in
      let text = line.replacing("PWNED", with: place.file("pwned"))
      try place.write("x:\n  appid: wx1111111111111111\n  \(text)\n", to: "list.yaml")
      let list = try place.write("#!/bin/sh\ncat \(place.file("list.yaml"))\n", to: "list", mode: 0o700)
      try place.write(
        "accounts_command: [\(list)]\napi_base: \(simulator.baseURL)\n", to: "config/wxtop/config.yaml")
      for arguments in [["speed", "--account", "x"], ["accounts"], ["speed"]] {
        let run = await Wxtop.call(arguments, in: place, environment: place.environment())
        #expect(run.status == 78, "\(run.error)")
        let key = String(line.prefix { $0 != ":" }.filter { $0 != "\"" })
        #expect(run.error.contains(key), "\(run.error)")
      }
      #expect(access(place.file("pwned"), F_OK) != 0)
      #expect(await simulator.calls.isEmpty)
    }
  }

  @Test func `a list may have name, app ID, token, accent, and an address of the configuration`() async throws {
    try await withSimulator { simulator, place in
      try place.write(
        "x: {name: X, accent: red, appid: wx1, token: a-token-that-is-long, api_base: \"\(simulator.baseURL)\"}\n",
        to: "list.yaml")
      try place.write(
        "accounts_command: [cat, \(place.file("list.yaml"))]\naccounts:\n  own: {token: cloud, api_base: \"\(simulator.baseURL)/\"}\n",
        to: "config/wxtop/config.yaml")
      let run = await Wxtop.call("accounts", in: place)
      #expect(run.status == 0 && run.output.contains(" X "), "\(run.error)")
      // Whoever starts wxtop may name it too.
      try place.write("accounts_command: [cat, \(place.file("list.yaml"))]\n", to: "config/wxtop/config.yaml")
      #expect(await Wxtop.call("accounts", in: place).status == 78)
      #expect(await Wxtop.call("accounts", in: place, adding: ["WXTOP_API_BASE": simulator.baseURL]).status == 0)
    }
  }

  @Test(arguments: [0o666, 0o602, 0o646, 0o777])
  func `what others may write is not obeyed`(mode: mode_t) async throws {
    let place = try Place()
    let file = try place.write("accounts: {a: {token: cloud}}\n", to: "config/wxtop/config.yaml", mode: mode)
    let run = await Wxtop.call("accounts", in: place)
    #expect(run.status == 78)
    #expect(
      run.error
        == "wxtop: \(file): the configuration \(file) may be written by others, so wxtop does not do what it says. "
        + "Run: chmod go-w \(file)\n")
    #expect(chmod(file, 0o644) == 0)
    let own = try place.write("token: cloud\n", to: "config/wxtop/accounts.d/b.yaml", mode: mode)
    let folder = await Wxtop.call("accounts", in: place)
    #expect(folder.status == 0 && !folder.output.contains(" b "))
    #expect(folder.error.contains("Account b cannot be watched") && folder.error.contains(own), "\(folder.error)")
  }

  @Test(arguments: ["config/wxtop", "config/wxtop/accounts.d"])
  func `neither is what stands in a folder that others may write`(name: String) async throws {
    let place = try Place()
    try place.write("accounts: {a: {token: cloud}}\n", to: "config/wxtop/config.yaml")
    try place.write("token: cloud\n", to: "config/wxtop/accounts.d/b.yaml")
    #expect(chmod(place.file(name), 0o777) == 0)
    let run = await Wxtop.call("accounts", in: place)
    #expect(run.status == 78 && run.error.contains("chmod go-w \(place.file(name))"), "\(run.error)")
    // Where nobody can replace what is another's, as in /tmp, each file speaks for itself.
    #expect(chmod(place.file(name), 0o1777) == 0)
    #expect(await Wxtop.call("accounts", in: place).status == 0)
  }

  @Test(
    .enabled(if: geteuid() == 0), arguments: ["config/wxtop/config.yaml", "config/wxtop/accounts.d", "config/wxtop"])
  func `what belongs to another is not obeyed`(name: String) async throws {
    let place = try Place()
    try place.write("accounts: {a: {token: cloud}}\n", to: "config/wxtop/config.yaml")
    try place.write("token: cloud\n", to: "config/wxtop/accounts.d/b.yaml")
    #expect(chown(place.file(name), 65_534, 65_534) == 0)
    let run = await Wxtop.call("accounts", in: place)
    #expect(run.status == 78 && run.error.contains("belongs neither to you nor to root"), "\(run.error)")
    #expect(run.error.contains(place.file(name)))
  }

  @Test func `a file with a proxy's password is closed like one with a secret`() async throws {
    let place = try Place()
    for (proxy, status) in [("http://me:s3cret@p:1", Int32(78)), ("http://p:1", 0)] {
      try place.write(
        "accounts: {a: {token: cloud, proxy: \"\(proxy)\"}}\n", to: "config/wxtop/config.yaml", mode: 0o644)
      let run = await Wxtop.call("accounts", in: place)
      #expect(run.status == status && !run.error.contains("s3cret"), "\(run.error)")
    }
  }

  @Test(.enabled(if: geteuid() == 0)) func `a link leads to a file that is looked at itself`() async throws {
    let place = try Place()
    let file = try place.write("accounts: {a: {token: cloud}}\n", to: "other/c.yaml")
    #expect(symlink(file, place.file("c.yaml")) == 0)
    #expect(await Wxtop.call("accounts", "--config", place.file("c.yaml"), in: place).status == 0)
    #expect(chmod(place.file("other"), 0o777) == 0)
    #expect(await Wxtop.call("accounts", "--config", place.file("c.yaml"), in: place).status == 78)
    #expect(chmod(place.file("other"), 0o755) == 0 && chown(file, 65_534, 65_534) == 0)
    #expect(await Wxtop.call("accounts", "--config", place.file("c.yaml"), in: place).status == 78)
  }

  @Test func `a group in which the user is alone is nobody else`() {
    let users = Array("root:x:0:0::/:/bin/sh\nme:x:1000:1000::/:/bin/sh\nyou:x:1001:1001::/:/bin/sh\n".utf8)
    #expect(!FileRights.hasOtherUsers(1_000, than: 1_000, in: users))
    #expect(FileRights.hasOtherUsers(1_001, than: 1_000, in: users))
  }

  private static let rights: [(owner: uid_t, group: gid_t, mode: mode_t, read: Bool, write: Bool)] = [
    (0, 0, 0o600, false, false), (0, 0, 0o440, false, false), (0, 0, 0o444, true, false), (0, 0, 0o660, false, false),
    (0, 54_321, 0o440, true, false), (0, 54_321, 0o460, true, true), (0, 0, 0o402, true, true),
    (0, 0, 0o401, true, false),
  ]

  @Test(arguments: rights)
  func `who may read and write a file is seen from its owner, group and mode`(
    owner: uid_t, group: gid_t, mode: mode_t, read: Bool, write: Bool
  ) {
    var facts = stat()
    (facts.st_uid, facts.st_gid, facts.st_mode) = (owner, group, mode | S_IFREG)
    #expect(FileRights(facts).othersMayRead == read)
    #expect(FileRights(facts).othersMayWrite == write)
  }

  @Test(.enabled(if: geteuid() == 0)) func `a container's secret that only a group of the process reads is taken`()
    async throws
  {
    try await withSimulator { simulator, place in
      let secret = try place.write("demo-secret\n", to: "secret", mode: 0o440)
      let variables = [
        "WXTOP_API_BASE": simulator.baseURL, "WXTOP_APPID": "wxdemo0000000001", "WXTOP_SECRET_FILE": secret,
      ]
      #expect(await Wxtop.call("speed", in: place, adding: variables).status == 0)
      #expect(chmod(secret, 0o444) == 0)
      let run = await Wxtop.call("speed", in: place, adding: variables)
      #expect(run.status == 78 && run.error.contains("secret_command: [cat, \(secret)]"), "\(run.error)")
    }
  }

  @Test func `a program that others may write is not run, wherever it is named`() async throws {
    let place = try Place()
    let mark = place.file("ran")
    let program = try place.write("#!/bin/sh\ntouch \(mark)\necho a-token-that-is-long\n", to: "bin/tell", mode: 0o777)
    for line in [
      "accounts: {a: {token_command: [\(program)]}}", "accounts: {a: {appid: wx1, secret_command: [\(program)]}}",
      "accounts_command: [\(program)]",
    ] {
      try place.write(line, to: "config/wxtop/config.yaml")
      let run = await Wxtop.call("speed", in: place)
      #expect(run.status == 77 || run.status == 78, "\(line): \(run.status)")
      #expect(
        run.error.contains("may be written by others") && run.error.contains("chmod go-w \(program)"), "\(run.error)")
    }
    let alert = OutsideCommand(key: "alert command", words: [program])
    await #expect(throws: CommandFault.self) { try await alert.take("{}") }
    #expect(access(mark, F_OK) != 0)
    // In a folder that others may write they may put another in its place.
    #expect(chmod(program, 0o755) == 0 && chmod(place.file("bin"), 0o777) == 0)
    await #expect(throws: CommandFault.self) { try await alert.take("{}") }
    #expect(access(mark, F_OK) != 0)
    #expect(chmod(place.file("bin"), 0o755) == 0)
    try await alert.take("{}")
    #expect(access(mark, F_OK) == 0)
  }

  @Test func `a program with a relative path is looked for beside the file that names it`() async throws {
    let place = try Place()
    try place.write("#!/bin/sh\necho a-token-that-is-long\n", to: "config/wxtop/bin/tell", mode: 0o700)
    try place.write("accounts: {a: {token_command: [bin/tell]}}", to: "config/wxtop/config.yaml")
    let run = await Wxtop.call("doctor", "--offline", in: place)
    #expect(run.output.contains("ok       credentials"), "\(run.output)")
  }

  // What is exponential would not end at all.
  @Test(.timeLimit(.minutes(5)), arguments: [21, 40])
  func `aliases that would come to more than can be read are refused at once`(depth: Int) async throws {
    let place = try Place()
    var text = "a0: &a0 [x, x]\n"
    for number in 1...depth { text += "a\(number): &a\(number) [*a\(number - 1), *a\(number - 1)]\n" }
    for end in ["? *a\(depth)\n: 1\n", "*a\(depth) : 1\n", "b: {*a\(depth): 1}\n", "b: *a\(depth)\n", ""] {
      try place.write(text + end, to: "config/wxtop/config.yaml")
      let run = await Wxtop.call("accounts", in: place)
      #expect(run.status == 78 && (depth < 40 || run.error.contains("aliases")), "\(run.error)")
      try place.write("accounts_command: [cat, \(place.file("list.yaml"))]\n", to: "config/wxtop/config.yaml")
      try place.write(text + end, to: "list.yaml")
      #expect(await Wxtop.call("accounts", in: place).status == 78)
    }
  }

  @Test(.timeLimit(.minutes(5)), arguments: ["[", "{", "? ", "- ", "{a: ", "[&a "])
  func `nesting without an end is refused at once`(start: String) async throws {
    let place = try Place()
    let start = String(repeating: start, count: (1 << 19) / start.utf8.count)
    try place.write(start, to: "config/wxtop/config.yaml")
    #expect(await Wxtop.call("accounts", in: place).status == 78)
  }

  @Test func `an alias as a key is refused, and one that is small stands for its text`() async throws {
    let place = try Place()
    try place.write("x: &x [a, b]\n? *x\n: 1\n", to: "config/wxtop/config.yaml")
    let key = await Wxtop.call("accounts", in: place)
    #expect(key.status == 78 && key.error.contains("stand for a key"), "\(key.error)")
    try place.write(
      "accounts:\n  a: {appid: wx1, secret_file: &s '*shared*'}\n  b: {appid: wx2, secret_file: *s}\n",
      to: "config/wxtop/config.yaml")
    let run = await Wxtop.call("accounts", in: place)
    #expect(run.status == 0 && run.output.split(separator: "*shared*").count == 3, "\(run.error)\(run.output)")
  }

  @Test(.timeLimit(.minutes(5)))
  func `what a failed command said is shown without any line that it printed, in bounded time`() {
    let hide = { (said: String, output: String) in SaidOnError.words(Array(said.utf8), hiding: Array(output.utf8)) }
    #expect(hide("got S3CR3T here", "S3CR3T\r\n") == "got ••• here")
    #expect(hide("got a%20b%2Bc here", "a b+c\n") == "got ••• here")
    #expect(hide("no such key", "S3CR3T\n") == "no such key")
    #expect(hide("", "S3CR3T\n") == "")
    let many = (1_000_000..<1_570_000).map(String.init).joined(separator: "\n")
    #expect(hide("1 2 3 failed", many) == "1 2 3 failed")
    // So many that may stand in it: nothing is shown rather than something missed.
    #expect(hide(String(repeating: "1000", count: 2_000), many) == "")
    #expect(hide("••••", String(repeating: "••••\n", count: 300_000)) == "•••")
  }
}
