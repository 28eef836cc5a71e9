import WeixinModel

/// `{"list":[…]}` of getupstreammsghour.
struct HourlyBody: ReplyBody {
  static let mainKey = "list"
  private let list: [Row]

  enum CodingKeys: String, CodingKey {
    case list
  }

  init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    guard var rows = try? keys.nestedUnkeyedContainer(forKey: .list) else { throw APIError.unexpected(key: "list") }
    var list: [Row] = []
    while !rows.isAtEnd {
      // Each value of another kind is an error of the decoder's, which is thrown away, and takes its time.
      guard list.count < Self.mostRows, let row = try? rows.decode(Row.self) else {
        throw APIError.unexpected(key: "list")
      }
      list.append(row)
    }
    self.list = list
  }

  /// More rows than the largest reply has that is read, when they are written in full; a day's are 24 for each of its types.
  static let mostRows = 20_000

  /// The rows that can be used for the day that was asked for; the others are counted.
  ///
  /// - Throws: an `APIError` when there were rows and none is of use, for that is not a day without messages, and when
  ///   the counts add up to what no day can have.
  func reply(for day: BeijingDay) throws -> HourlyReply {
    let date = day.description
    var rows: [HourlyRow] = []
    var seen = Set<Int>()
    var leftOut = RowsLeftOut()
    // Each count is bounded and so is the reply, so this cannot overflow.
    var total = 0
    rows.reserveCapacity(list.count)
    for row in list {
      guard let rowDate = row.date, let hour = row.hour, let type = row.type, let count = row.count,
        let users = row.users
      else {
        leftOut.unreadable += 1
        continue
      }
      if rowDate != date {
        leftOut.otherDates += 1
      } else if !seen.insert(type * 24 + hour).inserted {
        leftOut.duplicates += 1
      } else {
        rows.append(HourlyRow(hour: hour, type: MessageType(type), users: users, count: count))
        total += count
      }
    }
    if rows.isEmpty, leftOut.count > 0 {
      throw APIError.unexpected(key: leftOut.otherDates > leftOut.unreadable ? "ref_date" : "msg_count")
    }
    guard total <= HourlyMessages.mostMessages else { throw APIError.absurdTotal }
    return HourlyReply(messages: HourlyMessages(day: day, rows: rows), leftOut: leftOut)
  }
}

extension HourlyBody {
  /// One row; nil stands for what cannot be used. Decoding it never fails, so that one bad row cannot cost the day.
  private struct Row: Decodable, Sendable {
    var date: String?
    var hour: Int?
    var type: Int?
    var users: Int?
    var count: Int?

    enum CodingKeys: String, CodingKey {
      case date = "ref_date"
      case hour = "ref_hour"
      case type = "msg_type"
      case users = "msg_user"
      case count = "msg_count"
    }

    init(from decoder: any Decoder) throws {
      guard let keys = try? decoder.container(keyedBy: CodingKeys.self) else { return }
      date = try? keys.decode(String.self, forKey: .date)
      hour = keys.amountIfUsable(.hour).flatMap(Self.hour(ofReference:))
      type = keys.amountIfUsable(.type)
      count = keys.amountIfUsable(.count)
      // Fields have vanished from Weixin's replies before: without this one the day's messages are still good.
      users = keys.contains(.users) ? keys.amountIfUsable(.users) : 0
    }

    /// The Beijing hour of a `ref_hour`. Weixin sends 0, 100 … 2300; 0 … 23 is read as the hour itself. The two agree
    /// on 0 and share no other number, so each row decides for itself; anything else is unreadable.
    static func hour(ofReference number: Int) -> Int? {
      if (0...23).contains(number) { return number }
      return number % 100 == 0 && number <= 2_300 ? number / 100 : nil
    }
  }
}
