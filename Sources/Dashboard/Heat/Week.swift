import ChartLayout
import TerminalScreen
import WeixinModel

/// The hourly numbers of the shown week.
struct Week {
  let days: [BeijingDay]
  /// 24 numbers of each day; nil for one that is not kept.
  let hours: [[Int]?]
  let scale: HeatScale
  let heat: Heat
  /// Which of the week's hours the filter finds; nil without a filter that knows numbers.
  private let hits: [[Bool]]?
  private let state: State

  init(_ state: State) {
    self.state = state
    let monday = state.day.monday
    let days = (0..<7).map { monday + $0 }
    self.days = days
    let measure = state.measure
    hours = days.map { state.status.history.hours(of: $0, measure) }
    scale = HeatScale(hours.flatMap { $0 ?? [] })
    heat = Heat((monday - 7)...(monday + 6), state)
    hits = state.filter.flatMap { filter in filter.hasNumbers ? days.map { filter.hours(of: $0, state) } : nil }
  }

  /// The week's days, each compared with the same weekday of the week before.
  var figures: RangeFigures { heat.figures(of: days[0]...days[6]) { $0 - 7 } }

  /// The hour with the most.
  var peak: (day: BeijingDay, hour: Int, value: Int)? {
    var best: (BeijingDay, Int, Int)?
    for (day, hours) in zip(days, hours) {
      for (hour, value) in (hours ?? []).enumerated() where value > best?.2 ?? 0 { best = (day, hour, value) }
    }
    return best
  }

  /// The middle of each hour's numbers in the week.
  var medians: [Int?] {
    (0..<24).map { hour in
      let values = hours.compactMap { $0?[hour] }.sorted()
      return values.isEmpty ? nil : values[(values.count - 1) / 2]
    }
  }

  /// The cell of a day's hour.
  func cell(_ index: Int, _ hour: Int) -> HeatCell {
    hours[index].map { HeatCell($0[hour], scale) } ?? HeatCell(missing: days[index], state)
  }

  /// Whether the filter leaves an hour out: by its number, or by its day where the filter knows no numbers.
  func isDimmed(_ index: Int, _ hour: Int) -> Bool {
    if let hits { return !hits[index][hour] }
    return state.filter != nil && !heat.isHit(days[index])
  }

  var legend: HeatLegend {
    var states = Set<HeatCell>()
    var hits = 0
    for (index, day) in days.enumerated() {
      for hour in 0..<24 {
        states.insert(cell(index, hour))
        if let filter = state.filter, filter.hasNumbers, hours[index] != nil, !isDimmed(index, hour) { hits += 1 }
      }
      if let filter = state.filter, !filter.hasNumbers, heat.isHit(day) { hits += 1 }
    }
    return HeatLegend(
      scale: scale, unit: .perHour, states: states, hasProvisional: days.contains { heat.isProvisional($0) },
      hits: state.filter.map { .hits($0.text, hits, isHours: $0.hasNumbers) })
  }
}
