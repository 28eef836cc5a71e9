import Dashboard
import FoundationEssentials
import Glibc
import TerminalScreen
import Testing
import WeixinAPI
import WeixinModel
import WeixinSimulator

@testable import MessageArchive
@testable import wxtop

/// Names of accounts: refused or kept apart, never mixed, and no harm to any reader.
struct NameTests {
  private static func options(accounts: Int) -> Simulator.Options {
    var options = Simulator.Options()
    options.accounts = (1...accounts).map { Simulator.Account(number: $0, seed: UInt64($0)) }
    return options
  }

  @Test(arguments: [
    "\u{200B}", "\u{200B}\u{FEFF}", " ", "\u{3164}", "\u{301}", "\u{FE0F}", "\u{2800}", "\u{1B}", "\u{E000}",
  ])
  func `a name of which nothing is seen is refused`(name: String) async throws {
    #expect(name.asAccountName == nil)
    let place = try Place()
    let escaped = name.unicodeScalars.map {
      "\\U" + String(UInt64(0x1_0000_0000) + UInt64($0.value), radix: 16).dropFirst()
    }
    try place.write("accounts:\n  \"\(escaped.joined())\": {token: cloud}\n", to: "config/wxtop/config.yaml")
    let run = await Wxtop.call("accounts", in: place)
    #expect(
      run.status == 78 && run.error.contains("config.yaml:2: an account needs a name that can be seen."), "\(run.error)"
    )
  }

  private static let equal = [
    ("shop", "shop\\u200B"), ("shop", " shop "), ("shop", "shop\\uFEFF"), ("é", "e\\u0301"), ("a b", "a\\t\\tb"),
    (String(repeating: "x", count: 40), String(repeating: "x", count: 41)),
  ]

  @Test(arguments: equal)
  func `names that are equal once cleaned are refused where they stand`(one: String, other: String) async throws {
    let place = try Place()
    let accounts =
      "  \"\(one)\": {appid: wx1, token: a-token-that-is-long}\n  \"\(other)\": {appid: wx2, token: b-token-that-is-long}\n"
    try place.write("accounts:\n" + accounts, to: "config/wxtop/config.yaml")
    let run = await Wxtop.call("accounts", in: place)
    // To YAML's reader two spellings of one character are one key already.
    let isOneKey = one == "é"
    let words = isOneKey ? "the key é stands twice" : "there is an account "
    #expect(run.status == 78 && run.error.contains("config.yaml:\(isOneKey ? 2 : 3): \(words)"), "\(run.error)")
    try place.write(String(accounts.replacing("\n  ", with: "\n").dropFirst(2)), to: "list.yaml")
    try place.write("accounts_command: [cat, \(place.file("list.yaml"))]\n", to: "config/wxtop/config.yaml")
    let listed = await Wxtop.call("accounts", in: place)
    #expect(listed.status == 78 && listed.error.contains("cat:\(isOneKey ? 1 : 2): \(words)"), "\(listed.error)")
  }

  @Test func `a list that gives a name to another app ID gives the first one no token of it`() async throws {
    let place = try Place()
    try place.write("shop: {appid: wx1, token: the-token-of-the-first}\n", to: "list.yaml")
    let list = AccountList(OutsideCommand(key: "accounts_command", words: ["cat", place.file("list.yaml")]))
    let first = try #require(try await list.entries().first)
    guard case .listed(_, let name) = first.credential else { throw TimedOut(what: "a listed account") }
    #expect(try await list.token(of: name)?.revealed == "the-token-of-the-first")
    try place.write("shop: {appid: wx2, token: the-token-of-the-second}\n", to: "list.yaml")
    _ = try await list.entries()
    #expect(try await list.token(of: name) == nil)
  }

  @Test(arguments: ["accounts.d/shop.yml", "config.yaml"])
  func `of two sources with one name the sound account goes on, and counts once`(second: String) async throws {
    try await withSimulator(Self.options(accounts: 2)) { simulator, place in
      try place.write("demo-secret", to: "config/wxtop/accounts.d/s")
      let one = "appid: wxdemo0000000001, secret_file: s, api_base: \"\(simulator.baseURL)\""
      let other = "appid: wxdemo0000000002, secret_file: accounts.d/s, api_base: \"\(simulator.baseURL)\""
      try place.write("{\(one)}", to: "config/wxtop/accounts.d/shop.yaml")
      try place.write(
        second == "config.yaml" ? "accounts: {shop: {\(other)}}" : "{\(one)}", to: "config/wxtop/" + second)
      #expect(await Wxtop.call("speed", "--account", "shop", in: place).status == 0)
      let list = await Wxtop.call("--view", "accounts", "--once", "--size", "120x12", in: place)
      #expect(list.output.contains("in 1 of 2 accounts"), "\(list.output)\(list.error)")
      let broken = second == "config.yaml" ? "shop.yaml" : "shop.yml"
      #expect(list.output.contains(broken), "\(list.output)")
      let choice = AccountChoice(surroundings: Surroundings(environment: Environment(variables: place.environment())))
      let found = try await choice.found(try choice.configuration())
      #expect(found.map(\.account.name) == ["shop", broken])
      #expect(found.map { (try? $0.setup.get()) != nil } == [true, false])
    }
  }

  @Test func `the environment's account is not mixed with one that has its app ID for a name`() async throws {
    let place = try Place()
    try place.write("accounts: {wx1: {appid: wx2, token: the-token-of-the-second}}\n", to: "config/wxtop/config.yaml")
    let variables = place.environment(adding: ["WXTOP_APPID": "wx1", "WXTOP_SECRET": "demo-secret"])
    let choice = AccountChoice(surroundings: Surroundings(environment: Environment(variables: variables)))
    let configuration = try choice.configuration()
    let chosen = try await choice.setup(configuration)
    let found = try await choice.found(configuration, chosen: chosen)
    #expect(Set(found.map(\.account.name)).count == 2)
    #expect(found.map { try? $0.setup.get().archiveKey } == ["wx1", "wx2"])
  }

  private static let signs: [Character] = ["\"", ",", "\\", "<", "&", "=", "'", ";", "{", "}", "#"]

  @Test(arguments: signs)
  func `a mark behind a sign hides it from no reader`(sign: Character) throws {
    for name in ["a\(sign)\u{301}b", "\(sign)\u{301}", "x\(sign)\u{338}\(sign)", "\(sign)\u{20DD}\u{FE0F}", "a\(sign)"]
    {
      #expect(try JSONDecoder().decode([String].self, from: Data("[\(JSONText.quoted(name))]".utf8)) == [name])
      let rows = try csvRows("1,\(CSVText.cell(name)),\(CSVText.quoted(name)),2\r\n")
      let plain = name.hasPrefix("=") || name.unicodeScalars.first == "=" ? "'" + name : name
      #expect(
        rows.map { $0.map { Array($0.unicodeScalars) } } == [["1", plain, plain, "2"].map { Array($0.unicodeScalars) }])
      var family = MetricFamily("wxtop_test", help: "A test.")
      family.add(1, MetricLabels(("account", name), ("type", "x")))
      for format in [ExpositionFormat.text, .openMetrics] {
        let page = try Exposition(format.text(of: [family]), isOpenMetrics: format == .openMetrics)
        #expect(page.samples.map(\.labels) == [["account": name, "type": "x"]])
      }
    }
  }

  @Test(arguments: signs)
  func `a picture with a mark behind a sign is XML`(sign: Character) throws {
    var frame = Frame(Size(width: 8, height: 1))
    for (column, scalar) in sign.unicodeScalars.enumerated() {
      var cell = Cell(scalar)
      cell.mark = "\u{301}"
      frame.put(cell, row: 0, column: column)
    }
    let svg = frame.svg(Palette(), isDark: true)
    try expectXML(svg)
    #expect(svg.unicodeScalars.contains("\u{301}"))
  }

  @Test(arguments: ["=1+1", "+1", "-1", "@a", "\tx", "\rx", "\nx", "=\u{301}1", "＝1", "＋1", "－1", "＠a"])
  func `a text that a spreadsheet would calculate is defused`(text: String) throws {
    #expect(try csvRows(CSVText.cell(text) + "\n").first?.first?.first == "'")
    #expect(try csvRows(CSVText.quoted(text) + "\n").first?.first?.first == "'")
    #expect(CSVText.cell("a" + text.filter { $0 != "\n" && $0 != "\r" && $0 != "\r\n" }).hasPrefix("a"))
  }

  @Test func `all reports of an account with a hostile name are read, with and without a byte order mark`() async throws
  {
    try await withSimulator(Self.options(accounts: 1)) { simulator, place in
      let name = "=a\"\u{301},\\\u{301}<\u{301}&"
      let secret = try place.write("demo-secret", to: "s")
      try place.write(
        "accounts:\n  \"=a\\\"\\u0301,\\\\\\u0301<\\u0301&\": {appid: wxdemo0000000001, secret_file: \(secret), api_base: \"\(simulator.baseURL)\"}\n",
        to: "config/wxtop/config.yaml")
      let json = await Wxtop.call("speed", "--format", "json", in: place)
      #expect(json.status == 0, "\(json.error)")
      struct Speed: Decodable { var account: String }
      #expect(try JSONDecoder().decode(Speed.self, from: Data(json.output.utf8)).account == name)
      for arguments in [["speed"], ["hours", "2024-11-11"], ["export"]] {
        let environment = place.environment()
        let plain = await Wxtop.call(arguments + ["--format", "csv"], in: place, environment: environment)
        let marked = await Wxtop.call(arguments + ["--format", "csv", "--bom"], in: place, environment: environment)
        #expect(plain.status == 0 && marked.status == 0, "\(marked.error)")
        #expect(Array(marked.output.utf8.prefix(3)) == PlainText.byteOrderMark)
        #expect(plain.output.utf8.first != PlainText.byteOrderMark.first)
        #expect(marked.output.unicodeScalars.filter { $0 == "\u{FEFF}" }.count == 1)
        let rows = try csvRows(String(plain.output))
        #expect(Set(rows.map(\.count)).count == 1)
        if arguments == ["speed"] { #expect(rows.last?.first == "'" + name) }
        let refused = await Wxtop.call(arguments + ["--format", "json", "--bom"], in: place, environment: environment)
        #expect(refused.status == 64 && refused.error.contains("--bom goes with --format csv."))
      }
      let metrics = await Wxtop.call("export", "--format", "openmetrics", in: place)
      let page = try Exposition(metrics.output, isOpenMetrics: true)
      #expect(!page.samples.isEmpty && page.samples.allSatisfy { $0.labels["account"] == name })
      try place.write(metrics.output, to: "om")
      if Prometheus.has("promtool") {
        let run = try await Wxtop.run(
          "sh", ["-c", "cd '\(place.path)' && exec promtool tsdb create-blocks-from openmetrics om blk"], in: place,
          environment: place.environment())
        #expect(run.status == 0, "\(run.error)")
      }
    }
  }

  /// CSV as RFC 4180 has it, by scalars.
  private func csvRows(_ text: String) throws -> [[String]] {
    var (rows, row, field): ([[String]], [String], String.UnicodeScalarView) = ([], [], .init())
    var scalars = Array(text.unicodeScalars)[...]
    func isSign(_ scalar: Unicode.Scalar?, _ sign: Unicode.Scalar) -> Bool { scalar == sign }
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"" where field.isEmpty:
        while let inner = scalars.popFirst() {
          if inner != "\"" {
            field.append(inner)
          } else if isSign(scalars.first, "\"") {
            field.append("\"")
            scalars.removeFirst()
          } else {
            break
          }
        }
        guard scalars.first.map({ [",", "\n", "\r"].contains($0) }) ?? true else {
          throw TimedOut(what: "the end of a field", seen: text)
        }
      case "\"": throw TimedOut(what: "a field in quotation marks", seen: text)
      case ",", "\n":
        row.append(String(field))
        field = .init()
        if scalar == "\n" {
          rows.append(row)
          row = []
        }
      case "\r": continue
      default: field.append(scalar)
      }
    }
    guard row.isEmpty, field.isEmpty else { throw TimedOut(what: "the end of the last line", seen: text) }
    return rows
  }

  /// Each `<` begins a tag that is closed, each `&` a character that XML knows.
  private func expectXML(_ text: String) throws {
    var (open, scalars): ([String], ArraySlice<Unicode.Scalar>) = ([], Array(text.unicodeScalars)[...])
    while let scalar = scalars.popFirst() {
      if scalar == "&" {
        let name = String(String.UnicodeScalarView(scalars.prefix { $0 != ";" }))
        #expect(["amp", "lt", "gt", "quot", "apos"].contains(name), "&\(name)")
      }
      guard scalar == "<" else { continue }
      let tag = scalars.prefix { $0 != ">" && $0 != "<" }
      scalars = scalars.dropFirst(tag.count)
      #expect(scalars.popFirst() == ">")
      let words = String(String.UnicodeScalarView(tag))
      let name = String(words.drop { $0 == "/" }.prefix { $0 != " " && $0 != "/" })
      if words.hasPrefix("/") { #expect(open.popLast() == name) } else if !words.hasSuffix("/") { open.append(name) }
    }
    #expect(open.isEmpty)
  }
}
