public import WeixinModel

extension State {
  static let stripDays = 17

  /// The shown day with the thirteen before it and three after it.
  static func stripStart(around day: BeijingDay) -> BeijingDay { day - 13 }

  /// Brings what follows from the rest up to date: the list, the axis, the hour at the peak, the strip.
  mutating func settle() {
    if view != .accounts {
      fleetLines = nil
    } else if fleetLines.map({ !$0.areFresh(self) }) ?? true {
      fleetLines = FleetLines(self)
    }
    // The newest day stands where it did, however the screen came to it.
    if !hasChosenDay, let newest = status.newestDay, case let newest = min(newest, newestDay), newest != day {
      day = newest
      stripStart = Self.stripStart(around: day)
    }
    day = min(max(day, .firstKept), max(newestDay, .firstKept))
    if day < stripStart || day > stripStart + (Self.stripDays - 1) {
      let isNextToStrip = abs(day < stripStart ? stripStart - day : day - (stripStart + Self.stripDays - 1)) == 1
      stripStart =
        !isNextToStrip ? Self.stripStart(around: day) : day < stripStart ? day : day - (Self.stripDays - 1)
    }
    guard let figures else { return }
    if !hasChosenHour, let peak = figures.peakHour { hour = peak }
    let needed = figures.hourTotals.max() ?? 0
    if scale == .locked, axisMaximum > 0 { return }
    if needed > axisMaximum || needed < axisMaximum / 2 { axisMaximum = needed }
  }

  /// The days besides the shown one that the screen needs, the most wanted first.
  public var wantedDays: [BeijingDay] {
    var days: [BeijingDay] = []
    switch view {
    case .day, .table: days = comparedDays
    case .week:
      let monday = day.monday
      days = (0..<7).map { monday + $0 } + (1...7).map { monday - $0 }
    case .month: days = day.daysOfMonth.sorted { abs($0 - day) < abs($1 - day) }
    // Hundreds of days are for the backfill, which the user begins.
    case .year, .all, .speed, .accounts: break
    }
    return days.filter { $0 >= .firstKept && $0 <= newestDay && $0 != day }
  }

  /// The days that the shown one is compared with.
  var comparedDays: [BeijingDay] {
    if compare == .usual { return (1...Usual.weeks).map { day - 7 * $0 } }
    return comparedDay.map { [$0] } ?? []
  }

  /// The one day that the shown one is compared with, where it is one.
  var comparedDay: BeijingDay? {
    switch compare {
    case .off, .usual: nil
    case .dayBefore: day - 1
    case .weekBefore: day - 7
    case .mark: dayOfMarkBefore
    }
  }

  /// The same day of the shown day's yearly mark, a year before.
  var dayOfMarkBefore: BeijingDay? {
    guard let mark = marks(of: day).first(where: \.isYearly) else { return nil }
    let begin = [day, day - 366].map { mark.days(around: $0) }.first { $0.contains(day) }?.lowerBound ?? day
    return begin.adding(months: -12) + (day - begin)
  }
}

extension BeijingDay {
  /// The Monday of the date's week.
  var monday: BeijingDay { self - (weekday - 1) }

  /// The first date of the date's month.
  var firstOfMonth: BeijingDay { self - (dayOfMonth - 1) }

  /// All dates of the date's month.
  var daysOfMonth: ClosedRange<BeijingDay> {
    let (year, month, _) = components
    return firstOfMonth...(firstOfMonth + (BeijingDay.length(ofMonth: month, year: year) - 1))
  }

  /// The first date of the date's year.
  var firstOfYear: BeijingDay { BeijingDay(year: year, month: 1, day: 1) ?? self }
}
