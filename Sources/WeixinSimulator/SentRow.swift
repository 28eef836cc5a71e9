import WeixinModel

/// One row of getupstreammsghour as it is sent. The amounts are texts: faults send what no number type holds.
struct SentRow {
  var day: BeijingDay
  /// `ref_hour`.
  var hour: Int
  var type: Int
  var users: String
  var count: String

  init(day: BeijingDay, hour: Int, type: Int, users: Int, count: Int) {
    self.day = day
    self.hour = hour
    self.type = type
    self.users = "\(users)"
    self.count = "\(count)"
  }

  init(_ row: HourlyRow, on day: BeijingDay) {
    self.init(day: day, hour: row.hour * 100, type: row.type.number, users: row.users, count: row.count)
  }

  var text: String {
    #"{"ref_date":"\#(day)","ref_hour":\#(hour),"user_source":0,"msg_type":\#(type),"#
      + #""msg_user":\#(users),"msg_count":\#(count)}"#
  }
}

extension Fault.Kind {
  /// What it makes of the rows of a day.
  func applied(to rows: [SentRow], on day: BeijingDay) -> [SentRow] {
    switch self {
    case .unknownType:
      return rows + [(9, 5), (10, 7), (11, 99)].map { SentRow(day: day, hour: $0 * 100, type: $1, users: 1, count: 3) }
    case .badHours:
      return rows + [2_400, 950, -100].map { SentRow(day: day, hour: $0, type: 1, users: 1, count: 3) }
    case .duplicates:
      return rows.flatMap { row in
        var other = row
        other.count += "0"
        return [row, other]
      }
    case .foreignDates:
      return rows.enumerated().flatMap { index, row in
        var other = row
        other.day = day - (index.isMultiple(of: 2) ? 1 : 700)
        return [other, row]
      }
    case .otherDay:
      return rows.map { row in
        var other = row
        other.day = day - 365
        return other
      }
    case .overflow: return rows.replacingCounts(with: rows.map { _ in "999999999999" })
    case .negative: return rows.replacingCounts(with: ["-5", "-1", "-9000000000000000000"])
    case .enormous: return rows.replacingCounts(with: ["9000000000000000000", "99999999999999999999999", "1e300"])
    default: return rows
    }
  }

  /// What it makes of a single amount.
  func applied(to amount: Int) -> String {
    switch self {
    case .negative: "-\(max(1, amount))"
    case .enormous: "9000000000000000000"
    default: "\(amount)"
    }
  }
}

extension [SentRow] {
  /// The first rows with other counts.
  fileprivate func replacingCounts(with counts: [String]) -> [SentRow] {
    var rows = self
    for (index, count) in zip(rows.indices, counts) { rows[index].count = count }
    return rows
  }
}

extension String {
  /// As it stands between quotation marks in JSON; without control characters there is no more to it.
  var escapedForJSON: String {
    // A mark behind a quotation mark makes one Character of the two.
    unicodeScalars.reduce(into: "") { escaped, scalar in
      if scalar == "\\" || scalar == "\"" { escaped.unicodeScalars.append("\\") }
      escaped.unicodeScalars.append(scalar)
    }
  }

  /// JSON whose numbers stand in quotation marks.
  var numbersAsStrings: String {
    replacing(/":(-?[0-9][0-9.e+]*)/) { "\":\"\($0.1)\"" }
  }
}
