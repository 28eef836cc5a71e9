import WeixinModel

extension Numerals {
  /// `W34`, `第34周`: the week of ISO 8601.
  func week(_ day: BeijingDay) -> String {
    language == .en ? "W\(twoDigits(day.isoWeek))" : "第\(day.isoWeek)周"
  }

  /// `Aug 2026`, `2026年8月`.
  func monthAndYear(_ day: BeijingDay) -> String {
    language == .en ? "\(month(day)) \(day.year)" : "\(day.year)年\(month(day))"
  }

  /// `2026`, `2026年`.
  func year(_ day: BeijingDay) -> String { language == .en ? "\(day.year)" : "\(day.year)年" }

  /// `17 Aug`, `8月17日`.
  func dayAndMonth(_ day: BeijingDay) -> String {
    language == .en ? "\(day.dayOfMonth) \(month(day))" : "\(month(day))\(day.dayOfMonth)日"
  }

  /// `Mon 17 – Sun 23 Aug 2026 (W34)`, `2026年8月17日 – 8月23日（第34周）`; shorter without weekdays and year.
  func weekRange(_ monday: BeijingDay, dash: String, isWide: Bool) -> String {
    let sunday = monday + 6
    switch language {
    case .en:
      var first = isWide ? "\(weekday(monday)) \(monday.dayOfMonth)" : "\(monday.dayOfMonth)"
      if monday.month != sunday.month { first += " " + month(monday) }
      if monday.year != sunday.year, isWide { first += " \(monday.year)" }
      let last = (isWide ? "\(weekday(sunday)) " : "") + dayAndMonth(sunday)
      return isWide
        ? "\(first) \(dash) \(last) \(sunday.year) (\(week(monday)))" : "\(first)\(dash)\(last) \(week(monday))"
    case .zh:
      let last = monday.month == sunday.month ? "\(sunday.dayOfMonth)日" : dayAndMonth(sunday)
      return isWide
        ? "\(monday.year)年\(dayAndMonth(monday)) \(dash) \(last) (\(week(monday)))"
        : "\(dayAndMonth(monday))\(dash)\(last)"
    }
  }

  /// `M T W T F S S` and longer names, Monday first.
  func weekdayNames(width: Int) -> [String] {
    let monday = BeijingDay.firstKept.monday
    return (0..<7).map { index in
      let name = weekday(monday + index)
      return language == .zh && width < 4 ? String(name.suffix(1)) : String(name.prefix(max(1, width)))
    }
  }
}

extension BeijingDay {
  /// The Thursday of the date's week, whose year is the week's.
  var thursday: BeijingDay { monday + 3 }

  /// The number of the week in the year of its Thursday, 1…53, by ISO 8601.
  var isoWeek: Int { (thursday - thursday.firstOfYear) / 7 + 1 }

  /// The Monday of the first week of a year.
  static func firstMonday(ofYear year: Int) -> BeijingDay {
    (BeijingDay(year: year, month: 1, day: 4) ?? .firstKept).monday
  }

  /// All dates of the date's year.
  var daysOfYear: ClosedRange<BeijingDay> {
    let first = firstOfYear
    return first...(first + (BeijingDay.length(ofMonth: 2, year: year) == 29 ? 365 : 364))
  }
}
