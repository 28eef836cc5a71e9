import WeixinModel

/// A date in Chinese words: `2024年11月11日`, `十一月十一号`, `上个月`, `本周三`, `三天前`, `去年双十一`.
enum ChineseDate: Hashable {
  case calendar(CalendarDate)
  /// So many days from today.
  case days(Int)
  /// The newest such weekday that is over.
  case weekday(Int)
  /// The days of a week, so many weeks from this one.
  case week(Int, days: ClosedRange<Int>)
  /// A month so many months from this one, or a day of it.
  case month(Int, day: MonthDay?)
  /// The same in a year so many years from this one.
  case year(Int, CalendarDate)
  /// Today's date so many months ago.
  case monthsAgo(Int)
  /// The days before today: so many, or those of so many months.
  case recent(days: Int, months: Int)

  /// A day of a month.
  enum MonthDay: Hashable {
    case number(Int)
    case last
  }

  /// What a text means; nil for one that is no date in Chinese. The text is given as it is compared and as it was written.
  static func meant(by plain: String, as text: String) throws(DateExpression.Refusal) -> ChineseDate? {
    var words = Words(plain)
    if let days = words.all(among: days) { return .days(days) }
    if let months = words.all(among: sameDay) { return .monthsAgo(months) }
    if let day = words.all(among: ["月初": .number(1), "月底": .last, "月末": .last] as [String: MonthDay]) {
      return .month(0, day: day)
    }
    if let date = week(words) ?? ago(words) ?? recent(words) { return date }
    let year = words.year()
    if let (month, day) = words.all(among: festivals) {
      return CalendarDate(month: month, day: day).of(year)
    }
    if year == nil, let months = words.first(among: months) { return try day(inMonth: months, &words, text) }
    return try date(year, &words, text)
  }

  /// The days that it means on a day.
  func span(today: BeijingDay, _ text: String) throws(DateExpression.Refusal) -> ClosedRange<BeijingDay> {
    switch self {
    case .calendar(let date): return try date.span(today: today, text)
    case .days(let days): return (today + days)...(today + days)
    case .weekday(let weekday):
      let day = today.newest(weekday: weekday)
      return day...day
    case .week(let weeks, let days):
      let monday = today - (today.weekday - 1) + 7 * weeks
      return (monday + (days.lowerBound - 1))...(monday + (days.upperBound - 1))
    case .month(let months, let day):
      let (year, month, _) = (today - (today.dayOfMonth - 1)).adding(months: months).components
      guard let days = CalendarDate(month: month).days(in: year) else { throw .noSuchDate(text) }
      switch day {
      case nil: return days
      case .last: return days.upperBound...days.upperBound
      case .number(let day): return try CalendarDate(year: year, month: month, day: day).span(today: today, text)
      }
    case .year(let years, var date):
      date.year = today.year + years
      return try date.span(today: today, text)
    case .monthsAgo(let months):
      let day = today.adding(months: -months)
      guard day < today else { throw .noSuchDate(text) }
      return day...day
    case .recent(let days, let months):
      let first = today.adding(months: -months) - days
      guard first < today else { throw .noSuchDate(text) }
      return first...(today - 1)
    }
  }

  private static func week(_ words: Words) -> ChineseDate? {
    var words = words
    let weeks = words.first(among: weeks)
    guard words.first(among: ["周": 0, "星期": 0, "礼拜": 0]) != nil else { return nil }
    if let weekday = words.all(among: weekdays) {
      return weeks.map { .week($0, days: weekday...weekday) } ?? .weekday(weekday)
    }
    guard let weeks else { return nil }
    if words.isEmpty { return .week(weeks, days: 1...7) }
    return words.all(among: ["末": 6]).map { .week(weeks, days: $0...7) }
  }

  /// `7天前`, `两周前`, `3个月前`, `一年前`.
  private static func ago(_ words: Words) -> ChineseDate? {
    var words = words
    guard let number = words.number(), number > 0, let unit = words.first(among: units),
      words.all(among: ["前": 0, "以前": 0, "之前": 0]) != nil
    else { return nil }
    return unit.days > 0 ? .days(-number * unit.days) : .monthsAgo(number * unit.months)
  }

  /// `最近7天`, `近两周`, `过去3个月`.
  private static func recent(_ words: Words) -> ChineseDate? {
    var words = words
    guard words.first(among: ["最近": 0, "近": 0, "过去": 0]) != nil, let number = words.number(), number > 0,
      let unit = words.all(among: units)
    else { return nil }
    return .recent(days: number * unit.days, months: number * unit.months)
  }

  private static func day(
    inMonth months: Int, _ words: inout Words, _ text: String
  ) throws(DateExpression.Refusal) -> ChineseDate? {
    if words.isEmpty { return .month(months, day: nil) }
    if words.all(among: ["底": 0, "末": 0]) != nil { return .month(months, day: .last) }
    if words.all(among: ["初": 0]) != nil { return .month(months, day: .number(1)) }
    guard let day = words.number(), words.first(among: dayUnits) != nil || words.isEmpty, words.isEmpty else {
      return nil
    }
    guard (1...31).contains(day) else { throw .noSuchDate(text) }
    return .month(months, day: .number(day))
  }

  private static func date(
    _ year: Words.Year?, _ words: inout Words, _ text: String
  ) throws(DateExpression.Refusal) -> ChineseDate? {
    var date = CalendarDate()
    var isDate = year != nil
    if let number = words.number() {
      if words.first(among: ["月份": 0, "月": 0]) != nil {
        date.month = number
        isDate = true
        if let day = words.number() {
          date.day = day
          _ = words.first(among: dayUnits)
        }
      } else if year == nil, words.first(among: dayUnits) != nil {
        date.day = number
        isDate = true
      } else {
        return nil
      }
    }
    guard isDate else { return nil }
    let weekday = date.day == nil ? nil : words.weekdayBehind()
    guard words.isEmpty else { return nil }
    guard date.exists else { throw .noSuchDate(text) }
    if let weekday, case .number(let number)? = year,
      BeijingDay(year: number, month: date.month ?? 0, day: date.day ?? 0).map({ $0.weekday != weekday }) ?? true
    {
      throw .noSuchDate(text)
    }
    return date.of(year)
  }

  private static let days: [String: Int] = [
    "今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "前日": -2, "大前天": -3, "大前日": -3, "明天": 1, "明日": 1,
    "后天": 2, "后日": 2,
  ]
  private static let sameDay: [String: Int] = [
    "去年今日": 12, "去年今天": 12, "去年同日": 12, "前年今日": 24, "前年今天": 24, "上月今日": 1, "上月今天": 1, "上个月今天": 1,
  ]
  private static let weeks: [String: Int] = [
    "上上个": -2, "上上": -2, "上一": -1, "上个": -1, "上": -1, "这个": 0, "这": 0, "本": 0, "下个": 1, "下": 1,
  ]
  private static let months: [String: Int] = [
    "上上个月": -2, "上上月": -2, "上一个月": -1, "上个月": -1, "上月": -1, "这个月": 0, "这月": 0, "本月": 0, "当月": 0,
    "下个月": 1, "下月": 1,
  ]
  private static let weekdays: [String: Int] = [
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6,
    "7": 7,
  ]
  private static let units: [String: (days: Int, months: Int)] = [
    "天": (1, 0), "日": (1, 0), "周": (7, 0), "星期": (7, 0), "个星期": (7, 0), "礼拜": (7, 0), "个礼拜": (7, 0),
    "个月": (0, 1), "年": (0, 12),
  ]
  private static let dayUnits = ["日": 0, "号": 0]
  /// Those with a date of their own; what goes by the moon is for marks.
  private static let festivals: [String: (month: Int, day: Int)] = {
    let names: [(String, (Int, Int))] = [
      ("元旦", (1, 1)), ("情人节", (2, 14)), ("妇女节", (3, 8)), ("三八", (3, 8)), ("三八节", (3, 8)), ("劳动节", (5, 1)),
      ("五一", (5, 1)), ("520", (5, 20)), ("儿童节", (6, 1)), ("六一", (6, 1)), ("618", (6, 18)), ("六一八", (6, 18)),
      ("国庆", (10, 1)), ("国庆节", (10, 1)), ("十一", (10, 1)), ("双十一", (11, 11)), ("双11", (11, 11)),
      ("光棍节", (11, 11)), ("双十二", (12, 12)), ("双12", (12, 12)), ("平安夜", (12, 24)), ("圣诞", (12, 25)),
      ("圣诞节", (12, 25)),
    ]
    return Dictionary(uniqueKeysWithValues: names)
  }()
}

extension CalendarDate {
  fileprivate func of(_ year: ChineseDate.Words.Year?) -> ChineseDate {
    switch year {
    case nil: return .calendar(self)
    case .relative(let years): return .year(years, self)
    case .number(let number):
      var date = self
      date.year = number
      return .calendar(date)
    }
  }
}

extension ChineseDate {
  /// A text of which one word after the other is taken from the front.
  fileprivate struct Words {
    enum Year {
      case number(Int)
      case relative(Int)
    }

    private var rest: Substring

    init(_ text: String) {
      // Without blanks and grammar, and in the characters of the mainland.
      let variants: [Character: Character] = [
        "號": "号", "週": "周", "禮": "礼", "個": "个", "這": "这", "後": "后", "過": "过", "國": "国", "慶": "庆", "雙": "双",
        "節": "节", "兒": "儿", "勞": "劳", "動": "动", "聖": "圣", "誕": "诞", "當": "当", "兩": "两", "婦": "妇",
      ]
      rest = Substring(text.filter { $0 != " " && $0 != "的" }.map { variants[$0] ?? $0 })
    }

    var isEmpty: Bool { rest.isEmpty }

    /// The meaning of all that is left.
    func all<Meaning>(among words: [String: Meaning]) -> Meaning? { words[String(rest)] }

    /// Takes the longest of some words that comes next.
    mutating func first<Meaning>(among words: [String: Meaning]) -> Meaning? {
      let found = words.filter { rest.hasPrefix($0.key) }.max { $0.key.count < $1.key.count }
      guard let found else { return nil }
      rest.removeFirst(found.key.count)
      return found.value
    }

    mutating func year() -> Year? {
      let relative = ["今年": 0, "本年": 0, "去年": -1, "前年": -2, "大前年": -3, "明年": 1]
      if let years = first(among: relative) { return .relative(years) }
      let before = self
      let digits = rest.prefix { Self.digit($0) != nil }
      let number = digits.reduce(0) { min($0 * 10 + (Self.digit($1) ?? 0), 10_000) }
      rest.removeFirst(digits.count)
      guard digits.count == 4 || digits.count == 2, first(among: ["年": 0]) != nil, rest.first != "前" else {
        self = before
        return nil
      }
      return .number(digits.count == 2 ? 2_000 + number : number)
    }

    /// Takes a number up to four digits, or up to 99 in words.
    mutating func number() -> Int? {
      let digits = rest.prefix(while: \.isASCIIDigit)
      if !digits.isEmpty {
        guard digits.count <= 4, let number = Int(digits) else { return nil }
        rest.removeFirst(digits.count)
        return number
      }
      let word = rest.prefix { $0 == "十" || $0 == "两" || Self.digit($0) != nil }
      guard let number = Self.number(word) else { return nil }
      rest.removeFirst(word.count)
      return number
    }

    /// Takes the weekday that people write behind a date: `星期一`, `(周一)`.
    mutating func weekdayBehind() -> Int? {
      var words = self
      let isBracketed = words.first(among: ["(": 0]) != nil
      guard words.first(among: ["周": 0, "星期": 0, "礼拜": 0]) != nil,
        let weekday = words.first(among: ChineseDate.weekdays), !isBracketed || words.first(among: [")": 0]) != nil
      else { return nil }
      self = words
      return weekday
    }

    private static func number(_ word: Substring) -> Int? {
      if word == "两" { return 2 }
      let parts = word.split(separator: "十", omittingEmptySubsequences: false)
      guard (1...2).contains(parts.count), parts.allSatisfy({ $0.count <= 1 }), !word.isEmpty else { return nil }
      let digits = parts.map { $0.first.map(digit) ?? 0 }
      guard let first = digits.first ?? nil, let last = digits.last ?? nil else { return nil }
      if parts.count == 1 { return last }
      return (parts[0].isEmpty ? 1 : first) * 10 + last
    }

    private static func digit(_ character: Character) -> Int? {
      if character.isASCIIDigit { return character.wholeNumberValue }
      if character == "零" || character == "○" { return 0 }
      return Array("〇一二三四五六七八九").firstIndex(of: character)
    }
  }
}
