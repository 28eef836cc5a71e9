import TerminalScreen
public import WeixinModel

/// One layer of the stacked chart: a documented message type, or all other types together.
public enum Series: Int, Hashable, Sendable, CaseIterable {
  /// The layers from the baseline up.
  case text, image, voice, video, link, other

  /// The layer that a message type belongs to.
  public init(_ type: MessageType) { self = Self(rawValue: type.slot) ?? .other }

  /// The colour's role.
  var role: Role {
    switch self {
    case .text: .series1
    case .image: .series2
    case .voice: .series3
    case .video: .series4
    case .link: .series5
    case .other: .series6
    }
  }

  /// The name in options and commands, whatever the language.
  public var keyName: String {
    switch self {
    case .text: "text"
    case .image: "image"
    case .voice: "voice"
    case .video: "video"
    case .link: "link"
    case .other: "other"
    }
  }

  /// The key that shows and hides the layer, `1`…`6`.
  var digit: Unicode.Scalar { Unicode.Scalar(UInt8(0x31 + rawValue)) }
}

extension State {
  /// Which layers are left out, as a part of a sentence; nil while none is.
  var withoutWords: Phrase? {
    if hidden.isEmpty { return nil }
    if hidden.count <= 2 {
      let names = { (language: Language) in
        Series.allCases.filter(hidden.contains).map { $0.name(language) }.list(language == .zh ? "、" : ", ")
      }
      return .said(en: "without \(names(.en))", zh: "不含\(names(.zh))")
    }
    let shown = Series.allCases.filter { !hidden.contains($0) }
    guard shown.count == 1 else { return .said(en: "\(hidden.count) types hidden", zh: "已隐藏 \(hidden.count) 种类型") }
    return .said(en: "only \(shown[0].name(.en))", zh: "仅\(shown[0].name(.zh))")
  }

  /// Whether the shown day has messages, all of hidden layers: no zero is to be claimed of it.
  var hidesAll: Bool {
    guard !hidden.isEmpty, let messages = dayStatus.record?.messages, messages.total > 0 else { return false }
    return DayFigures.total(messages, metric: metric, hidden: hidden) == 0
  }
}

/// The numbers of one day as the chart wants them: hours by layers, hidden layers left out.
struct DayFigures {
  /// 24 rows of six numbers.
  let hours: [[Int]]
  /// 24 heights: sums of messages, or lower bounds of users.
  let hourTotals: [Int]
  /// The day's sum of messages, or lower bound of users.
  let total: Int
  /// Six numbers: a layer's messages of the day, or its lower bound of users.
  let seriesTotals: [Int]

  init(_ messages: HourlyMessages, metric: Metric, hidden: Set<Series>) {
    var hours = [[Int]](repeating: [Int](repeating: 0, count: Series.allCases.count), count: 24)
    for row in messages.rows where hours.indices.contains(row.hour) {
      let series = Series(row.type)
      guard !hidden.contains(series) else { continue }
      switch metric {
      case .messages: hours[row.hour][series.rawValue] += row.count
      case .users: hours[row.hour][series.rawValue] = max(hours[row.hour][series.rawValue], row.users)
      }
    }
    self.hours = hours
    var seriesTotals = [Int](repeating: 0, count: Series.allCases.count)
    for values in hours {
      for (series, value) in values.enumerated() {
        seriesTotals[series] = metric == .messages ? seriesTotals[series] + value : max(seriesTotals[series], value)
      }
    }
    self.seriesTotals = seriesTotals
    switch metric {
    case .messages:
      hourTotals = hours.map { $0.reduce(0, +) }
      total = hourTotals.reduce(0, +)
    case .users:
      hourTotals = hours.map { $0.max() ?? 0 }
      total = hourTotals.max() ?? 0
    }
  }

  /// The total alone, for the many days of which nothing else is wanted.
  static func total(_ messages: HourlyMessages, metric: Metric, hidden: Set<Series>) -> Int {
    if metric == .messages, hidden.isEmpty { return messages.total }
    var total = 0
    for row in messages.rows where hidden.isEmpty || !hidden.contains(Series(row.type)) {
      total = metric == .messages ? total + row.count : max(total, row.users)
    }
    return total
  }

  /// What a bar of the hour is stacked from. Users are never stacked: the largest layer stands for the hour.
  func stack(inHour hour: Int, metric: Metric) -> [Int] {
    guard metric == .users, let most = hours[hour].max(), let first = hours[hour].firstIndex(of: most) else {
      return hours[hour]
    }
    return hours[hour].indices.map { $0 == first ? most : 0 }
  }

  var peakHour: Int? { total > 0 ? hourTotals.firstIndex(of: hourTotals.max() ?? 0) : nil }
}
