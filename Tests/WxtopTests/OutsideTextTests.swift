import Dashboard
import Glibc
import Testing
import WeixinModel
import WeixinSimulator

@testable import wxtop

/// Text that people, editors, other systems and commands hand over.
struct OutsideTextTests {
  private static let spare = ["\r", "\n", "\r\n", " ", "\t", "\u{FEFF}", "\u{3000}", "\u{A0}", "\u{200B}", "\u{0}"]

  @Test(arguments: spare.filter { $0 != "\0" })
  func `what copying leaves at the ends of a credential never reaches Weixin`(spare: String) async throws {
    try await withSimulator { simulator, place in
      for (appid, secret) in [
        (spare + "wxdemo0000000001", "demo-secret"), ("wxdemo0000000001" + spare, "demo-secret"),
        ("wxdemo0000000001", spare + "demo-secret"), ("wxdemo0000000001", "demo-secret" + spare + spare),
      ] {
        let run = await Wxtop.call(
          "speed", in: place,
          adding: ["WXTOP_API_BASE": simulator.baseURL, "WXTOP_APPID": appid, "WXTOP_SECRET": secret])
        #expect(run.status == 0, "\(run.error)")
      }
      #expect(await simulator.calls[.token] == 1)
      let doctor = await Wxtop.call(
        "doctor", in: place, simulator, adding: ["WXTOP_SECRET": "demo-secret" + spare])
      #expect(doctor.output.contains("WXTOP_SECRET; left out at the ends of WXTOP_SECRET: "), "\(doctor.output)")
      #expect(!doctor.output.contains("demo-secret"))
    }
  }

  @Test(arguments: [
    "secret: |\n      demo-secret", "secret: >\n      demo-secret", "secret: \" demo-secret\\r\\n\"",
    "secret: \"\\uFEFFdemo-secret\\t\"",
  ])
  func `a credential in YAML may have line ends and blanks around it`(key: String) async throws {
    try await withSimulator { simulator, place in
      try place.write(
        "api_base: \(simulator.baseURL)\r\naccounts:\n  a:\n    appid: \"wxdemo0000000001 \"\n    \(key)\n",
        to: "config/wxtop/config.yaml")
      let run = await Wxtop.call("speed", in: place)
      #expect(run.status == 0, "\(run.error)")
    }
  }

  @Test(arguments: ["\u{1B}", "\u{7F}", "\u{8}"])
  func `a control character at the end of a credential is no blank`(character: String) async throws {
    for value in ["Secr3tVal" + character, character + "Secr3tVal"] {
      let run = await Wxtop.call(
        "speed", in: try Place(),
        adding: ["WXTOP_API_BASE": "http://127.0.0.1:1", "WXTOP_APPID": "wx1", "WXTOP_SECRET": value])
      #expect(run.status == 78 && run.error.contains("a control character"), "\(run.error)")
    }
  }

  private static let inner: [(character: String, name: String)] = [
    (" ", "a blank (U+0020)"), ("\r", "a carriage return (U+000D)"), ("\n", "a line feed (U+000A)"),
    ("\u{FEFF}", "a byte order mark (U+FEFF)"), ("\u{1B}", "a control character (U+001B)"),
    ("\u{200B}", "a zero-width space (U+200B)"), ("\u{2060}", "an invisible character (U+2060)"),
  ]

  @Test(arguments: inner)
  func `a character inside a credential is named, and the credential is not`(character: String, name: String)
    async throws
  {
    let place = try Place()
    let value = "Secr3t\(character)Val"
    for variable in ["WXTOP_SECRET", "WXTOP_TOKEN", "WXTOP_APPID"] {
      let base = ["WXTOP_API_BASE": "http://127.0.0.1:1", "WXTOP_APPID": "wx1", "WXTOP_SECRET": "s"]
      let variables = base.merging([variable: value]) { $1 }
      let run = await Wxtop.call("speed", in: place, adding: variables)
      #expect(run.status == 78)
      #expect(
        run.error == "wxtop: \(variable): the value has \(name) inside, so wxtop does not use it. Write it anew.\n")
      let doctor = await Wxtop.call("doctor", in: place, adding: variables)
      #expect(doctor.output.contains(name) && !doctor.output.contains("Secr3t"), "\(doctor.output)")
    }
    let file = try place.write(value + "\n", to: "secret")
    let fromFile = await Wxtop.call("speed", in: place, adding: ["WXTOP_APPID": "wx1", "WXTOP_SECRET_FILE": file])
    #expect(fromFile.status == 78)
    #expect(
      fromFile.error == "wxtop: \(file): the value has \(name) inside, so wxtop does not use it. Write it anew.\n")
    if character != "\n", character != "\r" {
      let program = try place.write("#!/bin/sh\ncat \(file)\n", to: "print", mode: 0o700)
      try place.write(
        "accounts:\n  a: {token_command: [\(program)], api_base: \"http://127.0.0.1:1\"}\n",
        to: "config/wxtop/config.yaml")
      let printed = await Wxtop.call("speed", "--lang", "en", in: place)
      #expect(printed.status == 77 && printed.error.contains("printed has \(name) inside"), "\(printed.error)")
      #expect(!printed.error.contains("Secr3t"))
    }
  }

  @Test(arguments: ["\u{FEFF}", "\u{FEFF}\u{FEFF}", "---\n", "%YAML 1.1\n---\n", "\u{FEFF}# note\r\n---\r\n"])
  func `a configuration, an account file and a list may begin with marks`(start: String) async throws {
    let place = try Place()
    let list = try place.write(
      "#!/bin/sh\ncat \(place.file("list.yaml"))\n", to: "list", mode: 0o700)
    try place.write(
      start + "third: {token: a-token-that-is-long}\r\nfourth: {token: a-token-that-is-long}\n", to: "list.yaml")
    try place.write(
      start + "theme: light\r\nlanguage: en\naccounts_command: [\(list)]\r\naccounts:\n  first: {token: cloud}\n",
      to: "config/wxtop/config.yaml")
    try place.write(start + "appid: wx1\r\nsecret_file: s\r\n", to: "config/wxtop/accounts.d/second.yaml")
    let run = await Wxtop.call("accounts", in: place)
    #expect(run.status == 0 && run.error.isEmpty, "\(run.error)")
    #expect(["first", "second", "third", "fourth"].allSatisfy(run.output.contains))
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `marks are read whatever ends their lines`(end: String) async throws {
    let place = try Place()
    try place.write(
      "\u{FEFF}2024-11-11 双11" + end + "# note" + end + end + "11-12 b" + end + "nonsense", to: "config/wxtop/m")
    try place.write("marks: m\naccounts: {a: {token: cloud}}\n", to: "config/wxtop/config.yaml")
    let run = await Wxtop.call("accounts", in: place)
    #expect(run.error.contains("wxtop/m:5: nonsense"), "\(run.error)")
    try place.write("\u{FEFF}2024-11-11 双11" + end + "# note" + end + end + "11-12 b" + end, to: "config/wxtop/m")
    #expect(await Wxtop.call("accounts", in: place).status == 0)
  }

  @Test func `a path with control characters is named without them`() {
    let reader = ConfigurationReader(file: "/nowhere/c.yaml")
    let failure = #expect(throws: CommandFailure.self) {
      try reader.parse("marks: \"a\\e[31m\\tb\\u202Ec.txt\"\nkeys: []")
    }
    let sentence = failure?.sentence(.en) ?? ""
    #expect(sentence == sentence.cleaned(limit: 1_000) && !sentence.isEmpty, "\(sentence)")
  }

  @Test func `lines end with LF, CR LF or CR, and a mark before them is none`() throws {
    #expect(PlainText.lines(of: "a\r\nb\nc\rd\r\r\n") == ["a", "b", "c", "d", "", ""])
    #expect(PlainText.lines(of: "") == [""])
    #expect(try PlainText.decoded([0xEF, 0xBB, 0xBF, 0x61]) == "a")
    #expect(throws: PlainText.Flaw.utf16) { try PlainText.decoded([0xFF, 0xFE, 0x61, 0]) }
    #expect(throws: PlainText.Flaw.notUTF8) { try PlainText.decoded([0x61, 0x62, 0x63, 0]) }
    #expect(throws: PlainText.Flaw.notUTF8) { try PlainText.decoded([0x61, 0xFF]) }
  }

  @Test func `UTF-16 is refused by name, from files and from commands`() async throws {
    let place = try Place()
    let secret = place.file("secret")
    let bytes: [UInt8] = [0xFF, 0xFE] + "demo-secret".utf8.flatMap { [$0, 0] }
    let file = try #require(fopen(secret, "w"))
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count && fclose(file) == 0)
    #expect(chmod(secret, 0o600) == 0)
    let run = await Wxtop.call("speed", in: place, adding: ["WXTOP_APPID": "wx1", "WXTOP_SECRET_FILE": secret])
    #expect(
      run.error == "wxtop: \(secret): the secret file is UTF-16 text, which wxtop does not read. Save it as UTF-8.\n")
    try place.write("accounts: {a: {token_command: [cat, \(secret)]}}", to: "config/wxtop/config.yaml")
    let printed = await Wxtop.call("speed", in: place)
    #expect(printed.error.contains("token_command cat printed UTF-16 text; let it print UTF-8"), "\(printed.error)")
  }

  @Test func `relative paths are seen from the file in which they stand`() async throws {
    try await withSimulator { simulator, place in
      try place.write("demo-secret\r\n", to: "config/wxtop/secret")
      try place.write("demo-secret", to: "config/wxtop/accounts.d/own")
      try place.write("11-11 x", to: "config/wxtop/m")
      try place.write(
        "api_base: \(simulator.baseURL)\nmarks: m\naccounts:\n  a: {appid: wxdemo0000000001, secret_file: secret}\n",
        to: "config/wxtop/config.yaml")
      try place.write("appid: wxdemo0000000001\nsecret_file: own\n", to: "config/wxtop/accounts.d/b.yaml")
      for account in ["a", "b"] {
        let run = await Wxtop.call("speed", "--account", account, in: place)
        #expect(run.status == 0, "\(run.error)")
      }
      #expect("m".seen(from: "config.yaml") == "m")
      #expect("m".seen(from: "x/config.yaml") == "x/m" && "m".seen(from: "/config.yaml") == "/m")
      try place.write("accounts: {a: {token_file: gone}}", to: "config/wxtop/config.yaml")
      let gone = await Wxtop.call("speed", in: place)
      #expect(gone.error.contains("config/wxtop/gone: the token file does not exist"), "\(gone.error)")
    }
  }
}
