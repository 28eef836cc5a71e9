import TerminalScreen
import WeixinModel

/// What the shown day is compared with, hour by hour; worked out once for all panels of a frame.
struct Comparison {
  /// The 24 numbers that marks stand at; nil with nothing to compare with.
  let hours: [Int]?
  private let usual: [Usual]?

  init(_ state: State) {
    let history = state.status.history
    usual = state.compare == .usual ? history.usualHours(of: state.day, state.measure) : nil
    hours = usual?.map(\.median) ?? state.comparedDay.flatMap { history.hours(of: $0, state.measure) }
  }

  /// On which side of what is usual an hour of the shown day lies; nil where it is not unusual.
  func unusualSide(hour: Int, _ state: State) -> Usual.Side? {
    guard let usual, let value = state.figures?.hourTotals[hour],
      usual[hour].isUnusual(value, typical: Usual.typical(usual))
    else { return nil }
    return usual[hour].side(of: value)
  }

  /// Whether there is something to compare with, without working it out.
  static func exists(_ state: State) -> Bool {
    let history = state.status.history
    if state.compare == .usual { return history.sameWeekdays(before: state.day).count >= Usual.leastSamples }
    return state.comparedDay.map { history.standing(of: $0) != nil } ?? false
  }

  /// What the marks are called.
  static func name(_ state: State) -> Phrase {
    switch state.compare {
    case .off: .none
    case .dayBefore: .said(en: "day before", zh: "前日")
    case .weekBefore: .said(en: "week before", zh: "上周")
    case .mark: .said(en: "year before", zh: "去年同期")
    case .usual: .said(en: "usual", zh: "常态")
    }
  }

  /// The compared number of an hour and the difference: `usual for a Thursday 1,725 [1,540–1,910]  ▴22.0% above the band`.
  func line(_ value: Int, hour: Int, _ state: State) -> Line {
    if state.compare == .usual {
      guard let usual else { return Self.tooLittle(state) }
      return Self.line(value, usual[hour], typical: Usual.typical(usual), state)
    }
    guard let day = state.comparedDay else { return Line() }
    return Self.line(value, hours?[hour], day: day, hour, state)
  }

  private static func line(_ value: Int, _ before: Int?, day: BeijingDay, _ hour: Int, _ state: State) -> Line {
    guard let before else { return Line() }
    var line = Line("\(date(day, state)) \(state.numerals.hour(hour)) ", .dim)
    line.add(state.numerals.exact(before))
    if let tenths = Numerals.change(from: before, to: value) {
      line.add("  ")
      line.add(FiguresPanel.changeLine(state, tenths: tenths))
    }
    return line
  }

  /// The date as short as it is plain: with the year where that is another one.
  static func date(_ day: BeijingDay, _ state: State) -> String {
    day.year == state.day.year ? state.numerals.shortDate(day) : state.numerals.date(day)
  }

  /// A number beside what is usual for it, and on which side of the band it lies.
  static func line(_ value: Int, _ usual: Usual, typical: Int = 0, _ state: State) -> Line {
    let (numerals, isWide) = (state.numerals, state.size.width >= 72)
    let weekday = numerals.weekday(state.day)
    let name = isWide ? Phrase.said(en: "usual \(weekday) ", zh: "\(weekday)通常 ") : .said(en: "usual ", zh: "通常 ")
    var line = Line(name.text(state.language), .dim)
    line.add(numerals.exact(usual.median))
    line.add(" [\(numerals.exact(usual.low))\(state.mode.glyphs.dash)\(numerals.exact(usual.high))]", .dim)
    if let tenths = Numerals.change(from: usual.median, to: value) {
      line.add("  ")
      line.add(FiguresPanel.changeLine(state, tenths: tenths))
    }
    if usual.isUnusual(value, typical: typical) {
      let words: Phrase =
        usual.side(of: value) == .above
        ? .said(en: " unusually many", zh: " 异常偏多") : .said(en: " unusually few", zh: " 异常偏少")
      line.add(words.text(state.language), Style(.warning, .bold))
    }
    return line
  }

  /// How much is missing is said only to those who asked for the comparison; to others, that it is.
  private static func tooLittle(_ state: State) -> Line {
    guard state.hasChosenCompare else {
      return state.status.history.isWhole ? Line(Phrase.tooLittle.text(state.language), .dim) : Line()
    }
    let kept = state.status.history.sameWeekdays(before: state.day).count
    let words = Phrase.said(
      en: "too little history: \(kept) of the last 8 same weekdays are kept, 4 are needed",
      zh: "历史不足：最近 8 个同星期日只存有 \(kept) 个，至少需要 4 个")
    return Line(words.text(state.language), .dim)
  }
}
