import ChartLayout
import WeixinModel

/// The chart's axis as the state wants it: how high a value is, which values are named, and which types can be drawn at that height.
struct BarAxis {
  private enum Kind {
    case linear(AxisScale)
    case log(LogScale)
    case shares(rows: Int)
  }

  private let kind: Kind
  /// Types that are too small for the chart, whatever the hour.
  private(set) var tooSmall: Set<Int> = []

  init(_ state: State, rows: Int) {
    if state.isComposition, state.metric == .messages {
      kind = .shares(rows: rows)
    } else if state.scale == .log {
      kind = .log(LogScale(maximum: max(1, state.axisMaximum), rows: rows))
    } else {
      kind = .linear(AxisScale(maximum: max(1, state.axisMaximum), rows: rows))
    }
    if state.mode.hasDistinctColors, !isLog, let figures = state.figures {
      let bars = (0..<24).map { figures.stack(inHour: $0, metric: state.metric) }
      tooSmall = StackedBar.tooSmall(bars, units: bars.map { eighths(of: $0.reduce(0, +)) })
    }
  }

  /// The height of a bar.
  private func eighths(of total: Int) -> Int {
    switch kind {
    case .linear(let scale): scale.units(of: total, in: scale.rows * 8)
    case .log(let scale): scale.units(of: total, in: scale.rows * 8)
    case .shares(let rows): total > 0 ? rows * 8 : 0
    }
  }

  private var rows: Int {
    switch kind {
    case .linear(let scale): scale.rows
    case .log(let scale): scale.rows
    case .shares(let rows): rows
    }
  }

  /// The name that stands on the screen; nil for the usual axis, which needs none.
  static func name(_ state: State) -> Phrase? {
    if state.isComposition, state.metric == .messages { return .said(en: "100 %", zh: "构成") }
    return switch state.scale {
    case .auto: nil
    case .locked: .said(en: "locked", zh: "已锁定")
    case .log: .said(en: "log, totals", zh: "对数合计")
    }
  }

  /// Labels and the number of rows below their line.
  func ticks(_ numerals: Numerals) -> [(label: String, row: Int)] {
    switch kind {
    case .linear(let scale): scale.ticks.map { (numerals.short($0.value), $0.row) }
    case .log(let scale): scale.ticks.map { (numerals.short($0.value), $0.row) }
    case .shares(let rows):
      [25, 50, 75, 100].filter { $0 % 50 == 0 || rows >= 8 }.map { ("\($0)%", (rows * $0 + 50) / 100) }
    }
  }

  /// A bar of an hour; a logarithmic one has no layers, since they would lie.
  func bar(_ values: [Int], _ mode: DrawingMode) -> StackedBar {
    let total = values.reduce(0, +)
    let layers = isLog ? [total] : values
    return mode.hasDistinctColors
      ? .inEighths(layers, units: eighths(of: total), rows: rows, leavingOut: tooSmall)
      : .inWholeCells(layers, eighths: eighths(of: total), rows: rows)
  }

  /// Where the upper edge of a value lies: its row, 0 the lowest, and the third of it, 0 the lowest; nil where it is not on the chart.
  func place(of value: Int) -> (row: Int, third: Int)? {
    if case .shares = kind { return nil }
    guard value > 0, !isBeyond(value) else { return nil }
    let top = eighths(of: value) - 1
    return (top / 8, top % 8 * 3 / 8)
  }

  /// Whether a value is higher than the chart.
  func isBeyond(_ value: Int) -> Bool {
    guard case .linear(let scale) = kind else { return false }
    let hundredths = value.multipliedReportingOverflow(by: 100)
    return hundredths.overflow || hundredths.partialValue > scale.topHundredths
  }

  var isLog: Bool { if case .log = kind { true } else { false } }
}
