import ChartLayout
import TerminalScreen
import WeixinModel

/// All weeks by the year of their Thursday: what a day of each brought.
struct Weeks {
  let heat: Heat
  let years: [Int]
  let scale: HeatScale
  /// How many weeks a cell stands for.
  let perCell: Int
  /// By year and cell: the mean of the kept days, or the lower bound of users; nil without any.
  private let values: [[Int?]]
  private let cells: [[HeatCell]]
  private let range: ClosedRange<BeijingDay>

  init(_ heat: Heat, _ range: ClosedRange<BeijingDay>, perCell: Int) {
    self.heat = heat
    self.range = range
    self.perCell = perCell
    let years = Self.years(range)
    self.years = years
    let days = years.map { year in
      (0..<Self.cells(ofYear: year, perCell: perCell)).map { Self.days(year, $0, perCell: perCell) }
    }
    let values = days.map { $0.map { Self.value($0, heat) } }
    let scale = HeatScale(values.joined().compactMap { $0 })
    self.values = values
    self.scale = scale
    cells = zip(days, values).map { days, values in
      zip(days, values).map { days, value in value.map { HeatCell($0, scale) } ?? Self.missing(days, heat) }
    }
  }

  static func years(_ range: ClosedRange<BeijingDay>) -> [Int] {
    Array(range.lowerBound.thursday.year...max(range.lowerBound.thursday.year, range.upperBound.thursday.year))
  }

  /// The cells of a year of 52 or 53 weeks.
  private static func cells(ofYear year: Int, perCell: Int) -> Int {
    let weeks = (BeijingDay.firstMonday(ofYear: year + 1) - BeijingDay.firstMonday(ofYear: year)) / 7
    return (weeks + perCell - 1) / perCell
  }

  /// The days of a cell.
  private static func days(_ year: Int, _ cell: Int, perCell: Int) -> ClosedRange<BeijingDay> {
    let first = BeijingDay.firstMonday(ofYear: year) + 7 * perCell * cell
    let last = min(first + (7 * perCell - 1), BeijingDay.firstMonday(ofYear: year + 1) - 1)
    return first...last
  }

  private static func value(_ days: ClosedRange<BeijingDay>, _ heat: Heat) -> Int? {
    let history = heat.state.status.history
    guard let first = history.first, let last = history.last, days.overlaps(first...last) else { return nil }
    let figures = heat.figures(of: days)
    guard figures.days > 0 else { return nil }
    guard heat.measure.metric == .messages, let mean = figures.mean else { return figures.total }
    return figures.total > 0 ? max(1, mean) : 0
  }

  func count(ofYear index: Int) -> Int { values[index].count }

  func days(_ index: Int, _ cell: Int) -> ClosedRange<BeijingDay> {
    Self.days(years[index], cell, perCell: perCell)
  }

  /// The number of a cell.
  func value(_ index: Int, _ cell: Int) -> Int? { values[index][cell] }

  /// The cell of some weeks.
  func cell(_ index: Int, _ cell: Int) -> HeatCell { cells[index][cell] }

  /// Of days without any kept one, the state that most wants to be known.
  private static func missing(_ days: ClosedRange<BeijingDay>, _ heat: Heat) -> HeatCell {
    days.reduce(HeatCell.nothing) { most, day in
      let cell = heat.missing(day)
      return cell.weight > most.weight ? cell : most
    }
  }

  func legend(_ range: ClosedRange<BeijingDay>) -> HeatLegend {
    let states = Set(cells.joined())
    let hits = heat.state.filter.map { filter in
      Phrase.hits(filter.text, range.reduce(0) { $0 + (heat.isHit($1) ? 1 : 0) }, isHours: false)
    }
    return HeatLegend(
      scale: scale, unit: heat.measure.metric == .messages ? .perDayOfWeek : .perDay, states: states, hits: hits)
  }
}
