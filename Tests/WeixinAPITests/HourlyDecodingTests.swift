import Testing
import WeixinModel

@testable import WeixinAPI

@Suite struct HourlyDecodingTests {
  private func reply(_ text: String, on date: String = "2026-03-09") async throws -> HourlyReply {
    try await CannedTransport(text).client().hourlyMessages(on: try day(date))
  }

  private func rows(_ rows: String...) async throws -> HourlyReply {
    try await reply(#"{"list":[\#(rows.joined(separator: ","))]}"#)
  }

  private func fixture(_ name: String, on date: String) async throws -> HourlyReply {
    try await CannedTransport(bytes: try Fixture.bytes(name)).client().hourlyMessages(on: try day(date))
  }

  @Test func `the official sample is read`() async throws {
    let reply = try await fixture("upstreammsghour_ok_doc", on: "2014-12-07")
    #expect(reply.messages.rows == [HourlyRow(hour: 0, type: .text, users: 9, count: 10)])
    #expect(reply.leftOut == RowsLeftOut())
  }

  @Test func `an empty list means a day without messages`() async throws {
    let reply = try await fixture("upstreammsghour_ok_empty", on: "2018-03-19")
    #expect(reply.messages.isEmpty)
    #expect(reply.leftOut.count == 0)
  }

  @Test func `hours come as hundreds, and unknown keys are ignored`() async throws {
    let reply = try await fixture("upstreammsghour_ok_composed_day", on: "2026-03-09")
    #expect(Set(reply.messages.rows.map(\.hour)) == [0, 9, 18, 23])
    #expect(reply.messages.hourTotals[9] == 50)
    #expect(reply.leftOut.count == 0)
  }

  @Test func `rows of other dates are left out and counted`() async throws {
    let reply = try await fixture("upstreammsghour_composed_foreign_dates", on: "2022-08-15")
    #expect(reply.messages.rows == [HourlyRow(hour: 9, type: .text, users: 8, count: 9)])
    #expect(reply.leftOut.otherDates == 1)
    #expect(reply.leftOut.count == 1)
  }

  @Test func `an unknown type is kept`() async throws {
    let reply = try await fixture("upstreammsghour_composed_unknown_type", on: "2026-03-09")
    #expect(reply.messages.rows == [HourlyRow(hour: 10, type: MessageType(7), users: 1, count: 1)])
  }

  @Test(arguments: [
    ("0", 0), ("100", 1), ("2300", 23), ("\"0900\"", 9), ("\"000\"", 0), ("7", 7), ("23", 23), ("1800.0", 18),
  ])
  func `hours are read as hundreds, strings and plain numbers`(written: String, hour: Int) async throws {
    let reply = try await rows(
      #"{"ref_date":"2026-03-09","ref_hour":\#(written),"msg_type":1,"msg_user":1,"msg_count":2}"#)
    #expect(reply.messages.rows.map(\.hour) == [hour])
  }

  @Test(arguments: ["24", "99", "150", "2400", "-100", "null", "\"nine\"", "true", "[]", "1e30"])
  func `a row with an unreadable hour is left out`(written: String) async throws {
    let reply = try await rows(
      #"{"ref_date":"2026-03-09","ref_hour":\#(written),"msg_type":1,"msg_user":1,"msg_count":2}"#,
      #"{"ref_date":"2026-03-09","ref_hour":900,"msg_type":1,"msg_user":1,"msg_count":2}"#)
    #expect(reply.messages.rows.map(\.hour) == [9])
    #expect(reply.leftOut.unreadable == 1)
  }

  @Test(arguments: ["-1", "1000000000001", "99999999999999999999999", "null", "\"many\""])
  func `a row with an unusable count is left out`(written: String) async throws {
    let reply = try await rows(
      #"{"ref_date":"2026-03-09","ref_hour":900,"msg_type":1,"msg_user":1,"msg_count":\#(written)}"#,
      #"{"ref_date":"2026-03-09","ref_hour":900,"msg_type":2,"msg_user":1,"msg_count":2}"#)
    #expect(reply.messages.rows == [HourlyRow(hour: 9, type: .image, users: 1, count: 2)])
    #expect(reply.leftOut.unreadable == 1)
  }

  @Test func `unusable rows alone are an error, not an empty day`() async throws {
    let foreign = await apiError {
      try await rows(#"{"ref_date":"2025-03-09","ref_hour":900,"msg_type":1,"msg_user":1,"msg_count":2}"#)
    }
    #expect(foreign == .unexpected(key: "ref_date"))
    let unreadable = await apiError {
      try await rows(#"{"ref_date":"2026-03-09","ref_hour":900,"msg_type":1,"msg_user":1,"msg_count":-2}"#)
    }
    #expect(unreadable == .unexpected(key: "msg_count"))
  }

  @Test func `a total that no day can have is refused`() async throws {
    let most = HourlyMessages.mostMessages
    func row(_ type: Int, _ count: Int) -> String {
      #"{"ref_date":"2026-03-09","ref_hour":900,"msg_type":\#(type),"msg_user":1,"msg_count":\#(count)}"#
    }
    #expect(try await rows(row(1, most - 1), row(2, 1)).messages.total == most)
    #expect(await apiError { try await rows(row(1, most), row(2, 1)) } == .absurdTotal)
    // As many rows as a reply can hold, each of another unknown type and with the largest count.
    let many = (0..<10_000).map { row($0, most) }
    let text = #"{"list":[\#(many.joined(separator: ","))]}"#
    #expect(text.utf8.count < 1 << 20)
    #expect(await apiError { try await reply(text) } == .absurdTotal)
  }

  @Test func `nonsense among the rows does not spoil the day`() async throws {
    let reply = try await rows(
      "null", "5", "\"row\"", "[]", "{}", #"{"ref_date":"2026-03-09"}"#,
      #"{"ref_date":"2026-03-09","msg_type":1,"msg_user":1,"msg_count":2}"#,
      #"{"ref_date":"2026-03-09","ref_hour":900,"msg_type":1,"msg_user":"3","msg_count":"4"}"#)
    #expect(reply.messages.rows == [HourlyRow(hour: 9, type: .text, users: 3, count: 4)])
    #expect(reply.leftOut.unreadable == 7)
  }

  @Test func `a megabyte of rows that are none is no list`() async throws {
    let zeros = repeatElement("0", count: 500_000).joined(separator: ",")
    await #expect(throws: APIError.unexpected(key: "list")) { try await rows(zeros) }
  }

  @Test func `the first of two rows for one hour and type counts`() async throws {
    let reply = try await rows(
      #"{"ref_date":"2026-03-09","ref_hour":900,"msg_type":1,"msg_user":3,"msg_count":4}"#,
      #"{"ref_date":"2026-03-09","ref_hour":900,"msg_type":1,"msg_user":5,"msg_count":6}"#,
      #"{"ref_date":"2026-03-09","ref_hour":900,"msg_type":2,"msg_user":7,"msg_count":8}"#)
    #expect(reply.messages.total == 12)
    #expect(reply.leftOut.duplicates == 1)
  }

  @Test func `a row without users keeps its messages`() async throws {
    let reply = try await rows(#"{"ref_date":"2026-03-09","ref_hour":900,"msg_type":1,"msg_count":4}"#)
    #expect(reply.messages.rows == [HourlyRow(hour: 9, type: .text, users: 0, count: 4)])
  }

  @Test func `errcode 0 is success`() async throws {
    #expect(try await reply(#"{"errcode":0,"errmsg":"ok","list":[]}"#).messages.isEmpty)
    #expect(try await reply(#"{"errcode":"0","list":[]}"#).messages.isEmpty)
  }

  @Test(arguments: [#"{}"#, #"{"errcode":0,"errmsg":"ok"}"#, #"{"list":null}"#, #"{"list":{}}"#, "[]", "[{}]"])
  func `a reply without a list is refused`(text: String) async throws {
    let error = await apiError { try await reply(text) }
    #expect(error == .unexpected(key: "list"))
  }
}
