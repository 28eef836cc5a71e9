import ChartLayout
import TerminalScreen
import WeixinModel

/// The daily numbers of a view, read once for a frame: what every cell, total and legend of it is made of.
struct Heat {
  let state: State
  let measure: Measure
  let scale: HeatScale
  private let first: BeijingDay
  private let totals: [Int?]
  /// For each day whether the filter finds it; empty without a filter.
  private let hits: [Bool]
  /// The days of which more is known than their numbers lie between these.
  private let told: ClosedRange<BeijingDay>?

  /// The days of a range, and a scale for them.
  init(_ range: ClosedRange<BeijingDay>, _ state: State) {
    self.state = state
    let measure = state.measure
    let history = state.status.history
    self.measure = measure
    first = range.lowerBound
    totals = range.map { history.total(of: $0, measure) }
    scale = HeatScale(totals.compactMap { $0 })
    let days = state.status.days.keys
    told = days.min().flatMap { first in days.max().map { first...$0 } }
    // A day to come is no hit, whatever weekday it is.
    let newest = state.newestDay
    hits = state.filter.map { filter in range.map { $0 <= newest && filter.matches($0, state) } } ?? []
  }

  /// The day's number; nil for one that is not kept.
  subscript(day: BeijingDay) -> Int? {
    let index = day - first
    return totals.indices.contains(index) ? totals[index] : state.status.history.total(of: day, measure)
  }

  /// The day's cell.
  func cell(_ day: BeijingDay) -> HeatCell {
    self[day].map { HeatCell($0, scale) } ?? missing(day)
  }

  /// The cell of a day that is not kept. Of thousands, only those of which something is known are looked up.
  func missing(_ day: BeijingDay) -> HeatCell {
    told?.contains(day) == true ? HeatCell(missing: day, state) : HeatCell(untold: day, at: state.now)
  }

  /// The figures of a range.
  func figures(of range: ClosedRange<BeijingDay>, partner: (BeijingDay) -> BeijingDay? = { _ in nil }) -> RangeFigures {
    RangeFigures(range, measure.metric, partner: partner) { self[$0] }
  }

  /// Whether a day will be checked once more.
  func isProvisional(_ day: BeijingDay) -> Bool { state.status.history.standing(of: day) == .provisional }

  /// Whether the filter finds a day of the range.
  func isHit(_ day: BeijingDay) -> Bool {
    let index = day - first
    return hits.indices.contains(index) && hits[index]
  }

  /// Whether a filter is set and the day is none of its hits.
  func isDimmed(_ day: BeijingDay) -> Bool { !hits.isEmpty && !isHit(day) }
}
