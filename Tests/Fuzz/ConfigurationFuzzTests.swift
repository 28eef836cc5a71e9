import Dashboard
import Testing
import WeixinAPI
import WeixinModel

@testable import WeixinSimulator
@testable import wxtop

/// What people write into files, and what commands print.
@Suite struct ConfigurationFuzzTests {
  private static let corpus = [
    """
    # wxtop
    interval: 300
    language: zh
    theme: auto
    color: 16
    glyphs: braille
    mouse: true
    accounts_dir: more
    ca_file: ~/ca.pem
    api_base: http://127.0.0.1:1/

    """,
    "theme: light\r\nlanguage: en\r\naccounts:\r\n  acme:\r\n    appid: wx0123456789abcdef\r\n    secret_file: s\r\n",
    "\u{FEFF}accounts:\n  a: {name: 艾克美, accent: blue, appid: wx1, secret: 'S3cret S3cret', token: classic}\n",
    "accounts:\n  b: &b {token_command: [cat, /t], proxy: \"http://u:p@h:1\"}\n  c: *b\n  d: {token: cloud}\n",
    "accounts: &a\n  x: [*a, *a, *a]\n  <<: *a\n",
    """
    alerts:
      command: [notify, "x y"]
      bell: on
      quiet: 23:00-07:00
      again_after: 60
      rules:
        level_changed: on
        slower_than: 3
        unusual_day: {below: 30, above: 50, accounts: {acme: {below: 10}}}
        unpublished_by: "10:00"
        failing_minutes: off
        quota_percent: 90

    """,
    "alerts: off\nkeys:\n  preset: htop\n  quit: [x, ^X, F5]\n  help: PgUp\n  hour-left: []\n",
    "marks:\n  - 2024-11-11 双11\n  - 11-11 x\n  - 2024年11月1日至11日 秋\n",
    "marks:\n  2024-11-01..2024-11-11: 'a b'\n  12-28..01-03: 年末\n",
    "marks: nothing-there.txt\n", "accounts_command: [print, accounts]\n", "---\ntheme: dark # comment\n...\n",
    "{theme: dark, \"language\": 'en'}\n", "%YAML 1.1\n---\n  theme: dark\n  interval: 60\n",
    "theme: dark\rinterval: 60\r",
    "theme: |\n  dark\ninterval: >-\n  60\n", "? theme\n: dark\n", "\"theme\" : \"light\" # why\n'mouse': true",
  ]

  private static let tokens =
    ConfigurationReader.keys.map { $0 + ": " } + AccountDraft.keys.map { $0 + ": " }
    + ConfigurationReader.alertKeys.map { $0 + ": " } + ["on", "off", "dark", "2024-02-30", "02-29", "12-31..01-01"]

  private static let reader = ConfigurationReader(file: "/nowhere/config.yaml")

  private static func check(_ failure: CommandFailure) throws {
    for language in Language.allCases {
      try requireShowable(failure.sentence(language) ?? "", "the sentence")
    }
  }

  private static func check(_ entry: AccountEntry) throws {
    try require(entry.name.asAccountName == entry.name, "a name \(entry.name)")
    try requireShowable(entry.name + entry.title, "an account's name")
  }

  @Test func `a configuration is read, or refused in words that can be shown`() async throws {
    try await Fuzz("configurations", Self.corpus, tokens: Self.tokens, divisor: 2).run { bytes, _ in
      guard let text = try? PlainText.decoded(bytes) else { return }
      do throws(CommandFailure) {
        let configuration = try Self.reader.parse(text)
        if let interval = configuration.interval { try Self.holds((5...86_400).contains(interval)) }
        for entry in configuration.accounts { try Self.holds(entry.name.asAccountName == entry.name) }
        for mark in configuration.marks { try Self.holds(mark.name == mark.name.cleaned(limit: 40)) }
      } catch {
        if case .usage(let why) = error { throw Fuzz.Wrong(why) }
        try Self.check(error)
      }
    }
  }

  private static func holds(
    _ holds: Bool, line: Int = #line
  ) throws(CommandFailure) {
    if !holds { throw .usage("what line \(line) says does not hold") }
  }

  @Test func `what a command lists is accounts, or refused in words that can be shown`() async throws {
    let corpus = [
      "acme:\n  token: TOKENTOKENTOKENTOKEN\n  appid: wx1\n  name: 艾克美\n  accent: red\n",
      "{\"a\": {\"token\": \"TOKENTOKENTOKENTOKEN\", \"api_base\": \"https://api.weixin.qq.com\"}, \"b\": {\"token\": \"x\"}}\n",
      "a: &a {token: TOKENTOKENTOKENTOKEN}\nb: *a\n",
    ]
    try await Fuzz("lists of accounts", corpus, tokens: Self.tokens, divisor: 2).run { bytes, _ in
      guard let text = try? PlainText.decoded(bytes) else { return }
      var entries: [AccountEntry] = []
      do throws(CommandFailure) {
        guard let root = try Self.reader.root(of: text) else { return }
        entries = try Self.reader.accounts(root, listed: .init(addresses: [WeixinServer.officialAddress]))
      } catch {
        try Self.check(error)
      }
      for entry in entries {
        try Self.check(entry)
        guard case .token = entry.credential else { throw Fuzz.Wrong("a listed account with \(entry.credential)") }
      }
      try require(Set(entries.map(\.name)).count == entries.count, "two accounts of one name")
    }
  }

  @Test func `a changed setting changes one line, and all other bytes stay`() async throws {
    let settings = [
      Setting("theme", "dark"), Setting("theme", nil), Setting("language", "zh"), Setting("mouse", "true"),
      Setting("glyphs", nil), Setting("glyphs", "ascii"), Setting("interval", nil),
    ]
    try await Fuzz("settings", Self.corpus, tokens: Self.tokens, divisor: 2).run { bytes, generator in
      let setting = settings[generator.number(in: 0...(settings.count - 1))]
      var text = SettingsText(bytes, file: "/nowhere/config.yaml")
      do throws(SettingsText.Refusal) {
        try text.set(setting)
      } catch {
        if case .unreadable(let failure) = error { try Self.check(failure) }
        try require(text.bytes == bytes, "refused and changed")
        return
      }
      let start = zip(bytes, text.bytes).prefix { $0 == $1 }.count
      let most = min(bytes.count, text.bytes.count) - start
      let end = zip(bytes.reversed(), text.bytes.reversed()).prefix { $0 == $1 }.prefix(most).count
      for changed in [bytes[start..<(bytes.count - end)], text.bytes[start..<(text.bytes.count - end)]] {
        let isOneLine = Self.ends(in: changed) <= (start == 0 || changed.isEmpty ? 1 : 2)
        try require(isOneLine, "more than a line: \(Fuzz.escaped(Array(changed))) for \(setting)")
      }
      let once = text.bytes
      do throws(SettingsText.Refusal) {
        try text.set(setting)
      } catch {
        throw Fuzz.Wrong("cannot be set again")
      }
      try require(text.bytes == once, "setting \(setting) again changes \(Fuzz.escaped(once))")
    }
  }

  private static func ends(in bytes: ArraySlice<UInt8>) -> Int {
    var (count, wasReturn) = (0, false)
    for byte in bytes {
      if byte == 0x0D || (byte == 0x0A && !wasReturn) { count += 1 }
      wasReturn = byte == 0x0D
    }
    return count
  }

  @Test func `bytes are text and lines, or refused, and secrets have nothing strange inside`() async throws {
    let corpus = ["secret\n", "\u{FEFF}S3cret\r\n", " \u{200B}token\u{A0}", "a\rb\nc\r\nd", "\u{FEFF}\u{FEFF}x\u{0}"]
    try await Fuzz("texts and secrets", corpus).run { bytes, _ in
      guard let text = try? PlainText.decoded(bytes) else { return }
      let lines = PlainText.lines(of: text)
      try require(lines.allSatisfy { !$0.utf8.contains(0x0A) && !$0.utf8.contains(0x0D) }, "an end within a line")
      let kept = lines.reduce(0) { $0 + $1.utf8.count }
      try require(kept == text.utf8.count { $0 != 0x0A && $0 != 0x0D }, "lines lack something")
      do throws(CredentialText.Flaw) {
        let credential = try CredentialText(text)
        let isStrange = credential.text.unicodeScalars.contains {
          $0.properties.isWhitespace || $0.properties.isDefaultIgnorableCodePoint || $0.value < 0x20
        }
        try? require(!isStrange && !credential.text.isEmpty, "")
        if isStrange || credential.text.isEmpty { Issue.record("a secret with \(Fuzz.escaped(bytes))") }
      } catch {
        for language in Language.allCases { try requireShowable(error.words(language), "the refusal") }
      }
    }
  }

  @Test func `places to listen and names of hosts are read, or refused in words that can be shown`() async throws {
    let corpus = ["127.0.0.1:9414", "[::1]:9414", "localhost:0", "[fe80::1%eth0]:65535", "metrics.example.com.", "0:1"]
    try await Fuzz("places to listen", corpus, tokens: [":", "[", "]", "%", "65536", "..", "::"]).runText { text, _ in
      if let address = ListenAddress(text) {
        try requireShowable(address.text, "an address")
        for language in Language.allCases { try requireShowable(address.openToOthers(language), "a sentence") }
      }
      if let host = HostName(text) { try requireShowable(host.text, "a name") }
      for language in Language.allCases {
        try requireShowable(ListenAddress.wrong(text, language) + HostName.wrong(text, language), "a refusal")
      }
      _ = ExpositionFormat(accept: text)
    }
  }
}
