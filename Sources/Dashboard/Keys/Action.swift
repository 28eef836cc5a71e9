/// What a key can ask for.
public enum Action: Hashable, Sendable {
  /// Move in time.
  case previousDay, nextDay, previousWeek, nextWeek, previousMonth, nextMonth, previousYear, nextYear
  /// Move the hour cursor.
  case previousHour, nextHour, firstHour, lastHour, peakHour
  /// Jump.
  case newestDay, goToDate
  /// Choose what is counted.
  case toggleSeries(Series)
  case allSeries, onlyOneSeries, switchMetric
  /// Do something.
  case refresh, togglePause, toggleBackfill, help, redraw, suspend, close, quit
}
