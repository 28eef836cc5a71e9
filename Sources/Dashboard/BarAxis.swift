import ChartLayout
import WeixinModel

/// The chart's axis as the state wants it: how high a value is, and which values are named.
enum BarAxis {
  case linear(AxisScale)
  case log(LogScale)
  case shares(rows: Int)

  init(_ state: State, rows: Int) {
    if state.isComposition, state.metric == .messages {
      self = .shares(rows: rows)
    } else if state.scale == .log {
      self = .log(LogScale(maximum: max(1, state.axisMaximum), rows: rows))
    } else {
      self = .linear(AxisScale(maximum: max(1, state.axisMaximum), rows: rows))
    }
  }

  /// Whether heights mean numbers from zero on, of the shown day's own scale.
  static func isUsual(_ state: State) -> Bool {
    state.scale == .auto && !(state.isComposition && state.metric == .messages)
  }

  /// The name that stands on the screen.
  static func name(_ state: State) -> Phrase {
    if state.isComposition, state.metric == .messages { return .said(en: "100 %", zh: "构成") }
    return switch state.scale {
    case .auto: .said(en: "linear", zh: "线性")
    case .locked: .said(en: "locked", zh: "已锁定")
    case .log: .said(en: "log, totals", zh: "对数合计")
    }
  }

  /// Labels and the number of rows below their line.
  func ticks(_ numerals: Numerals) -> [(label: String, row: Int)] {
    switch self {
    case .linear(let scale): scale.ticks.map { (numerals.short($0.value), $0.row) }
    case .log(let scale): scale.ticks.map { (numerals.short($0.value), $0.row) }
    case .shares(let rows):
      [25, 50, 75, 100].filter { $0 % 50 == 0 || rows >= 8 }.map { ("\($0)%", (rows * $0 + 50) / 100) }
    }
  }

  /// A bar of an hour, and the layers' roles: a logarithmic one has no layers, since they would lie.
  func bar(_ values: [Int], _ mode: DrawingMode) -> StackedBar {
    let total = values.reduce(0, +)
    switch self {
    case .linear(let scale):
      return mode.hasDistinctColors
        ? .inEighths(values, scale: scale) : .inWholeCells(values, scale: scale)
    case .log(let scale):
      let units = scale.units(of: total, in: scale.rows * 8)
      return mode.hasDistinctColors
        ? .inEighths([total], units: units, rows: scale.rows) : .inWholeCells([total], eighths: units, rows: scale.rows)
    case .shares(let rows):
      let units = total > 0 ? rows * 8 : 0
      return mode.hasDistinctColors
        ? .inEighths(values, units: units, rows: rows) : .inWholeCells(values, eighths: units, rows: rows)
    }
  }

  /// The row, 0 the lowest, in which the upper edge of a value lies; nil where it is not on the chart.
  func row(of value: Int) -> Int? {
    guard value > 0 else { return nil }
    switch self {
    case .linear(let scale):
      if value.multipliedReportingOverflow(by: 100).partialValue > scale.topHundredths { return nil }
      return (scale.units(of: value, in: scale.rows * 8) - 1) / 8
    case .log(let scale): return (scale.units(of: value, in: scale.rows * 8) - 1) / 8
    case .shares: return nil
    }
  }

  /// Whether a value is higher than the chart.
  func isBeyond(_ value: Int) -> Bool {
    guard case .linear(let scale) = self else { return false }
    let hundredths = value.multipliedReportingOverflow(by: 100)
    return hundredths.overflow || hundredths.partialValue > scale.topHundredths
  }

  var isLog: Bool { if case .log = self { true } else { false } }
}
