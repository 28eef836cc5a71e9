import WeixinAPI
import WeixinModel

/// Made-up days of an account with a daily shape, the same ones in every run.
enum Samples {
  static let account = "wx0000000000000000"
  static let newest = BeijingDay(ordinal: 20_685)
  static let noon = (newest + 1).start(ofHour: 12) + 300
  static let types = [(1, 57), (2, 23), (3, 11), (4, 5), (6, 4)]

  static let shape = [
    800, 590, 400, 310, 0, 0, 300, 520, 940, 1_320, 1_300, 1_230, 1_200, 1_240, 1_020, 1_120, 1_130, 1_330, 1_410,
    1_850, 2_030, 2_010, 1_730, 1_290,
  ]

  static func messages(_ day: BeijingDay) -> HourlyMessages {
    var rows: [HourlyRow] = []
    for (hour, usual) in shape.enumerated() {
      let total = usual * (80 + (day.ordinal * 31 + hour * 17) % 41) / 100
      for (type, share) in types where total * share >= 100 {
        let count = total * share / 100
        rows.append(HourlyRow(hour: hour, type: MessageType(type), users: (count + 1) / 2, count: count))
      }
    }
    return HourlyMessages(day: day, rows: rows)
  }

  static func record(_ day: BeijingDay) -> DayRecord {
    DayRecord(messages: messages(day), isFinal: true, fetchedAt: (day + 1).start(ofHour: 12) + 240)
  }

  /// A day as getupstreammsghour sends it.
  static func reply(_ day: BeijingDay) -> [UInt8] {
    let rows = messages(day).rows.map { row in
      """
      {"ref_date":"\(day)","ref_hour":\(row.hour * 100),"msg_type":\(row.type.number),"msg_user":\(row.users),\
      "msg_count":\(row.count)}
      """
    }
    return Array("{\"list\":[\(rows.joined(separator: ","))]}".utf8)
  }

  /// A client that gets the same reply to every call.
  static func client() throws -> WeixinClient {
    let server = try WeixinServer(transport: SameReply(body: reply(newest)))
    return WeixinClient(server: server, tokens: ReadyToken(Secret("token")))
  }

  /// The status of a monitor that has loaded what the keys can reach.
  static var status: AccountStatus {
    var status = AccountStatus(account: Account(name: "acme", title: "艾克美"))
    for back in 0..<60 { status.days[newest - back] = DayStatus(record: record(newest - back)) }
    status.newestDay = newest
    status.callsToday = 41
    status.archivedDays = 4_000
    let speed = MassSendSpeed(level: 3, realspeed: 30)
    status.speedSpans = [SpeedSpan(speed: speed, from: newest.start(ofHour: 0), to: noon + -42)]
    status.speed = status.speedSpans.last
    status.nextPoll = noon + 78
    return status
  }
}

/// Answers every request with the same bytes, so that a call costs what the client itself costs.
struct SameReply: HTTPTransport {
  let body: [UInt8]

  func send(_ request: HTTPCall) async throws -> HTTPReply { HTTPReply(status: 200, body: body) }
}
