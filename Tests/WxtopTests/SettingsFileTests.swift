import Dashboard
import Glibc
import Testing
import WeixinSimulator

@testable import wxtop

/// What `w` in the settings does to the configuration.
struct SettingsFileTests {
  private func theme(_ value: String?) -> [Setting] { [Setting("theme", value)] }

  @Test(arguments: [
    (
      "theme: light\r\nalerts: off\r\naccounts:\r\n  a: {token: x}\r\n",
      "theme: dark\r\nalerts: off\r\naccounts:\r\n  a: {token: x}\r\n"
    ),
    ("theme: light\r\nalerts: off\ninterval: 300\n", "theme: dark\r\nalerts: off\ninterval: 300\n"),
    ("interval: 60\r\nmouse: true\r\n", "theme: dark\r\ninterval: 60\r\nmouse: true\r\n"),
    ("theme: light # at night\r\n", "theme: dark # at night\r\n"),
    ("\"theme\" : 'light'\nmouse: true", "theme: dark\nmouse: true"),
    ("---\ninterval: 60\n", "---\ntheme: dark\ninterval: 60\n"),
    ("%YAML 1.1\n---\ntheme: light\n", "%YAML 1.1\n---\ntheme: dark\n"),
    ("\u{FEFF}theme: light\ninterval: 60\n", "\u{FEFF}theme: dark\ninterval: 60\n"),
    ("\u{FEFF}interval: 60\n", "\u{FEFF}theme: dark\ninterval: 60\n"),
    ("", "theme: dark\n"), ("# mine\ninterval: 60", "theme: dark\n# mine\ninterval: 60"),
    ("accounts:\n  theme: {token: x}\n", "theme: dark\naccounts:\n  theme: {token: x}\n"),
  ])
  func `one line changes, whatever the ends of lines`(old: String, new: String) {
    #expect(Array(SettingsFile.changed(old, theme("dark")).utf8) == Array(new.utf8))
  }

  @Test(arguments: [
    ("theme: light\r\ninterval: 60\r\n", "interval: 60\r\n"), ("interval: 60\ntheme: light\n", "interval: 60\n"),
  ])
  func `a default takes its line away and no other`(old: String, new: String) {
    #expect(Array(SettingsFile.changed(old, theme(nil)).utf8) == Array(new.utf8))
  }

  @Test(arguments: [
    "theme: >\n  light\ninterval: 60\n", "{theme: light, interval: 60}\n", "theme:\n  light\nmouse: true\n",
  ])
  func `a form that only a person can change stays as it is`(text: String) throws {
    let place = try Place()
    let path = try place.write(text, to: "config.yaml")
    let outcome = SettingsFile.keep(theme("dark"), in: path)
    #expect("\(outcome)".hasPrefix("failed"))
    #expect(place.text(of: "config.yaml") == text)
  }

  @Test func `mode, link and accounts stay`() throws {
    let place = try Place()
    let real = try place.write(
      "theme: light\r\naccounts:\r\n  a: {token: a-token-that-is-long}\r\n", to: "real.yaml", mode: 0o640)
    let link = place.file("config.yaml")
    #expect(symlink("real.yaml", link) == 0)
    #expect("\(SettingsFile.keep(theme("dark"), in: link))".hasPrefix("written"))
    var facts = stat()
    #expect(lstat(link, &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK)
    #expect(stat(real, &facts) == 0 && facts.st_mode & 0o777 == 0o640)
    #expect(
      place.text(of: "real.yaml") == "theme: dark\r\naccounts:\r\n  a: {token: a-token-that-is-long}\r\n")
  }

  @Test func `a link that leads nowhere yet stays one, and folders are made beside the file`() throws {
    let place = try Place()
    let link = place.file("config.yaml")
    #expect(symlink("new.yaml", link) == 0)
    _ = SettingsFile.keep(theme("dark"), in: link)
    #expect(place.text(of: "new.yaml") == "theme: dark\n")
    _ = SettingsFile.keep(theme("dark"), in: place.file("p/q/config.yaml"))
    #expect(place.text(of: "p/q/config.yaml") == "theme: dark\n")
  }
}

/// Credentials as editors, shells and YAML hand them over.
struct CredentialTextTests {
  @Test(arguments: [
    ["WXTOP_APPID": "wxdemo0000000001\r", "WXTOP_SECRET": "demo-secret"],
    ["WXTOP_APPID": " wxdemo0000000001", "WXTOP_SECRET": "demo-secret\r\n"],
    ["WXTOP_APPID": "wxdemo0000000001", "WXTOP_SECRET": "\u{FEFF}demo-secret \n"],
  ])
  func `blanks and ends of lines around them do not go to Weixin`(variables: [String: String]) async throws {
    try await withSimulator { simulator, place in
      let run = await Wxtop.call("speed", in: place, simulator, adding: variables)
      #expect(run.status == 0, "\(run.error)")
    }
  }

  @Test(arguments: [
    "secret: |\n      demo-secret\n", "secret: >\n      demo-secret\n", "secret: \"demo-secret \\r\"\n",
  ])
  func `nor those that YAML leaves`(line: String) async throws {
    try await withSimulator { simulator, place in
      try place.write(
        "\u{FEFF}interval: 60\naccounts:\n  a:\n    appid: \"wxdemo0000000001 \"\n    api_base: \(simulator.baseURL)\n    \(line)",
        to: "config/wxtop/config.yaml")
      let run = await Wxtop.call("speed", in: place)
      #expect(run.status == 0, "\(run.error)")
    }
  }
}
