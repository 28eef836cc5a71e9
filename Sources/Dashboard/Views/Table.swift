import TerminalScreen
import WeixinModel

/// The columns of a day's table.
struct Table {
  /// A column: what it is called, and its number for each hour.
  struct Column: Equatable {
    var title: String
    var width: Int
    var values: [Int]
    var sumValue: Int?
    var isHour = false
    var isTotal = false
    var isChange = false

    func value(_ hour: Int) -> Int { isChange ? 1 : isHour ? 1 : values[hour] }

    func text(_ hour: Int, _ state: State) -> String {
      if isHour { return state.numerals.hour(hour) }
      if isChange { return values[hour] == .min ? "" : change(values[hour], state) }
      return values[hour] == 0 ? String(Character(state.mode.glyphs.zero)) : state.numerals.exact(values[hour])
    }

    func sum(_ state: State) -> String {
      guard let sumValue else { return "" }
      return isChange ? change(sumValue, state) : state.numerals.exact(sumValue)
    }

    private func change(_ tenths: Int, _ state: State) -> String {
      let glyph = tenths == 0 ? "=" : String(Character(tenths > 0 ? state.mode.glyphs.rise : state.mode.glyphs.fall))
      return glyph + state.numerals.percent(tenths: tenths)
    }
  }

  let columns: [Column]
  /// The hours in the order of the table.
  let hours: [Int]
  let totals: [Int]
  let most: Int
  let sorted: Column

  init?(_ state: State) {
    guard let figures = state.figures, state.dayStatus.record?.messages.isEmpty == false else { return nil }
    totals = figures.hourTotals
    most = totals.max() ?? 0
    var columns = [
      Column(title: Phrase.said(en: "hour", zh: "小时").text(state.language), width: 4, values: Array(0..<24))
    ]
    columns[0].isHour = true
    for series in LegendPanel.listed(state) where !state.hidden.contains(series) {
      columns.append(
        Column(
          title: series.name(state.language), width: 0, values: figures.hours.map { $0[series.rawValue] },
          sumValue: figures.seriesTotals[series.rawValue]))
    }
    var total = Column(
      title: (state.metric == .messages ? Phrase.messages : .users).text(state.language), width: 0,
      values: figures.hourTotals, sumValue: figures.total)
    total.isTotal = true
    columns.append(total)
    if let compared = Comparison(state).hours {
      columns.append(
        Column(title: Comparison.name(state).text(state.language), width: 0, values: compared, sumValue: nil))
      var change = Column(
        title: Phrase.said(en: "change", zh: "变化").text(state.language), width: 0,
        values: zip(compared, figures.hourTotals).map { Numerals.change(from: $0, to: $1) ?? .min })
      change.isChange = true
      columns.append(change)
    }
    for index in columns.indices {
      let texts =
        (0..<24).map { columns[index].text($0, state) } + [columns[index].sum(state), columns[index].title + " "]
      columns[index].width = texts.map { DisplayWidth.of($0) }.max() ?? 4
    }
    self.columns = columns
    sorted = columns[state.order.column % columns.count]
    hours = Self.order(sorted, isInverted: state.order.isInverted)
  }

  /// Hours go up, numbers down; of equal numbers the earlier hour comes first.
  private static func order(_ column: Column, isInverted: Bool) -> [Int] {
    let hours = (0..<24).sorted { left, right in
      let (a, b) = (column.values[left], column.values[right])
      return a == b ? left < right : column.isHour ? a < b : a > b
    }
    return isInverted ? hours.reversed() : hours
  }

  /// The columns that fit: the comparison gives way first, then the rarer types.
  func fitting(_ width: Int) -> [Column] {
    var columns = columns
    while columns.reduce(1, { $0 + $1.width + 2 }) > width + 1, columns.count > 2 {
      let index =
        columns.lastIndex { $0.sumValue == nil && !$0.isHour } ?? columns.lastIndex { !$0.isTotal && !$0.isHour }
      guard let index else { break }
      columns.remove(at: index)
    }
    return columns
  }
}
