import Dashboard
import DashboardRuntime
import Glibc
import Testing

@testable import wxtop

/// What `w` of the settings does to a configuration: one line, and nothing else.
struct SettingsFileTests {
  private static let dark = [Setting("theme", "dark")]
  private static let mark = "\u{FEFF}"

  private func isWritten(_ outcome: StatusFeed.FileOutcome) -> Bool {
    if case .written = outcome { return true }
    return false
  }

  private func words(_ outcome: StatusFeed.FileOutcome) -> String {
    if case .failed(let cause) = outcome { return "\(cause)" }
    return ""
  }

  private static let edits: [(before: String, after: String)] = [
    (
      "theme: light\r\nlanguage: en\r\naccounts:\r\n  a: {token: cloud}\r\n",
      "theme: dark\r\nlanguage: en\r\naccounts:\r\n  a: {token: cloud}\r\n"
    ),
    ("theme: light\r\nalerts: off\ninterval: 300\n", "theme: dark\r\nalerts: off\ninterval: 300\n"),
    ("alerts: off\ntheme: light\r\ninterval: 300", "alerts: off\ntheme: dark\r\ninterval: 300"),
    ("interval: 300\r\nalerts: off\r\n", "theme: dark\r\ninterval: 300\r\nalerts: off\r\n"),
    ("interval: 60\rtheme: light\ralerts: off\r", "interval: 60\rtheme: dark\ralerts: off\r"),
    ("theme: light", "theme: dark"),
    ("interval: 60", "theme: dark\ninterval: 60"),
    ("", "theme: dark\n"),
    ("# mine\n", "theme: dark\n# mine\n"),
    ("---\naccounts:\n  a: {token: cloud}\n", "---\ntheme: dark\naccounts:\n  a: {token: cloud}\n"),
    ("---", "---\ntheme: dark\n"),
    ("# mine\n--- # here\nalerts: off\n...\n", "# mine\n--- # here\ntheme: dark\nalerts: off\n...\n"),
    ("%YAML 1.1\r\n---\r\nalerts: off\r\n", "%YAML 1.1\r\n---\r\ntheme: dark\r\nalerts: off\r\n"),
    ("---\n# note\ntheme: light\n", "---\n# note\ntheme: dark\n"),
    (mark + "theme: light\nlanguage: en\n", mark + "theme: dark\nlanguage: en\n"),
    (mark + "interval: 60\r\nlanguage: en\r\n", mark + "theme: dark\r\ninterval: 60\r\nlanguage: en\r\n"),
    (mark, mark + "theme: dark\n"),
    ("theme :   light\t # as it is # now \ninterval: 60\n", "theme :   dark\t # as it is # now \ninterval: 60\n"),
    ("\"theme\": 'light' # it's\n", "\"theme\": dark # it's\n"),
    ("'theme': \"light\"\r\n", "'theme': dark\r\n"),
    ("  theme: light\n  interval: 60\n", "  theme: dark\n  interval: 60\n"),
    ("  interval: 60\n  alerts: off\n", "  theme: dark\n  interval: 60\n  alerts: off\n"),
    ("keys:\n  htop: &a []\ntheme: light\n", ""),
    ("marks:\n- 2024-11-11 theme\ntheme: light\n", "marks:\n- 2024-11-11 theme\ntheme: dark\n"),
    ("accounts:\n  theme: {token: cloud}\n", "theme: dark\naccounts:\n  theme: {token: cloud}\n"),
    ("marks:\n- \"2024-11-11 a\\\n  theme: x\"\n", "theme: dark\nmarks:\n- \"2024-11-11 a\\\n  theme: x\"\n"),
    ("interval: 60\u{85}theme: light\u{2028}alerts: off\n", "interval: 60\u{85}theme: dark\u{2028}alerts: off\n"),
    ("interval: 60  # 每分钟 🙂\ntheme: light # 浅色\n", "interval: 60  # 每分钟 🙂\ntheme: dark # 浅色\n"),
  ]

  @Test(arguments: edits)
  func `one line changes and all other bytes stay`(before: String, after: String) throws {
    let place = try Place()
    let path = try place.write(before, to: "c.yaml")
    let outcome = SettingsFile.keep(Self.dark, in: path)
    if after.isEmpty {
      // What was wrong before is not written either.
      #expect(!isWritten(outcome))
      #expect(place.bytes(of: "c.yaml") == Array(before.utf8))
    } else {
      #expect(isWritten(outcome), "\(outcome)")
      #expect(place.bytes(of: "c.yaml") == Array(after.utf8))
    }
    #expect(try place.files(in: ".").filter { $0.contains(".new") }.isEmpty)
  }

  @Test(arguments: [
    ("theme: light\r\ninterval: 60\r\n", "interval: 60\r\n"), ("theme: light\n", ""), ("---\ntheme: light\n", "---\n"),
    ("interval: 60\ntheme: light # why\nalerts: off\n", "interval: 60\n# why\nalerts: off\n"),
    (mark + "theme: light\r\ninterval: 60\r\n", mark + "interval: 60\r\n"),
    (mark + "theme: light # why\n", mark + "# why\n"),
    ("interval: 60\ntheme: light", "interval: 60\n"), ("alerts: off\r\n", "alerts: off\r\n"),
  ])
  func `a setting that is taken back leaves the rest and its comment`(before: String, after: String) throws {
    let place = try Place()
    let path = try place.write(before, to: "c.yaml")
    #expect(isWritten(SettingsFile.keep([Setting("theme", nil)], in: path)))
    #expect(place.bytes(of: "c.yaml") == Array(after.utf8))
  }

  @Test(arguments: [
    "{theme: light, alerts: off}\n", "? theme\n: light\n", "theme:\n  light\nalerts: off\n", "theme: >\n  light\n",
    "theme: light\nintervall: 60\n", "theme: light\ntheme: light\n", "- theme\n", "theme: light\n---\ntheme: dark\n",
    "theme: li\\\nght\n", "a: [\n",
  ])
  func `what has no line of its own is left as it is, with a sentence`(text: String) throws {
    let place = try Place()
    let path = try place.write(text, to: "c.yaml")
    let outcome = SettingsFile.keep(Self.dark, in: path)
    #expect(!isWritten(outcome) && words(outcome).contains("c.yaml"), "\(outcome)")
    #expect(place.bytes(of: "c.yaml") == Array(text.utf8))
  }

  @Test(arguments: ["theme: |\n  dark", "theme: dark\n  - a"])
  func `a setting is not taken from above what then would be no configuration`(text: String) {
    var settings = SettingsText(Array(text.utf8), file: "c.yaml")
    #expect(throws: SettingsText.Refusal.self) { try settings.set(Setting("theme", nil)) }
    #expect(settings.bytes == Array(text.utf8))
  }

  @Test func `mode, owner, group and links stay`() throws {
    let place = try Place()
    let path = try place.write("theme: light\n", to: "real/c.yaml", mode: 0o640)
    let isRoot = geteuid() == 0
    if isRoot { #expect(chown(path, 0, 12_345) == 0 && chmod(path, 0o640) == 0) }
    var (before, after) = (stat(), stat())
    stat(path, &before)
    #expect(symlink("real/c.yaml", place.file("link.yaml")) == 0)
    #expect(isWritten(SettingsFile.keep(Self.dark, in: place.file("link.yaml"))))
    lstat(place.file("link.yaml"), &after)
    #expect(after.st_mode & S_IFMT == S_IFLNK)
    stat(path, &after)
    #expect(after.st_mode == before.st_mode && after.st_uid == before.st_uid && after.st_gid == before.st_gid)
    #expect(place.text(of: "real/c.yaml") == "theme: dark\n")
  }

  @Test func `a file with other names is not parted from them`() throws {
    let place = try Place()
    let path = try place.write("theme: light\n", to: "c.yaml")
    #expect(link(path, place.file("other.yaml")) == 0)
    #expect(words(SettingsFile.keep(Self.dark, in: path)).contains("hard links"))
    #expect(place.text(of: "c.yaml") == "theme: light\n" && place.text(of: "other.yaml") == "theme: light\n")
  }

  @Test func `a link that leads to nothing yet stays one`() throws {
    let place = try Place()
    #expect(symlink("made/new.yaml", place.file("one.yaml")) == 0)
    #expect(symlink(place.file("one.yaml"), place.file("two.yaml")) == 0)
    #expect(isWritten(SettingsFile.keep(Self.dark, in: place.file("two.yaml"))))
    var facts = stat()
    lstat(place.file("two.yaml"), &facts)
    #expect(facts.st_mode & S_IFMT == S_IFLNK)
    #expect(place.text(of: "made/new.yaml") == "theme: dark\n")
    stat(place.file("made/new.yaml"), &facts)
    #expect(facts.st_mode & 0o777 == 0o600)
  }

  @Test func `a relative path makes its folders here, not at the root`() throws {
    let place = try Place()
    let name = "wxtop-test-\(UInt32.random(in: 0 ... .max))"
    // Seen from the working folder, as far up as the root lies.
    var folder = [CChar](repeating: 0, count: 4_096)
    let here = String(cString: try #require(getcwd(&folder, folder.count)))
    let up = String(repeating: "../", count: here.split(separator: "/").count)
    let relative = up + place.path.dropFirst() + "/\(name)/q/c.yaml"
    #expect(isWritten(SettingsFile.keep(Self.dark, in: relative)))
    #expect(place.text(of: "\(name)/q/c.yaml") == "theme: dark\n")
    #expect(access("/\(name)", F_OK) != 0)
  }

  @Test func `UTF-16 is said, and not written`() throws {
    let place = try Place()
    let path = try place.write("", to: "c.yaml")
    for bytes: [UInt8] in [[0xFF, 0xFE, 0x61, 0], [0xFE, 0xFF, 0, 0x61], [0x61, 0, 0x3A, 0], [0xFF, 0xFE, 0, 0]] {
      let file = try #require(fopen(path, "w"))
      #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count && fclose(file) == 0)
      let outcome = SettingsFile.keep(Self.dark, in: path)
      #expect(words(outcome).contains("UTF-16"), "\(outcome)")
      #expect(place.bytes(of: "c.yaml") == bytes)
    }
  }
}
