import Testing
import WeixinModel

@testable import CursesTerminal
@testable import Dashboard
@testable import TerminalScreen
@testable import WeixinAPI
@testable import wxtop

/// Inputs as large as a file, a reply or a paste may be, of one thing again and again.
@Suite struct LargeFuzzTests {
  private static let reader = ConfigurationReader(file: "/nowhere/config.yaml")

  @Test func `a configuration of any size is read or refused in time`() async throws {
    let tokens = ["a: b\n", "- a\n", "  a:\n", "? a\n", "a, ", "&a x\n", "'a", "\"\\x41", "# a\n", " a"].map {
      Array($0.utf8)
    }
    try await Fuzz.runLarge("configurations", bytes: 1 << 18, tokens: tokens) { token, bytes in
      for beginning in ["", "marks:\n", "accounts: {", "keys: [", "theme: dark\nmarks: \""] {
        guard let text = try? PlainText.decoded(Array(beginning.utf8) + bytes) else { continue }
        _ = try? Self.reader.parse(text)
      }
    }
    try await Fuzz.runLarge("settings", bytes: 1 << 18, tokens: tokens) { token, bytes in
      var text = SettingsText(Array("theme: dark\n".utf8) + bytes, file: "/nowhere/config.yaml")
      try? text.set(Setting("theme", "light"))
    }
  }

  @Test func `marks, secrets and lines of any size are read in time`() async throws {
    try await Fuzz.runLarge("lines", bytes: 1 << 18) { token, bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      for line in PlainText.lines(of: text).prefix(1_000) { _ = try? Dashboard.Mark.parse("11-11 " + line) }
      _ = try? CredentialText(text)
      _ = try? DateExpression.span(text, today: .firstKept)
      _ = Filter(text)
      _ = try? Command.parse(text)
    }
  }

  @Test func `replies of any size are read or refused in time`() async throws {
    let day = BeijingDay(ordinal: 20_685)
    let row = #"{"ref_date":"2026-08-20","ref_hour":0,"msg_type":1,"msg_user":1,"msg_count":1},"#
    let envelope = Envelope(endpoint: .hourly, redaction: Redaction(of: [Secret("aaaaaaaaaaaaaaaa")]))
    try await Fuzz.runLarge(
      "replies", bytes: 1 << 18, tokens: [row, "secret=", "rid: 1-", "1:2:"].map { Array($0.utf8) }
    ) {
      _, bytes in
      for (beginning, end) in [("", ""), ("{\"list\":[", "1]}"), ("{\"errcode\":40164,\"errmsg\":\"", "\"}")] {
        let body = Array(beginning.utf8) + bytes + Array(end.utf8)
        for status in [200, 502] {
          let decoded = try? envelope.decode(HourlyBody.self, from: HTTPReply(status: status, body: body))
          _ = try? decoded?.reply(for: day)
        }
      }
    }
  }

  @Test func `pastes and answers of any size are taken in time`() async throws {
    for beginning in ["", "\u{1B}[200~", "\u{1B}]11;", "\u{1B}["] {
      try await Fuzz.runLarge("bytes of a terminal \(beginning.dropFirst())", bytes: 1 << 18) { _, bytes in
        var (scalars, decoder) = (ScalarDecoder(), EscapeDecoder())
        for byte in Array(beginning.utf8) + bytes {
          if decoder.take(byte, emit: { _ in }) { continue }
          if let scalar = scalars.take(byte) { decoder.take(scalar) { _ in } }
        }
      }
    }
  }

  @Test func `a row of any text is drawn in time`() async throws {
    try await Fuzz.runLarge("frames", bytes: 1 << 16) { _, bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      var frame = Frame(Size(width: 80, height: 2))
      frame.write(text, row: 0, column: 0)
      _ = (DisplayWidth.padStart(text, to: 20), JSONText.quoted(text), CSVText.cell(text))
    }
  }
}
