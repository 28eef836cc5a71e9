/// What a key or a command can ask for.
public enum Action: Hashable, Sendable {
  /// Move in time.
  case previousDay, nextDay, previousWeek, nextWeek, previousMonth, nextMonth, previousYear, nextYear
  /// Move the hour cursor.
  case previousHour, nextHour, firstHour, lastHour, peakHour
  /// Jump.
  case newestDay, goToDate, calendar, nextUnusual, previousUnusual
  /// Change the view.
  case show(ViewName)
  case zoomIn, zoomOut, zoomReset, nextView, previousView, open, nextAccount
  /// Choose what is counted.
  case toggleSeries(Series)
  case allSeries, onlyOneSeries, switchMetric
  /// Choose how it is drawn.
  case cycleCompare, cycleScale, toggleComposition, toggleLabels, toggleChartOnly, cycleGlyphs, sort, invertSort
  /// Ask Weixin.
  case refresh, refetch, togglePause, toggleBackfill
  /// Take something along.
  case copy, copyCommand, export
  /// Layers over the view.
  case filter, command, log, alerts, acknowledge, help, settings
  /// The terminal.
  case toggleMouse, redraw, suspend, close, quit

  /// Every action, in the order in which they are completed after `:`.
  public static let all: [Action] =
    [
      .previousDay, .nextDay, .previousWeek, .nextWeek, .previousMonth, .nextMonth, .previousYear, .nextYear,
      .previousHour, .nextHour, .firstHour, .lastHour, .peakHour, .newestDay, .goToDate, .calendar, .nextUnusual,
      .previousUnusual,
    ] + ViewName.allCases.map(Action.show) + [
      .zoomIn, .zoomOut, .zoomReset, .nextView, .previousView, .open, .nextAccount,
    ] + Series.allCases.map(Action.toggleSeries) + [
      .allSeries, .onlyOneSeries, .switchMetric, .cycleCompare, .cycleScale, .toggleComposition, .toggleLabels,
      .toggleChartOnly, .cycleGlyphs, .sort, .invertSort, .refresh, .refetch, .togglePause, .toggleBackfill, .copy,
      .copyCommand, .export, .filter, .command, .log, .alerts, .acknowledge, .help, .settings, .toggleMouse, .redraw,
      .suspend, .close, .quit,
    ]

  /// The action with a name.
  public init?(name: String) {
    guard let action = Action.all.first(where: { $0.name == name }) else { return nil }
    self = action
  }

  /// The name in the configuration and after `:`.
  public var name: String { words.name }

  /// What the help says; a pair is explained by its first half.
  public func explanation(_ language: Language) -> String {
    switch language {
    case .en: words.en
    case .zh: words.zh
    }
  }
}
